import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podMonitorType } from '../../../../src/api/pod-monitor.ts';
import { serviceMonitorType } from '../../../../src/api/service-monitor.ts';
import type { CacheHealth } from '../../../../src/controllers/workload/controller.ts';
import { behindMs, silentWatchMs } from '../../../../src/operator/limits.ts';
import { describeWatches } from '../../../../src/operator/page/watch-state.ts';

const now = 1_000_000_000;
const well: CacheHealth['health'] = {
  ...{ synced: true, settled: true, lastEventAt: now, quietSince: now, refusals: [] },
  ...{ failingSince: undefined, lastError: undefined },
};
const cache = (health: Partial<CacheHealth['health']> = {}): CacheHealth => ({
  type: serviceMonitorType,
  health: { ...well, ...health },
});
const stateOf = (...caches: readonly CacheHealth[]): string => {
  const { state, message } = describeWatches([...caches, { type: podMonitorType, health: well }], now);
  return `${state}: ${message}`;
};

describe('describeWatches', () => {
  it('says that all is well, or which caches are not there yet', () => {
    assert.match(describeWatches([], now).message, /^The API server was not reached yet/);
    assert.equal(stateOf(cache()), 'live: All watches are up to date');
    assert.equal(
      stateOf(cache({ synced: false, settled: false })),
      'starting: Not read yet: servicemonitors.monitoring.coreos.com',
    );
  });

  it('says what may be out of date, once a failure lasts or a watch is silent for too long', () => {
    const behind = 'behind: May be out of date, since watches fail: servicemonitors.monitoring.coreos.com';
    assert.match(stateOf(cache({ failingSince: now - behindMs + 1 })), /^live/);
    assert.equal(stateOf(cache({ failingSince: now - behindMs })), behind);
    assert.match(stateOf(cache({ quietSince: now - silentWatchMs + 1 })), /^live/);
    assert.equal(stateOf(cache({ quietSince: now - silentWatchMs })), behind);
  });

  it('takes what the server refuses for no delay', () => {
    const refusals = [
      { status: 403, message: 'servicemonitors is forbidden' },
    ] as unknown as CacheHealth['health']['refusals'];
    assert.match(stateOf(cache({ refusals, failingSince: now - behindMs })), /^live/);
  });
});
