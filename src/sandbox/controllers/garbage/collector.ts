/**
 * The garbage collector: deletes what has lost its owners, and carries out foreground and orphan deletion, as
 * Kubernetes does. Watches every resource there is, custom ones as they come.
 */
import type { OwnerReference, ResourceType } from '../../../api/meta.ts';
import type { ApiObject, PropagationPolicy, ResourceName } from '../../api.ts';
import type { ControllerContext, Running } from '../context.ts';
import { KeyQueue } from '../key-queue.ts';
import { isTerminating } from '../owners.ts';
import { nameOf } from '../resources.ts';
import type { GraphNode } from './ownership-graph.ts';
import { OwnershipGraph } from './ownership-graph.ts';
import { watchEveryResource } from './every-resource.ts';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

export function startGarbageCollector(context: ControllerContext): Running {
  const collector = new Collector(context);
  const queue = new KeyQueue(
    context.clock,
    (uid) => collector.sync(uid, queue),
    (error) => context.onError('garbage-collector', error),
  );
  const watching = watchEveryResource(context, (resource, object, gone) =>
    collector.observe(resource, object, { gone, queue }),
  );
  return {
    stop: () => {
      watching.stop();
      queue.stop();
    },
  };
}

/** How an object's owners stand. */
interface Owners {
  readonly solid: readonly OwnerReference[];
  readonly dangling: readonly OwnerReference[];
  /** Being deleted in the foreground, waiting for this object. */
  readonly waiting: readonly OwnerReference[];
}

class Collector {
  readonly #context: ControllerContext;
  readonly #graph = new OwnershipGraph();

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(resource: ResourceType, object: ApiObject, { gone, queue }: { gone: boolean; queue: KeyQueue }): void {
    const { uid = '' } = object.metadata;
    const before = this.#graph.get(uid)?.owners ?? [];
    if (gone) this.#graph.remove(uid);
    else this.#graph.put(resource, object);
    if (gone || isTerminating(object)) for (const dependent of this.#graph.dependentsOf(uid)) queue.add(dependent.uid);
    if (!gone) queue.add(uid);
    for (const owner of before) queue.add(owner.uid);
  }

  sync(uid: string, queue: KeyQueue): void {
    const node = this.#graph.get(uid);
    const object = node === undefined ? undefined : this.#read(node);
    if (node === undefined || object === undefined) return;
    if (isTerminating(object) && hasFinalizer(object, orphan)) this.#orphanDependents(node, object);
    else if (isTerminating(object) && hasFinalizer(object, foreground)) this.#deleteDependents(node, object, queue);
    else if (!isTerminating(object)) this.#collect(node, object);
  }

  /** Deletes the object when no owner keeps it; drops references to owners that are gone when another one does. */
  #collect(node: GraphNode, object: ApiObject): void {
    if (node.owners.length === 0) return;
    const { solid, dangling, waiting } = this.#classify(object);
    if (solid.length > 0) {
      const excess = [...dangling, ...waiting];
      if (excess.length > 0) this.#keepOwners(node, object, solid);
      return;
    }
    const blocks = waiting.some(({ blockOwnerDeletion }) => blockOwnerDeletion === true);
    const hasDependents = this.#graph.dependentsOf(node.uid).length > 0;
    this.#delete(node, object, waiting.length > 0 && blocks && hasDependents ? 'Foreground' : policyOf(object));
  }

  #orphanDependents(node: GraphNode, object: ApiObject): void {
    for (const dependent of this.#graph.dependentsOf(node.uid)) {
      const found = this.#read(dependent);
      if (found === undefined) continue;
      const others = (found.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== node.uid);
      this.#keepOwners(dependent, found, others);
    }
    this.#removeFinalizer(node, object, orphan);
  }

  #deleteDependents(node: GraphNode, object: ApiObject, queue: KeyQueue): void {
    const dependents = this.#graph.dependentsOf(node.uid);
    const isBlocking = ({ owners }: GraphNode) =>
      owners.some(({ uid, blockOwnerDeletion }) => uid === node.uid && blockOwnerDeletion === true);
    if (!dependents.some(isBlocking)) this.#removeFinalizer(node, object, foreground);
    for (const dependent of dependents) queue.add(dependent.uid);
  }

  #classify(object: ApiObject): Owners {
    const found = (object.metadata.ownerReferences ?? []).map((reference) => ({
      reference,
      owner: this.#findOwner(object, reference),
    }));
    const pick = (accepts: (owner: ApiObject | undefined) => boolean) =>
      found.filter(({ owner }) => accepts(owner)).map(({ reference }) => reference);
    const isWaiting = (owner: ApiObject) => isTerminating(owner) && hasFinalizer(owner, foreground);
    return {
      solid: pick((owner) => owner !== undefined && !isWaiting(owner)),
      dangling: pick((owner) => owner === undefined),
      waiting: pick((owner) => owner !== undefined && isWaiting(owner)),
    };
  }

  /** The owner itself: same kind, name and uid, in the object's namespace or cluster-wide. */
  #findOwner(object: ApiObject, { apiVersion, kind, name, uid }: OwnerReference): ApiObject | undefined {
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    const type = this.#context.api.resources().find((one) => one.group === group && one.kind === kind);
    if (type === undefined) return undefined;
    const namespace = type.namespaced ? (object.metadata.namespace ?? '') : '';
    const owner = this.#context.api.get(type, { namespace, name });
    return owner?.metadata.uid === uid ? owner : undefined;
  }

  #delete(node: GraphNode, object: ApiObject, propagationPolicy: PropagationPolicy): void {
    const { uid = '' } = object.metadata;
    this.#context.api.delete(node.resource, node.name, { propagationPolicy, preconditions: { uid } });
  }

  #keepOwners(node: GraphNode, object: ApiObject, ownerReferences: readonly OwnerReference[]): void {
    this.#patchMetadata(node.resource, object, { ownerReferences });
  }

  #removeFinalizer(node: GraphNode, object: ApiObject, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((one) => one !== finalizer);
    this.#patchMetadata(node.resource, object, { finalizers });
  }

  #patchMetadata(resource: ResourceName, object: ApiObject, change: object): void {
    const { uid, resourceVersion } = object.metadata;
    const body = { metadata: { uid, resourceVersion, ...change } };
    this.#context.api.patch(resource, nameOf(object), { kind: 'merge', body });
  }

  #read({ resource, name, uid }: GraphNode): ApiObject | undefined {
    const found = this.#context.api.get(resource, name);
    return found?.metadata.uid === uid ? found : undefined;
  }
}

function hasFinalizer({ metadata }: ApiObject, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) === true;
}

/** A dependent keeps the way it was to be deleted by its own finalizers; without them it goes in the background. */
function policyOf(object: ApiObject): PropagationPolicy {
  if (hasFinalizer(object, orphan)) return 'Orphan';
  return hasFinalizer(object, foreground) ? 'Foreground' : 'Background';
}
