import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiObject } from '../../../../src/sandbox/api.ts';
import { HistoryExpiredError, StoreConflictError } from '../../../../src/sandbox/store/errors.ts';
import { Store } from '../../../../src/sandbox/store/store.ts';

const make = (name: string, data = ''): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { data },
});
const namesOf = (objects: readonly ApiObject[]): (string | undefined)[] => objects.map(({ metadata }) => metadata.name);
const versionOf = (object: ApiObject | undefined): string => object?.metadata.resourceVersion ?? '';

function fill(store: Store, ...keys: string[]): void {
  for (const key of keys) store.create('configmaps', key, make(key));
}

describe('store', () => {
  it('gives each write, whatever the collection, the next resourceVersion', () => {
    const store = new Store({});
    const versions = ['a', 'b'].map((name) => Number(versionOf(store.create(`${name}s`, name, make(name)))));
    assert.equal(versions[1], (versions[0] ?? 0) + 1);
    assert.equal(store.revision, versions[1]);
  });

  it('lists in order of keys, by prefix', () => {
    const store = new Store({});
    fill(store, 'b/x', 'a/z', 'a/b', 'ab/c');
    assert.deepEqual(namesOf(store.list('configmaps').items), ['a/b', 'a/z', 'ab/c', 'b/x']);
    assert.deepEqual(namesOf(store.list('configmaps', { prefix: 'a/' }).items), ['a/b', 'a/z']);
  });

  it('shows the state of an older revision', () => {
    const store = new Store({});
    fill(store, 'a', 'b');
    const at = store.revision;
    const a = store.get('configmaps', 'a');
    store.update('configmaps', 'a', make('a', 'new'), versionOf(a));
    store.delete('configmaps', 'b', make('b'), versionOf(store.get('configmaps', 'b')));
    fill(store, 'c');
    const { items, revision } = store.list('configmaps', { at });
    assert.deepEqual([namesOf(items), revision, items[0]], [['a', 'b'], at, a]);
  });

  it('refuses a second create and a write on an older version', () => {
    const store = new Store({});
    fill(store, 'a');
    assert.throws(() => fill(store, 'a'), StoreConflictError);
    assert.throws(() => store.update('configmaps', 'a', make('a'), '1'), StoreConflictError);
    assert.throws(() => store.delete('configmaps', 'b', make('b'), '1'), StoreConflictError);
  });

  it('replays the history to a watch, then tells it what follows, until it is stopped', () => {
    const store = new Store({});
    fill(store, 'a');
    const from = store.revision;
    fill(store, 'b');
    const seen: string[] = [];
    const watch = store.watch('configmaps', from, ({ type, key }) => seen.push(`${type} ${key}`));
    const b = store.get('configmaps', 'b');
    const deleted = store.delete('configmaps', 'b', b ?? make('b'), versionOf(b));
    assert.equal(Number(versionOf(deleted)), store.revision);
    watch.stop();
    fill(store, 'c');
    assert.deepEqual(seen, ['ADDED b', 'DELETED b']);
  });

  it('delivers what a handler writes after the event it was told of', () => {
    const store = new Store({});
    const seen: string[] = [];
    store.watch('configmaps', store.revision, ({ key }) => {
      if (key === 'a') fill(store, 'b');
    });
    store.watch('configmaps', store.revision, ({ key }) => seen.push(key));
    fill(store, 'a');
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('forgets old events: an older watch or list is expired', () => {
    const store = new Store({ historySize: 4 });
    fill(store, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
    assert.throws(() => store.watch('configmaps', 1, () => undefined), HistoryExpiredError);
    assert.throws(() => store.list('configmaps', { at: 2 }), HistoryExpiredError);
    store.watch('configmaps', store.revision - 3, () => undefined).stop();
  });

  it('comes back from a snapshot with its revision and without its history', () => {
    const store = new Store({});
    fill(store, 'b', 'a');
    const copy = new Store({});
    copy.restore(JSON.parse(JSON.stringify(store.snapshot())), ({ metadata }) => metadata.name ?? '');
    assert.deepEqual(copy.list('configmaps'), store.list('configmaps'));
    assert.throws(() => copy.watch('configmaps', store.revision - 1, () => undefined), HistoryExpiredError);
    fill(copy, 'c');
    assert.equal(copy.revision, store.revision + 1);
  });
});
