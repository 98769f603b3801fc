/** Every object that has owners, by the uid of each owner: who goes when an owner goes. */
import type { OwnerReference } from '../../../api/meta.ts';
import type { ApiObject, ObjectName, ResourceName } from '../../api.ts';

/** An object as the graph knows it: enough to read it again. */
export interface GraphNode {
  readonly resource: ResourceName;
  readonly name: ObjectName;
  readonly uid: string;
  readonly owners: readonly OwnerReference[];
}

export class OwnershipGraph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  /** The objects that name `uid` as an owner. */
  dependentsOf(uid: string): GraphNode[] {
    const uids = [...(this.#dependents.get(uid) ?? [])];
    return uids.map((one) => this.#nodes.get(one)).filter((node) => node !== undefined);
  }

  put(resource: ResourceName, { metadata }: ApiObject): void {
    const { uid = '', name = '', namespace = '', ownerReferences: owners = [] } = metadata;
    this.remove(uid);
    this.#nodes.set(uid, { resource, name: { namespace, name }, uid, owners });
    for (const owner of owners) {
      const known = this.#dependents.get(owner.uid) ?? new Set<string>();
      this.#dependents.set(owner.uid, known.add(uid));
    }
  }

  remove(uid: string): void {
    for (const owner of this.#nodes.get(uid)?.owners ?? []) {
      const known = this.#dependents.get(owner.uid);
      known?.delete(uid);
      if (known?.size === 0) this.#dependents.delete(owner.uid);
    }
    this.#nodes.delete(uid);
  }
}
