import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import type { Overview } from '../../src/core/overview/overview.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const example = fileURLToPath(new URL('../../docs/shards/shop.yaml', import.meta.url));

describe('stoker status of a cluster', () => {
  let sandbox: LiveSandbox;
  before(async () => {
    sandbox = await openLiveSandbox(parseYamlDocuments(readFileSync(example, 'utf8')) as KubernetesObject[]);
  });
  after(() => sandbox.close());

  it('says what stoker explain says of it', async () => {
    const where = ['--kubeconfig', sandbox.kubeconfig];
    const { stdout } = await invoke('status', ...where, '-o', 'json');
    const { monitors, workloads } = JSON.parse(stdout) as Overview;
    assert.equal(monitors.length, 1);
    for (const { command, summary, reason, state } of monitors) {
      const words = command.split(' ').slice(1);
      const explained = JSON.parse((await invoke(...words, ...where, '-o', 'json')).stdout) as Record<string, unknown>;
      assert.deepEqual([summary, reason], [explained.summary, explained.reason]);
      assert.equal(state, 'ok');
    }
    assert.deepEqual(
      workloads.map(({ object, state, summary }) => [object.kind, state, summary]),
      [['Prometheus', 'unknown', 'Prometheus shop/main has no status: no operator has looked at it yet.']],
    );
  });

  it('reads with the rights of who asks, and says what was refused', async () => {
    const { code, stderr } = await invoke('status', '--server', 'http://127.0.0.1:1', '--request-timeout', '1s');
    assert.equal(code, 1);
    assert.match(stderr, /127\.0\.0\.1:1/);
  });
});
