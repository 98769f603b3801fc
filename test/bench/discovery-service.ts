/**
 * `node --import tsx test/bench/discovery-service.ts [PODS] [JOBS] [NAMESPACES]`: what discovery costs when each Prometheus does it for itself, and when
 * `stoker discovery` does it for all (docs/discovery-service.md): three real Prometheus servers and a real API server. Static targets are
 * what is subtracted. The figures are printed, never asserted.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { podType } from '../../src/api/builtin-types.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { createAdminClient, serveJob, writePlan } from '../e2e/discovery/planned-service.ts';
import type { Block } from '../e2e/discovery/planned-service.ts';
import { create } from '../e2e/discovery/random-changes.ts';
import { writeConfig } from '../e2e/discovery/random-config.ts';
import { buildBundle, startOperator } from '../e2e/support/operator.ts';

const [pods = 5000, jobs = 200, namespaces = 20] = process.argv.slice(2).map(Number);
const servers = 3;
const churnSeconds = 60;
const changesPerSecond = 5;
const version = '3.15.0';

const ipOf = (at: number): string => `10.${1 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`;

const makePod = (at: number) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: {
    namespace: `ns-${at % namespaces}`,
    name: `pod-${at}`,
    labels: { app: `app-${at % jobs}`, tier: `t${at % 7}`, 'pod-template-hash': `h${at % 50}` },
  },
  spec: {
    nodeName: `node-${at % 40}`,
    containers: [{ name: 'c', image: 'i', ports: [{ name: 'web', containerPort: 8080 }] }],
  },
  status: { phase: 'Running', podIP: ipOf(at), podIPs: [{ ip: ipOf(at) }] },
});

/** What a PodMonitor comes to that selects one application of its namespace. */
function makeJob(at: number, { server, adminToken }: ControlPlane): Block {
  const name = `podMonitor/ns-${at}/web/0`;
  return {
    job_name: name,
    // Discovery is measured, not scraping.
    scrape_interval: '6h',
    kubernetes_sd_configs: [
      {
        ...{ role: 'pod', namespaces: { names: [`ns-${at % namespaces}`] }, api_server: server },
        ...{ authorization: { credentials: adminToken }, tls_config: { insecure_skip_verify: true } },
      },
    ],
    relabel_configs: [
      { source_labels: ['job'], target_label: '__tmp_prometheus_job_name' },
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      {
        action: 'keep',
        source_labels: ['__meta_kubernetes_pod_label_app', '__meta_kubernetes_pod_labelpresent_app'],
        regex: `(app-${at});true`,
      },
      { action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: 'web' },
      { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
      { source_labels: ['__meta_kubernetes_pod_container_name'], target_label: 'container' },
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      { target_label: 'job', replacement: `ns-${at}/web` },
      { target_label: 'endpoint', replacement: 'web' },
    ],
  };
}

const makeStaticJob = (at: number): Block => ({
  job_name: `podMonitor/ns-${at}/web/0`,
  scrape_interval: '6h',
  static_configs: [
    {
      targets: Array.from({ length: pods }, (_, one) => one)
        .filter((one) => one % jobs === at)
        .map((one) => `${ipOf(one)}:8080`),
    },
  ],
});

async function readMetric(url: string, name: string, headers: Record<string, string> = {}): Promise<number> {
  const lines = (await (await fetch(`${url}/metrics`, { headers })).text()).split('\n');
  return lines
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

interface Cost {
  /** CPU seconds of one server, from its start until all targets are there, and while Pods change. */
  readonly start: number;
  readonly churn: number;
  readonly megabytes: number;
  readonly watches: number;
}

class Bench {
  readonly #controlPlane: ControlPlane;
  readonly #client: KubernetesClient;
  readonly #folder: string;
  /** Counts on through all measurements: a change to the value that is there is none. */
  #changes = 0;

  constructor(controlPlane: ControlPlane, folder: string) {
    this.#controlPlane = controlPlane;
    this.#client = createAdminClient(controlPlane);
    this.#folder = folder;
  }

  get client(): KubernetesClient {
    return this.#client;
  }

  /** Watches that the API server has open. */
  async countWatches(): Promise<number> {
    const text = await this.#controlPlane.kubectl(['get', '--raw', '/metrics']);
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith('apiserver_longrunning_requests') && line.includes('verb="WATCH"'));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  async measure(config: readonly Block[]): Promise<Cost> {
    const configFile = join(this.#folder, 'prometheus.yml');
    writeFileSync(configFile, writeConfig(config));
    const before = await this.countWatches();
    const running: RunningPrometheus[] = [];
    for (let at = 0; at < servers; at += 1) running.push(await startPrometheus({ configFile }));
    await this.#whenFound(running);
    const starts = await this.#readCpu(running);
    await this.#churn();
    const ends = await this.#readCpu(running);
    const bytes = await Promise.all(running.map(({ url }) => readMetric(url, 'process_resident_memory_bytes')));
    const watches = (await this.countWatches()) - before;
    await Promise.all(running.map((one) => one.stop()));
    const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
    return { start: mean(starts), churn: mean(ends) - mean(starts), megabytes: mean(bytes) / 1e6, watches };
  }

  #readCpu(running: readonly RunningPrometheus[]): Promise<number[]> {
    return Promise.all(running.map(({ url }) => readMetric(url, 'process_cpu_seconds_total')));
  }

  async #whenFound(running: readonly RunningPrometheus[]): Promise<void> {
    for (const { url } of running)
      while ((await readMetric(url, 'prometheus_target_scrape_pool_targets')) < pods) await delay(1000);
  }

  async #churn(): Promise<void> {
    for (let at = 0; at < churnSeconds * changesPerSecond; at += 1) {
      const name = { namespace: `ns-${at % namespaces}`, name: `pod-${at % pods}` };
      const body = { metadata: { labels: { changed: `v${(this.#changes += 1)}` } } };
      await Promise.all([this.#client.patch(podType, name, { kind: 'merge', body }), delay(1000 / changesPerSecond)]);
    }
    // What is still under way is part of it.
    await delay(10_000);
  }
}

async function fill(client: KubernetesClient): Promise<void> {
  for (let at = 0; at < namespaces; at += 1)
    await create(client, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ns-${at}` } });
  for (let at = 0; at < pods; at += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => create(client, makePod(at + more))));
}

const folder = mkdtempSync(join(tmpdir(), 'stoker-bench-'));
const controlPlane = await startControlPlane();
const bench = new Bench(controlPlane, folder);
try {
  await fill(bench.client);
  const own = Array.from({ length: jobs }, (_, at) => makeJob(at, controlPlane));
  const floor = await bench.measure(own.map((_, at) => makeStaticJob(at)));
  const alone = await bench.measure(own);
  const bundle = join(folder, 'stoker.mjs');
  await buildBundle(bundle);
  const values = { kind: 'Prometheus', version, serviceAccount: 'main', shards: [{ SHARD: '0' }] };
  for (let at = 0; at < servers; at += 1)
    await writePlan(
      bench.client,
      { namespace: 'default', name: `p${at}` },
      {
        workload: { ...values, assignment: 'hash', perNode: false },
        jobs: own,
      },
    );
  const before = await bench.countWatches();
  const port = await findFreePort();
  const service = await startOperator(
    {
      ...{ bundle, kubeconfig: controlPlane.kubeconfigFor('admin'), command: 'discovery' },
      args: ['--web.enable-tls=false', '--authorization=none'],
    },
    port,
  );
  await service.whenReady();
  const base = `${service.url}/v1/FORM/prometheuses/default/p0/shards/0/jobs`;
  const served = await bench.measure(
    own.map((job) => ({
      ...serveJob(job, base, version),
      http_sd_configs: [{ url: `${base.replace('FORM', 'final')}/${String(job.job_name)}`, refresh_interval: '30s' }],
    })),
  );
  const watches = (await bench.countWatches()) - before;
  const serviceCpu = await readMetric(service.url, 'process_cpu_seconds_total');
  const serviceBytes = await readMetric(service.url, 'process_resident_memory_bytes');
  await service.stop();
  await service.close();
  const row = (name: string, cost: Cost, open: number): string =>
    `| ${name} | ${open} | ${cost.start.toFixed(1)} | ${cost.churn.toFixed(1)} | ${Math.round(cost.megabytes)} |`;
  const less = (from: number, to: number): string =>
    to > 0 ? `${(from / to).toFixed(1)} times` : 'more than can be measured';
  process.stdout.write(
    [
      `${servers} Prometheus, ${jobs} jobs, ${pods} Pods in ${namespaces} namespaces, ${changesPerSecond} changes a second for ${churnSeconds} s; of one Prometheus:`,
      '| discovery | watches of all | CPU s to start | CPU s in the churn | MB |',
      '| --- | --- | --- | --- | --- |',
      row('static targets', floor, floor.watches),
      row('its own', alone, alone.watches),
      row('the service', served, watches),
      `| the service itself | | ${serviceCpu.toFixed(1)} in all | | ${Math.round(serviceBytes / 1e6)} |`,
      `watches: ${less(alone.watches, watches)} fewer; CPU above static targets, start: ${less(alone.start - floor.start, served.start - floor.start)} less, churn: ${less(alone.churn - floor.churn, served.churn - floor.churn)} less; memory above static targets: ${less(alone.megabytes - floor.megabytes, served.megabytes - floor.megabytes)} less`,
      '',
    ].join('\n'),
  );
} finally {
  await bench.client.close();
  await controlPlane.stop();
  rmSync(folder, { recursive: true });
}
