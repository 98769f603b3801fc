import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerSpec } from '../../../../../src/api/alertmanager.ts';
import type { AlertmanagerSpec } from '../../../../../src/api/alertmanager.ts';
import { renderAlertmanagerArguments } from '../../../../../src/core/render/alertmanager/alertmanager-arguments.ts';
import { listLeftOut } from '../../../../../src/core/render/alertmanager/left-out.ts';
import { makeWorkload } from './fixtures.ts';

interface Node {
  readonly since?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

const clusterTLS = {
  server: { certFile: '/c', keyFile: '/k' },
  client: { cert: { secret: { name: 's', key: 'c' } }, keySecret: { name: 's', key: 'k' } },
};

/** Every field that a version may not know, the last release without it, and the first with it. */
const cases: readonly (readonly [field: string, spec: AlertmanagerSpec, old: string, since: string])[] = [
  ['logFormat', { logFormat: 'json' }, '0.15.3', '0.16.0'],
  ['web.getConcurrency', { web: { getConcurrency: 3 } }, '0.16.2', '0.17.0'],
  ['web.timeout', { web: { timeout: 3 } }, '0.16.2', '0.17.0'],
  ['web.tlsConfig', { web: { tlsConfig: { certFile: '/c', keyFile: '/k' } } }, '0.21.0', '0.22.0'],
  ['web.httpConfig', { web: { httpConfig: { http2: true } } }, '0.21.0', '0.22.0'],
  ['clusterTLS', { clusterTLS }, '0.23.0', '0.24.0'],
  ['clusterLabel', { clusterLabel: 'all' }, '0.25.0', '0.26.0'],
  ['enableFeatures', { enableFeatures: ['a'] }, '0.26.0', '0.27.0'],
  ['limits.maxSilences', { limits: { maxSilences: 1 } }, '0.27.0', '0.28.0'],
  ['limits.maxPerSilenceBytes', { limits: { maxPerSilenceBytes: '1KB' } }, '0.27.0', '0.28.0'],
  ['clusterPeerName', { clusterPeerName: 'a' }, '0.29.0', '0.30.0'],
];

describe('fields of an Alertmanager that its version does not take', () => {
  for (const [field, spec, old, since] of cases) {
    it(`are told: ${field}`, () => {
      const of = (version: string) => listLeftOut(makeWorkload({ ...spec, version }));
      const want = `Left out "spec.${field}": Alertmanager ${old} does not know it; it came with ${since}`;
      assert.deepEqual([of(old), of(since)], [[want], []]);
      const argumentsOf = (version: string, more: AlertmanagerSpec = {}) =>
        renderAlertmanagerArguments(makeWorkload({ ...more, version }));
      assert.deepEqual(argumentsOf(old, spec), argumentsOf(old), 'what is said to be left out is');
    });
  }

  it('came with the release that the API names', () => {
    const wrong = cases.flatMap(([field, , , since]) => {
      const [name = '', inside = ''] = field.split('.');
      const node = (alertmanagerSpec as Node).properties?.[name];
      const told = node?.since ?? node?.properties?.[inside]?.since;
      return told === undefined || told === `Alertmanager ${since}` ? [] : [`${field}: ${since}, the API says ${told}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('are all that the API says to be younger than the oldest Alertmanager', () => {
    const told = new Set(cases.map(([field]) => field.split('.')[0]));
    const { properties = {} } = alertmanagerSpec as Node;
    const young = Object.entries(properties).filter(([, { since }]) => since?.startsWith('Alertmanager ') === true);
    assert.deepEqual(
      young.map(([name]) => name).filter((name) => !told.has(name)),
      [],
    );
    assert.ok(young.length > 4);
  });
});
