import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyOf } from '../../../../src/api/meta.ts';
import { compareBytes } from '../../../../src/base/order.ts';
import { Store } from '../../../../src/kubernetes/cache/store.ts';
import { makeObject } from './scripted-client.ts';
import type { TestObject } from './scripted-client.ts';

describe('store', () => {
  it('lists all objects or those of a namespace, as the same array until something changes there', () => {
    const store = new Store<TestObject>();
    store.set(makeObject('a/x', 1));
    store.set(makeObject('b/y', 2));
    const [all, inA] = [store.list(), store.list('a')];
    assert.equal(store.list(), all);
    assert.equal(store.list('a'), inA);
    store.set(makeObject('b/z', 3));
    assert.notEqual(store.list(), all);
    assert.equal(store.list('a'), inA);
    assert.deepEqual([all.length, inA.length, store.list().length, store.list('c').length], [2, 1, 3, 0]);
    assert.equal(store.list()[0]?.metadata.name, 'x');
  });

  it('lists in the byte order of keys, however many come, go and change between two lists', () => {
    const store = new Store<TestObject>();
    const expected = new Map<string, number>();
    for (let round = 0; round < 60; round += 1) {
      for (let at = 0; at < (round % 10 === 9 ? 80 : round % 4); at += 1) {
        const number = (round * 37 + at * 53) % 90;
        const key = `${['a', 'a-b', 'b'][number % 3] ?? ''}/x${number}`;
        const isRemoved = (round + at) % 3 === 0;
        if (isRemoved) store.delete(key);
        else store.set(makeObject(key, round));
        if (isRemoved) expected.delete(key);
        else expected.set(key, round);
      }
      const listed = store.list().map((one) => [keyOf(one), Number(one.metadata.resourceVersion)]);
      assert.deepEqual(
        listed,
        [...expected].sort(([a], [b]) => compareBytes(a, b)),
        `round ${round}`,
      );
    }
    assert.ok(expected.size > 20);
  });

  it('finds objects of a namespace and of the cluster', () => {
    const store = new Store<TestObject>();
    store.set(makeObject('a/x', 1));
    store.set(makeObject('node', 2));
    assert.equal(store.get('a', 'x')?.metadata.resourceVersion, '1');
    assert.equal(store.get('', 'node')?.metadata.resourceVersion, '2');
    assert.equal(store.get('a', 'node'), undefined);
    store.delete('node');
    assert.equal(store.get('', 'node'), undefined);
  });

  it('keeps indexes through changes', () => {
    const store = new Store<TestObject>({ byColour: ({ metadata }) => Object.values(metadata.labels ?? {}) });
    store.set(makeObject('a/x', 1, { metadata: { labels: { one: 'red', two: 'red' } } }));
    store.set(makeObject('a/y', 2, { metadata: { labels: { one: 'red' } } }));
    const red = store.byIndex('byColour', 'red');
    assert.equal(red.length, 2);
    store.set(makeObject('a/x', 3, { metadata: { labels: { one: 'blue' } } }));
    store.set(makeObject('a/y', 4, { metadata: { labels: { one: 'red' } } }));
    const versions = (value: string): unknown[] =>
      store.byIndex('byColour', value).map(({ metadata }) => metadata.resourceVersion);
    assert.deepEqual([versions('red'), versions('blue')], [['4'], ['3']]);
    store.delete('a/y');
    assert.deepEqual(versions('red'), []);
  });
});
