import type { KubernetesObject } from '../../api/meta.ts';
import type { ExplainFacts } from '../../core/explain/facts.ts';
import { readRbac, reviewRbac } from '../../core/explain/rbac.ts';
import { listOperatorObjects } from '../../core/explain/suppose-operator.ts';
import { listTemplates, supposeCluster } from '../../core/explain/suppose.ts';
import { readClusterObjects } from '../../core/manifests/cluster-objects.ts';
import { readSources } from '../../core/manifests/sources.ts';
import { readLocatedManifests } from '../check/read.ts';
import type { LocatedManifest } from '../check/read.ts';
import { ExitError, exitCodes } from '../io.ts';
import { requireUsable } from '../manifests.ts';
import type { OperatorView } from './request.ts';

/** What manifests say, and where in them. */
export interface OfflineFacts {
  readonly facts: ExplainFacts;
  readonly manifests: readonly LocatedManifest[];
}

/**
 * Reads manifests in the place of a cluster.
 * @throws {ExitError} when a file cannot be used.
 */
export function gatherOffline(paths: readonly string[], { scope, settings }: OperatorView): OfflineFacts {
  const { manifests: all, unusable } = readLocatedManifests(paths);
  if (unusable.length > 0) throw new ExitError(exitCodes.usage, unusable.join('\nstoker: '));
  const manifests = all.filter(({ object }) => ((object.metadata as unknown) ?? undefined) !== undefined);
  for (const { object, file } of manifests) requireUsable(object, file);
  const objects: readonly KubernetesObject[] = manifests.map(({ object }) => object);
  const read = readSources(objects);
  const { sources } = read;
  const made = listOperatorObjects(read, settings);
  const templates = listTemplates([...objects, ...made]);
  // Of two objects with one name the last counts: what is among the files.
  const given = readClusterObjects([...made, ...objects], sources.namespaces);
  const { cluster, supposed } = supposeCluster(given, templates);
  const rbac = readRbac(objects);
  const facts: ExplainFacts = {
    scope,
    settings,
    ...read,
    cluster,
    access: { rbac, review: (account, request) => reviewRbac(rbac, account, request) },
    replicas: undefined,
    unread: [],
    supposed,
    templates,
  };
  return { facts, manifests };
}
