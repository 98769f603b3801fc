import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Timer } from '../../../src/base/clock.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { GroupStore } from '../../../src/discovery/group-store.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import { ScrapeManager } from '../../../src/discovery/scrape-manager.ts';
import { compile, group } from '../core/targets/job.ts';

interface Bench {
  readonly clock: FakeClock;
  readonly manager: ScrapeManager;
  readonly store: GroupStore;
  readonly reloadedAt: number[];
  readonly instances: (job: string) => readonly (string | undefined)[] | undefined;
}

function createBench(): Bench {
  const clock = new FakeClock();
  const reloadedAt: number[] = [];
  const manager = new ScrapeManager({
    clock,
    metrics: new DiscoveryMetrics(),
    reloadIntervalMs: 5000,
    onReload: () => reloadedAt.push(clock.monotonic()),
  });
  manager.applyConfig(new Map([['a', compile()]]));
  manager.start();
  return {
    clock,
    manager,
    store: new GroupStore(),
    reloadedAt,
    instances: (job) =>
      manager.pools
        .get(job)
        ?.list()
        .active.map(({ labels }) => labels.get('instance')),
  };
}

/** Whoever looks at it has spent time. */
class BusyClock extends FakeClock {
  spentMs = 0;
  readonly rests: boolean[] = [];
  isIdle = (): boolean => true;

  override schedule(ms: number, fire: () => void): Timer {
    if (ms === 0) this.rests.push(this.isIdle());
    return super.schedule(ms, fire);
  }

  override monotonic(): number {
    this.spentMs += 15;
    return super.monotonic() + this.spentMs;
  }
}

describe('ScrapeManager', () => {
  it('rests between jobs when there are many, and is idle only when all are done', async () => {
    const clock = new BusyClock();
    let reloads = 0;
    const manager = new ScrapeManager({
      ...{ clock, metrics: new DiscoveryMetrics(), reloadIntervalMs: 5000 },
      onReload: () => (reloads += 1),
    });
    const names = Array.from({ length: 10 }, (_, at) => `job-${at}`);
    manager.applyConfig(new Map(names.map((name) => [name, compile()])));
    manager.start();
    clock.isIdle = () => manager.isIdle;
    const store = new GroupStore();
    store.apply([group('x', [{ __address__: '1' }])]);
    manager.receive(new Map(names.map((name) => [name, [store]])));
    await clock.advance(5000);
    assert.ok(clock.rests.length >= 3, `${clock.rests.length} rests`);
    assert.ok(!clock.rests.includes(true));
    assert.deepEqual([manager.isIdle, reloads, manager.pools.size], [true, 1, names.length]);
  });

  it('reloads at a tick at the earliest, and at once when a tick has waited', async () => {
    const { clock, manager, store, reloadedAt } = createBench();
    manager.receive(new Map([['a', [store]]]));
    await clock.advance(4999);
    assert.deepEqual(reloadedAt, []);
    await clock.advance(1);
    assert.deepEqual(reloadedAt, [5000]);
    await clock.advance(6000);
    manager.receive(new Map([['a', [store]]]));
    assert.deepEqual(reloadedAt, [5000, 11_000]);
  });

  it('makes one reload of many snapshots', async () => {
    const { clock, manager, store, reloadedAt } = createBench();
    for (let n = 0; n < 10; n += 1) manager.receive(new Map([['a', [store]]]));
    await clock.advance(20_000);
    assert.deepEqual(reloadedAt, [5000]);
  });

  it('follows groups that come, change and go', async () => {
    const { clock, manager, store, instances } = createBench();
    const reload = async (): Promise<void> => {
      manager.receive(new Map([['a', [store]]]));
      await clock.advance(5000);
    };
    store.apply([group('x', [{ __address__: '1' }]), group('y', [{ __address__: '2' }])]);
    await reload();
    assert.deepEqual(instances('a'), ['1', '2']);
    store.apply([group('x', []), group('y', [{ __address__: '3' }])]);
    await reload();
    assert.deepEqual(instances('a'), ['3']);
  });

  it('takes the targets of a provider away that a job no longer has', async () => {
    const { clock, manager, store, instances } = createBench();
    store.apply([group('x', [{ __address__: '1' }])]);
    manager.receive(new Map([['a', [store]]]));
    await clock.advance(5000);
    manager.receive(new Map([['a', [new GroupStore()]]]));
    await clock.advance(5000);
    assert.deepEqual(instances('a'), []);
  });

  it('has a pool for a job without targets and none for a job it does not know', async () => {
    const { clock, manager, store } = createBench();
    manager.receive(
      new Map([
        ['a', [store]],
        ['unknown', [store]],
      ]),
    );
    await clock.advance(5000);
    assert.deepEqual([...manager.pools.keys()], ['a']);
  });

  it('relabels anew after a change of the job', async () => {
    const { clock, manager, store, instances } = createBench();
    store.apply([group('x', [{ __address__: '1' }])]);
    manager.receive(new Map([['a', [store]]]));
    await clock.advance(5000);
    manager.applyConfig(new Map([['b', compile()]]));
    manager.receive(new Map([['b', [store]]]));
    await clock.advance(5000);
    assert.deepEqual([...manager.pools.keys()], ['b']);
    assert.deepEqual(instances('b'), ['1']);
  });
});
