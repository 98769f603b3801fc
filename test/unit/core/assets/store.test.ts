import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import { makeConfigMap, makeSecret, makeStore } from '../select/fixtures.ts';

const secret = (name: string, key: string) => ({ kind: 'Secret' as const, namespace: 'a', name, key });
const configMap = (name: string, key: string) => ({ kind: 'ConfigMap' as const, namespace: 'a', name, key });

describe('AssetStore', () => {
  it('reads Secrets and both halves of ConfigMaps', () => {
    const binary = {
      metadata: { namespace: 'a', name: 'bin' },
      binaryData: { k: Buffer.from('raw').toString('base64') },
    };
    const store = new AssetStore({
      secrets: [makeSecret('a/s', { k: 'vé' })],
      configMaps: [makeConfigMap('a/c', { k: 'w' }), binary],
    });
    assert.equal(store.readText(secret('s', 'k')), 'vé');
    assert.equal(store.readText(configMap('c', 'k')), 'w');
    assert.equal(store.readText(configMap('bin', 'k')), 'raw');
    assert.equal(store.readText(configMap('s', 'k')), undefined);
    assert.equal(store.readText(secret('s', 'constructor')), undefined);
  });

  it('says whether the object or the key is missing', () => {
    const store = makeStore([makeSecret('a/s', { k: '' })]);
    const reason = (name: string, key: string) => store.explainMissing(secret(name, key), 'f')?.reason;
    assert.equal(reason('s', 'k'), undefined);
    assert.equal(reason('s', 'x'), 'KeyNotFound');
    assert.equal(reason('x', 'k'), 'SecretNotFound');
    assert.equal(store.explainMissing(configMap('x', 'k'), 'f')?.reason, 'ConfigMapNotFound');
  });

  it('says of a name that no object can have, and of a long key, no more than fits', () => {
    const store = makeStore([makeSecret('a/s', { k: '' })]);
    const endless = store.explainMissing(secret('x'.repeat(20_000), 'k'), 'f');
    assert.equal(endless?.reason, 'InvalidReference');
    assert.match(endless.message, /^Cannot refer to Secret "x{100}…" \(20000 characters\): /);
    assert.equal(store.explainMissing(secret('../../x', 'k'), 'f')?.reason, 'InvalidReference');
    assert.ok((store.explainMissing(secret('s', 'k'.repeat(20_000)), 'f')?.message.length ?? 0) < 300);
  });

  it('has versions that follow the content and nothing else', () => {
    const version = (data: Record<string, string>) => makeStore([makeSecret('a/s', data)]).versionOf(secret('s', ''));
    assert.equal(version({ a: '1', b: '2' }), version({ b: '2', a: '1' }));
    assert.notEqual(version({ a: '1' }), version({ a: '2' }));
    assert.notEqual(version({ a: '1' }), version({ b: '1' }));
    assert.equal(makeStore().versionOf(secret('s', '')), '');
  });
});
