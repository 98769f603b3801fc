import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { Version } from '../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import { chooseClient } from '../../../src/discovery/kubernetes/client-choice.ts';
import { InformerPool } from '../../../src/discovery/kubernetes/informer-pool.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import { TargetEngine } from '../../../src/discovery/target-engine.ts';
import { createInformer } from '../../../src/kubernetes/cache/informer.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { startPrometheus } from '../../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../../control-plane/prometheus.ts';
import { compareTargets } from './compare-targets.ts';
import type { Comparison, TargetAnswer } from './compare-targets.ts';
import { writeConfig } from './random-config.ts';
import type { ApiAccess } from './random-config.ts';

/** Of the Prometheus that test/control-plane builds. */
const version = Version.parse('3.15.0');
/** A receiver of remote write that is not there must not hold up the next config. */
const prometheusFlags = ['--scrape.discovery-reload-interval=1s', '--storage.remote.flush-deadline=100ms'];
/** How long both sides may take to agree. */
const patienceMs = 60_000;
const userAgent = 'stoker-test';
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function createTestClient({ server, token }: ApiAccess): KubernetesClient {
  const authorization = `Bearer ${token}`;
  const credentials = { headers: { authorization }, tls: { rejectUnauthorized: false } };
  const config = { server, namespace: 'default', applyAuth: () => Promise.resolve(credentials) };
  return createClient(config, { userAgent, clock: createSystemClock() });
}

function createEngine(clients: KubernetesClient[]): TargetEngine {
  const common = { clock: createSystemClock(), random: Math.random, logger: silentLogger };
  let pool: InformerPool | undefined;
  return new TargetEngine({
    ...common,
    metrics: new DiscoveryMetrics(),
    version,
    findPool: (config) => {
      if (pool !== undefined) return pool;
      const client = createClient(chooseClient(config, common), { userAgent, clock: common.clock });
      clients.push(client);
      pool = new InformerPool(
        (options) => createInformer({ ...options, ...common, client }),
        (error) => assert.ifError(error),
      );
      return pool;
    },
    reloadIntervalMs: 1000,
  });
}

/** A real Prometheus and our engine on the same API server, with the same configuration. */
export class BothSides {
  readonly access: ApiAccess;
  /** For the objects that both see. */
  readonly client: KubernetesClient;
  readonly #prometheus: RunningPrometheus;
  readonly #engine: TargetEngine;
  readonly #clients: KubernetesClient[] = [];
  readonly #folder: string;

  private constructor(access: ApiAccess, prometheus: RunningPrometheus, folder: string) {
    this.access = access;
    this.client = createTestClient(access);
    this.#clients.push(this.client);
    this.#prometheus = prometheus;
    this.#folder = folder;
    this.#engine = createEngine(this.#clients);
    this.#engine.start();
  }

  /** @param access the API server that both ask; it is the caller's. */
  static async start(access: ApiAccess): Promise<BothSides> {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-discovery-'));
    const configFile = join(folder, 'prometheus.yml');
    writeFileSync(configFile, writeConfig([]));
    const prometheus = await startPrometheus({ configFile, args: prometheusFlags });
    return new BothSides(access, prometheus, folder);
  }

  async stop(): Promise<void> {
    await this.#engine.stop();
    for (const client of this.#clients) await client.close();
    await this.#prometheus.stop();
    rmSync(this.#folder, { recursive: true });
  }

  async apply(text: string): Promise<void> {
    writeFileSync(join(this.#folder, 'prometheus.yml'), text);
    await this.#prometheus.reload();
    await this.#engine.applyConfig(loadPrometheusConfig(text, version).jobs);
  }

  /** Waits until both agree twice in a row, with targets to agree on; or gives what they do not agree on. */
  async compare(jobs: number): Promise<Comparison> {
    const end = Date.now() + patienceMs;
    let agreed = 0;
    for (;;) {
      await delay(1000);
      const { pools } = this.#engine;
      const comparison = compareTargets(await this.#fetchTargets(), pools);
      const isComplete = pools.size === jobs && comparison.compared > 0;
      agreed = isComplete && comparison.differences.length === 0 ? agreed + 1 : 0;
      if (agreed === 2 || Date.now() > end) return comparison;
    }
  }

  async #fetchTargets(): Promise<TargetAnswer> {
    const response = await fetch(`${this.#prometheus.url}/api/v1/targets`);
    return ((await response.json()) as { data: TargetAnswer }).data;
  }
}
