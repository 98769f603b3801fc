import type { Entries } from './entry.ts';

/** Link `access` of explain. */
export const accessReasons = {
  AccessGranted: { code: 'STK1701', meaning: "Prometheus' ServiceAccount may list and watch what it discovers" },
  AccessDenied: {
    code: 'STK1702',
    meaning: "Prometheus' ServiceAccount may not list or watch what it discovers",
    example: 'ServiceAccount monitoring/prometheus may not list and watch endpoints, services, pods in namespace shop',
    mend: 'Give the ServiceAccount get, list and watch in that namespace, with a Role and a RoleBinding, or a ClusterRole. Prometheus itself says this in its log alone.',
  },
  AccessUnknown: { code: 'STK1703', meaning: 'It is not known what the ServiceAccount may do' },
  AccessNotNeeded: { code: 'STK1704', meaning: 'Nothing is read from the API server' },
} as const satisfies Entries;
