import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOptions } from '../../../../src/operator/options/options.ts';
import type { FlagTexts } from '../../../../src/operator/options/reader.ts';

const read = (texts: FlagTexts) => parseOptions(texts).discoveryService;

const url = { 'discovery-service-url': ['https://discovery.monitoring.svc:8443/'] };

describe('flags of the discovery service', () => {
  it('mean nothing without its URL', () => {
    assert.equal(read({}), undefined);
    assert.equal(read({ 'discovery-refresh-interval': ['1m'], 'discovery-service-ca': ['a/b'] }), undefined);
  });

  it('have defaults', () => {
    assert.deepEqual(read(url), {
      ...{ url: 'https://discovery.monitoring.svc:8443', fallback: 'own', refreshInterval: '10s' },
      ca: undefined,
    });
  });

  it('are read', () => {
    const texts = { 'discovery-refresh-interval': ['1m30s'], 'discovery-service-ca': ['a/b'], discovery: ['service'] };
    assert.deepEqual(read({ ...texts, 'discovery-service-url': ['http://d/base/'] }), {
      ...{ url: 'http://d/base', fallback: 'service', refreshInterval: '1m30s' },
      ca: { namespace: 'a', name: 'b' },
    });
  });

  it('are refused when they cannot be meant', () => {
    const cases: [FlagTexts, RegExp][] = [
      [{ 'discovery-service-url': ['discovery:8443'] }, /"discovery:8443" is no URL such as https/],
      [{ 'discovery-service-url': ['https://d/?a=b'] }, /is no URL/],
      [{ 'discovery-service-url': ['https://d/$(SHARD)'] }, /is no URL/],
      [{ ...url, 'discovery-service-ca': ['ca'] }, /"ca" is not NAMESPACE\/NAME/],
      [{ ...url, 'discovery-refresh-interval': ['100ms'] }, /must be 1s or more/],
      [{ ...url, discovery: ['yes'] }, /yes/],
      [{ discovery: ['service'] }, /without --discovery-service-url/],
    ];
    for (const [texts, expected] of cases) assert.throws(() => read(texts), expected);
  });
});
