import type { Workload } from './workload.ts';

/** Names of everything made for one Prometheus or PrometheusAgent (docs/reference/rendering.md 4.1). */
export interface WorkloadNames {
  /** `prometheus-NAME` or `prom-agent-NAME`: also the config Secret, the DaemonSet and shard 0's StatefulSet. */
  readonly prefix: string;
  readonly configSecret: string;
  /** Before "-0", "-1" and so on. */
  readonly tlsAssets: string;
  readonly webConfigSecret: string;
  readonly httpClientSecret: string;
  readonly storageVolume: string;
  readonly governingService: string;
}

export function listNames(role: Workload['role'], name: string): WorkloadNames {
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

export function nameTlsAssetSecret(names: WorkloadNames, index: number): string {
  return `${names.tlsAssets}-${index}`;
}
