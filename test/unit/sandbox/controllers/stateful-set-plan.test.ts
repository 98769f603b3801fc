import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pod, StatefulSet } from '../../../../src/sandbox/controllers/shapes.ts';
import { planStatefulSet } from '../../../../src/sandbox/controllers/stateful-set/stateful-set-plan.ts';
import { now, renderMember, renderSet } from './objects.ts';

/** What the set does next, with "old" as its current and "new" as its update revision. */
function plan(spec: Partial<StatefulSet['spec']>, pods: readonly Pod[], currentRevision = 'new') {
  const set = renderSet(spec);
  return planStatefulSet({ set, pods, currentRevision, updateRevision: 'new', collisionCount: 0, now });
}

const created = ({ create }: ReturnType<typeof plan>) =>
  create.map(({ ordinal, revision }) => `${ordinal} ${revision}`);
const removed = ({ remove }: ReturnType<typeof plan>) => remove.map(({ metadata }) => metadata.name);
const parallel = { podManagementPolicy: 'Parallel' };

describe('the plan of a StatefulSet', () => {
  it('creates the first Pod only, when ordered', () => {
    assert.deepEqual(created(plan({}, [])), ['0 new']);
  });

  it('creates all Pods at once, when parallel', () => {
    assert.deepEqual(created(plan(parallel, [])), ['0 new', '1 new', '2 new']);
  });

  it('waits for each Pod to be ready before the next, when ordered', () => {
    assert.deepEqual(created(plan({}, [renderMember('web-0', { ready: false })])), []);
    assert.deepEqual(created(plan({}, [renderMember('web-0')])), ['1 new']);
  });

  it('fills a gap before it goes on', () => {
    assert.deepEqual(created(plan({}, [renderMember('web-0'), renderMember('web-2')])), ['1 new']);
  });

  it('replaces a failed Pod', () => {
    const pods = [renderMember('web-0', { phase: 'Failed', ready: false })];
    assert.deepEqual(removed(plan({ replicas: 1 }, pods)), ['web-0']);
  });

  it('removes the highest ordinal first, one at a time when ordered', () => {
    const pods = [0, 1, 2].map((ordinal) => renderMember(`web-${ordinal}`));
    assert.deepEqual(removed(plan({ replicas: 1 }, pods)), ['web-2']);
    assert.deepEqual(removed(plan({ replicas: 1, ...parallel }, pods)), ['web-2', 'web-1']);
  });

  it('waits for a terminating Pod before it removes the next, when ordered', () => {
    const pods = [renderMember('web-0'), renderMember('web-1'), renderMember('web-2', { terminating: true })];
    assert.deepEqual(removed(plan({ replicas: 1 }, pods)), []);
  });

  it('does not scale down past a Pod that is not ready, but removes that Pod itself', () => {
    const sick = renderMember('web-1', { ready: false });
    assert.deepEqual(removed(plan({ replicas: 1 }, [renderMember('web-0'), sick, renderMember('web-2')])), ['web-2']);
    assert.deepEqual(removed(plan({ replicas: 1 }, [renderMember('web-0'), sick])), ['web-1']);
  });

  it('updates from the highest ordinal down, one after the other', () => {
    const old = [0, 1, 2].map((ordinal) => renderMember(`web-${ordinal}`, { revision: 'old' }));
    assert.deepEqual(removed(plan({}, old, 'old')), ['web-2']);
    const half = [...old.slice(0, 2), renderMember('web-2')];
    assert.deepEqual(removed(plan({}, half, 'old')), ['web-1']);
    const waiting = [...old.slice(0, 2), renderMember('web-2', { ready: false })];
    assert.deepEqual(removed(plan(parallel, waiting, 'old')), []);
  });

  it('keeps ordinals below the partition on the old revision, new ones too', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
    const old = [0, 1].map((ordinal) => renderMember(`web-${ordinal}`, { revision: 'old' }));
    const done = plan({ updateStrategy }, [...old, renderMember('web-2')], 'old');
    assert.deepEqual([created(done), removed(done)], [[], []]);
    const missing = plan({ updateStrategy, ...parallel }, [old[1]!], 'old');
    assert.deepEqual(created(missing), ['0 old', '2 new']);
  });

  it('leaves Pods alone with OnDelete, but makes new ones from the new template', () => {
    const updateStrategy = { type: 'OnDelete' };
    const old = [0, 1].map((ordinal) => renderMember(`web-${ordinal}`, { revision: 'old' }));
    const next = plan({ updateStrategy }, old, 'old');
    assert.deepEqual([created(next), removed(next)], [['2 new'], []]);
  });

  it('does nothing for a set that is being deleted but counts', () => {
    const set = renderSet();
    set.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    const facts = { currentRevision: 'new', updateRevision: 'new', collisionCount: 0, now };
    const next = planStatefulSet({ set, pods: [renderMember('web-0')], ...facts });
    assert.deepEqual([created(next), removed(next), next.status.replicas], [[], [], 1]);
  });

  it('counts availability by minReadySeconds and says when to look again', () => {
    const pods = [renderMember('web-0', { readyForMs: 4_000 }), renderMember('web-1', { readyForMs: 10_000 })];
    const next = plan({ replicas: 2, minReadySeconds: 10, ...parallel }, pods);
    assert.deepEqual([next.status.readyReplicas, next.status.availableReplicas, next.checkAgainMs], [2, 1, 6_000]);
  });

  it('moves the current revision on when all Pods are new and ready', () => {
    const pods = [0, 1, 2].map((ordinal) => renderMember(`web-${ordinal}`));
    assert.deepEqual(plan({}, pods, 'old').status, {
      observedGeneration: 3,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      collisionCount: 0,
      currentRevision: 'new',
      updateRevision: 'new',
    });
    const unready = [...pods.slice(0, 2), renderMember('web-2', { ready: false })];
    assert.equal(plan({}, unready, 'old').status.currentRevision, 'old');
  });

  it('begins at the start ordinal', () => {
    assert.deepEqual(created(plan({ replicas: 2, ordinals: { start: 5 }, ...parallel }, [])), ['5 new', '6 new']);
    assert.deepEqual(removed(plan({ replicas: 1, ordinals: { start: 1 }, ...parallel }, [renderMember('web-0')])), [
      'web-0',
    ]);
  });
});
