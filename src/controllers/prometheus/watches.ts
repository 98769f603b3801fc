import type { KubernetesObject, ObjectMetadata, ResourceType } from '../../api/meta.ts';
import {
  configMapType,
  daemonSetType,
  namespaceType,
  secretType,
  serviceType,
  statefulSetType,
} from '../../api/builtin-types.ts';
import type { PodMonitor } from '../../api/pod-monitor.ts';
import { podMonitorType } from '../../api/pod-monitor.ts';
import type { Probe } from '../../api/probe.ts';
import { probeType } from '../../api/probe.ts';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import type { ScrapeConfig } from '../../api/scrape-config.ts';
import { scrapeConfigType } from '../../api/scrape-config.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import { serviceMonitorType } from '../../api/service-monitor.ts';
import type { DaemonSet, StatefulSet } from '../../core/render/shared/objects.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import { createPoller } from '../../kubernetes/cache/poller.ts';
import type { NamespaceScope } from '../../kubernetes/cache/scope.ts';
import type { Instance, InstanceKind } from './kind.ts';

/** Which namespaces are watched for what; empty lists mean all (docs/reference/operator-runtime.md 3.2). */
export interface WatchScope {
  readonly namespaces: readonly string[];
  readonly deniedNamespaces: readonly string[];
  /** Where Prometheus and PrometheusAgent objects and their StatefulSets live. */
  readonly instanceNamespaces: readonly string[];
  readonly instanceSelector: string;
  readonly watchReferencedObjectsInAllNamespaces: boolean;
  readonly secretFieldSelector: string;
  readonly secretLabelSelector: string;
  readonly configMapFieldSelector: string;
  readonly configMapLabelSelector: string;
  /** `get`: Secrets and ConfigMaps are read by name, those that are needed alone; nothing is listed or watched. */
  readonly assetAccess: 'watch' | 'get';
  /** Time between two looks at the same Secret or ConfigMap that is read by name, in milliseconds. */
  readonly assetPollMs: number;
  /** `get`: the namespaces of the lists are read by name. Default: watched, each by its name. */
  readonly namespaceAccess?: 'watch' | 'get' | undefined;
}

/** The local copies that the controllers of Prometheus and of PrometheusAgent share. */
export interface SharedWatches {
  readonly serviceMonitors: Informer<ServiceMonitor>;
  readonly podMonitors: Informer<PodMonitor>;
  readonly probes: Informer<Probe>;
  readonly scrapeConfigs: Informer<ScrapeConfig>;
  readonly prometheusRules: Informer<PrometheusRule>;
  /** Metadata only: contents are read live when they are referenced. */
  readonly secrets: Informer<ObjectMetadata>;
  readonly configMaps: Informer<ObjectMetadata>;
  readonly namespaces: Informer<KubernetesObject>;
  /** Metadata of the governing Services; nobody waits for it: without it they are read now and then. */
  readonly services: Informer<ObjectMetadata>;
}

/** The local copies that one of the controllers reads. */
export interface PrometheusWatches extends SharedWatches {
  readonly instances: Informer<Instance>;
  readonly statefulSets: Informer<StatefulSet>;
  /** Only where agents may run as DaemonSets. */
  readonly daemonSets?: Informer<DaemonSet>;
}

export type InformerParts = Omit<InformerOptions<KubernetesObject>, 'type' | 'scope' | 'transform' | 'indexers'>;

/** The operator's own sets of one role: those of users are never looked at. */
const setSelector = (role: InstanceKind['role']): string =>
  `managed-by in (prometheus-operator),operator.prometheus.io/name,operator.prometheus.io/mode in (${role})`;

/** The governing Services of both roles (docs/reference/rendering.md 4.16). */
const governingSelector = 'operated-prometheus=true';

/** As often as the reference does (docs/reference/operator-runtime.md 3.1). */
const namespacePollMs = 15_000;

const nameLabel = 'kubernetes.io/metadata.name';

/** A deny list of namespaces is the server's work, by the label that Kubernetes puts on each of them. */
function excludeNamespaces(denied: readonly string[]): string {
  return denied.length > 0 ? `${nameLabel} notin (${denied.join(',')})` : '';
}

function scopeOf(names: readonly string[], denied: readonly string[]): NamespaceScope {
  return names.length > 0 ? { kind: 'namespaces', names } : { kind: 'cluster', denied };
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])];

/** Creates the informers that both controllers read; nothing is requested until they run. */
export function createSharedWatches(scope: WatchScope, parts: InformerParts): SharedWatches {
  const objects = scopeOf(scope.namespaces, scope.deniedNamespaces);
  return {
    serviceMonitors: createInformer({ ...parts, type: serviceMonitorType, scope: objects }),
    podMonitors: createInformer({ ...parts, type: podMonitorType, scope: objects }),
    probes: createInformer({ ...parts, type: probeType, scope: objects }),
    scrapeConfigs: createInformer({ ...parts, type: scrapeConfigType, scope: objects }),
    prometheusRules: createInformer({ ...parts, type: prometheusRuleType, scope: objects }),
    secrets: createAssetCache(scope, parts, {
      type: secretType,
      fieldSelector: scope.secretFieldSelector,
      labelSelector: scope.secretLabelSelector,
    }),
    configMaps: createAssetCache(scope, parts, {
      type: configMapType,
      fieldSelector: scope.configMapFieldSelector,
      labelSelector: scope.configMapLabelSelector,
    }),
    namespaces: createNamespaceCache(scope, parts),
    services: createInformer({
      ...parts,
      type: serviceType,
      scope: scopeOf(scope.instanceNamespaces, scope.deniedNamespaces),
      labelSelector: governingSelector,
      metadataOnly: true,
    }),
  };
}

function createAssetCache(
  scope: WatchScope,
  parts: InformerParts,
  selection: { readonly type: ResourceType; readonly fieldSelector: string; readonly labelSelector: string },
): Informer<ObjectMetadata> {
  const { instanceNamespaces, namespaces, deniedNamespaces, assetAccess, assetPollMs: intervalMs } = scope;
  if (assetAccess === 'get') return createPoller({ ...parts, type: selection.type, intervalMs });
  const where = scope.watchReferencedObjectsInAllNamespaces
    ? union(instanceNamespaces, namespaces)
    : instanceNamespaces;
  return createInformer({ ...parts, ...selection, scope: scopeOf(where, deniedNamespaces), metadataOnly: true });
}

/** Every namespace, or those of the lists: each watched by its name, or read by it where Roles are all there is. */
function createNamespaceCache(scope: WatchScope, parts: InformerParts): Informer<KubernetesObject> {
  const names = listScopeNamespaces(scope);
  if (names.length > 0 && scope.namespaceAccess === 'get') {
    const always = names.map((name) => ({ namespace: '', name }));
    return createPoller({ ...parts, type: namespaceType, intervalMs: namespacePollMs, always });
  }
  return createInformer({
    ...parts,
    type: namespaceType,
    scope: names.length > 0 ? { kind: 'namespaces', names } : { kind: 'cluster', denied: [] },
    metadataOnly: true,
    labelSelector: names.length > 0 ? '' : excludeNamespaces(scope.deniedNamespaces),
  });
}

/** The namespaces of both lists; none for all. */
export function listScopeNamespaces({
  instanceNamespaces,
  namespaces,
}: Pick<WatchScope, 'instanceNamespaces' | 'namespaces'>): readonly string[] {
  return union(instanceNamespaces, namespaces);
}

/** Adds the informers of one kind of workload to the shared ones. */
export function createPrometheusWatches(
  shared: SharedWatches,
  { type, role }: Pick<InstanceKind, 'type' | 'role'>,
  options: { readonly scope: WatchScope; readonly parts: InformerParts; readonly daemonSets: boolean },
): PrometheusWatches {
  const { parts, daemonSets } = options;
  const { instanceNamespaces, deniedNamespaces, instanceSelector } = options.scope;
  const scope = scopeOf(instanceNamespaces, deniedNamespaces);
  const selector = setSelector(role);
  return {
    ...shared,
    instances: createInformer<Instance>({ ...parts, type, scope, labelSelector: instanceSelector }),
    statefulSets: createInformer<StatefulSet>({
      ...parts,
      type: statefulSetType,
      scope,
      labelSelector: `${selector},operator.prometheus.io/shard`,
    }),
    ...(daemonSets
      ? { daemonSets: createInformer<DaemonSet>({ ...parts, type: daemonSetType, scope, labelSelector: selector }) }
      : {}),
  };
}

/** What reading and running any informer needs, whatever it holds. */
export type AnyInformer = Pick<Informer<KubernetesObject>, 'type' | 'store' | 'hasSynced' | 'health' | 'run'>;

/** All informers of some controllers, those that they share once. */
export function listInformers(...watches: readonly PrometheusWatches[]): AnyInformer[] {
  return [...new Set(watches.flatMap((one) => Object.values(one) as AnyInformer[]))];
}
