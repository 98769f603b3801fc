import type { WorkloadNames } from '../shared/workload.ts';

/** Names of everything made for one ThanosRuler (docs/reference/rendering.md 6.1). */
export function listNames(name: string): WorkloadNames {
  const prefix = `thanos-ruler-${name}`;
  return {
    prefix,
    configSecret: `${prefix}-config`,
    tlsAssets: `${prefix}-tls-assets`,
    webConfigSecret: `${prefix}-web-config`,
    storageVolume: `${prefix}-data`,
    governingService: 'thanos-ruler-operated',
  };
}
