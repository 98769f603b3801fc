import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { ConfigResourceStatus, WorkloadBinding } from '../../api/parts/status.ts';
import { describeError } from '../../base/errors.ts';
import type { Acceptance, WorkloadReference } from '../../core/status/bindings.ts';
import { bindWorkload, unbindWorkload } from '../../core/status/bindings.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isConflict, isNotFound } from '../../kubernetes/client/errors.ts';

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
  readonly client: KubernetesClient;
  readonly fence: () => void;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

interface Write {
  readonly type: ResourceType;
  readonly object: Bound;
  readonly bindings: readonly WorkloadBinding[];
}

const parallel = 16;

function planWrites(kind: BindingKind, workload: WorkloadReference, now: string): Write[] {
  return kind.objects.flatMap((object) => {
    const { namespace = '', name = '', generation } = object.metadata;
    const acceptance = kind.acceptances.get(`${namespace}/${name}`);
    const before = object.status;
    const bindings =
      acceptance === undefined
        ? unbindWorkload(before, workload)
        : bindWorkload({ before, workload, acceptance, generation, now });
    return bindings === 'unchanged' ? [] : [{ type: kind.type, object, bindings }];
  });
}

/**
 * Brings the bindings of all objects up to date (docs/reference/operator-runtime.md 2.8): one conditional PATCH for each that
 * differs, so that two workloads never overwrite each other. All are tried; a lost race counts as a failure, which makes
 * the sync run again with the newer object. @throws {Error} naming the first failure and how many there were.
 */
export async function writeBindings(
  deps: BindingDeps,
  workload: WorkloadReference,
  kinds: readonly BindingKind[],
): Promise<void> {
  const waiting = kinds.flatMap((kind) => planWrites(kind, workload, deps.now));
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await writeBinding(deps, next).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, waiting.length) }, work));
  const [first] = failures;
  if (first === undefined) return;
  throw new Error(`Cannot write ${failures.length} of the bindings: ${describeError(first)}`, { cause: first });
}

async function writeBinding({ client, fence }: BindingDeps, { type, object, bindings }: Write): Promise<void> {
  const { namespace = '', name = '', resourceVersion } = object.metadata;
  fence();
  try {
    const body = { metadata: { resourceVersion }, status: { bindings } };
    await client.patch(type, { namespace, name }, { kind: 'merge', body }, { subresource: 'status' });
  } catch (error) {
    if (isNotFound(error)) return;
    const conflict = isConflict(error) ? ' (somebody else wrote it meanwhile)' : '';
    throw new Error(`${type.kind} ${namespace}/${name}${conflict}`, { cause: error });
  }
}
