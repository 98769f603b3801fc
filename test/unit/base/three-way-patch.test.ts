import assert from 'node:assert/strict';
import { it } from 'node:test';
import { makeThreeWayPatch } from '../../../src/base/three-way-patch.ts';

it('sets what the manifest says and nothing that is so already', () => {
  const live = { spec: { replicas: 1, paused: true } };
  assert.deepEqual(makeThreeWayPatch({ last: undefined, wanted: { spec: { replicas: 2 } }, live }), {
    spec: { replicas: 2 },
  });
  assert.deepEqual(makeThreeWayPatch({ last: undefined, wanted: { spec: { replicas: 1 } }, live }), {});
});

it('removes what the manifest said last time and says no more, and leaves what others have set', () => {
  const live = { spec: { replicas: 1, paused: true, image: 'mine' } };
  const last = { spec: { replicas: 1, paused: true } };
  assert.deepEqual(makeThreeWayPatch({ last, wanted: { spec: { replicas: 1 } }, live }), { spec: { paused: null } });
});

it('asks for no removal of what is gone already', () => {
  assert.deepEqual(makeThreeWayPatch({ last: { a: 1, b: 1 }, wanted: { b: 1 }, live: { b: 1 } }), {});
});

it('replaces lists as a whole, and values of another shape', () => {
  const patch = makeThreeWayPatch({ last: { a: [1], b: {} }, wanted: { a: [1, 2], b: 'x' }, live: { a: [1], b: {} } });
  assert.deepEqual(patch, { a: [1, 2], b: 'x' });
});

it('takes null in a manifest for "not there"', () => {
  assert.deepEqual(makeThreeWayPatch({ last: {}, wanted: { a: null, b: null }, live: { a: 1 } }), { a: null });
});
