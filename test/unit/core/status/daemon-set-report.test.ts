import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DaemonSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import { renderDaemonSet } from '../../../../src/core/render/prometheus/prometheus-sets.ts';
import { reportDaemonSet } from '../../../../src/core/status/shard-report.ts';
import type { Pod } from '../../../../src/core/status/pods.ts';
import { makeAgent } from '../render/prometheus/fixtures.ts';
import { makePod } from './fixtures.ts';

const name = 'prom-agent-edge';

function makeDaemonSet(status: DaemonSet['status']): DaemonSet {
  return { ...renderDaemonSet(makeAgent({ mode: 'DaemonSet' }), 1), ...(status === undefined ? {} : { status }) };
}

function ownedBy(kind: string, pod: Pod): Pod {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind, name, uid: 'd' }];
  return { ...pod, metadata: { ...pod.metadata, ownerReferences } };
}

describe('reportDaemonSet', () => {
  it('takes the numbers from the DaemonSet', () => {
    const status = {
      observedGeneration: 2,
      desiredNumberScheduled: 3,
      updatedNumberScheduled: 2,
      numberAvailable: 3,
    };
    const report = reportDaemonSet({ name, daemonSet: makeDaemonSet(status), pods: [] });
    assert.deepEqual(report.counts, {
      shardID: '0',
      replicas: 3,
      updatedReplicas: 2,
      availableReplicas: 3,
      unavailableReplicas: 0,
    });
    assert.deepEqual([report.status, report.reason, report.messages], ['True', '', []]);
  });

  it('is degraded while some nodes lack a ready pod, and says what is wrong with those of the DaemonSet alone', () => {
    const status = { observedGeneration: 1, desiredNumberScheduled: 3, numberAvailable: 2, numberUnavailable: 1 };
    const pods = [
      ownedBy('DaemonSet', makePod('edge-a', { ready: false })),
      ownedBy('DaemonSet', makePod('edge-b')),
      ownedBy('StatefulSet', makePod('edge-0', { ready: false })),
    ];
    const report = reportDaemonSet({ name, daemonSet: makeDaemonSet(status), pods });
    assert.deepEqual([report.status, report.reason], ['Degraded', 'SomePodsNotReady']);
    assert.deepEqual(report.messages, ['pod edge-a: containers with unready status: [prometheus]']);
  });

  it('is well where no node is to run it, but not before somebody has counted', () => {
    const judge = (status: DaemonSet['status']) =>
      reportDaemonSet({ name, daemonSet: makeDaemonSet(status), pods: [] }).status;
    assert.equal(judge({ observedGeneration: 1, desiredNumberScheduled: 0 }), 'True');
    assert.equal(judge({ desiredNumberScheduled: 0 }), 'False');
    assert.equal(judge(undefined), 'False');
  });

  it('names a DaemonSet that is not there', () => {
    const report = reportDaemonSet({ name, daemonSet: undefined, pods: [] });
    assert.deepEqual([report.status, report.reason], ['False', 'DaemonSetNotFound']);
    assert.deepEqual(report.messages, ['DaemonSet "prom-agent-edge" not found']);
  });
});
