/** What the operator asks of the API server and why: RBAC manifests, documentation and error messages come from this table. */

export interface AccessRule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly why: string;
}

const monitoring = 'monitoring.coreos.com';
const read = ['get', 'list', 'watch'];

/** Rules of `stoker run`; with namespace lists, a Role in each of those namespaces is enough for all but `nodes` and `storageclasses`. */
export const accessRules: readonly AccessRule[] = [
  {
    group: monitoring,
    resources: [
      'prometheuses',
      'prometheusagents',
      'servicemonitors',
      'podmonitors',
      'probes',
      'scrapeconfigs',
      'prometheusrules',
    ],
    verbs: read,
    why: 'the resources themselves',
  },
  {
    group: monitoring,
    resources: ['prometheuses', 'prometheusagents'],
    verbs: ['patch'],
    why: 'the finalizer, with StatusForConfigurationResources',
  },
  {
    group: monitoring,
    resources: ['prometheuses/finalizers', 'prometheusagents/finalizers'],
    verbs: ['update'],
    why: 'owner references that block deletion',
  },
  {
    group: monitoring,
    resources: [
      'prometheuses/status',
      'prometheusagents/status',
      'servicemonitors/status',
      'podmonitors/status',
      'probes/status',
      'scrapeconfigs/status',
      'prometheusrules/status',
    ],
    verbs: ['patch', 'update'],
    why: 'conditions, and bindings with StatusForConfigurationResources',
  },
  { group: 'apps', resources: ['statefulsets'], verbs: [...read, 'create', 'update', 'delete'], why: 'the workloads' },
  {
    group: 'apps',
    resources: ['daemonsets'],
    verbs: [...read, 'create', 'update', 'delete'],
    why: 'agents in DaemonSet mode; not used without the feature gate PrometheusAgentDaemonSet',
  },
  {
    group: '',
    resources: ['secrets', 'configmaps'],
    verbs: [...read, 'create', 'update', 'delete'],
    why: 'configuration, TLS assets and rules; those that are referenced are read, of the others only metadata is watched',
  },
  { group: '', resources: ['services'], verbs: ['get', 'create', 'update', 'delete'], why: 'the governing Service' },
  { group: '', resources: ['pods'], verbs: ['list'], why: 'ready replicas in status' },
  { group: '', resources: ['namespaces'], verbs: read, why: 'namespace selectors' },
  { group: 'events.k8s.io', resources: ['events'], verbs: ['create', 'patch'], why: 'events about rejected objects' },
  {
    group: 'storage.k8s.io',
    resources: ['storageclasses'],
    verbs: ['get'],
    why: 'a StorageClass that does not exist is said early',
  },
  {
    group: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'create', 'update'],
    why: 'leader election between replicas',
  },
];
