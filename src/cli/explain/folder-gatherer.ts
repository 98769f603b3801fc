import { jobType, namespaceType, replicaSetType } from '../../api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import type { ObjectReference } from '../../core/assets/store.ts';
import type { Premises } from '../../core/explain/facts.ts';
import type { AssetAnswer } from '../../core/explain/questions.ts';
import { readRbac, reviewRbac } from '../../core/explain/rbac.ts';
import { supposeManifests } from '../../core/explain/suppose-manifests.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';
import type { Lister } from '../../core/listers.ts';
import { createLister } from '../../core/manifests/sources.ts';
import type { ManifestSources } from '../../core/manifests/sources.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { ClusterObjects } from '../../core/targets/offline.ts';
import { roleTypes } from '../../discovery/kubernetes/resources.ts';
import type { Gatherer } from '../../operator/explain/answer.ts';
import { readLocatedManifests } from '../check/read.ts';
import type { LocatedManifest } from '../check/read.ts';
import { ExitError, exitCodes } from '../io.ts';
import { requireUsable } from '../manifests.ts';
import type { OperatorView } from '../operator-view.ts';
import { createRunningGatherer, listAsked } from './running-gatherer.ts';
import type { RunningUrls } from './running-gatherer.ts';

/** What manifests say, and where in them. */
export interface Folder {
  readonly premises: Premises;
  readonly gatherer: Gatherer;
  readonly manifests: readonly LocatedManifest[];
  list(type: ResourceType): Lister<KubernetesObject>;
}

/** What runs is asked all the same, where its URL is given. */
export interface FolderOptions {
  readonly operator: OperatorView;
  readonly urls: RunningUrls;
  readonly signal: AbortSignal;
}

/**
 * Reads manifests in the place of a cluster.
 * @throws {ExitError} when a file cannot be used.
 */
export function openFolder(paths: readonly string[], { operator, urls, signal }: FolderOptions): Folder {
  const { manifests: all, unusable } = readLocatedManifests(paths);
  if (unusable.length > 0) throw new ExitError(exitCodes.usage, unusable.join('\nstoker: '));
  const manifests = all.filter(({ object }) => ((object.metadata as unknown) ?? undefined) !== undefined);
  for (const { object, file } of manifests) requireUsable(object, file);
  const objects: readonly KubernetesObject[] = manifests.map(({ object }) => object);
  const { read, together, cluster, supposed } = supposeManifests(objects, operator.settings);
  const list = createReader({ read, cluster, others: together });
  const rbac = readRbac(objects);
  return {
    premises: { ...operator, isOffline: true, asks: listAsked(urls), supposed },
    gatherer: {
      objects: (type) => Promise.resolve({ found: list(type), refusals: [] }),
      assets: (reference) => Promise.resolve(findAsset(read, reference)),
      access: ({ account, request }) => Promise.resolve(reviewRbac(rbac, account, request)),
      ...createRunningGatherer(urls, { signal }),
    },
    manifests,
    list,
  };
}

interface Read {
  readonly read: ManifestSources;
  readonly cluster: ClusterObjects;
  /** For types that neither holds. */
  readonly others: readonly KubernetesObject[];
}

function createReader({ read: { sources, instancesOf }, cluster, others }: Read): Folder['list'] {
  const roles = Object.keys(roleTypes) as (keyof typeof roleTypes)[];
  const kinds = Object.keys(selectedKinds) as SelectedKind[];
  const known = new Map<string, Lister<KubernetesObject>>([
    ...roles.map((role) => [nameType(roleTypes[role]), cluster[role]] as const),
    ...kinds.map((kind) => [nameType(selectedKinds[kind].type), sources[kind]] as const),
    ...workloadKinds.map((kind) => [nameType(kind.type), createLister(instancesOf(kind))] as const),
    [nameType(namespaceType), sources.namespaces],
    [nameType(replicaSetType), cluster.replicaSets],
    [nameType(jobType), cluster.jobs],
  ]);
  const isOf = ({ kind, apiVersion }: KubernetesObject, type: ResourceType): boolean =>
    kind === type.kind && apiVersion === apiVersionOf(type);
  return (type) => known.get(nameType(type)) ?? createLister(others.filter((object) => isOf(object, type)));
}

const nameType = ({ group, plural }: ResourceType): string => `${plural}.${group}`;

function findAsset({ assets }: ManifestSources, { kind, namespace, name }: ObjectReference): AssetAnswer {
  const beside = kind === 'Secret' ? assets.secrets : assets.configMaps;
  const found = beside.findLast(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  return { found, refusals: [], beside };
}
