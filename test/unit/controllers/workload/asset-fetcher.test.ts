import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject, NamespacedName, ObjectMetadata } from '../../../../src/api/meta.ts';
import { keyOf } from '../../../../src/api/meta.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { AssetFetcher } from '../../../../src/controllers/workload/asset-fetcher.ts';
import type { ObjectReference } from '../../../../src/core/assets/store.ts';
import { Store } from '../../../../src/kubernetes/cache/store.ts';
import { fail, missing } from '../../kubernetes/cache/scripted-client.ts';

const secret = (name: string): ObjectReference => ({ kind: 'Secret', namespace: 'shop', name });

/** A server with Secrets in "shop", each at a version, and a cache of their metadata that is filled by hand. */
function setUp() {
  const server = new Map<string, string>();
  const cache = new Store<ObjectMetadata>();
  const asked: string[] = [];
  const followed = new Map<string, readonly string[]>();
  /** Names that are answered with an error of this status. */
  const refused = new Map<string, number>();
  const client = {
    get: <T extends KubernetesObject>(_type: unknown, { namespace, name }: NamespacedName): Promise<T> => {
      asked.push(name);
      const status = refused.get(name);
      if (status !== undefined) return Promise.reject(fail(status));
      const resourceVersion = server.get(name);
      if (resourceVersion === undefined) return Promise.reject(missing(name));
      return Promise.resolve({
        metadata: { namespace, name, resourceVersion },
        data: { version: resourceVersion },
      } as never);
    },
  };
  const fetcher = new AssetFetcher({
    client,
    secrets: cache,
    configMaps: new Store(),
    follow: (user, references) =>
      void followed.set(
        user,
        references.map(({ name }) => name),
      ),
    logger: silentLogger,
  });
  const show = (name: string): void => {
    const metadata = { namespace: 'shop', name, resourceVersion: server.get(name) ?? '' };
    if (server.has(name)) cache.set({ metadata });
    else cache.delete(keyOf({ metadata }));
  };
  return { server, asked, followed, refused, fetcher, show };
}

describe('AssetFetcher', () => {
  it('keeps contents of what is referenced now, and of nothing else', async () => {
    const { server, fetcher } = setUp();
    const names = Array.from({ length: 500 }, (_, index) => `s${index}`);
    for (const name of names) server.set(name, '1');
    await fetcher.fetch('shop/one', names.map(secret));
    await fetcher.fetch('shop/two', [secret('s1')]);
    await fetcher.fetch('shop/one', [secret('s0')]);
    const kept = (): unknown[] => fetcher.list().secrets.map(({ metadata }) => metadata.name);
    assert.deepEqual(kept().sort(), ['s0', 's1']);
    fetcher.forget('shop/two');
    assert.deepEqual(kept(), ['s0']);
  });

  it('names the users of what a cache shows in another version than was read', async () => {
    const { server, fetcher, show } = setUp();
    for (const name of ['same', 'changed', 'gone']) server.set(name, '1');
    await fetcher.fetch('shop/a', ['same', 'changed'].map(secret));
    await fetcher.fetch('shop/b', ['same', 'gone'].map(secret));
    await fetcher.fetch('shop/c', ['same', 'new'].map(secret));
    await fetcher.fetch('shop/d', ['same'].map(secret));
    server.set('changed', '2');
    server.delete('gone');
    server.set('new', '1');
    for (const name of ['same', 'changed', 'gone', 'new']) show(name);
    assert.deepEqual(fetcher.listOutdated('Secret'), ['shop/a', 'shop/b', 'shop/c']);
    assert.deepEqual(fetcher.listOutdated('ConfigMap'), []);
  });

  it('neither asks for nor follows what no object can be called', async () => {
    const { server, asked, followed, fetcher } = setUp();
    server.set('login', '1');
    const impossible = [
      'x'.repeat(20_000),
      '../../../kube-system/secrets/x',
      '..',
      '.',
      '',
      'A',
      'a/b',
      'a%2fb',
      'a\0',
    ];
    const { secrets } = await fetcher.fetch('shop/a', [...impossible, 'login'].map(secret));
    assert.deepEqual(asked, ['login']);
    assert.deepEqual(followed.get('shop/a'), ['login']);
    assert.equal(secrets.length, 1);
  });

  it('does not take an answer that names no object for one that is missing', async () => {
    const { refused, fetcher } = setUp();
    refused.set('login', 404);
    await assert.rejects(fetcher.fetch('shop/a', [secret('login')]), /status 404/);
  });

  it('leaves out what the server refuses to show, and reads the rest', async () => {
    const { server, refused, fetcher } = setUp();
    server.set('login', '1');
    for (const status of [400, 403, 414, 422, 431]) refused.set(`refused-${status}`, status);
    const { secrets } = await fetcher.fetch('shop/a', [...refused.keys(), 'login'].map(secret));
    assert.deepEqual(
      secrets.map(({ metadata }) => metadata.name),
      ['login'],
    );
  });

  it('fails when the server cannot say, and leaves the many others alone then', async () => {
    const { asked, refused, fetcher } = setUp();
    const names = Array.from({ length: 10_000 }, (_, index) => `s${index}`);
    refused.set('s9999', 503);
    await assert.rejects(fetcher.fetch('shop/a', names.map(secret)));
    const { length } = asked;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked.length, length);
    assert.ok(length <= 32, `${length} requests`);
  });
});
