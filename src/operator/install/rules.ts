import { monitorKinds, scrapeKinds } from '../../core/monitor.ts';
import type { Program } from '../../core/kinds/kind.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';

/**
 * What the operator asks of the API server and why, exactly: RBAC manifests, the check at the start and docs/rbac.md are made
 * from this table. A feature that makes a new kind of request adds its row here.
 */

/** A part of the operator that can be there or not; those of `baseFeatures` always are. */
export type Feature =
  | Program
  | 'agent-daemonset'
  | 'pod-disruption-budgets'
  | 'network-policies'
  | 'bindings'
  | 'events'
  | 'storage-class-check'
  | 'volume-expansion'
  | 'leader-election'
  | 'kubelet'
  | 'kubelet-endpoints'
  | 'kubelet-endpointslices'
  | 'repair-evict'
  | 'repair-delete'
  | 'target-discovery'
  | 'caller-reviews';

/**
 * Where a rule holds. `workloads`: where workloads live, those of the kinds that the rule is about; `selected`: where monitors
 * and rules live; `configs`: where AlertmanagerConfigs live; `all`: all of these; `assets`: where Secrets and ConfigMaps are
 * watched; `own`: where the operator itself runs; `kubelet`: where the Service of the kubelets is; `cluster`: objects without
 * a namespace, never granted by Roles.
 */
export type AccessScope = 'workloads' | 'selected' | 'configs' | 'all' | 'assets' | 'own' | 'kubelet' | 'cluster';

/** How Secrets and ConfigMaps are followed: by a watch on their metadata, or each by its name, now and then. */
export type AssetAccess = 'watch' | 'get';

export interface AccessRule {
  /** Any of them needs it. */
  readonly features: readonly Feature[];
  /** The only kind of workload that it is about, where the features do not say so. */
  readonly of?: Program;
  readonly scope: AccessScope;
  readonly group: string;
  /** Plurals, with the subresource: "prometheuses/status". */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only with this `--asset-access`; with both when absent. */
  readonly assetAccess?: AssetAccess;
  /** Only where the scope is the whole cluster, or only where it is a list of namespaces. */
  readonly only?: 'cluster' | 'namespaces';
  /** The operator does its work without it, a little less well: `why` says what is lost. */
  readonly optional?: true;
  readonly why: string;
}

const kinds = workloadKinds.map(({ program, type: { plural, kind } }) => ({ feature: program, plural, kind }));

/** All kinds of workloads. */
export const workloadFeatures: readonly Program[] = kinds.map(({ feature }) => feature);

/** What `stoker run` cannot leave out. */
export const baseFeatures: readonly Feature[] = [
  ...workloadFeatures,
  ...(['events', 'storage-class-check', 'volume-expansion'] as const),
];

const monitoring = 'monitoring.coreos.com';
/** Plurals of the kinds that become scrape jobs. */
const scraped = monitorKinds.map((kind) => scrapeKinds[kind].type.plural);
const follow = ['list', 'watch'];
const prometheusKinds: readonly Feature[] = ['prometheus', 'prometheus-agent'];

const resources: readonly AccessRule[] = [
  ...kinds.map(({ feature, plural, kind }): AccessRule => {
    const features = [feature];
    return {
      features,
      scope: 'workloads',
      group: monitoring,
      resources: [plural],
      verbs: follow,
      why: `${kind} objects`,
    };
  }),
  {
    features: prometheusKinds,
    scope: 'selected',
    group: monitoring,
    resources: scraped,
    verbs: follow,
    why: 'what is scraped',
  },
  {
    features: ['prometheus', 'thanos-ruler'],
    scope: 'selected',
    group: monitoring,
    resources: ['prometheusrules'],
    verbs: follow,
    why: 'recording and alerting rules',
  },
  {
    features: ['alertmanager'],
    scope: 'configs',
    group: monitoring,
    resources: ['alertmanagerconfigs'],
    verbs: follow,
    why: 'routes and receivers of tenants',
  },
  {
    features: workloadFeatures,
    scope: 'all',
    group: '',
    resources: ['namespaces'],
    verbs: follow,
    only: 'cluster',
    why: 'labels of namespaces, for namespace selectors',
  },
  {
    features: workloadFeatures,
    scope: 'all',
    group: '',
    resources: ['namespaces'],
    verbs: ['get'],
    only: 'namespaces',
    why: 'labels of the listed namespaces, for namespace selectors; each is read by its name, now and then',
  },
];

const status: readonly AccessRule[] = [
  ...kinds.map(({ feature, plural }): AccessRule => {
    const [features, why] = [[feature], 'conditions and replica counts'];
    return { features, scope: 'workloads', group: monitoring, resources: [`${plural}/status`], verbs: ['patch'], why };
  }),
  ...kinds.map(({ feature, plural }): AccessRule => ({
    features: [feature],
    scope: 'workloads',
    group: monitoring,
    resources: [`${plural}/finalizers`],
    verbs: ['update'],
    optional: true,
    why: 'owner references that block deletion; needed where the admission plugin OwnerReferencesPermissionEnforcement runs (OpenShift)',
  })),
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: '',
    resources: ['services'],
    verbs: ['delete'],
    optional: true,
    why: 'another owner of a Service that several workloads share; needed with the same admission plugin: nothing deletes a Service',
  },
  ...kinds.map(({ feature, plural }): AccessRule => ({
    features: ['bindings'],
    of: feature,
    scope: 'workloads',
    group: monitoring,
    resources: [plural],
    verbs: ['patch'],
    why: 'the finalizer that keeps a workload until its bindings are removed',
  })),
  {
    features: ['bindings'],
    scope: 'selected',
    group: monitoring,
    resources: [...scraped, 'prometheusrules'].map((plural) => `${plural}/status`),
    verbs: ['patch'],
    why: 'bindings: which workloads accept the object',
  },
  {
    features: ['bindings'],
    scope: 'configs',
    group: monitoring,
    resources: ['alertmanagerconfigs/status'],
    verbs: ['patch'],
    why: 'bindings: which Alertmanagers accept the object',
  },
];

const workloads: readonly AccessRule[] = [
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: 'apps',
    resources: ['statefulsets'],
    verbs: ['get', ...follow, 'create', 'update', 'patch', 'delete'],
    why: 'the pods of a workload, or of one of its shards',
  },
  {
    features: ['agent-daemonset'],
    scope: 'workloads',
    group: 'apps',
    resources: ['daemonsets'],
    verbs: ['get', ...follow, 'create', 'update', 'delete'],
    why: 'agents that run on every node',
  },
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: '',
    resources: ['services'],
    verbs: ['get', 'create', 'update'],
    why: 'the governing Service, and the one that spec.serviceName names',
  },
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: '',
    resources: ['services'],
    verbs: follow,
    optional: true,
    why: 'a governing Service that somebody changed is put right at once: metadata of those alone is watched; without it, by a sync a minute later',
  },
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: '',
    resources: ['pods'],
    verbs: ['list'],
    why: 'ready replicas in status',
  },
];

const guards: readonly AccessRule[] = [
  {
    features: ['pod-disruption-budgets'],
    scope: 'workloads',
    group: 'policy',
    resources: ['poddisruptionbudgets'],
    verbs: ['get', ...follow, 'create', 'update', 'delete'],
    why: 'the PodDisruptionBudget of each shard; its metadata alone is watched',
  },
  {
    features: ['network-policies'],
    scope: 'workloads',
    group: 'networking.k8s.io',
    resources: ['networkpolicies'],
    verbs: ['get', ...follow, 'create', 'update', 'delete'],
    why: 'the NetworkPolicy of each workload; its metadata alone is watched',
  },
];

const assets: readonly AccessRule[] = [
  {
    features: workloadFeatures,
    scope: 'workloads',
    group: '',
    resources: ['secrets', 'configmaps'],
    verbs: ['get', 'create', 'update', 'delete'],
    why: 'configuration, TLS files, web configuration and rules that pods mount',
  },
  {
    features: prometheusKinds,
    scope: 'selected',
    group: '',
    resources: ['secrets', 'configmaps'],
    verbs: ['get'],
    why: 'passwords, tokens and certificates that monitors refer to by name; nothing else is read',
  },
  {
    features: ['alertmanager'],
    scope: 'configs',
    group: '',
    resources: ['secrets', 'configmaps'],
    verbs: ['get'],
    why: 'addresses, passwords and certificates that AlertmanagerConfigs refer to by name; nothing else is read',
  },
  {
    features: workloadFeatures,
    scope: 'assets',
    group: '',
    resources: ['secrets', 'configmaps'],
    verbs: follow,
    assetAccess: 'watch',
    why: 'changes are seen at once: metadata alone is watched; not needed with --asset-access=get',
  },
];

const surroundings: readonly AccessRule[] = [
  {
    features: ['events'],
    scope: 'all',
    group: 'events.k8s.io',
    resources: ['events'],
    verbs: ['create', 'patch'],
    optional: true,
    why: 'events about rejected objects; without it they are in the log and in bindings only',
  },
  {
    features: ['storage-class-check'],
    scope: 'cluster',
    group: 'storage.k8s.io',
    resources: ['storageclasses'],
    verbs: ['get'],
    optional: true,
    why: 'a StorageClass that does not exist, or whose volumes cannot be expanded, is said in status; without it pods stay pending, and the API server refuses',
  },
  {
    features: ['volume-expansion'],
    scope: 'workloads',
    group: '',
    resources: ['persistentvolumeclaims'],
    verbs: ['get', 'patch'],
    optional: true,
    why: 'a larger storage request expands the claims of the pods, each by its name; without it they stay as they are, and the condition VolumesExpanded says so',
  },
  {
    features: ['leader-election'],
    scope: 'own',
    group: 'coordination.k8s.io',
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update'],
    why: 'the Lease that one of the replicas holds; watched, so that a released one is taken at once',
  },
];

const repairs: readonly AccessRule[] = [
  {
    features: ['repair-evict'],
    scope: 'workloads',
    group: '',
    resources: ['pods/eviction'],
    verbs: ['create'],
    why: 'pods stuck in an old revision are evicted',
  },
  {
    features: ['repair-delete'],
    scope: 'workloads',
    group: '',
    resources: ['pods'],
    verbs: ['delete'],
    why: 'pods stuck in an old revision are deleted',
  },
];

const kubelets: readonly AccessRule[] = [
  {
    features: ['kubelet'],
    scope: 'cluster',
    group: '',
    resources: ['nodes'],
    verbs: ['list'],
    why: 'the addresses of the kubelets',
  },
  {
    features: ['kubelet'],
    scope: 'kubelet',
    group: '',
    resources: ['services'],
    verbs: ['get', 'create', 'update'],
    why: 'the Service of the kubelets',
  },
  {
    features: ['kubelet-endpoints'],
    scope: 'kubelet',
    group: '',
    resources: ['endpoints'],
    verbs: ['get', 'create', 'update'],
    why: 'the addresses of the kubelets, for clusters and monitors that use Endpoints',
  },
  {
    features: ['kubelet-endpointslices'],
    scope: 'kubelet',
    group: 'discovery.k8s.io',
    resources: ['endpointslices'],
    verbs: ['list', 'create', 'update', 'delete'],
    why: 'the addresses of the kubelets, 512 a slice',
  },
];

/** What targets are discovered from. Where a monitor attaches more metadata, more is read. */
const discovered: readonly AccessRule[] = [
  {
    features: ['target-discovery'],
    scope: 'selected',
    group: '',
    resources: ['pods', 'services', 'endpoints'],
    verbs: follow,
    why: 'targets of pods and services',
  },
  {
    features: ['target-discovery'],
    scope: 'selected',
    group: 'discovery.k8s.io',
    resources: ['endpointslices'],
    verbs: follow,
    why: 'targets of services',
  },
  {
    features: ['target-discovery'],
    scope: 'selected',
    group: 'networking.k8s.io',
    resources: ['ingresses'],
    verbs: follow,
    optional: true,
    why: 'targets of probes that select Ingresses',
  },
  {
    features: ['target-discovery'],
    scope: 'cluster',
    group: '',
    resources: ['nodes'],
    verbs: follow,
    optional: true,
    why: 'targets of ScrapeConfigs with role node, and metadata of nodes where it is attached',
  },
];

/** Who asks the web server, where flags say that callers must be known. */
const callers: readonly AccessRule[] = [
  {
    features: ['caller-reviews'],
    scope: 'cluster',
    group: 'authentication.k8s.io',
    resources: ['tokenreviews'],
    verbs: ['create'],
    why: 'whose token a caller of the web server has',
  },
  {
    features: ['caller-reviews'],
    scope: 'cluster',
    group: 'authorization.k8s.io',
    resources: ['subjectaccessreviews'],
    verbs: ['create'],
    why: 'what a caller of the web server may get',
  },
];

/** All rules, in the order of the documentation. */
export const accessRules: readonly AccessRule[] = [
  ...resources,
  ...status,
  ...workloads,
  ...guards,
  ...repairs,
  ...assets,
  ...surroundings,
  ...kubelets,
  ...discovered,
  ...callers,
];
