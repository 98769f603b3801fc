import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { planKeys, planLabel } from '../../../../src/core/served/served-workload.ts';
import type { WorkloadPlan } from '../../../../src/discovery/service/served-jobs.ts';
import { PlanWatch, createPlanInformer } from '../../../../src/operator/discovery-service/plan-watch.ts';
import { MemoryApi } from '../../discovery/memory-api.ts';

const workload = 'prometheuses/monitoring/main';
const written = {
  ...{ kind: 'Prometheus', version: '3.5.0', serviceAccount: 'main' },
  ...{ shards: [{ SHARD: '0' }], assignment: 'balanced', perNode: false },
};
const jobs = (...names: readonly string[]): Buffer =>
  gzipSync(
    names.length === 0
      ? ''
      : `scrape_configs:\n${names.map((job) => `- {job_name: ${job}, static_configs: []}\n`).join('')}`,
  );

const configMap = (at: number, described: object, packed?: Buffer) => ({
  metadata: {
    namespace: 'monitoring',
    name: `prometheus-main-discovery-${at}`,
    labels: { [planLabel]: 'true' },
    ownerReferences: [{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', name: 'main', uid: 'u' }],
  },
  data: { [planKeys.workload]: JSON.stringify(described) },
  ...(packed === undefined ? {} : { binaryData: { [planKeys.jobs]: packed.toString('base64') } }),
});

async function withWatch(work: (parts: ReturnType<typeof open>) => Promise<void>): Promise<void> {
  const parts = open();
  const stop = new AbortController();
  const running = parts.informer.run(stop.signal);
  try {
    await work(parts);
  } finally {
    stop.abort();
    await running;
  }
}

function open() {
  const [api, clock] = [new MemoryApi(), new FakeClock()];
  const common = { clock, logger: silentLogger };
  const informer = createPlanInformer({ ...common, client: api.client, random: () => 0.5 });
  const told: (string | undefined)[] = [];
  const onPlan = (_: string, plan: WorkloadPlan | undefined) => void told.push(plan && [...plan.jobs.keys()].join(' '));
  const watch = new PlanWatch({ ...common, informer, onPlan, onListed: () => undefined });
  const put = async (...object: Parameters<typeof configMap>): Promise<void> => {
    api.put('configmaps', configMap(...object));
    await clock.advance(1000);
  };
  return { api, clock, informer, watch, told, put };
}

describe('the watch of discovery plans', () => {
  it('puts the ConfigMaps of a workload together', () =>
    withWatch(async ({ api, clock, told, put }) => {
      await put(0, written, jobs('a'));
      await put(1, written, jobs('b'));
      await put(1, written, jobs());
      api.delete('configmaps', 'monitoring/prometheus-main-discovery-1');
      api.delete('configmaps', 'monitoring/prometheus-main-discovery-0');
      await clock.advance(1000);
      assert.deepEqual(told, ['a', 'a b', 'a', 'a', undefined]);
    }));

  for (const [what, described, packed] of [
    ['an assignment that only a newer version knows', { ...written, assignment: 'weighed' }, jobs('b')],
    ['a field that only a newer version knows', { ...written, weights: {} }, jobs('b')],
    ['jobs under another key', written, undefined],
    ['jobs that are no gzip', written, Buffer.from('x')],
    ['jobs that are no configuration', written, gzipSync('scrape_configs: 1')],
  ] as const)
    it(`${what}: its workload is not answered for until it can be read again`, () =>
      withWatch(async ({ watch, told, put, api, clock }) => {
        await put(0, written, jobs('a'));
        assert.deepEqual([watch.isReadable(workload), watch.unreadable], [true, 0]);
        await put(0, described, packed);
        assert.deepEqual([watch.isReadable(workload), watch.unreadable, told], [false, 1, ['a']]);
        assert.equal(watch.isReadable('prometheuses/monitoring/other'), true);
        await put(0, written, jobs('c'));
        assert.deepEqual([watch.isReadable(workload), watch.unreadable, told], [true, 0, ['a', 'c']]);
        await put(1, described, packed);
        assert.equal(watch.isReadable(workload), false);
        api.delete('configmaps', 'monitoring/prometheus-main-discovery-1');
        await clock.advance(1000);
        assert.equal(watch.isReadable(workload), true);
      }));

  it('knows when the API server is not heard: at once when it fails, later when it is silent', () =>
    withWatch(async ({ api, clock, watch, put }) => {
      await put(0, written, jobs('a'));
      assert.equal(watch.isHeard, true);
      api.away = true;
      await clock.advance(5_000);
      assert.equal(watch.isHeard, true);
      await clock.advance(6_000);
      assert.equal(watch.isHeard, false);
      api.away = false;
      await clock.advance(60_000);
      assert.equal(watch.isHeard, true);
      await clock.advance(170_000);
      assert.equal(watch.isHeard, false);
    }));
});
