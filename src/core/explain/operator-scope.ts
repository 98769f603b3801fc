import type { KubernetesObject } from '../../api/meta.ts';
import { mapSources } from '../kinds/kind.ts';
import type { WorkloadSources } from '../kinds/kind.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { workloadKinds } from '../kinds/registry.ts';
import type { Lister } from '../listers.ts';
import { parseLabelSelector } from '../selectors/label-query.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { ExplainFacts, InstancesScope, OperatorScope } from './facts.ts';

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

/** What the flags say of the workloads of a kind, and what those flags begin with. */
export function instancesOfKind(
  { instances }: OperatorScope,
  kind: string,
): InstancesScope & { readonly flags: string } {
  const { instanceFlags } = workloadKinds.find(({ type }) => type.kind === kind) ?? serverKind;
  return { namespaces: [], selector: '', ...instances[kind], flags: `--${instanceFlags}` };
}

/** Whether the labels of a workload match the selector that the flags give for its kind. */
export function matchesInstanceSelector({ selector }: InstancesScope, { metadata }: KubernetesObject): boolean {
  return parseLabelSelector(selector)(metadata.labels ?? {});
}

/** Where objects of a kind are looked for, and the flag that says so. */
export function placesOf(
  { namespaces, alertmanagerConfigNamespaces }: OperatorScope,
  kind: SelectedKind,
): { readonly namespaces: readonly string[]; readonly flag: string } {
  return kind === 'AlertmanagerConfig'
    ? { namespaces: alertmanagerConfigNamespaces, flag: '--alertmanager-config-namespaces' }
    : { namespaces, flag: '--namespaces' };
}

/** Whether the operator looks after a workload. */
export function isLookedAfter(scope: OperatorScope, kind: string, object: KubernetesObject): boolean {
  const instances = instancesOfKind(scope, kind);
  const { namespace = '', annotations } = object.metadata;
  return (
    judgeNamespace(scope, instances.namespaces, namespace) === 'watched' &&
    matchesInstanceSelector(instances, object) &&
    (annotations?.[controllerIdAnnotation] ?? '') === scope.controllerId
  );
}

/** The objects that the operator sees of all that there are. */
export function cutSources({ scope, sources }: Pick<ExplainFacts, 'scope' | 'sources'>): WorkloadSources {
  const isIn = (namespaces: readonly string[], namespace = ''): boolean =>
    judgeNamespace(scope, namespaces, namespace) === 'watched';
  const cut = (lister: Lister<KubernetesObject>, places: readonly string[]): Lister<KubernetesObject> => ({
    list: (namespace) => lister.list(namespace).filter(({ metadata }) => isIn(places, metadata.namespace)),
    get: (namespace, name) => (isIn(places, namespace) ? lister.get(namespace, name) : undefined),
  });
  const { namespaces } = sources;
  const isWatched = (name?: string): boolean =>
    isIn(scope.namespaces, name) || isIn(scope.alertmanagerConfigNamespaces, name);
  return {
    ...mapSources((kind) => cut(sources[kind], placesOf(scope, kind).namespaces)),
    namespaces: {
      list: () => namespaces.list().filter(({ metadata }) => isWatched(metadata.name)),
      get: (namespace, name) => (isWatched(name) ? namespaces.get(namespace, name) : undefined),
    },
  };
}
