/** The ControllerRevisions of StatefulSets and DaemonSets: the templates they have had, by hash and number. */
import type { LabelSelector } from '../../api/meta.ts';
import type { ApiObject, SandboxApi } from '../api.ts';
import { claimObjects } from './claim-objects.ts';
import { renderControllerReference } from './owners.ts';
import type { NewObject } from './resources.ts';
import { controllerRevisions, nameOf, read } from './resources.ts';
import { encodeAsGo, hashRevision } from './revision-hash.ts';
import type { ControllerRevision, PodTemplate } from './shapes.ts';

export type RevisedWorkload = ApiObject & {
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly revisionHistoryLimit?: number;
  };
};

export interface RevisionHistory {
  /** Oldest first. */
  readonly all: readonly ControllerRevision[];
  /** The one that the workload's template is. */
  readonly update: ControllerRevision;
  readonly collisionCount: number;
}

/** Reads the workload's revisions and makes the one of its present template the newest, creating it when it is new. */
export function syncRevisions(api: SandboxApi, owner: RevisedWorkload, collisionCount: number): RevisionHistory {
  const known = claimObjects(api, controllerRevisions, { owner }).sort((one, other) => one.revision - other.revision);
  const data = { spec: { template: { ...owner.spec.template, $patch: 'replace' } } };
  const next = (known.at(-1)?.revision ?? 0) + 1;
  const same = known.findLast((one) => encodeAsGo(one.data) === encodeAsGo(data));
  if (same !== undefined && same === known.at(-1)) return { all: known, update: same, collisionCount };
  if (same !== undefined) {
    const body = { revision: next };
    const update = api.patch(controllerRevisions, nameOf(same), { kind: 'merge', body }) as ControllerRevision;
    return { all: [...known.filter((one) => one !== same), update], update, collisionCount };
  }
  const created = createRevision(api, owner, { data, revision: next, collisionCount });
  return { all: [...known, created.update], ...created };
}

interface NewRevision {
  readonly data: ControllerRevision['data'];
  readonly revision: number;
  readonly collisionCount: number;
}

function createRevision(
  api: SandboxApi,
  owner: RevisedWorkload,
  wanted: NewRevision,
): { update: ControllerRevision; collisionCount: number } {
  const { name = '', namespace = '', annotations } = owner.metadata;
  for (let { collisionCount } = wanted; ; collisionCount += 1) {
    const hash = hashRevision(wanted.data, collisionCount);
    const id = { namespace, name: `${name}-${hash}` };
    if (read(api, controllerRevisions, id) !== undefined) continue;
    const body: NewObject = {
      metadata: {
        ...id,
        labels: { ...owner.spec.template.metadata?.labels, 'controller.kubernetes.io/hash': hash },
        ...(annotations === undefined ? {} : { annotations: withoutLastApplied(annotations) }),
        ownerReferences: [renderControllerReference(owner)],
      },
      data: wanted.data,
      revision: wanted.revision,
    };
    return { update: api.create(controllerRevisions, body) as ControllerRevision, collisionCount };
  }
}

function withoutLastApplied(annotations: Record<string, string>): Record<string, string> {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _dropped, ...rest } = annotations;
  return rest;
}

/** Deletes the oldest revisions that are not in use, down to the workload's revisionHistoryLimit. */
export function truncateHistory(
  api: SandboxApi,
  owner: RevisedWorkload,
  { all, inUse }: { readonly all: readonly ControllerRevision[]; readonly inUse: ReadonlySet<string> },
): void {
  const unused = all.filter(({ metadata }) => !inUse.has(metadata.name ?? ''));
  const excess = unused.length - (owner.spec.revisionHistoryLimit ?? 10);
  for (const revision of unused.slice(0, Math.max(0, excess))) api.delete(controllerRevisions, nameOf(revision));
}
