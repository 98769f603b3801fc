import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Transform } from '../../kubernetes/cache/transform.ts';
import { jobType, namespaceType, replicaSetType, roleTypes } from './resources.ts';

/** The parts of a value that are kept: all of it, or some keys of it, of each element where it is a list. */
type Shape = true | { readonly [key: string]: Shape };

const containers: Shape = { name: true, image: true, ports: true };
const statuses: Shape = { name: true, containerID: true };
const conditions: Shape = { type: true, status: true };
const metadataAlone: Shape = { metadata: true };

/** What target groups read, of the types of which that is little. Volumes, environment, probes, images are most of the rest. */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    keyOf(roleTypes.pod),
    {
      metadata: true,
      spec: { nodeName: true, containers, initContainers: containers },
      status: {
        phase: true,
        podIP: true,
        hostIP: true,
        conditions,
        containerStatuses: statuses,
        initContainerStatuses: statuses,
      },
    },
  ],
  [
    keyOf(roleTypes.node),
    {
      metadata: true,
      spec: { providerID: true },
      status: { addresses: true, conditions, daemonEndpoints: true },
    },
  ],
  ...[namespaceType, replicaSetType, jobType].map((type) => [keyOf(type), metadataAlone] as const),
]);

function keyOf({ group, plural }: ResourceType): string {
  return `${plural}.${group}`;
}

function project(value: unknown, shape: Shape): unknown {
  if (shape === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => project(one, shape));
  const fields = value as Readonly<Record<string, unknown>>;
  const kept = Object.entries(shape).filter(([key]) => fields[key] !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, project(fields[key], inner)]));
}

/** Takes away from objects of a type what no target group reads; undefined where that is not worth it. */
export function chooseTrim<T extends KubernetesObject>(type: ResourceType): Transform<T> | undefined {
  const shape = shapes.get(keyOf(type));
  // The shapes name every field of the types that groups read, so that what is left is still a T.
  return shape === undefined ? undefined : (object) => project(object, shape) as T;
}
