import type { KubernetesObject, ObjectMetadata } from '../../api/meta.ts';
import { configMapType, namespaceType, secretType, statefulSetType } from '../../api/builtin-types.ts';
import type { PodMonitor } from '../../api/pod-monitor.ts';
import { podMonitorType } from '../../api/pod-monitor.ts';
import type { Probe } from '../../api/probe.ts';
import { probeType } from '../../api/probe.ts';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { prometheusType } from '../../api/prometheus.ts';
import type { ScrapeConfig } from '../../api/scrape-config.ts';
import { scrapeConfigType } from '../../api/scrape-config.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import { serviceMonitorType } from '../../api/service-monitor.ts';
import type { StatefulSet } from '../../core/render/shared/objects.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import type { NamespaceScope } from '../../kubernetes/cache/scope.ts';

/** Which namespaces are watched for what; empty lists mean all (contract/operator-runtime.md 3.2). */
export interface WatchScope {
  readonly namespaces: readonly string[];
  readonly deniedNamespaces: readonly string[];
  /** Where Prometheus objects and their StatefulSets live. */
  readonly instanceNamespaces: readonly string[];
  readonly instanceSelector: string;
  readonly watchReferencedObjectsInAllNamespaces: boolean;
  readonly secretFieldSelector: string;
  readonly secretLabelSelector: string;
  readonly configMapFieldSelector: string;
  readonly configMapLabelSelector: string;
}

/** The local copies that the Prometheus controller reads. */
export interface PrometheusWatches {
  readonly prometheuses: Informer<Prometheus>;
  readonly serviceMonitors: Informer<ServiceMonitor>;
  readonly podMonitors: Informer<PodMonitor>;
  readonly probes: Informer<Probe>;
  readonly scrapeConfigs: Informer<ScrapeConfig>;
  readonly prometheusRules: Informer<PrometheusRule>;
  readonly statefulSets: Informer<StatefulSet>;
  /** Metadata only: contents are read live when they are referenced. */
  readonly secrets: Informer<ObjectMetadata>;
  readonly configMaps: Informer<ObjectMetadata>;
  readonly namespaces: Informer<KubernetesObject>;
}

type Shared = Omit<InformerOptions<KubernetesObject>, 'type' | 'scope' | 'transform' | 'indexers'>;

/** The operator's own StatefulSets of servers: those of users are never looked at. */
const statefulSetSelector =
  'managed-by in (prometheus-operator),operator.prometheus.io/shard,operator.prometheus.io/name,operator.prometheus.io/mode in (server)';

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

/** Creates the informers; nothing is requested until they run. */
export function createPrometheusWatches(scope: WatchScope, shared: Shared): PrometheusWatches {
  const instances = scopeOf(scope.instanceNamespaces, scope.deniedNamespaces);
  const objects = scopeOf(scope.namespaces, scope.deniedNamespaces);
  const referenced = scope.watchReferencedObjectsInAllNamespaces
    ? scopeOf(union(scope.instanceNamespaces, scope.namespaces), scope.deniedNamespaces)
    : instances;
  const watched = union(scope.instanceNamespaces, scope.namespaces);
  return {
    prometheuses: createInformer({
      ...shared,
      type: prometheusType,
      scope: instances,
      labelSelector: scope.instanceSelector,
    }),
    serviceMonitors: createInformer({ ...shared, type: serviceMonitorType, scope: objects }),
    podMonitors: createInformer({ ...shared, type: podMonitorType, scope: objects }),
    probes: createInformer({ ...shared, type: probeType, scope: objects }),
    scrapeConfigs: createInformer({ ...shared, type: scrapeConfigType, scope: objects }),
    prometheusRules: createInformer({ ...shared, type: prometheusRuleType, scope: objects }),
    statefulSets: createInformer({
      ...shared,
      type: statefulSetType,
      scope: instances,
      labelSelector: statefulSetSelector,
    }),
    secrets: createInformer({
      ...shared,
      type: secretType,
      scope: referenced,
      metadataOnly: true,
      fieldSelector: scope.secretFieldSelector,
      labelSelector: scope.secretLabelSelector,
    }),
    configMaps: createInformer({
      ...shared,
      type: configMapType,
      scope: referenced,
      metadataOnly: true,
      fieldSelector: scope.configMapFieldSelector,
      labelSelector: scope.configMapLabelSelector,
    }),
    namespaces: createInformer({
      ...shared,
      type: namespaceType,
      // With an allow list each is watched by name, or read now and then where watching is forbidden: Roles are enough.
      scope: watched.length > 0 ? { kind: 'namespaces', names: watched } : { kind: 'cluster', denied: [] },
      metadataOnly: true,
      labelSelector: watched.length > 0 ? '' : excludeNamespaces(scope.deniedNamespaces),
    }),
  };
}
