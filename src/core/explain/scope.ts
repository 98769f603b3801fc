import type { KubernetesObject } from '../../api/meta.ts';
import type { WorkloadSources } from '../kinds/kind.ts';
import type { Lister } from '../listers.ts';
import { parseLabelSelector } from '../selectors/label-query.ts';
import type { ExplainFacts, OperatorScope } from './facts.ts';

export const controllerIdAnnotation = 'operator.prometheus.io/controller-id';

/** Whether the operator reads monitors in a namespace, and if not, which flag says so. */
export function judgeNamespace(
  { deniedNamespaces }: OperatorScope,
  allowed: readonly string[],
  namespace: string,
): 'watched' | 'denied' | 'not watched' {
  if (deniedNamespaces.includes(namespace)) return 'denied';
  return allowed.length === 0 || allowed.includes(namespace) ? 'watched' : 'not watched';
}

/** Whether the labels of a workload match --prometheus-instance-selector. */
export function matchesInstanceSelector(
  { prometheusSelector }: OperatorScope,
  { metadata }: KubernetesObject,
): boolean {
  return parseLabelSelector(prometheusSelector)(metadata.labels ?? {});
}

/** The objects that the operator sees of all that there are. */
export function cutSources({ scope, sources }: ExplainFacts): WorkloadSources {
  const isWatched = (namespace = ''): boolean => judgeNamespace(scope, scope.namespaces, namespace) === 'watched';
  const cut = <T extends KubernetesObject>(lister: Lister<T>): Lister<T> => ({
    list: (namespace) => lister.list(namespace).filter(({ metadata }) => isWatched(metadata.namespace)),
    get: (namespace, name) => (isWatched(namespace) ? lister.get(namespace, name) : undefined),
  });
  const { namespaces } = sources;
  return {
    ServiceMonitor: cut(sources.ServiceMonitor),
    PodMonitor: cut(sources.PodMonitor),
    Probe: cut(sources.Probe),
    ScrapeConfig: cut(sources.ScrapeConfig),
    PrometheusRule: cut(sources.PrometheusRule),
    AlertmanagerConfig: cut(sources.AlertmanagerConfig),
    namespaces: {
      list: () => namespaces.list().filter(({ metadata }) => isWatched(metadata.name)),
      get: (namespace, name) => (isWatched(name) ? namespaces.get(namespace, name) : undefined),
    },
  };
}
