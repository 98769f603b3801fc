import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import { makeSecret, makeStore } from '../../../select/fixtures.ts';
import { render } from './fixtures.ts';

const uuid = '00000000-a12b-3cd4-e56f-000000000000';
const login = makeStore([makeSecret('monitoring/login', { k: 'v' })]);
const key = { name: 'login', key: 'k' };
const basicAuth = { username: key, password: key };

/** Each spec with the field that its error names. */
const faults: readonly (readonly [string, Partial<PrometheusSpec>])[] = [
  ['spec.scrapeTimeout', { scrapeTimeout: '31s' }],
  ['spec.scrapeInterval', { scrapeInterval: 30 as never }],
  ['spec.scrapeClasses[0].relabelings[0].regex', { scrapeClasses: [{ name: 'a', relabelings: [{ regex: '[' }] }] }],
  ['spec.scrapeClasses[0].tlsConfig', { scrapeClasses: [{ name: 'a', tlsConfig: { certFile: '/c' } }] }],
  [
    'spec.scrapeClasses[0].authorization.credentialsFile',
    { scrapeClasses: [{ name: 'a', authorization: { credentials: key, credentialsFile: '/c' } }] },
  ],
  [
    'spec.scrapeClasses',
    {
      scrapeClasses: [
        { name: 'a', default: true },
        { name: 'b', default: true },
      ],
    },
  ],
  ['spec.tsdb.staleSeriesCompactionThreshold', { tsdb: { staleSeriesCompactionThreshold: '1.1' } }],
  ['spec.retentionPercentage', { retentionPercentage: '100.5' }],
  ['spec.retentionPercentage', { retentionPercentage: -1 }],
  ['spec.retentionPercentage', { retentionPercentage: '1Ki', version: '3.10.0' }],
  ['spec.tsdb.chunkEncoding.floats', { tsdb: { chunkEncoding: { floats: 'Xor' } }, enableFeatures: ['st-storage'] }],
  ['spec.otlp', { otlp: {}, version: '2.54.0' }],
  ['spec.otlp.translationStrategy', { otlp: { translationStrategy: 'NoTranslation' }, version: '3.3.0' }],
  [
    'spec.otlp.translationStrategy',
    { otlp: { translationStrategy: 'NoUTF8EscapingWithSuffixes' }, nameValidationScheme: 'Legacy' },
  ],
  ['spec.otlp.ignoreResourceAttributes', { otlp: { ignoreResourceAttributes: ['a'] } }],
  [
    'spec.otlp.promoteResourceAttributes',
    { otlp: { promoteAllResourceAttributes: true, promoteResourceAttributes: ['a'] } },
  ],
  ['spec.tracingConfig.samplingFraction', { tracingConfig: { endpoint: 'e', samplingFraction: '2' } }],
  ['spec.tracingConfig.tlsConfig', { tracingConfig: { endpoint: 'e', tlsConfig: { keyFile: '/k' } } }],
  ['spec.apiserverConfig.basicAuth.username', { apiserverConfig: { host: 'h', basicAuth: {} } }],
  [
    'spec.alerting.alertmanagers[0]',
    { alerting: { alertmanagers: [{ name: 'a', port: 'web', bearerTokenFile: '/t', basicAuth }] } },
  ],
  [
    'spec.alerting.alertmanagers[0].alertRelabelings[0].targetLabel',
    { alerting: { alertmanagers: [{ name: 'a', port: 'web', alertRelabelings: [{ action: 'replace' }] }] } },
  ],
  ['spec.remoteWrite[0]', { remoteWrite: [{ url: 'http://a', basicAuth, sigv4: {} }] }],
  ['spec.remoteWrite[0].sigv4', { remoteWrite: [{ url: 'http://a', sigv4: { accessKey: key } }] }],
  ['spec.remoteWrite[0].azureAd', { remoteWrite: [{ url: 'http://a', azureAd: {} }] }],
  ['spec.remoteWrite[0].azureAd', { remoteWrite: [{ url: 'http://a', azureAd: { sdk: {}, managedIdentity: {} } }] }],
  ['spec.remoteWrite[0].azureAd.sdk', { version: '2.51.0', remoteWrite: [{ url: 'http://a', azureAd: { sdk: {} } }] }],
  [
    'spec.remoteWrite[0].azureAd.managedIdentity.clientId',
    { version: '3.4.0', remoteWrite: [{ url: 'http://a', azureAd: { managedIdentity: {} } }] },
  ],
  [
    'spec.remoteWrite[0].azureAd.oauth.clientId',
    { remoteWrite: [{ url: 'http://a', azureAd: { oauth: { clientId: 'x', clientSecret: key, tenantId: 't' } } }] },
  ],
  [
    'spec.remoteWrite[0].azureAd.workloadIdentity.tenantId',
    { remoteWrite: [{ url: 'http://a', azureAd: { workloadIdentity: { clientId: uuid, tenantId: 'x' } } }] },
  ],
  ['spec.remoteWrite[0].noProxy', { remoteWrite: [{ url: 'http://a', noProxy: 'x' }] }],
  ['spec.remoteRead[0].basicAuth.password', { remoteRead: [{ url: 'http://a', basicAuth: { username: key } }] }],
  ['spec.additionalScrapeConfigs', { additionalScrapeConfigs: { name: 'none', key: 'k' } }],
  ['spec.additionalScrapeConfigs', { additionalScrapeConfigs: key }],
];

describe('a workload whose configuration is impossible', () => {
  for (const [field, spec] of faults) {
    it(`names ${field} of ${JSON.stringify(spec)}`, () => {
      assert.throws(
        () => render({ spec, assets: login }),
        (error: Error & { rejection?: { field: string } }) => {
          assert.equal(error.name, 'TerminalError');
          assert.equal(error.rejection?.field, field);
          assert.ok(error.message.startsWith(`${field}: `));
          return true;
        },
      );
    });
  }
});
