import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RemoteWriteSpec } from '../../../../../src/api/parts/remote-write.ts';
import type { AssetObject } from '../../../../../src/core/assets/store.ts';
import { RegexpCache } from '../../../../../src/core/relabel/regexp-cache.ts';
import {
  renderRemoteWriteConfig,
  renderRulerConfigSecret,
} from '../../../../../src/core/render/thanos-ruler/ruler-remote-write.ts';
import type { RenderedRemoteWrite } from '../../../../../src/core/render/thanos-ruler/ruler-remote-write.ts';
import { makeSecret, makeStore } from '../../select/fixtures.ts';
import { makeRulerWorkload } from './fixtures.ts';

const url = 'http://receiver/';

function render(
  remoteWrite: RemoteWriteSpec[] | undefined,
  version = 'v0.42.4',
  secrets: readonly AssetObject[] = [],
): RenderedRemoteWrite {
  const workload = makeRulerWorkload({ version, ...(remoteWrite === undefined ? {} : { remoteWrite }) });
  return renderRemoteWriteConfig(workload, { assets: makeStore(secrets), regexps: new RegexpCache() });
}

const linesOf = (spec: Partial<RemoteWriteSpec>, version?: string): string[] =>
  render([{ url, ...spec }], version)
    .yaml.trimEnd()
    .split('\n')
    .slice(2);

/** Every field with a gate, one a line. */
const gatedFields = {
  messageVersion: 'V1.0',
  sendNativeHistograms: true,
  roundRobinDNS: true,
  noProxy: 'x',
  proxyUrl: 'http://p',
  tlsConfig: { minVersion: 'TLS12', maxVersion: 'TLS13' },
  queueConfig: { sampleAgeLimit: '1h' },
} satisfies Partial<RemoteWriteSpec>;

describe('the remote-write configuration of a ThanosRuler', () => {
  it('is an empty list when nothing is written', () => {
    for (const none of [undefined, []]) assert.equal(render(none).yaml, 'remote_write: []\n');
  });

  it('is in a Secret that the ThanosRuler controls', () => {
    const { metadata, data } = renderRulerConfigSecret(makeRulerWorkload(), 'remote_write: []\n');
    assert.equal(metadata.name, 'thanos-ruler-main-config');
    assert.deepEqual(Object.keys(data ?? {}), ['remote-write.yaml']);
    assert.equal(metadata.ownerReferences?.[0]?.controller, true);
  });

  it('has no gates of Prometheus', () => {
    const spec = { queueConfig: { maxRetries: 3, minShards: 2 }, metadataConfig: { send: true, maxSamplesPerSend: 5 } };
    assert.deepEqual(linesOf(spec, '0.24.0'), [
      '  queue_config:',
      '    min_shards: 2',
      '    max_retries: 3',
      '  metadata_config:',
      '    send: true',
      '    max_samples_per_send: 5',
    ]);
  });

  it('leaves out what the version of Thanos does not know, and says so', () => {
    assert.deepEqual(linesOf(gatedFields, '0.42.4'), [
      '  protobuf_message: prometheus.WriteRequest',
      '  send_native_histograms: true',
      '  tls_config:',
      '    min_version: TLS12',
      '    max_version: TLS13',
      '  proxy_url: http://p',
      '  no_proxy: x',
      '  queue_config:',
      '    sample_age_limit: 1h',
      '  round_robin_dns: true',
    ]);
    assert.deepEqual(linesOf(gatedFields, '0.24.0'), [
      '  tls_config: {}',
      '  proxy_url: http://p',
      '  queue_config: {}',
    ]);
    const messages = render([{ url, ...gatedFields }], '0.24.0').warnings.map(({ message }) => message);
    assert.equal(messages.length, 7);
    assert.ok(messages.includes('Left out "round_robin_dns": it needs Thanos 0.38.0, this is 0.24.0'));
  });

  it('knows from which version on', () => {
    const first: Readonly<Record<string, string>> = {
      protobuf_message: '0.37.0',
      round_robin_dns: '0.38.0',
      sample_age_limit: '0.32.0',
      no_proxy: '0.32.0',
      send_native_histograms: '0.30.0',
      max_version: '0.30.0',
      min_version: '0.28.0',
    };
    for (const [key, version] of Object.entries(first)) {
      const has = (given: string): boolean => linesOf(gatedFields, given).some((line) => line.includes(`${key}:`));
      assert.equal(has(version), true, `${key} with ${version}`);
      assert.equal(has(`${version}-rc.0`), false, `${key} below ${version}`);
    }
  });

  it('may have a queue that only Prometheus refuses', () => {
    const queue = ['  queue_config:', '    min_shards: 9', '    max_shards: 3'];
    assert.deepEqual(linesOf({ queueConfig: { minShards: 9, maxShards: 3 } }), queue);
  });

  it('leaves out what no Thanos knows', () => {
    const sigv4 = { region: 'x', roleArn: 'r', externalId: 'e' };
    assert.deepEqual(linesOf({ sigv4 }), ['  sigv4:', '    region: x', '    role_arn: r']);
    const { warnings } = render([{ url, sigv4 }]);
    assert.deepEqual(warnings, [{ object: '', message: 'Left out "sigv4.external_id": no version of Thanos has it' }]);
  });

  it('names TLS files where the pods have them', () => {
    const keys = makeSecret('monitoring/tls', { key: 'k' });
    const tlsConfig = { ca: { secret: { name: 'tls', key: 'ca' } } };
    assert.throws(() => render([{ url, tlsConfig }], undefined, [keys]), {
      message: /spec\.remoteWrite\[0\]\.tlsConfig\.ca\.secret: Cannot find key "ca"/,
    });
    const files = { certFile: '/c', keyFile: '/k' };
    assert.deepEqual(linesOf({ tlsConfig: files }), ['  tls_config:', '    cert_file: /c', '    key_file: /k']);
  });
});

describe('remote write that cannot be rendered', () => {
  const fails = (spec: Partial<RemoteWriteSpec>, message: RegExp, version?: string): void => {
    assert.throws(() => render([{ url, ...spec }], version), { name: 'TerminalError', message });
  };

  it('is any with Thanos below 0.24', () => {
    fails({}, /^spec\.remoteWrite: Cannot use it with Thanos 0\.23\.1: it needs 0\.24\.0$/, 'v0.23.1');
    assert.equal(render([], 'v0.23.1').yaml, 'remote_write: []\n');
  });

  it('is a managed identity without client ID below 0.40', () => {
    const azureAd = { cloud: 'AzurePublic', managedIdentity: {} } as const;
    fails({ azureAd }, /azureAd\.managedIdentity\.clientId: .*0\.40\.0/, '0.39.2');
    assert.deepEqual(linesOf({ azureAd }, '0.40.0'), [
      '  azuread:',
      '    managed_identity: {}',
      '    cloud: AzurePublic',
    ]);
  });

  it('is one whose only way to authenticate is left out', () => {
    const id = '00000000-0000-0000-0000-000000000001';
    const azureAd = { cloud: 'AzurePublic', workloadIdentity: { clientId: id, tenantId: id } } as const;
    const message = /^spec\.remoteWrite\[0\]: Thanos refuses it: must provide an Azure Managed Identity/;
    fails({ azureAd }, message, '0.40.1');
    assert.deepEqual(linesOf({ azureAd: { ...azureAd, scope: 's' } }, '0.41.0'), [
      '  azuread:',
      '    workload_identity:',
      `      client_id: "${id}"`,
      `      tenant_id: "${id}"`,
      '    cloud: AzurePublic',
    ]);
    assert.equal(linesOf({ azureAd: { ...azureAd, scope: 's' } }, '0.42.0').at(-1), '    scope: s');
  });

  it('is what Thanos would refuse to load', () => {
    fails({ headers: { Host: 'x' } }, /^spec\.remoteWrite\[0\]: Thanos refuses it: Host is a reserved header/);
    fails({ writeRelabelConfigs: [{ regex: '(' }] }, /spec\.remoteWrite\[0\]\.writeRelabelConfigs\[0\]/);
  });
});
