/** Pods, jobs that find them, and the workload whose shards scrape them. */
import type { Assignment, ServedWorkload } from '../../../src/core/served/served-workload.ts';
import type { Block } from './planned-service.ts';

/** Of the Prometheus that is run. */
export const version = '3.15.0';

/** As the operator deals targets out (docs/reference/rendering.md 2.1.7). */
const shardRules = (shards: number): Block[] => [
  { source_labels: ['__address__', '__tmp_hash'], target_label: '__tmp_hash', regex: '(.+);' },
  { source_labels: ['__tmp_hash'], target_label: '__tmp_hash', modulus: shards, action: 'hashmod' },
  { source_labels: ['__tmp_hash', '__tmp_disable_sharding'], regex: '$(SHARD);|.+;.+', action: 'keep' },
];

/** Two jobs, each of one half of the Pods that `makePod` makes. */
export const makeJobs = (shards: number): Block[] =>
  ['a', 'b'].map((name) => ({
    job_name: `podMonitor/default/${name}/0`,
    scrape_interval: '1s',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['default'] } }],
    relabel_configs: [
      { source_labels: ['__meta_kubernetes_pod_label_app'], regex: name, action: 'keep' },
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      ...shardRules(shards),
    ],
  }));

export function makeWorkload(shards: number, assignment: Assignment = 'hash'): ServedWorkload {
  const values = Array.from({ length: shards }, (_, shard) => ({ SHARD: String(shard) }));
  return { kind: 'Prometheus', version, serviceAccount: 'main', shards: values, assignment, perNode: false };
}

export const makePod = (at: number) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { namespace: 'default', name: `p${at}`, labels: { app: at % 2 === 0 ? 'a' : 'b' } },
  spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }] },
  status: { phase: 'Running', podIP: `10.0.0.${at}`, podIPs: [{ ip: `10.0.0.${at}` }] },
});
