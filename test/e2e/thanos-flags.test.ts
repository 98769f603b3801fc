import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ThanosSpec } from '../../src/api/prometheus.ts';
import type { ThanosRulerSpec } from '../../src/api/thanos-ruler.ts';
import { renderThanosSidecar } from '../../src/core/render/prometheus/thanos-sidecar.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { checkThanosFlags } from '../control-plane/thanos.ts';
import { argsOf } from '../unit/core/render/thanos-ruler/fixtures.ts';
import { makeServer } from '../unit/core/render/prometheus/fixtures.ts';

describe('flags for a real Thanos', { skip: skipWithout('thanos') }, () => {
  it('are known to the sidecar', async () => {
    const thanos = {
      objectStorageConfigFile: '/objects',
      tracingConfigFile: '/tracing',
      logLevel: 'debug',
      logFormat: 'json',
      minTime: '1h',
      readyTimeout: '5m',
      getConfigTimeout: '10s',
      getConfigInterval: '30s',
      grpcServerTlsConfig: {
        certFile: '/c',
        keyFile: '/k',
        caFile: '/ca',
        minVersion: 'TLS12',
        cipherSuites: ['TLS_AES_128_GCM_SHA256'],
        curves: ['X25519'],
      },
    } satisfies ThanosSpec;
    const args = renderThanosSidecar(makeServer({ thanos }))?.args ?? [];
    assert.ok(args.length > 15, `only ${args.join(' ')}`);
    assert.equal(await checkThanosFlags(args), undefined);
    assert.match((await checkThanosFlags([...args, '--other'])) ?? '', /unknown long flag '--other'/);
  });

  it('are known to the ruler', async () => {
    const inSecret = { name: 'thanos', key: 'config.yaml' };
    const ruler = {
      evaluationInterval: '15s',
      retention: '24h',
      ruleQueryOffset: '1m',
      ruleConcurrentEval: 4,
      ruleOutageTolerance: '1h',
      ruleGracePeriod: '10m',
      resendDelay: '1m',
      enableFeatures: ['promql-experimental-functions'],
      labels: { region: 'x' },
      alertDropLabels: ['region'],
      listenLocal: true,
      logLevel: 'debug',
      logFormat: 'logfmt',
      remoteWrite: [{ url: 'http://receiver' }],
      alertmanagersUrl: ['http://alertmanager'],
      objectStorageConfig: inSecret,
      tracingConfig: inSecret,
      alertRelabelConfigs: inSecret,
      grpcServerTlsConfig: { certFile: '/c', keyFile: '/k', caFile: '/ca', minVersion: 'TLS12', curves: ['X25519'] },
      externalPrefix: '/x',
      routePrefix: '/r',
      alertQueryUrl: 'http://query',
    } satisfies ThanosRulerSpec;
    const args = argsOf(ruler);
    assert.ok(args.length > 30, `only ${args.join(' ')}`);
    assert.equal(await checkThanosFlags(args), undefined);
    assert.equal(await checkThanosFlags(argsOf({ queryConfig: inSecret, alertmanagersConfig: inSecret })), undefined);
    assert.match((await checkThanosFlags([...args, '--other'])) ?? '', /unknown long flag '--other'/);
  });
});
