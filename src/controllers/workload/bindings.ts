import type { KubernetesObject, ObjectMeta, ResourceType } from '../../api/meta.ts';
import type { ConfigResourceStatus, WorkloadBinding } from '../../api/parts/status.ts';
import type { Acceptance, BoundScraping, WorkloadReference } from '../../core/status/bindings.ts';
import { bindWorkload, unbindWorkload } from '../../core/status/bindings.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { TransportError } from '../../kubernetes/client/errors.ts';
import { ApiError, isConflict, isInvalid, isAbsent, isTooLarge, isTransport } from '../../kubernetes/client/errors.ts';
import type { WrittenObjects } from './written-objects.ts';
import { bindingOutageFailures, bindingTries, parallelBindings } from '../limits.ts';

/** An object that workloads select, with the bindings that its status holds. */
export interface Bound extends KubernetesObject {
  status?: ConfigResourceStatus;
}

/** All objects of one kind, and what the workload thinks of those that it selects. */
export interface BindingKind {
  readonly type: ResourceType;
  readonly objects: readonly Bound[];
  /** By "namespace/name"; objects that are not selected are not in it. */
  readonly acceptances: ReadonlyMap<string, Acceptance>;
}

export interface BindingDeps {
  readonly client: Pick<KubernetesClient, 'list' | 'patch'>;
  readonly fence: () => void;
  /** RFC 3339, whole seconds. */
  readonly now: string;
  /** So many of the bindings to write are tried last: those that failed the last times. */
  readonly skip: number;
  /** What the last syncs of the workload wrote. */
  readonly written: WrittenObjects<Bound>;
  /** What is to be said of the targets of an object. @param id "Kind namespace/name" */
  readonly findScraping?: (id: string) => BoundScraping | 'keep' | undefined;
  /** The CRDs of the cluster know no such condition: from now on nothing is to be said. */
  readonly refuseScraping?: () => void;
}

/** A binding that could not be written. */
export interface BindingFailure {
  readonly type: ResourceType;
  readonly object: KubernetesObject;
  readonly error: ApiError | TransportError;
  /** Trying again cannot help as long as the object is what it is. */
  readonly isLasting: boolean;
}

export interface BindingReport {
  readonly failures: readonly BindingFailure[];
  /** How many were not tried, because the server failed again and again. */
  readonly untried: number;
}

/** One object whose bindings are not what they should be. `judge` gives them for any later state of its status. */
interface Write {
  readonly type: ResourceType;
  readonly object: Bound;
  readonly judge: (status: ConfigResourceStatus | undefined) => readonly WorkloadBinding[] | 'unchanged';
}

function planWrites(
  { now, written, findScraping }: BindingDeps,
  workload: WorkloadReference,
  kind: BindingKind,
): Write[] {
  return kind.objects.flatMap((cached) => {
    const object = written.recall(kind.type.kind, cached);
    const { namespace = '', name = '', generation } = cached.metadata;
    const acceptance = kind.acceptances.get(`${namespace}/${name}`);
    const id = `${kind.type.kind} ${namespace}/${name}`;
    const judge: Write['judge'] = (before) =>
      acceptance === undefined
        ? unbindWorkload(before, workload)
        : bindWorkload({ before, workload, acceptance, generation, now, scraping: findScraping?.(id) });
    return judge(object.status) === 'unchanged' ? [] : [{ type: kind.type, object, judge }];
  });
}

/**
 * Brings the bindings of all objects up to date (docs/reference/operator-runtime.md 2.8): one conditional PATCH for each that
 * differs, so that two workloads never overwrite each other. What cannot be written is reported and keeps nothing else.
 * @throws {FencedError} when the lease is lost; not one is written after that.
 */
export async function writeBindings(
  deps: BindingDeps,
  workload: WorkloadReference,
  kinds: readonly BindingKind[],
): Promise<BindingReport> {
  deps.written.begin();
  const writes = kinds.flatMap((kind) => planWrites(deps, workload, kind));
  const start = writes.length === 0 ? 0 : deps.skip % writes.length;
  const waiting = [...writes.slice(start), ...writes.slice(0, start)].values();
  const failures: BindingFailure[] = [];
  let tried = 0;
  let inRow = 0;
  const work = async (): Promise<void> => {
    for (const write of waiting) {
      tried += 1;
      const failure = await tryBinding(deps, write);
      if (failure !== undefined) failures.push(failure);
      inRow = failure === undefined || failure.isLasting || isConflict(failure.error) ? 0 : inRow + 1;
      if (inRow >= bindingOutageFailures) return;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(parallelBindings, writes.length) }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return { failures, untried: writes.length - tried };
}

async function tryBinding(deps: BindingDeps, write: Write): Promise<BindingFailure | undefined> {
  try {
    await writeKnown(deps, write);
    return undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (!(error instanceof ApiError) && !isTransport(error)) throw error;
    const { type, object } = write;
    return { type, object, error, isLasting: isTooLarge(error) || isInvalid(error) };
  }
}

/** CRDs that are older than the operator refuse a binding for a condition that they do not know: it is written without. */
async function writeKnown(deps: BindingDeps, write: Write): Promise<void> {
  try {
    await writeBinding(deps, write);
  } catch (error) {
    if (!isInvalid(error) || deps.refuseScraping === undefined || !hasScraping(write)) throw error;
    deps.refuseScraping();
    await writeBinding(deps, write);
  }
}

function hasScraping({ judge, object }: Write): boolean {
  const bindings = judge(object.status);
  return (
    bindings !== 'unchanged' &&
    bindings.some(({ conditions = [] }) => conditions.some(({ type }) => type === 'Scraping'))
  );
}

/** What of the metadata is needed to write again: there may be thousands of objects. */
function identify({ namespace = '', name = '', uid = '', resourceVersion = '' }: ObjectMeta): ObjectMeta {
  return { namespace, name, uid, resourceVersion };
}

/** Somebody else's write in between is read and respected, and the binding tried again at once. */
async function writeBinding({ client, fence, written }: BindingDeps, { type, object, judge }: Write): Promise<void> {
  const { namespace = '', name = '', uid } = object.metadata;
  let live: Bound | undefined = object;
  for (let tries = 1; live !== undefined; tries += 1) {
    const bindings = judge(live.status);
    if (bindings === 'unchanged') return;
    fence();
    try {
      const body = { metadata: { resourceVersion: live.metadata.resourceVersion }, status: { bindings } };
      const change = { kind: 'merge', body, subresource: 'status' } as const;
      const { metadata, status = {} } = await client.patch<Bound>(type, { namespace, name }, change);
      written.remember(type.kind, { metadata: identify(metadata), status });
      return;
    } catch (error) {
      if (!isConflict(error) || tries >= bindingTries) throw error;
    }
    // A list of one: the operator may list what it selects, but not get it.
    const { items } = await client.list<Bound>(type, { namespace, fieldSelector: `metadata.name=${name}` });
    live = items.find(({ metadata }) => metadata.uid === uid);
  }
}
