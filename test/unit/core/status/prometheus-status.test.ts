import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusStatus } from '../../../../src/api/parts/status.ts';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import type { SyncOutcome } from '../../../../src/core/status/conditions.ts';
import { listDeprecatedFields } from '../../../../src/core/status/deprecated-fields.ts';
import { buildStatus, hasStatusChanged } from '../../../../src/core/status/workload-status.ts';
import type { ShardState } from '../../../../src/core/status/shard-report.ts';
import { isUnmanaged } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import { describePrometheus } from '../../../../src/core/status/prometheus-subject.ts';
import { makeAgent, makeServer } from '../render/prometheus/fixtures.ts';
import { makePod, makeShard } from './fixtures.ts';

const now = '2026-03-01T12:00:00Z';

interface Given {
  shards?: readonly ShardState[];
  spec?: PrometheusSpec;
  outcome?: SyncOutcome;
  before?: PrometheusStatus;
  at?: string;
}

function build({
  shards = [makeShard([])],
  spec = {},
  outcome = { kind: 'synced' },
  before,
  at = now,
}: Given): PrometheusStatus {
  return buildStatus({ subject: describePrometheus(makeServer(spec)), before, shards, outcome, now: at });
}

function conditionOf(status: PrometheusStatus, type: string): string[] {
  const condition = status.conditions?.find((one) => one.type === type);
  return [condition?.status ?? '', condition?.reason ?? '', condition?.message ?? ''];
}

describe('the condition Available', () => {
  it('is True when every shard has the pods it wants', () => {
    assert.deepEqual(conditionOf(build({ shards: [makeShard([makePod('a'), makePod('b')], 2)] }), 'Available'), [
      'True',
      '',
      '',
    ]);
    assert.deepEqual(conditionOf(build({ shards: [makeShard([], 0)] }), 'Available'), ['True', '', '']);
  });

  it('is Degraded when some pods are missing, with a line for each bad one', () => {
    const shards = [makeShard([makePod('a'), makePod('b', { ready: false })], 2)];
    assert.deepEqual(conditionOf(build({ shards }), 'Available'), [
      'Degraded',
      'SomePodsNotReady',
      'shard 0: pod b: containers with unready status: [prometheus]',
    ]);
  });

  it('is False when no pod is ready, or the StatefulSet is missing', () => {
    assert.deepEqual(conditionOf(build({ shards: [makeShard([], 2)] }), 'Available'), ['False', 'NoPodReady', '']);
    const gone = { ...makeShard([]), statefulSet: undefined };
    const [status, reason, message] = conditionOf(build({ shards: [gone] }), 'Available');
    assert.deepEqual([status, reason], ['False', 'StatefulSetNotFound']);
    assert.match(message ?? '', /shard 0.*prometheus-k8s/);
  });

  it('is the worst of the shards, with the reasons of all', () => {
    const other = { statefulSet: 'prometheus-k8s-shard-1' };
    const degraded = makeShard([makePod('a', other), makePod('b', { ...other, ready: false })], 2, 1);
    const [status, reason] = conditionOf(
      build({ spec: { shards: 2 }, shards: [makeShard([], 1), degraded] }),
      'Available',
    );
    assert.deepEqual([status, reason], ['False', 'NoPodReadyAndSomePodsNotReady']);
  });

  it('names what came first when a pod does not come up', () => {
    const pod = makePod('a', { ready: false });
    const pending = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '' };
    pod.status = { phase: 'Pending', conditions: [...(pod.status?.conditions ?? []).slice(0, 3), pending] };
    const [, , message] = conditionOf(build({ shards: [makeShard([pod])] }), 'Available');
    assert.equal(message, 'shard 0: pod a: Unschedulable');
  });
});

describe('counts', () => {
  it('are of the pods of each shard, and summed', () => {
    const pods = [
      makePod('a'),
      makePod('b', { revision: 'old' }),
      makePod('c', { ready: false }),
      makePod('d', { statefulSet: 'prometheus-k8s-shard-1' }),
      makePod('x', { statefulSet: 'other' }),
    ];
    const status = build({ spec: { shards: 2 }, shards: [makeShard(pods, 3), makeShard(pods, 1, 1)] });
    assert.deepEqual(status.shardStatuses, [
      { shardID: '0', replicas: 3, updatedReplicas: 2, availableReplicas: 2, unavailableReplicas: 1 },
      { shardID: '1', replicas: 1, updatedReplicas: 1, availableReplicas: 1, unavailableReplicas: 0 },
    ]);
    const { replicas, updatedReplicas, availableReplicas, unavailableReplicas, shards } = status;
    assert.deepEqual([replicas, updatedReplicas, availableReplicas, unavailableReplicas, shards], [4, 3, 3, 1, 2]);
  });

  it('take pods that run but are not ready as unavailable', () => {
    const pod = makePod('a');
    pod.status = { ...pod.status, phase: 'Failed' };
    assert.equal(build({ shards: [makeShard([pod])] }).availableReplicas, 0);
  });

  it('come with the selector of all shards for kubectl scale', () => {
    assert.equal(
      build({}).selector,
      'app.kubernetes.io/instance=k8s,app.kubernetes.io/managed-by=prometheus-operator,app.kubernetes.io/name=prometheus,' +
        'operator.prometheus.io/name=k8s,prometheus=k8s',
    );
  });
});

describe('the condition Reconciled', () => {
  it('says how the last sync ended', () => {
    const outcomes: [SyncOutcome, string, string][] = [
      [{ kind: 'synced' }, 'True', ''],
      [{ kind: 'synced', deprecatedFields: ['spec.tag'] }, 'True', 'DeprecatedFieldsInUse'],
      [{ kind: 'synced', deprecatedFields: ['spec.tag'], unmanaged: true }, 'True', 'ConfigurationUnmanaged'],
      [{ kind: 'synced', deprecatedFields: ['spec.tag'], ignoredFields: 'Left out "a": old' }, 'True', 'IgnoredFields'],
      [{ kind: 'synced', ignoredFields: 'Left out "a": old', unmanaged: true }, 'True', 'ConfigurationUnmanaged'],
      [{ kind: 'synced', unmanaged: true, nothingSelected: ['Probe'] }, 'True', 'NoSelectedResources'],
      [{ kind: 'failed', message: 'it broke' }, 'False', 'ReconciliationFailed'],
      [{ kind: 'unknown' }, 'Unknown', 'NotFound'],
    ];
    for (const [outcome, ...expected] of outcomes) {
      assert.deepEqual(conditionOf(build({ outcome }), 'Reconciled').slice(0, 2), expected);
    }
    assert.equal(conditionOf(build({ outcome: { kind: 'failed', message: 'it broke' } }), 'Reconciled')[2], 'it broke');
  });

  it('tells which fields were left out, and writes nothing while they are the same', () => {
    const outcome: SyncOutcome = { kind: 'synced', ignoredFields: 'Left out "a": old' };
    const first = build({ outcome });
    assert.deepEqual(conditionOf(first, 'Reconciled'), ['True', 'IgnoredFields', 'Left out "a": old']);
    const again = build({ outcome, before: first, at: '2026-03-02T00:00:00Z' });
    assert.deepEqual([again, hasStatusChanged(first, again)], [first, false]);
    const mended = build({ before: first, at: '2026-03-02T00:00:00Z' });
    assert.equal(hasStatusChanged(first, mended), true);
    assert.deepEqual(
      mended.conditions?.map(({ lastTransitionTime }) => lastTransitionTime),
      [now, now],
      'True stays True: no transition',
    );
  });

  it('is told which deprecated fields are in use', () => {
    const workload = makeServer({ baseImage: 'a/b', tag: '', thanos: { sha: 'x' } });
    assert.deepEqual(listDeprecatedFields(workload), ['spec.baseImage', 'spec.thanos.sha']);
    assert.deepEqual(listDeprecatedFields(makeAgent()), []);
  });

  it('is told whether the configuration is the user’s', () => {
    assert.equal(isUnmanaged(makeServer()), true);
    assert.equal(isUnmanaged(makeServer({ probeSelector: {} })), false);
    assert.equal(isUnmanaged(makeServer({}, { disableUnmanagedConfiguration: true })), false);
    assert.equal(isUnmanaged(makeAgent()), false);
  });
});

describe('times of conditions', () => {
  const later = '2026-03-01T13:00:00Z';

  it('stay while the status stays, whatever else changes', () => {
    const before = build({ outcome: { kind: 'failed', message: 'a' } });
    const after = build({ before, outcome: { kind: 'failed', message: 'b' }, at: later });
    assert.deepEqual(
      after.conditions?.map(({ lastTransitionTime }) => lastTransitionTime),
      [now, now],
    );
  });

  it('move with the status', () => {
    const after = build({ before: build({}), outcome: { kind: 'failed', message: 'b' }, at: later });
    assert.deepEqual(
      after.conditions?.map(({ type, lastTransitionTime }) => [type, lastTransitionTime]),
      [
        ['Available', now],
        ['Reconciled', later],
      ],
    );
  });

  it('name the generation that was seen', () => {
    assert.deepEqual(
      build({}).conditions?.map(({ observedGeneration }) => observedGeneration),
      [3, 3],
    );
  });
});

describe('hasStatusChanged', () => {
  it('is false for the same status at a later time, in another order, with conditions of others', () => {
    const before = build({});
    const foreign = { type: 'Other', status: 'True', lastTransitionTime: now };
    const stored = { ...before, conditions: [...(before.conditions ?? []), foreign].reverse() };
    assert.equal(hasStatusChanged(stored, build({ before: stored, at: '2026-03-02T00:00:00Z' })), false);
  });

  it('does not tell empty texts from none', () => {
    const next = build({});
    const bare = next.conditions?.map(({ reason: _reason, message: _message, ...condition }) => condition) ?? [];
    const shards = [makeShard([makePod('a')])];
    const ready = build({ shards });
    const bareReady = ready.conditions?.map(({ reason: _reason, message: _message, ...condition }) => condition) ?? [];
    assert.equal(hasStatusChanged({ ...ready, conditions: bareReady }, ready), false);
    assert.equal(hasStatusChanged({ ...next, conditions: bare }, next), true, 'NoPodReady is a reason');
  });

  it('is true for anything new', () => {
    const next = build({});
    assert.equal(hasStatusChanged(undefined, next), true);
    assert.equal(hasStatusChanged({ ...next, paused: true }, next), true);
    assert.equal(hasStatusChanged({ ...next, selector: 'old' }, next), true);
    assert.equal(
      hasStatusChanged(
        {
          ...next,
          shardStatuses: [
            ...(next.shardStatuses ?? []),
            { shardID: '1', replicas: 0, updatedReplicas: 0, availableReplicas: 0, unavailableReplicas: 0 },
          ],
        },
        next,
      ),
      true,
    );
    assert.equal(hasStatusChanged({ ...next, conditions: [] }, next), true);
  });
});
