import type { TargetGroup } from '../target-group.ts';
import type { GroupContext } from './group-context.ts';
import { buildEndpointsGroup } from './endpoints-group.ts';
import { buildEndpointSliceGroup } from './endpointslice.ts';
import { buildIngressGroup } from './ingress.ts';
import { buildNodeGroup } from './node.ts';
import type { Role, RoleObjects } from './discovered-objects.ts';
import { buildPodGroup } from './pod.ts';
import { buildServiceGroup } from './service.ts';

type Builders = {
  readonly [R in Role]: (object: RoleObjects[R], context: GroupContext) => TargetGroup | undefined;
};

/** What makes a group of an object, by role; undefined: nothing is sent, an earlier group stays (docs/reference/discovery.md 3). */
export const groupBuilders: Builders = {
  node: buildNodeGroup,
  pod: buildPodGroup,
  service: buildServiceGroup,
  endpoints: buildEndpointsGroup,
  endpointslice: buildEndpointSliceGroup,
  ingress: buildIngressGroup,
};

/** The source of the group of an object with a key ("namespace/name"; "name" for nodes). */
export function sourceOf(role: Role, key: string): string {
  return `${role === 'service' ? 'svc' : role}/${key}`;
}
