import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addCondition, judgeSeenLoad } from '../../../../src/core/explain/links/seen-load.ts';
import type { ObservedReplica } from '../../../../src/core/loaded/observed-load.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';

const object = { kind: 'Prometheus', namespace: 'shop', name: 'main' };
const since = '2026-03-01T10:05:00Z';
const loaded: ObservedReplica = { name: 'prometheus-main-0', since, loadedAt: since, state: { kind: 'loaded' } };
const barred: ObservedReplica = { name: 'prometheus-main-1', since, state: { kind: 'barred', why: 'it may not' } };

const judge = (replicas: readonly ObservedReplica[], writtenAt?: string) => {
  const load = { container: 'prometheus', replicas, ...(writtenAt === undefined ? {} : { writtenAt }) };
  const byWorkload = new Map([['Prometheus shop/main', load]]);
  return judgeSeenLoad({ loads: { now: Date.parse('2026-03-01T10:06:30Z'), byWorkload } }, object);
};

describe('What the operator has seen replicas load', () => {
  it('is how long ago it was written, who has it, and who has not', () => {
    const well = judge([loaded], '2026-03-01T10:05:00Z');
    assert.deepEqual([well.verdict, well.reason], ['pass', 'Loaded']);
    assert.equal(well.found, 'written 1m30s ago, loaded by 1 of 1');
    assert.deepEqual(well.load, {
      writtenAt: '2026-03-01T10:05:00Z',
      replicas: [{ name: 'prometheus-main-0', state: 'loaded', since, loadedAt: since }],
    });
    const part = judge([loaded, barred]);
    assert.deepEqual([part.verdict, part.reason, part.counts], ['warn', 'OutdatedConfig', { selected: 1, total: 2 }]);
    assert.equal(part.found, `loaded by 1 of 2; prometheus-main-1 cannot be asked since ${since}: it may not`);
  });

  it('says of one that is behind nothing of other objects', () => {
    const place = 'job "serviceMonitor/bank/vault/0"';
    const state = { kind: 'behind', place, loadedAt: since, isLate: true } as const;
    const { found } = judge([loaded, { name: 'prometheus-main-1', since, state }]);
    assert.equal(found, `loaded by 1 of 2; prometheus-main-1: still runs what it loaded at ${since}`);
  });

  it('is not known where none can be asked, and is left out where the operator does not look', () => {
    assert.deepEqual([judge([barred]).verdict, judge([barred]).reason], ['unknown', 'ReplicaUnreachable']);
    assert.equal(judge([]).reason, 'NotAsked');
    assert.equal(judgeSeenLoad({}, object).reason, 'NotAsked');
  });

  it('stands beside what is asked now, as the status of the workload has it, unless all is well', () => {
    const step = judge([loaded]);
    const withStatus = (status: string): KubernetesObject => {
      const told = { type: 'Loaded', status, lastTransitionTime: since, message: '1 of 2 replicas runs' };
      return { metadata: {}, status: { conditions: [told] } } as KubernetesObject;
    };
    const { found } = addCondition(step, withStatus('False'));
    assert.equal(found, `${step.found}; the operator says since ${since}: 1 of 2 replicas runs`);
    assert.equal(addCondition(step, withStatus('True')), step);
    assert.equal(addCondition(step, { metadata: {} }), step);
  });
});
