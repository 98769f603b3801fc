import type { KubernetesObject, ObjectMetadata, ResourceType } from '../../api/meta.ts';
import {
  configMapType,
  daemonSetType,
  disruptionBudgetType,
  namespaceType,
  networkPolicyType,
  secretType,
  serviceType,
  statefulSetType,
} from '../../api/builtin-types.ts';
import { selectGuards } from '../../core/render/shared/guard.ts';
import type { DaemonSet, StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { GuardModes } from '../../core/settings.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import { createPoller } from '../../kubernetes/cache/poller.ts';
import type { NamespaceScope } from '../../kubernetes/cache/scope.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { namespacePollMs } from '../limits.ts';

/** Where the objects of one kind of workload live, and which of them are looked after. */
export interface InstanceScope {
  readonly namespaces: readonly string[];
  /** Label selector. */
  readonly selector: string;
}

/** Which namespaces are watched for what; empty lists mean all (docs/reference/operator-runtime.md 3.2). */
export interface WatchScope {
  readonly namespaces: readonly string[];
  /** Where AlertmanagerConfigs live. */
  readonly alertmanagerConfigNamespaces: readonly string[];
  readonly deniedNamespaces: readonly string[];
  /** By kind: where workloads and their StatefulSets live. */
  readonly instances: Readonly<Record<string, InstanceScope>>;
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

/** The local copies that the controllers of all kinds share. */
export interface SharedWatches {
  readonly selected: Readonly<Record<SelectedKind, Informer<KubernetesObject>>>;
  /** Metadata only: contents are read live when they are referenced. */
  readonly secrets: Informer<ObjectMetadata>;
  readonly configMaps: Informer<ObjectMetadata>;
  readonly namespaces: Informer<KubernetesObject>;
}

/** The local copies that one of the controllers reads. */
export interface WorkloadWatches extends SharedWatches {
  /** The kinds that its workloads choose from; caches of others are not run for it. */
  readonly selects: readonly SelectedKind[];
  readonly instances: Informer<WorkloadObject>;
  readonly statefulSets: Informer<StatefulSet>;
  /** Only where workloads of the kind may run as DaemonSets. */
  readonly daemonSets?: Informer<DaemonSet>;
  /** Metadata of the guards of its workloads, where they are switched on; nobody waits for it. */
  readonly disruptionBudgets?: Informer<ObjectMetadata>;
  readonly networkPolicies?: Informer<ObjectMetadata>;
  /** Metadata of the governing Services; nobody waits for it: without it they are read now and then. */
  readonly services: Informer<ObjectMetadata>;
}

export type InformerParts = Omit<InformerOptions<KubernetesObject>, 'type' | 'scope' | 'transform' | 'indexers'>;

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

/** Where all workloads live, whatever their kind. */
const listInstanceNamespaces = ({ instances }: Pick<WatchScope, 'instances'>): readonly string[] =>
  Object.values(instances)
    .map(({ namespaces }) => namespaces)
    .reduce(union);

/** Creates the informers that all controllers read; nothing is requested until they run. */
export function createSharedWatches(scope: WatchScope, parts: InformerParts): SharedWatches {
  const entries = Object.entries(selectedKinds).map(([kind, { type }]) => {
    const names = kind === 'AlertmanagerConfig' ? scope.alertmanagerConfigNamespaces : scope.namespaces;
    return [kind, createInformer({ ...parts, type, scope: scopeOf(names, scope.deniedNamespaces) })] as const;
  });
  return {
    selected: Object.fromEntries(entries) as Record<SelectedKind, Informer<KubernetesObject>>,
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
  };
}

function createAssetCache(
  scope: WatchScope,
  parts: InformerParts,
  selection: { readonly type: ResourceType; readonly fieldSelector: string; readonly labelSelector: string },
): Informer<ObjectMetadata> {
  const { deniedNamespaces, assetAccess, assetPollMs: intervalMs } = scope;
  if (assetAccess === 'get') return createPoller({ ...parts, type: selection.type, intervalMs });
  const beside = union(listInstanceNamespaces(scope), scope.alertmanagerConfigNamespaces);
  const where = scope.watchReferencedObjectsInAllNamespaces ? listScopeNamespaces(scope) : beside;
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

/** The namespaces of all lists; none for all. */
export function listScopeNamespaces(
  scope: Pick<WatchScope, 'instances' | 'namespaces' | 'alertmanagerConfigNamespaces'>,
): readonly string[] {
  return [scope.namespaces, scope.alertmanagerConfigNamespaces].reduce(union, listInstanceNamespaces(scope));
}

export interface WorkloadWatchOptions {
  readonly scope: WatchScope;
  readonly parts: InformerParts;
  readonly daemonSets: boolean;
  readonly guards: GuardModes;
}

/** Adds the informers of one kind of workload to the shared ones. */
export function createWorkloadWatches(
  shared: SharedWatches,
  kind: WorkloadKind,
  options: WorkloadWatchOptions,
): WorkloadWatches {
  const { parts, daemonSets, guards } = options;
  const { instances, deniedNamespaces } = options.scope;
  const own = instances[kind.type.kind] ?? { namespaces: [], selector: '' };
  const common = { ...parts, scope: scopeOf(own.namespaces, deniedNamespaces) };
  const { statefulSetSelector, daemonSetSelector, serviceSelector } = kind;
  return {
    ...shared,
    selects: kind.selects,
    instances: createInformer<WorkloadObject>({ ...common, type: kind.type, labelSelector: own.selector }),
    statefulSets: createInformer<StatefulSet>({
      ...common,
      type: statefulSetType,
      labelSelector: statefulSetSelector,
    }),
    services: createInformer<ObjectMetadata>({
      ...common,
      type: serviceType,
      labelSelector: serviceSelector,
      metadataOnly: true,
    }),
    ...createGuardCaches(kind, common, guards),
    ...(daemonSets && daemonSetSelector !== undefined
      ? {
          daemonSets: createInformer<DaemonSet>({ ...common, type: daemonSetType, labelSelector: daemonSetSelector }),
        }
      : {}),
  };
}

/** What is switched off is not asked for. */
function createGuardCaches(
  { type }: WorkloadKind,
  common: InformerParts & { readonly scope: NamespaceScope },
  { podDisruptionBudgets, networkPolicies }: GuardModes,
): Pick<WorkloadWatches, 'disruptionBudgets' | 'networkPolicies'> {
  const create = (guardType: ResourceType): Informer<ObjectMetadata> =>
    createInformer<ObjectMetadata>({
      ...common,
      type: guardType,
      labelSelector: selectGuards(type.kind),
      metadataOnly: true,
    });
  return {
    ...(podDisruptionBudgets === 'off' ? {} : { disruptionBudgets: create(disruptionBudgetType) }),
    ...(networkPolicies === 'off' ? {} : { networkPolicies: create(networkPolicyType) }),
  };
}

/** What reading and running any informer needs, whatever it holds. */
export type AnyInformer = Pick<
  Informer<KubernetesObject>,
  'type' | 'store' | 'addHandler' | 'hasSynced' | 'health' | 'run'
>;

/** The informers that one controller reads: of what may be selected, only the kinds that its workloads choose from. */
export function listWatched({ selects, selected, ...own }: WorkloadWatches): Informer<KubernetesObject>[] {
  return [...selects.map((kind) => selected[kind]), ...(Object.values(own) as Informer<KubernetesObject>[])];
}

/** All informers of some controllers, those that they share once. */
export function listInformers(...watches: readonly WorkloadWatches[]): AnyInformer[] {
  return [...new Set(watches.flatMap(listWatched))];
}
