import {
  endpointSliceType,
  endpointsType,
  ingressType,
  nodeType,
  podType,
  serviceType,
} from '../../api/builtin-types.ts';
import type { ResourceType } from '../../api/meta.ts';
import type { Role } from '../../core/targets/groups/discovered-objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { ReadObjects } from '../../kubernetes/list-objects.ts';

const types: Readonly<Record<Role, ResourceType>> = {
  pod: podType,
  service: serviceType,
  endpoints: endpointsType,
  endpointslice: endpointSliceType,
  ingress: ingressType,
  node: nodeType,
};

/** All objects of a cluster that targets are discovered from by these roles. @throws {ApiError | TransportError} */
export function readDiscovered(
  read: { readonly client: KubernetesClient; readonly signal: AbortSignal },
  roles: ReadonlySet<Role>,
): Promise<ReadObjects> {
  return listObjects(
    read,
    [...roles].map((role) => types[role]),
  );
}
