import type { WorkloadNames } from '../shared/workload.ts';

/** Names of everything made for one Alertmanager (docs/reference/rendering.md 5.1). */
export interface AlertmanagerNames extends WorkloadNames {
  /** The Secret with the TLS settings of the cluster. */
  readonly clusterTlsSecret: string;
}

export function listNames(name: string): AlertmanagerNames {
  const prefix = `alertmanager-${name}`;
  return {
    prefix,
    configSecret: `${prefix}-generated`,
    tlsAssets: `${prefix}-tls-assets`,
    webConfigSecret: `${prefix}-web-config`,
    clusterTlsSecret: `${prefix}-cluster-tls-config`,
    storageVolume: `${prefix}-db`,
    governingService: 'alertmanager-operated',
  };
}
