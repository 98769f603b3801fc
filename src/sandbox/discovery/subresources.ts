/** The subresources of a resource, as discovery and OpenAPI tell of them. */
import type { Resource } from '../registry/resource.ts';

export interface Subresource {
  readonly name: string;
  readonly kind: string;
  /** Absent where it is that of the resource. */
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

const readWrite = ['get', 'patch', 'update'];

/** Subresources that act, by resource of the core group. */
const actions: Readonly<Record<string, readonly Subresource[]>> = {
  pods: [
    { name: 'binding', kind: 'Binding', verbs: ['create'] },
    { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
    { name: 'log', kind: 'Pod', verbs: ['get'] },
  ],
  namespaces: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
};

export function subresourcesOf(resource: Resource): Subresource[] {
  const found = resource.group === '' ? [...(actions[resource.plural] ?? [])] : [];
  if (resource.scale !== undefined)
    found.push({ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: readWrite });
  if (resource.status) found.push({ name: 'status', kind: resource.kind, verbs: readWrite });
  return found;
}
