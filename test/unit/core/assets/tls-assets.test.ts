import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupTlsAssets, nameTlsAsset } from '../../../../src/core/assets/tls-assets.ts';
import { makeConfigMap, makeSecret, makeStore } from '../select/fixtures.ts';

const secret = (name: string) => ({ kind: 'Secret' as const, namespace: 'a', name, key: 'ca' });

describe('tls-assets', () => {
  it('carry the kind, namespace, name and key in their file names', () => {
    assert.equal(nameTlsAsset(secret('tls')), '0_a_tls_ca');
    assert.equal(nameTlsAsset({ ...secret('tls'), kind: 'ConfigMap' }), '1_a_tls_ca');
  });

  it('hold each file once, in the order of names', () => {
    const store = makeStore(
      [makeSecret('a/b', { ca: 'B' }), makeSecret('a/a', { ca: 'A' })],
      [makeConfigMap('a/a', { ca: 'C' })],
    );
    const references = [secret('b'), secret('a'), secret('b'), { ...secret('a'), kind: 'ConfigMap' as const }];
    const [group, ...rest] = groupTlsAssets(references, store);
    assert.deepEqual(rest, []);
    assert.deepEqual(Object.keys(group ?? {}), ['0_a_a_ca', '0_a_b_ca', '1_a_a_ca']);
    assert.equal(Buffer.from(group?.['0_a_b_ca'] ?? []).toString(), 'B');
  });

  it('leave out what is missing or empty, and are one empty group then', () => {
    assert.deepEqual(groupTlsAssets([secret('x'), secret('e')], makeStore([makeSecret('a/e', { ca: '' })])), [{}]);
  });

  it('are cut before a Secret becomes larger than it may be', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const store = makeStore(names.map((name) => makeSecret(`a/${name}`, { ca: name.repeat(400_000) })));
    const groups = groupTlsAssets(names.map(secret), store);
    assert.deepEqual(
      groups.map((group) => Object.keys(group).map((file) => file.charAt(4))),
      [['a', 'b'], ['c', 'd'], ['e']],
    );
  });
});
