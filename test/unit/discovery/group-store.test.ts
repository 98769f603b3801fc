import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GroupStore } from '../../../src/discovery/group-store.ts';
import { group } from '../core/targets/job.ts';

describe('GroupStore', () => {
  it('tells a reader what changed since it was there', () => {
    const store = new GroupStore();
    store.apply([group('a', [{ __address__: '1' }]), group('b', [{ __address__: '2' }])]);
    const revision = store.revision;
    store.apply([group('b', [])]);
    assert.deepEqual(store.changesSince(revision), new Set(['b']));
    assert.deepEqual([...store.groups.keys()], ['a']);
    assert.equal(store.targetCount, 1);
  });

  it('takes an equal group for no change', () => {
    const store = new GroupStore();
    assert.equal(store.apply([group('a', [{ __address__: '1', x: 'y' }], { l: 'm' })]), true);
    assert.equal(store.apply([group('a', [{ __address__: '1', x: 'y' }], { l: 'm' })]), false);
    assert.equal(store.apply([group('a', [{ __address__: '1', x: 'z' }], { l: 'm' })]), true);
    assert.equal(store.apply([group('b', [])]), false);
  });

  it('sends a reader that stayed away too long to the beginning', () => {
    const store = new GroupStore();
    for (let n = 0; n < 5000; n += 1) store.apply([group('a', [{ __address__: String(n) }])]);
    assert.equal(store.changesSince(10), undefined);
    assert.deepEqual(store.changesSince(store.revision - 1), new Set(['a']));
  });
});
