import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { Version } from '../../../src/base/version.ts';
import { describeTargets } from '../../../src/core/targets/api-targets.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import type { EndpointsObject } from '../../../src/core/targets/groups/discovered-objects.ts';
import { InformerPool } from '../../../src/discovery/kubernetes/informer-pool.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import { TargetEngine } from '../../../src/discovery/target-engine.ts';
import { createInformer } from '../../../src/kubernetes/cache/informer.ts';
import { MemoryApi } from './memory-api.ts';

const version = Version.parse('3.14.0');

interface Bench {
  readonly api: MemoryApi;
  readonly clock: FakeClock;
  readonly engine: TargetEngine;
  readonly pool: InformerPool;
  readonly metrics: DiscoveryMetrics;
  readonly apply: (text: string) => Promise<void>;
}

function createBench(): Bench {
  const api = new MemoryApi();
  const clock = new FakeClock();
  const metrics = new DiscoveryMetrics();
  const common = { clock, random: () => 0.5, logger: silentLogger };
  const pool = new InformerPool(
    (options) => createInformer({ ...options, ...common, client: api.client, metrics: metrics.reflectorMetrics }),
    (error) => assert.ifError(error),
  );
  const engine = new TargetEngine({
    ...common,
    metrics,
    version,
    findPool: () => pool,
    reloadIntervalMs: 5000,
  });
  engine.start();
  return {
    api,
    clock,
    engine,
    pool,
    metrics,
    apply: (text) => engine.applyConfig(loadPrometheusConfig(text, version).jobs),
  };
}

const pod = (name: string, ip: string) => ({
  metadata: { namespace: 'n', name },
  spec: { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] },
  status: { podIP: ip },
});

const podJobs = (...names: readonly string[]): string =>
  `scrape_configs:\n${names.map((name) => `- {job_name: ${name}, kubernetes_sd_configs: [{role: pod}]}\n`).join('')}`;

const instances = (engine: TargetEngine): readonly (readonly [string, string | undefined])[] =>
  describeTargets(engine.pools).activeTargets.map(
    ({ scrapePool, labels }) => [scrapePool, labels['instance']] as const,
  );

describe('TargetEngine', () => {
  it('finds the targets of a cluster, follows it and says when it has settled', async () => {
    const { api, clock, engine, apply } = createBench();
    api.put('pods', pod('p', '1.1.1.1'));
    await apply(podJobs('a'));
    assert.equal(engine.isSettled, false);
    await clock.advance(20_000);
    assert.equal(engine.isSettled, true);
    assert.deepEqual(instances(engine), [['a', '1.1.1.1:80']]);
    api.put('pods', pod('p', '1.1.1.2'));
    await clock.advance(0);
    assert.equal(engine.isSettled, false);
    await clock.advance(20_000);
    assert.deepEqual(instances(engine), [['a', '1.1.1.2:80']]);
    await engine.stop();
  });

  it('shares one informer among jobs with equal needs and keeps it through a change of the jobs', async () => {
    const { api, clock, engine, pool, apply } = createBench();
    api.put('pods', pod('p', '1.1.1.1'));
    await apply(podJobs('a', 'b'));
    await clock.advance(20_000);
    assert.equal(pool.size, 1);
    const before = engine.pools.get('a');
    await apply(podJobs('a', 'c'));
    await clock.advance(20_000);
    assert.equal(pool.size, 1);
    assert.equal(engine.pools.get('a'), before);
    assert.deepEqual(
      instances(engine).map(([job]) => job),
      ['a', 'c'],
    );
    await engine.stop();
    assert.equal(pool.size, 0);
  });

  it('settles without targets where the API server refuses, and reports the refusal', async () => {
    const { api, clock, engine, pool, metrics, apply } = createBench();
    api.forbidden.add('services');
    await apply('scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: endpoints}]}]');
    await clock.advance(20_000);
    assert.equal(engine.isSettled, true);
    assert.deepEqual(instances(engine), []);
    const refused = pool.report().filter(({ health }) => health.refusals.length > 0);
    assert.deepEqual(
      refused.map(({ type }) => type.plural),
      ['services'],
    );
    const failures = metrics.list().find(({ name }) => name === 'prometheus_sd_kubernetes_failures_total');
    assert.ok(Number(failures?.value) > 0);
    api.forbidden.clear();
    const endpoints: EndpointsObject = {
      metadata: { namespace: 'n', name: 'e' },
      subsets: [{ addresses: [{ ip: '1.1.1.1' }], ports: [{ port: 80 }] }],
    };
    api.put('endpoints', endpoints);
    await clock.advance(120_000);
    assert.deepEqual(instances(engine), [['a', '1.1.1.1:80']]);
    await engine.stop();
  });

  it('shows failed targets and duplicates, which Prometheus keeps to itself', async () => {
    const { clock, engine, apply } = createBench();
    await apply(`scrape_configs:
- job_name: a
  static_configs: [{targets: ['h:1', 'h:1', '']}]
`);
    await clock.advance(20_000);
    const { activeTargets, failedTargets, duplicateTargets } = describeTargets(engine.pools);
    assert.deepEqual([activeTargets.length, duplicateTargets.length], [1, 1]);
    assert.deepEqual(
      failedTargets.map(({ error }) => error),
      ['no address'],
    );
    await engine.stop();
  });
});
