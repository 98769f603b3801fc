import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { PlainGroup, SdConfig } from '../../../src/core/targets/sd-config.ts';
import type { Discoverer, GroupSink } from '../../../src/discovery/discoverer.ts';
import { DiscoveryManager } from '../../../src/discovery/manager.ts';
import type { DiscoveryManagerOptions, Snapshot } from '../../../src/discovery/manager.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import { createStaticDiscoverer } from '../../../src/discovery/static-discoverer.ts';
import { group } from '../core/targets/job.ts';

const fixed = (...addresses: readonly string[]): SdConfig => ({
  mechanism: 'static',
  groups: [{ targets: addresses, labels: {} } satisfies PlainGroup],
});
const foreign = (name: string): SdConfig => ({ mechanism: 'foreign', name, config: {} });
const jobs = (given: Readonly<Record<string, readonly SdConfig[]>>): ReadonlyMap<string, readonly SdConfig[]> =>
  new Map(Object.entries(given));

/** Sends what the test tells it to. */
class HandDiscoverer implements Discoverer {
  send: GroupSink = () => assert.fail('It does not run');
  stopped = false;
  idle = true;

  isIdle(): boolean {
    return this.idle;
  }

  isComplete(): boolean {
    return this.idle;
  }

  run(send: GroupSink, signal: AbortSignal): Promise<void> {
    this.send = send;
    return new Promise((resolve) =>
      signal.addEventListener('abort', () => {
        this.stopped = true;
        resolve();
      }),
    );
  }
}

interface Bench {
  readonly clock: FakeClock;
  readonly manager: DiscoveryManager;
  readonly metrics: DiscoveryMetrics;
  /** By the name of the foreign mechanism, in the order in which they were made. */
  readonly hands: Map<string, HandDiscoverer[]>;
  /** Addresses by job, of each snapshot that was taken. */
  readonly taken: Readonly<Record<string, readonly string[]>>[];
  readonly last: () => Readonly<Record<string, readonly string[]>> | undefined;
}

function summarize(snapshot: Snapshot): Readonly<Record<string, readonly string[]>> {
  const entries = [...snapshot].map(([job, stores]) => {
    const targets = stores.flatMap(({ groups }) => [...groups.values()].flatMap((one) => one.targets));
    return [job, targets.map((target) => target.get('__address__') ?? '').sort()] as const;
  });
  return Object.fromEntries(entries);
}

function createBench(options: Partial<DiscoveryManagerOptions> = {}): Bench {
  const clock = new FakeClock();
  const metrics = new DiscoveryMetrics();
  const hands = new Map<string, HandDiscoverer[]>();
  const taken: Readonly<Record<string, readonly string[]>>[] = [];
  const manager = new DiscoveryManager({
    clock,
    random: () => 0.5,
    logger: silentLogger,
    metrics,
    throttle: 'backoff',
    createDiscoverer: (config) => {
      if (config.mechanism === 'static') return createStaticDiscoverer(config);
      if (config.mechanism !== 'foreign' || config.name === 'broken') throw new Error('No such mechanism');
      const hand = new HandDiscoverer();
      hands.set(config.name, [...(hands.get(config.name) ?? []), hand]);
      return hand;
    },
    receive: (snapshot) => {
      taken.push(summarize(snapshot));
      return true;
    },
    ...options,
  });
  return { clock, manager, metrics, hands, taken, last: () => taken.at(-1) };
}

describe('DiscoveryManager', () => {
  it('shares one provider among jobs with equal configurations, and within one job', async () => {
    const { manager, clock, last } = createBench();
    await manager.applyConfig(jobs({ a: [fixed('x'), fixed('x')], b: [fixed('x')] }));
    await clock.advance(200);
    assert.deepEqual(last(), { a: ['x'], b: ['x'] });
    assert.deepEqual([...manager.providers.keys()], ['static/0']);
  });

  it('sends the first groups promptly', async () => {
    const { manager, clock, taken } = createBench();
    await manager.applyConfig(jobs({ a: [fixed('x')] }));
    await clock.advance(100);
    assert.equal(taken.length, 1);
  });

  it('sends a job that has found nothing yet as empty', async () => {
    const { manager, clock, last, hands } = createBench();
    await manager.applyConfig(jobs({ a: [fixed('x')], slow: [foreign('hand')] }));
    await clock.advance(200);
    assert.deepEqual(last(), { a: ['x'], slow: [] });
    hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }])]);
    await clock.advance(10_000);
    assert.deepEqual(last(), { a: ['x'], slow: ['y'] });
  });

  it('keeps a provider that goes on, under the new name of its job', async () => {
    const { manager, clock, last, hands } = createBench();
    await manager.applyConfig(jobs({ old: [foreign('hand')] }));
    hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }])]);
    await manager.applyConfig(jobs({ new: [foreign('hand')] }));
    await clock.advance(10_000);
    assert.deepEqual(last(), { new: ['y'] });
    assert.equal(hands.get('hand')?.length, 1);
    assert.equal(hands.get('hand')?.[0]?.stopped, false);
  });

  it('gives a job that joins later all groups at once', async () => {
    const { manager, clock, last, hands } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }])]);
    await clock.advance(10_000);
    await manager.applyConfig(jobs({ a: [foreign('hand')], b: [foreign('hand')] }));
    await clock.advance(10_000);
    assert.deepEqual(last(), { a: ['y'], b: ['y'] });
  });

  it('stops providers that nobody wants and never uses their numbers again', async () => {
    const { manager, clock, last, hands } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('one')] }));
    const hand = hands.get('one')?.[0];
    await manager.applyConfig(jobs({ a: [foreign('two')] }));
    hand?.send([group('s', [{ __address__: 'late' }])]);
    await clock.advance(10_000);
    assert.equal(hand?.stopped, true);
    assert.deepEqual(last(), { a: [] });
    assert.deepEqual([...manager.providers.keys()], ['foreign/1']);
  });

  it('takes a source away when its group comes without targets', async () => {
    const { manager, clock, last, hands } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    const hand = hands.get('hand')?.[0];
    hand?.send([group('s', [{ __address__: 'y' }]), group('t', [{ __address__: 'z' }])]);
    hand?.send([group('s', [])]);
    await clock.advance(10_000);
    assert.deepEqual(last(), { a: ['z'] });
  });

  it('goes on with what works when a configuration fails, and counts the others', async () => {
    const { manager, clock, last, metrics } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('broken'), fixed('x')], b: [foreign('broken')] }));
    await clock.advance(200);
    assert.deepEqual(last(), { a: ['x'], b: [] });
    const failed = (): number | undefined =>
      metrics.list().find(({ name }) => name === 'prometheus_sd_failed_configs')?.value;
    assert.equal(failed(), 2);
    await manager.applyConfig(jobs({ a: [fixed('x')] }));
    assert.equal(failed(), 0);
  });

  it('offers again what the receiver could not take, with the state of then', async () => {
    let isReady = false;
    const seen: unknown[] = [];
    const { manager, clock, hands, metrics } = createBench({
      receive: (snapshot) => {
        if (isReady) seen.push(summarize(snapshot));
        return isReady;
      },
    });
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    await clock.advance(1000);
    hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }])]);
    isReady = true;
    await clock.advance(10_000);
    assert.deepEqual(seen, [{ a: ['y'] }]);
    const delayed = metrics.list().find(({ name }) => name === 'prometheus_sd_updates_delayed_total');
    assert.ok(Number(delayed?.value) > 0);
  });

  it('counts targets by job and forgets jobs that are gone', async () => {
    const { manager, clock, metrics } = createBench();
    const count = (): readonly (readonly [string | undefined, number])[] =>
      metrics
        .list()
        .filter(({ name }) => name === 'prometheus_sd_discovered_targets')
        .map(({ labels, value }) => [labels['config'], value] as const);
    await manager.applyConfig(jobs({ a: [fixed('x', 'y')], b: [fixed('x')] }));
    await clock.advance(200);
    assert.deepEqual(count(), [
      ['a', 2],
      ['b', 1],
    ]);
    await manager.applyConfig(jobs({ b: [fixed('x')] }));
    assert.deepEqual(count(), [['b', 1]]);
  });

  it('sends nothing when a group comes again unchanged', async () => {
    const { manager, clock, hands, taken } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    const send = (): void => hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }], { a: 'b' })]);
    send();
    await clock.advance(20_000);
    const before = taken.length;
    send();
    await clock.advance(20_000);
    assert.equal(taken.length, before);
  });

  it('is idle when all discoverers are and nothing waits to be sent', async () => {
    const { manager, clock, hands } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    assert.equal(manager.isIdle, false);
    await clock.advance(10_000);
    assert.equal(manager.isIdle, true);
    const hand = hands.get('hand')?.[0];
    assert.ok(hand);
    hand.idle = false;
    assert.equal(manager.isIdle, false);
  });

  it('says nothing more once stopped', async () => {
    const { manager, clock, hands, taken } = createBench();
    await manager.applyConfig(jobs({ a: [foreign('hand')] }));
    await manager.stop();
    hands.get('hand')?.[0]?.send([group('s', [{ __address__: 'y' }])]);
    await clock.advance(20_000);
    assert.deepEqual(taken, []);
  });
});
