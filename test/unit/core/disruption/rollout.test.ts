import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeUnready } from '../../../../src/core/disruption/rollout.ts';
import type { DaemonSet, StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';

const template = { metadata: {}, spec: { containers: [] } };

const set = (status: StatefulSet['status'], spec: object = {}): StatefulSet => ({
  kind: 'StatefulSet',
  metadata: { name: 'a', generation: 2 },
  spec: { serviceName: 's', selector: {}, template, replicas: 2, ...spec },
  ...(status && { status }),
});
const same = { observedGeneration: 2, currentRevision: 'x', updateRevision: 'x' };
const rolling = { observedGeneration: 2, currentRevision: 'x', updateRevision: 'y' };
const daemon = (status: DaemonSet['status']): DaemonSet => ({
  ...{ kind: 'DaemonSet', metadata: { name: 'a', generation: 1 }, spec: { selector: {}, template } },
  ...(status && { status }),
});

describe('a set is ready when all its pods are new and available', () => {
  const cases: readonly [title: string, set: StatefulSet | DaemonSet | undefined, expected: string | undefined][] = [
    ['none', undefined, 'a is not there'],
    ['all well', set({ ...same, availableReplicas: 2 }), undefined],
    ['no pods wanted', set(same, { replicas: 0 }), undefined],
    [
      'nobody has seen the change',
      set({ ...same, observedGeneration: 1, availableReplicas: 2 }),
      'a was changed just now',
    ],
    ['no status yet', set(undefined), 'a was changed just now'],
    [
      'one is new',
      set({ ...rolling, updatedReplicas: 1, availableReplicas: 2 }),
      'a is restarting: 1 of 2 pods are new',
    ],
    [
      'all are new, one is not available',
      set({ ...rolling, updatedReplicas: 2, availableReplicas: 1 }),
      'a is not ready: 1 of 2 pods are available',
    ],
    ['one is not available', set({ ...same, availableReplicas: 1 }), 'a is not ready: 1 of 2 pods are available'],
    [
      'pods that somebody has to delete',
      set({ ...rolling, availableReplicas: 2 }, { updateStrategy: { type: 'OnDelete' } }),
      undefined,
    ],
    [
      'a DaemonSet',
      daemon({ observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 }),
      undefined,
    ],
    [
      'a DaemonSet on its way',
      daemon({ observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 3 }),
      'a is restarting: 1 of 3 pods are new',
    ],
  ];
  for (const [title, one, expected] of cases)
    it(title, () => {
      assert.equal(describeUnready('a', one), expected);
    });

  it('one that is being deleted is not', () => {
    const { metadata, ...rest } = set({ ...same, availableReplicas: 2 });
    const gone = { ...rest, metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    assert.equal(describeUnready('a', gone), 'a is being deleted');
  });
});
