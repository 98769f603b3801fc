import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { JsonPatchOperation } from '../../src/base/json-patch.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const objects = `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main, namespace: shop}
spec: {serviceMonitorSelector: {matchLabels: {release: main}}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: checkout, namespace: shop}
spec: {selector: {matchLabels: {app: checkout}}, endpoints: [{port: metrics}]}
`;

interface Printed {
  readonly patch: readonly JsonPatchOperation[];
  readonly command: string;
  readonly applicable: boolean;
}

describe('stoker explain --fix on a cluster', () => {
  let sandbox: LiveSandbox;
  before(async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    sandbox = await openLiveSandbox([namespace, ...(parseYamlDocuments(objects) as KubernetesObject[])]);
  });
  after(() => sandbox.close());

  const explain = (...args: string[]): ReturnType<typeof invoke> =>
    invoke('explain', 'smon', 'checkout', '-n', 'shop', '--kubeconfig', sandbox.kubeconfig, ...args);

  it('prints a command of kubectl, whose patch the API server takes, and after which the link passes', async () => {
    const text = await explain('--fix');
    assert.deepEqual([text.code, text.stderr], [0, '']);
    const [comment, command = '', end] = text.stdout.split('\n');
    assert.deepEqual([comment, end], ['# in ServiceMonitor shop/checkout set metadata.labels.release to "main"', '']);
    const printed = JSON.parse((await explain('--fix', '-o', 'json')).stdout) as Printed;
    assert.deepEqual([printed.command, printed.applicable], [command, true]);
    // What a shell makes of the command is the patch.
    const shell = spawnSync('bash', ['-c', `kubectl() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' });
    const patch = [{ op: 'add', path: '/metadata/labels', value: { release: 'main' } }];
    assert.deepEqual(shell.stdout.trimEnd().split('\n'), [
      ...['patch', 'servicemonitors.monitoring.coreos.com', 'checkout', '-n', 'shop', '--type=json', '-p'],
      JSON.stringify(patch),
    ]);
    assert.deepEqual(printed.patch, patch);
    const name = { namespace: 'shop', name: 'checkout' };
    await sandbox.client.patch(serviceMonitorType, name, { kind: 'json', body: patch });
    const { reason } = JSON.parse((await explain('-o', 'json')).stdout) as { reason: string };
    assert.equal(reason, 'NoServiceMatches');
  });

  it('never writes into a cluster', async () => {
    const { code, stderr } = await explain('--fix', '--write');
    assert.deepEqual(
      [code, stderr],
      [2, 'stoker: Cannot write into a cluster: use --write with --offline, or run the command that --fix prints\n'],
    );
  });
});
