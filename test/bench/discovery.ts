/**
 * `node --expose-gc --import tsx test/bench/discovery.ts`: what targets cost, in CPU time of this process and in memory.
 * The figures are printed, never asserted.
 */
import { Version } from '../../src/base/version.ts';
import { loadPrometheusConfig } from '../../src/core/prometheus-config/load-config.ts';
import { readGroupFeatures } from '../../src/core/targets/features.ts';
import type { GroupContext } from '../../src/core/targets/groups/group-context.ts';
import { MetadataLabels } from '../../src/core/targets/groups/metadata-labels.ts';
import type { PodObject } from '../../src/core/targets/groups/discovered-objects.ts';
import { buildPodGroup } from '../../src/core/targets/groups/pod.ts';
import { compileJob } from '../../src/core/targets/scrape-job.ts';
import type { ScrapeJob } from '../../src/core/targets/scrape-job.ts';
import type { TargetGroup } from '../../src/core/targets/target-group.ts';
import { TargetPool } from '../../src/core/targets/target-pool.ts';

const version = Version.parse('3.14.0');
const context: GroupContext = {
  features: readGroupFeatures(version),
  attach: { node: false, namespace: false, deployment: false, job: false, cronjob: false },
  listers: {},
  metadata: new MetadataLabels(),
};

/** The rules that a PodMonitor with one selector and one port comes to. */
const config = `
scrape_configs:
- job_name: podMonitor/default/x/0
  relabel_configs:
  - {source_labels: [job], target_label: __tmp_prometheus_job_name}
  - {action: drop, source_labels: [__meta_kubernetes_pod_phase], regex: (Failed|Succeeded)}
  - {action: keep, source_labels: [__meta_kubernetes_pod_label_team, __meta_kubernetes_pod_labelpresent_team], regex: (a);true}
  - {action: keep, source_labels: [__meta_kubernetes_pod_container_port_name], regex: web}
  - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
  - {source_labels: [__meta_kubernetes_pod_container_name], target_label: container}
  - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
  - {target_label: job, replacement: default/x}
  - {target_label: endpoint, replacement: web}
  - {source_labels: [__address__, __tmp_hash], target_label: __tmp_hash, regex: '(.+);', replacement: $1}
  - {action: hashmod, source_labels: [__tmp_hash], target_label: __tmp_hash, modulus: 2}
  - {action: keep, source_labels: [__tmp_hash], regex: '0|1'}
`;

/** As an API server sends it: no two pods share a string. */
function createPod(index: number, phase = 'Running'): PodObject {
  const labels = {
    'app.kubernetes.io/name': `app-${index % 200}`,
    'app.kubernetes.io/instance': 'x',
    team: 'a',
    tier: 'b',
  };
  const pod = {
    metadata: {
      name: `pod-${index}`,
      namespace: `ns-${index % 50}`,
      uid: `uid-${index}`,
      labels: { ...labels, 'pod-template-hash': `h${index % 1000}`, version: 'v1' },
      annotations: { 'kubernetes.io/config.seen': 'x', 'checksum/config': 'abc' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `rs-${index % 1000}`, uid: 'u', controller: true },
      ],
    },
    spec: {
      nodeName: `node-${index % 500}`,
      containers: [{ name: 'main', image: 'img', ports: [{ containerPort: 8080, name: 'web', protocol: 'TCP' }] }],
    },
    status: {
      podIP: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
      hostIP: '10.0.0.1',
      phase,
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
  return JSON.parse(JSON.stringify(pod)) as PodObject;
}

function loadJob(): ScrapeJob {
  const [loaded] = loadPrometheusConfig(config, version).jobs;
  if (loaded === undefined) throw new Error('There is no job');
  return loaded.job;
}

function measureCpuMs(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

function readHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function fill(pool: TargetPool, origin: object, groups: readonly TargetGroup[]): void {
  for (const group of groups) pool.set(origin, group.source, group);
}

/** The least that any relabelling must do: read every label of every target once. */
function readAllLabels(groups: readonly TargetGroup[]): number {
  let length = 0;
  for (const { labels, targets } of groups)
    for (const target of targets)
      for (const set of [labels, target]) for (const text of set.pairs) length += text.length;
  return length;
}

function measureOneJob(count: number): void {
  const job = loadJob();
  const pods = Array.from({ length: count }, (_, index) => createPod(index));
  const before = readHeap();
  let groups: readonly TargetGroup[] = [];
  const groupsMs = measureCpuMs(() => (groups = pods.map((pod) => buildPodGroup(pod, context))));
  const pool = new TargetPool(compileJob(job, version));
  const relabelMs = measureCpuMs(() => fill(pool, {}, groups));
  const bytes = (readHeap() - before) / count;
  const loopMs = measureCpuMs(() => readAllLabels(groups));
  print(
    `${count} pods, ${job.relabelRules.length} rules: groups ${groupsMs.toFixed(0)} ms, targets ${relabelMs.toFixed(0)} ms`,
  );
  print(`  ${(relabelMs / loopMs).toFixed(1)} times a loop over the same labels (${loopMs.toFixed(0)} ms)`);
  print(`  ${pool.list().active.length} kept, ${bytes.toFixed(0)} bytes each above the objects`);
}

function measureChange(jobs: number, podCount: number): void {
  const job = loadJob();
  const groups = Array.from({ length: podCount }, (_, index) => buildPodGroup(createPod(index), context));
  const pools = Array.from({ length: jobs }, () => new TargetPool(compileJob(job, version)));
  const origin = {};
  for (const pool of pools) fill(pool, origin, groups);
  const times = Array.from({ length: 21 }, (_, turn) =>
    measureCpuMs(() => {
      const group = buildPodGroup(createPod(5, turn % 2 === 0 ? 'Pending' : 'Running'), context);
      for (const pool of pools) pool.set(origin, group.source, group);
    }),
  ).sort((a, b) => a - b);
  print(`one changed pod among ${podCount} pods and ${jobs} jobs: ${(times[10] ?? 0).toFixed(2)} ms`);
}

measureOneJob(100_000);
measureChange(100, 10_000);
