import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSystemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { Version } from '../../src/base/version.ts';
import { loadPrometheusConfig } from '../../src/core/targets/config/load-config.ts';
import { DiscoveryMetrics } from '../../src/discovery/metrics.ts';
import { chooseClient } from '../../src/discovery/kubernetes/client-choice.ts';
import { InformerPool } from '../../src/discovery/kubernetes/informer-pool.ts';
import { TargetEngine } from '../../src/discovery/target-engine.ts';
import { createInformer } from '../../src/kubernetes/cache/informer.ts';
import { createClient } from '../../src/kubernetes/client/client.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { compareTargets } from './discovery/compare-targets.ts';
import type { Comparison, TargetAnswer } from './discovery/compare-targets.ts';
import { ClusterChanger, create } from './discovery/random-changes.ts';
import { ConfigPlanner, writeConfig } from './discovery/random-config.ts';
import { ClusterPlanner } from './discovery/random-objects.ts';
import type { PlannedCluster } from './discovery/random-objects.ts';
import { SeededRandom } from './discovery/seeded-random.ts';

const clusters = Number(process.env['STOKER_E2E_CLUSTERS'] ?? 60);
/** Clusters whose jobs run at the same time. */
const batch = 6;
const steps = Number(process.env['STOKER_E2E_STEPS'] ?? 200);
const stepsBetweenComparisons = 20;
/**
 * Watches of different kinds have no order between them: what a group is made of may depend on which comes first. So
 * much time lies between two changes that each is seen before the next.
 */
const stepMs = 150;
/** How long both sides may take to agree. */
const patienceMs = 60_000;

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function fetchTargets(url: string): Promise<TargetAnswer> {
  const response = await fetch(`${url}/api/v1/targets`);
  return ((await response.json()) as { data: TargetAnswer }).data;
}

const skipped = locateControlPlane().skipped ?? locatePrometheus().skipped ?? false;

describe('targets of a real Prometheus', { skip: skipped }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-discovery-'));
  const configFile = join(folder, 'prometheus.yml');
  const clock = createSystemClock();
  const abort = new AbortController();
  let controlPlane: ControlPlane;
  let prometheus: RunningPrometheus;
  let client: KubernetesClient;
  let engine: TargetEngine;
  let engineClient: KubernetesClient | undefined;

  before(async () => {
    writeFileSync(configFile, writeConfig([]));
    controlPlane = await startControlPlane();
    prometheus = await startPrometheus({ configFile, args: ['--scrape.discovery-reload-interval=1s'] });
    client = createClient(loadKubeConfig({ kubeconfig: controlPlane.kubeconfigPath }), {
      userAgent: 'stoker-test',
      clock,
    });
    const common = { clock, random: Math.random, logger: silentLogger };
    let pool: InformerPool | undefined;
    engine = new TargetEngine({
      ...common,
      metrics: new DiscoveryMetrics(),
      version: Version.parse('3.15.0'),
      findPool: (config) => {
        engineClient ??= createClient(chooseClient(config), { userAgent: 'stoker-test', clock });
        const to = engineClient;
        pool ??= new InformerPool(
          (options) => createInformer({ ...options, ...common, client: to }),
          (error) => assert.ifError(error),
        );
        return pool;
      },
      fetch,
      reloadIntervalMs: 1000,
    });
    engine.start();
  });

  after(async () => {
    abort.abort();
    await engine.stop();
    await engineClient?.close();
    await client.close();
    await prometheus.stop();
    await controlPlane.stop();
    rmSync(folder, { recursive: true });
  });

  async function apply(text: string): Promise<void> {
    writeFileSync(configFile, text);
    await prometheus.reload();
    await engine.applyConfig(loadPrometheusConfig(text, Version.parse('3.15.0')).jobs);
  }

  /** Waits until both agree twice in a row, with targets to agree on. */
  async function compareUntilEqual(jobs: number): Promise<Comparison> {
    const end = Date.now() + patienceMs;
    let agreed = 0;
    for (;;) {
      await delay(1000);
      const theirs = await fetchTargets(prometheus.url);
      const comparison = compareTargets(theirs, engine.pools);
      const isComplete = engine.pools.size === jobs && comparison.compared > 0;
      agreed = isComplete && comparison.differences.length === 0 ? agreed + 1 : 0;
      if (agreed === 2 || Date.now() > end) return comparison;
    }
  }

  it(`are found in ${clusters} generated clusters`, async (test) => {
    let compared = 0;
    const differences: string[] = [];
    for (let first = 0; first < clusters; first += batch) {
      const seeds = Array.from({ length: Math.min(batch, clusters - first) }, (_, index) => first + index);
      const planned: PlannedCluster[] = seeds.map((seed) =>
        new ClusterPlanner(new SeededRandom(seed), `c${seed}`).plan(),
      );
      for (const { objects } of planned) for (const object of objects) await create(client, object);
      const access = { server: controlPlane.server, token: controlPlane.adminToken };
      const jobs = planned.flatMap((one, index) =>
        new ConfigPlanner(new SeededRandom(1000 + first + index), one, access).planJobs(),
      );
      await apply(writeConfig(jobs));
      const comparison = await compareUntilEqual(jobs.length);
      compared += comparison.compared;
      differences.push(...comparison.differences);
    }
    test.diagnostic(`${clusters} clusters, ${compared} targets compared, ${differences.length} differences`);
    assert.deepEqual(differences.slice(0, 20), []);
    assert.ok(compared > clusters * 20, `Only ${compared} targets were compared`);
  });

  it(`stay the same through ${steps} changes while both run`, async (test) => {
    const random = new SeededRandom(4711);
    const planned = [0, 1, 2].map((index) => new ClusterPlanner(new SeededRandom(500 + index), `run${index}`).plan());
    for (const { objects } of planned) for (const object of objects) await create(client, object);
    const access = { server: controlPlane.server, token: controlPlane.adminToken };
    const jobs = planned.flatMap((one) => new ConfigPlanner(random, one, access).planJobs());
    await apply(writeConfig(jobs));
    assert.deepEqual((await compareUntilEqual(jobs.length)).differences, []);
    const changers = planned.map((one) => new ClusterChanger(client, random, one));
    let compared = 0;
    for (let done = 0; done < steps; done += stepsBetweenComparisons) {
      const changes: string[] = [];
      for (let step = 0; step < stepsBetweenComparisons; step += 1) {
        changes.push(await random.pick(changers).change());
        await delay(stepMs);
      }
      const comparison = await compareUntilEqual(jobs.length);
      compared += comparison.compared;
      assert.deepEqual(comparison.differences.slice(0, 5), [], `after ${changes.join(', ')}`);
    }
    test.diagnostic(`${steps} changes, ${compared} targets compared, 0 differences`);
  });
});
