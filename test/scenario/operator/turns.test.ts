import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import { Turns } from '../../../src/runtime/turns.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

/** Turns that rest wherever they may: for a round of the event loop, or for as long as the test holds them. */
class HeldTurns {
  readonly turns = new Turns({ monotonic: () => 0, budgetMs: 0, rest: () => this.#rest() });
  /** Rests so far. */
  rests = 0;
  #letGo: (() => void) | undefined;
  #holdsAt = Infinity;

  get isHeld(): boolean {
    return this.#letGo !== undefined;
  }

  /** The rest after so many more is held. */
  hold(after: number): void {
    this.#holdsAt = this.rests + after;
  }

  letGo(): void {
    this.#holdsAt = Infinity;
    this.#letGo?.();
    this.#letGo = undefined;
  }

  #rest(): Promise<void> {
    this.rests += 1;
    return new Promise((resolve) => {
      if (this.rests < this.#holdsAt) setImmediate(resolve);
      else this.#letGo = resolve;
    });
  }
}

const names = ['cart', 'pay', 'search', 'stock'];
const jobsOf = (...of: readonly string[]): string[] => of.map((name) => `serviceMonitor/shop/${name}/0`);
/** What the configuration says of a monitor's job. */
const jobText = (world: World, name: string): string =>
  world
    .text('prometheus-main', 'prometheus.yaml.gz')
    .split('- job_name: ')
    .find((job) => job.startsWith(`serviceMonitor/shop/${name}/`)) ?? '';
const rule = (expr: string): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { groups: [{ name: 'shop', rules: [{ record: 'shop:up', expr }] }] },
});

async function begin(world: World, spec: object = {}): Promise<void> {
  for (const name of names) world.apply(monitor(name));
  world.apply(prometheus('main', spec));
  await world.until(() => world.jobs().length === names.length, 'all jobs are there');
  await world.until(() => world.condition('Available').startsWith('True'), 'main is available');
  await world.pass(2000);
  world.writes.length = 0;
}

/** A world whose syncs rest where the test says. */
function inHeldWorld(run: (world: World, held: HeldTurns) => Promise<void>): Promise<void> {
  const held = new HeldTurns();
  return inWorld((world) => run(world, held), {}, held.turns);
}

/** A sync of "main", woken by the monitor "late", rests. */
async function restInTheMiddle(world: World, held: HeldTurns): Promise<void> {
  held.hold(3);
  world.apply(monitor('late'));
  await world.until(() => held.isHeld, 'a sync rests');
}

describe('the operator, while a sync rests', () => {
  it('comes to the right configuration, whatever changes and wherever the sync is', async () => {
    await inHeldWorld(async (world, held) => {
      await begin(world);
      // The eleventh rest of such a sync comes after its last piece: it holds nothing up.
      for (const place of [1, 2, 4, 7, 10]) {
        const interval = `${place}0s`;
        held.hold(place);
        world.apply(monitor('cart', { path: `/at-${place}` }));
        world.apply(monitor('search', { path: `/at-${place}` }));
        await world.until(() => held.isHeld, 'a sync rests');
        const before = world.text('prometheus-main', 'prometheus.yaml.gz');
        world.apply(monitor('cart', { interval }));
        world.apply(monitor('late'));
        world.api.delete(serviceMonitorType, { namespace: 'shop', name: 'stock' });
        await world.pass(1000);
        assert.equal(world.text('prometheus-main', 'prometheus.yaml.gz'), before, 'nothing is written before the end');
        held.letGo();
        await world.until(() => world.jobs().includes('serviceMonitor/shop/late/0'), 'the change is seen');
        await world.pass(2000);
        assert.deepEqual(world.jobs(), jobsOf('cart', 'late', 'pay', 'search'));
        assert.match(jobText(world, 'cart'), new RegExp(`scrape_interval: ${interval}\n`));
        assert.match(jobText(world, 'search'), new RegExp(`metrics_path: /at-${place}\n`));
        world.api.delete(serviceMonitorType, { namespace: 'shop', name: 'late' });
        world.apply(monitor('stock'));
        await world.until(() => world.jobs().join() === jobsOf(...names).join(), 'all is as before');
        await world.pass(2000);
      }
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    });
  });

  it('writes nothing once the lease is lost, and all of it when it is kept after all', async () => {
    await inHeldWorld(async (world, held) => {
      await begin(world);
      await restInTheMiddle(world, held);
      world.loseLease();
      held.letGo();
      await world.pass(2000);
      assert.deepEqual(world.writes, []);
      assert.deepEqual(world.jobs(), jobsOf(...names));
      world.keepLease();
      await world.until(() => world.jobs().length === names.length + 1, 'the sync was tried again');
    });
  });

  it('forgets a workload that is deleted meanwhile, and makes it anew when it is there again', async () => {
    await inHeldWorld(async (world, held) => {
      await begin(world);
      await restInTheMiddle(world, held);
      world.api.delete(prometheusType, { namespace: 'monitoring', name: 'main' });
      await world.pass(1000);
      held.letGo();
      await world.until(() => world.statefulSet() === undefined, 'its objects are collected');
      await world.pass(5000);
      assert.deepEqual(world.jobs(), []);
      world.apply(prometheus('main'));
      await world.until(() => world.jobs().length === names.length + 1, 'all jobs are there again');
    });
  });

  it('serves the other kinds in between', async () => {
    await inHeldWorld(async (world, held) => {
      await begin(world, { ruleSelector: {}, ruleNamespaceSelector: {} });
      world.apply(rule('vector(1)'));
      world.apply({
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Alertmanager',
        metadata: { name: 'main', namespace: 'monitoring' },
        spec: { alertmanagerConfigSelector: {} },
      });
      const isAvailable = (): boolean =>
        world.conditions(alertmanagerType, 'main').some((one) => one.startsWith('Available True'));
      await world.until(isAvailable, 'the Alertmanager is available');
      world.api.delete(prometheusRuleType, { namespace: 'shop', name: 'shop' });
      await world.pass(5000);
      const rests = held.rests;
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
      assert.equal(held.rests, rests, 'nothing is computed while nothing changes');
    });
  });
});
