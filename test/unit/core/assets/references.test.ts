import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { collectMonitorReferences, collectWorkloadReferences } from '../../../../src/core/assets/plans.ts';
import type { FieldReference } from '../../../../src/core/assets/references.ts';
import { makeScrapeConfig, makeServiceMonitor } from '../select/fixtures.ts';

const write = (found: readonly FieldReference[]): string[] =>
  found.map(({ kind, name, key, field }) => `${kind} ${name}/${key} ${field}`).sort();
const key = (name: string) => ({ name, key: 'k' });

describe('references of objects', () => {
  it('are found in lists, maps and blocks, and told apart by kind', () => {
    const monitor = makeServiceMonitor('a/x', {
      endpoints: [
        { port: 'web' },
        {
          tlsConfig: { ca: { configMap: key('ca') }, cert: { secret: key('cert') }, keySecret: key('key') },
          proxyConnectHeader: { 'X-A': [key('header'), key('other')] },
          oauth2: { clientId: { configMap: key('id') }, clientSecret: key('secret'), tokenUrl: 'http://a' },
        },
      ],
    });
    assert.deepEqual(write(collectMonitorReferences('ServiceMonitor', monitor)), [
      'ConfigMap ca/k spec.endpoints[1].tlsConfig.ca.configMap',
      'ConfigMap id/k spec.endpoints[1].oauth2.clientId.configMap',
      'Secret cert/k spec.endpoints[1].tlsConfig.cert.secret',
      'Secret header/k spec.endpoints[1].proxyConnectHeader.X-A[0]',
      'Secret key/k spec.endpoints[1].tlsConfig.keySecret',
      'Secret other/k spec.endpoints[1].proxyConnectHeader.X-A[1]',
      'Secret secret/k spec.endpoints[1].oauth2.clientSecret',
    ]);
  });

  it('are not mistaken for labels and parameters that look alike', () => {
    const labels = { name: 'n', key: 'k' };
    const monitor = makeScrapeConfig('a/x', {
      staticConfigs: [{ targets: ['a'], labels }],
      params: { name: ['n'], key: ['k'] },
      consulSDConfigs: [{ server: 's', nodeMeta: labels, tokenRef: { key: 'k' } }],
    });
    assert.deepEqual(write(collectMonitorReferences('ScrapeConfig', monitor)), []);
  });

  it('of a workload are those that its configuration reads', () => {
    const workload = {
      metadata: { namespace: 'a', name: 'x' },
      spec: {
        additionalScrapeConfigs: key('jobs'),
        remoteWrite: [{ url: 'http://a', sigv4: { accessKey: key('access'), secretKey: key('secret') } }],
        tracingConfig: { endpoint: 'e', tlsConfig: { ca: { secret: key('ca') } } },
        web: { tlsConfig: { keySecret: key('web') } },
      },
    };
    assert.deepEqual(write(collectWorkloadReferences(workload)), [
      'Secret access/k spec.remoteWrite[0].sigv4.accessKey',
      'Secret ca/k spec.tracingConfig.tlsConfig.ca.secret',
      'Secret jobs/k spec.additionalScrapeConfigs',
      'Secret secret/k spec.remoteWrite[0].sigv4.secretKey',
    ]);
  });

  it('survive values of the wrong type', () => {
    const odd = { metadata: { namespace: 'a' }, spec: { endpoints: { tlsConfig: 1 }, x: null } };
    assert.deepEqual(collectMonitorReferences('ServiceMonitor', odd), []);
    const text = { metadata: {}, spec: { endpoints: [{ tlsConfig: 'x', proxyConnectHeader: [] }, null] } };
    assert.deepEqual(collectMonitorReferences('ServiceMonitor', text), []);
  });
});
