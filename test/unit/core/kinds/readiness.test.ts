import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Prometheus } from '../../../../src/api/prometheus.ts';
import type { CacheState } from '../../../../src/core/kinds/readiness.ts';
import { assessReadiness } from '../../../../src/core/kinds/readiness.ts';
import { serverKind } from '../../../../src/core/kinds/prometheus.ts';
import { passingFailureMs } from '../../../../src/core/limits.ts';
import { selectedKinds } from '../../../../src/core/select/selected-kinds.ts';
import type { SelectedKind } from '../../../../src/core/select/selected-kinds.ts';

const well: CacheState = { synced: true, refusals: [] };
const cacheOf = (plural: string, health: CacheState) => ({ type: { plural, group: '' }, health: () => health });

/** A Prometheus that selects ServiceMonitors, whose cache is so, and PodMonitors. */
function assess(monitors: CacheState, now = 0) {
  const entries = Object.entries(selectedKinds).map(([kind, { type }]) => {
    return [kind, { type, health: () => (kind === 'ServiceMonitor' ? monitors : well) }] as const;
  });
  const caches = {
    statefulSets: cacheOf('statefulsets', well),
    namespaces: cacheOf('namespaces', well),
    selected: Object.fromEntries(entries) as unknown as Record<SelectedKind, (typeof entries)[number][1]>,
  };
  const spec = { serviceMonitorSelector: {}, podMonitorSelector: {} };
  const instance: Prometheus = { metadata: { namespace: 'a', name: 'b' }, spec };
  return assessReadiness(serverKind, instance, { caches, now });
}

describe('assessReadiness', () => {
  it('waits for a cache that is being filled, and for none that is', () => {
    assert.deepEqual(assess(well), { kind: 'ready' });
    assert.deepEqual(assess({ synced: false, refusals: [] }), { kind: 'filling' });
  });

  it('says at once what the server refuses', () => {
    const refusals = [{ message: 'servicemonitors is forbidden' }];
    assert.match(
      JSON.stringify(assess({ synced: false, failingSince: 0, refusals })),
      /blocked.*servicemonitors is forb/,
    );
  });

  it('waits for a failure to go by, and says so when it does not', () => {
    const failing = { synced: false, failingSince: 1000, lastError: 'read ECONNRESET', refusals: [] };
    assert.deepEqual(assess(failing, 1000 + passingFailureMs - 1), { kind: 'filling' });
    assert.match(JSON.stringify(assess(failing, 1000 + passingFailureMs)), /blocked.*read ECONNRESET/);
  });
});
