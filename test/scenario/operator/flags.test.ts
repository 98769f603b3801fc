import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { renderCRD } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import { createAuthority, createLeaf } from '../../../src/base/certificates.ts';
import { createSystemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/operator/log.ts';
import { runOperator } from '../../../src/operator/operator.ts';
import { flags } from '../../../src/operator/options/flags.ts';
import type { Flag } from '../../../src/operator/options/flags.ts';
import type { Options } from '../../../src/operator/options/options.ts';
import { parseOptions } from '../../../src/operator/options/options.ts';
import type { FlagTexts } from '../../../src/operator/options/reader.ts';
import { flagsWithoutEffect } from '../../../src/operator/options/waiting.ts';
import type { SandboxApi } from '../../../src/sandbox/api.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import { eventually } from '../../e2e/support/eventually.ts';
import { flatten, recordReads } from './recorded.ts';

/** Values that differ from the default where any text will not do. */
const otherValues: Readonly<Record<string, string>> = {
  'web.tls-min-version': 'VersionTLS12',
  'web.tls-cipher-suites': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'web.tls-curves': 'CurveP256',
  'kubelet-service': 'other/kubelet',
  'kubelet-node-address-priority': 'external',
  'repair-policy-for-statefulsets': 'evict',
  'asset-access': 'get',
  'web.explain': 'open',
  'web.metrics': 'authorized',
  'webhook-certificates': 'files',
  'webhook-certificate-validity': '8000h',
  'feature-gates': 'StatusForConfigurationResources=true',
  'log-level': 'debug',
  'log-format': 'json',
  'debug.listen-address': 'localhost:0',
  'page.listen-address': 'localhost:0',
  'leader-elect-lease-duration': '20s',
  'leader-elect-renew-deadline': '9s',
  'leader-elect-retry-period': '1s',
  workers: '3',
  disruption: 'approve',
  'maintenance-window': 'Sat,Sun 02:00-05:00 Europe/Berlin',
  'max-disrupted-workloads': '1',
  'discovery-service-url': 'https://other.monitoring.svc:8443',
  'discovery-service-ca': 'monitoring/other',
  discovery: 'own',
  'pod-disruption-budgets': 'on',
  'network-policies': 'on',
};

function chooseOther({ name, kind, fallback }: Flag, texts: FlagTexts): string {
  const special = otherValues[name];
  if (special !== undefined) return special;
  if (kind === 'bool') return (texts[name]?.[0] ?? fallback) === 'true' ? 'false' : 'true';
  if (kind === 'duration') return '7m';
  if (kind === 'float') return '0.5';
  return kind === 'map' ? 'a=b' : 'other';
}

/** Printed and done, before anything else. */
const printing = new Set(['version', 'short-version']);

/** Everything is switched on, so that every option has a reader. */
function switchOn(folder: string): FlagTexts {
  const one = (text: string): string[] => [text];
  return {
    kubeconfig: one(join(folder, 'kubeconfig')),
    'web.listen-address': one('127.0.0.1:0'),
    'web.enable-tls': one('true'),
    'web.cert-file': one(join(folder, 'tls.crt')),
    'web.key-file': one(join(folder, 'tls.key')),
    'web.client-ca-file': one(join(folder, 'none.crt')),
    'debug.listen-address': one('127.0.0.1:0'),
    'page.listen-address': one('127.0.0.1:0'),
    'page.enable-tls': one('true'),
    'page.cert-file': one(join(folder, 'tls.crt')),
    'page.key-file': one(join(folder, 'tls.key')),
    webhook: one('true'),
    'webhook-listen-address': one('127.0.0.1:0'),
    'webhook-namespace': one('default'),
    'kubelet-service': one('kube-system/kubelet'),
    'kubelet-endpointslice': one('true'),
    'leader-elect': one('true'),
    'leader-elect-namespace': one('default'),
    'discovery-service-url': one('https://stoker-discovery.monitoring.svc:8443'),
    'discovery-service-ca': one('default/stoker-discovery'),
    discovery: one('service'),
  };
}

async function writeFiles(folder: string, kubeconfig: string): Promise<void> {
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig);
  const validity = { notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + 3_600_000) };
  const authority = await createAuthority({ commonName: 'test', ...validity });
  const leaf = await createLeaf(authority, { commonName: 'test', hosts: ['127.0.0.1'], ...validity });
  writeFileSync(join(folder, 'tls.crt'), leaf.certificate);
  writeFileSync(join(folder, 'tls.key'), leaf.key);
}

function applyAll(api: SandboxApi, objects: readonly object[]): void {
  for (const object of objects) {
    const { apiVersion = '', kind, metadata } = object as KubernetesObject;
    const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const type = api.resources().find((one) => one.kind === kind && one.group === group && one.version === version);
    const { namespace = '', name = '' } = metadata;
    const patch = { kind: 'apply', body: object, fieldManager: 'user', force: true } as const;
    api.patch(type!, { namespace, name }, patch);
  }
}

/** Runs the operator until it has brought a Prometheus to life; which options it has read by then. */
async function observeOptions(options: Options, api: SandboxApi): Promise<ReadonlySet<string>> {
  const recorded = recordReads(options);
  const output = new PassThrough().resume();
  const log = createLog({ ...recorded.value.log, stream: output });
  const clock = createSystemClock();
  const end = new AbortController();
  const deps = { clock, env: {}, random: Math.random, logger: log.logger, log, version: 'test' };
  const running = runOperator({ ...deps, options: recorded.value }, end.signal);
  const isDone = (): boolean => {
    const found = api.get(prometheusType, { namespace: 'default', name: 'main' }) as Prometheus | undefined;
    return found?.status?.conditions?.some(({ type }) => type === 'Reconciled') === true;
  };
  try {
    await eventually('the Prometheus has a status', isDone);
  } finally {
    end.abort(new Error('stopped'));
    await running;
  }
  return recorded.paths;
}

describe('every flag of the table', () => {
  it('changes an option that a running operator reads, or says what it waits for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flags-'));
    const sandbox = createSandboxServer({ clock: createSystemClock() });
    await sandbox.listen();
    try {
      await writeFiles(folder, sandbox.kubeconfig());
      applyAll(
        sandbox.api,
        customKinds.map((kind) => renderCRD(kind)),
      );
      const spec = { thanos: {}, storage: { volumeClaimTemplate: { spec: {} } } };
      const metadata = { name: 'main', namespace: 'default' };
      applyAll(sandbox.api, [{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata, spec }]);
      const texts = switchOn(folder);
      const read = await observeOptions(parseOptions(texts), sandbox.api);
      const plain = flatten(parseOptions(texts));
      const unused = flags.filter((flag) => {
        if (printing.has(flag.name) || flag.name in flagsWithoutEffect) return false;
        const changed = flatten(parseOptions({ ...texts, [flag.name]: [chooseOther(flag, texts)] }));
        const paths = [...new Set([...plain.keys(), ...changed.keys()])];
        const different = paths.filter((path) => plain.get(path) !== changed.get(path));
        return !different.some((path) => read.has(path) || read.has(path.replace(/\.[^.]*$/, '')));
      });
      assert.deepEqual(
        unused.map(({ name }) => `--${name} is in the table, and nothing reads it`),
        [],
      );
    } finally {
      await sandbox.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('of the reference is there, with its default', () => {
    assert.equal(flags.filter(({ group }) => group !== 'Stoker').length, 59);
    assert.ok(Object.keys(flagsWithoutEffect).every((name) => flags.some((flag) => flag.name === name)));
  });
});
