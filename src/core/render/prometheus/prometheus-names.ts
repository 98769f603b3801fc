import type { WorkloadNames } from '../shared/workload.ts';

/** Names of everything made for one Prometheus or PrometheusAgent (docs/reference/rendering.md 4.1). */
export interface PrometheusNames extends WorkloadNames {
  /** `prometheus-NAME` or `prom-agent-NAME`: also the config Secret, the DaemonSet and shard 0's StatefulSet. */
  readonly prefix: string;
  readonly httpClientSecret: string;
}

export function listNames(role: 'server' | 'agent', name: string): PrometheusNames {
  const prefix = role === 'server' ? `prometheus-${name}` : `prom-agent-${name}`;
  return {
    prefix,
    configSecret: prefix,
    tlsAssets: `${prefix}-tls-assets`,
    webConfigSecret: `${prefix}-web-config`,
    httpClientSecret: `${prefix}-thanos-prometheus-http-client-file`,
    storageVolume: `${prefix}-db`,
    governingService: role === 'server' ? 'prometheus-operated' : 'prometheus-agent-operated',
  };
}

/** The StatefulSet of a shard; shard 0 carries no number. */
export function nameStatefulSet(names: WorkloadNames, shard: number): string {
  return shard === 0 ? names.prefix : `${names.prefix}-shard-${shard}`;
}
