import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statefulSetType } from '../../../../src/api/builtin-types.ts';
import type { ObjectMeta } from '../../../../src/api/meta.ts';
import { listOutdatedOwners } from '../../../../src/controllers/workload/outdated.ts';

const written = (namespace: string, resourceVersion: string, kind = 'Prometheus'): ObjectMeta => ({
  namespace,
  name: 'prometheus-main',
  resourceVersion,
  ownerReferences: [{ apiVersion: 'monitoring.coreos.com/v1', kind, name: 'main', uid: 'u', controller: true }],
});

/** Asks for owners of what was written, where the cache has these versions by namespace. */
function list(known: readonly ObjectMeta[], cache: Readonly<Record<string, string>>, namespace = ''): string[] {
  const get = (where: string): unknown =>
    cache[where] === undefined ? undefined : { metadata: { resourceVersion: cache[where] } };
  const informer = { type: statefulSetType, store: { get } } as unknown as Parameters<typeof listOutdatedOwners>[1];
  return listOutdatedOwners({ listKnown: () => [...known] }, informer, { owner: 'Prometheus', namespace });
}

describe('owners of what the cache has in another state', () => {
  it('are those of objects that it lacks or has in another version, and no others', () => {
    const known = [written('same', '3'), written('other', '3'), written('gone', '3')];
    assert.deepEqual(list(known, { same: '3', other: '4' }), ['other/main', 'gone/main']);
  });

  it('are of the namespace that was filled', () => {
    assert.deepEqual(list([written('a', '1'), written('b', '1')], {}, 'b'), ['b/main']);
  });

  it('are of the kind that asks', () => {
    assert.deepEqual(list([written('a', '1', 'Alertmanager')], {}), []);
  });
});
