import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { AccessRequest } from '../../kubernetes/access.ts';

export interface AccessMetrics {
  /** All that is missing now; what is not among it any more has no series. */
  setMissing(requests: readonly AccessRequest[]): void;
}

/** A series for each permission that the flags need and RBAC does not grant. */
export function createAccessMetrics(registry: Registry): AccessMetrics {
  const missing = new Gauge({
    name: 'stoker_access_missing',
    help: '1 for each permission that is needed and not granted',
    labelNames: ['verb', 'group', 'resource', 'namespace'],
    registers: [registry],
  });
  return {
    setMissing(requests) {
      missing.reset();
      for (const { verb, group, resource, subresource, namespace = '' } of requests) {
        const full = subresource === undefined ? resource : `${resource}/${subresource}`;
        missing.set({ verb, group, resource: full, namespace }, 1);
      }
    },
  };
}
