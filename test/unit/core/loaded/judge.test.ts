import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeLoaded } from '../../../../src/core/loaded/judge-loaded.ts';
import type { KnownReplica, ReplicaState } from '../../../../src/core/loaded/judge-loaded.ts';
import { addHealth, judgeScraping } from '../../../../src/core/loaded/judge-scraping.ts';

const since = '2026-03-01T10:05:00Z';
const loadedAt = '2026-03-01T10:00:00Z';

const judge = (...states: ReplicaState[]): readonly unknown[] => {
  const replicas = states.map((state, at): KnownReplica => ({ name: `prometheus-main-${at}`, state, since }));
  const { status, reason, message } = judgeLoaded(replicas, 'prometheus');
  return [status, reason, message];
};

describe('The condition Loaded', () => {
  it('is True when all replicas run what was written, and only then', () => {
    assert.deepEqual(judge({ kind: 'loaded' }, { kind: 'loaded' }), [
      ...['True', 'AllReplicasLoaded', '2 of 2 replicas run what was written'],
    ]);
    assert.deepEqual(judge(), ['Unknown', 'ReplicaNotAsked', 'There is no replica to ask']);
  });

  it('names who does not, what is worst first', () => {
    const verdict = judge(
      { kind: 'behind', place: 'job "a" regex', loadedAt, isLate: false },
      { kind: 'away', why: 'connect ECONNREFUSED' },
      { kind: 'refused', loadedAt },
      { kind: 'loaded' },
      { kind: 'barred', why: 'status 401' },
    );
    assert.deepEqual(verdict, [
      ...['False', 'ReloadFailed'],
      `1 of 5 replicas runs what was written; prometheus-main-2: its reload fails since ${since}, it goes on with what it loaded at ${loadedAt}; why, its log says: kubectl logs prometheus-main-2 -c prometheus; prometheus-main-1: away since ${since}: connect ECONNREFUSED; prometheus-main-0: runs what it loaded at ${loadedAt}, which differs at job "a" regex; and 1 more`,
    ]);
    assert.deepEqual(judge({ kind: 'loaded' }, { kind: 'behind', place: 'x', loadedAt, isLate: true }).slice(0, 2), [
      ...['False', 'ConfigurationOutdated'],
    ]);
    assert.deepEqual(judge({ kind: 'behind', place: 'x', loadedAt, isLate: false }).slice(0, 2), [
      'False',
      'LoadPending',
    ]);
  });

  it('is Unknown where nothing is known to be wrong', () => {
    assert.deepEqual(judge({ kind: 'loaded' }, { kind: 'barred', why: 'status 401' }), [
      ...['Unknown', 'ReplicaNotAsked'],
      `1 of 2 replicas runs what was written; prometheus-main-1 cannot be asked since ${since}: status 401`,
    ]);
  });
});

describe('The condition Scraping', () => {
  const health = (up: number, total: number, rest: { fresh?: number; lastError?: string } = {}): readonly string[] => {
    const { fresh = 0, lastError = '' } = rest;
    const { status, reason, message } = judgeScraping({ up, total, fresh, lastError });
    return [status, reason, message];
  };

  it('is True while any target is up, and says when some are not', () => {
    assert.deepEqual(health(2, 2), ['True', 'TargetsUp', '2 of 2 targets are up']);
    assert.deepEqual(health(1, 2, { lastError: 'x' }), ['True', 'SomeTargetsDown', '1 of 2 targets are up: x']);
    assert.deepEqual(health(1, 2, { fresh: 1 }), ['True', 'TargetsUp', '1 of 2 targets are up']);
  });

  it('is False when all are down, with an error without secrets', () => {
    const lastError =
      'Get "http://jo:pw@10.0.0.1:80/metrics?token=abc": dial tcp 10.0.0.1:80: connect: connection refused';
    assert.deepEqual(health(0, 1, { lastError }), [
      ...['False', 'TargetsDown'],
      '0 of 1 target is up: Get "http://10.0.0.1:80/metrics": dial tcp 10.0.0.1:80: connect: connection refused',
    ]);
  });

  it('is Unknown while there is nothing to tell', () => {
    assert.deepEqual(health(0, 2, { fresh: 2 }).slice(0, 2), ['Unknown', 'NotScrapedYet']);
    assert.deepEqual(judgeScraping(undefined), {
      status: 'Unknown',
      reason: 'NoTargets',
      message: 'No target is found',
    });
  });

  it('counts all shards and jobs together', () => {
    const one = { up: 1, fresh: 0, total: 2, lastError: '' };
    assert.deepEqual(addHealth(one, { ...one, lastError: 'x' }), { up: 2, fresh: 0, total: 4, lastError: 'x' });
  });
});
