import type { ResourceType } from '../../api/meta.ts';
import type { Role } from '../../core/targets/groups/discovered-objects.ts';

const core = (plural: string, kind: string, namespaced = true): ResourceType => {
  return { group: '', version: 'v1', plural, kind, namespaced };
};

/** What the roles are about. */
export const roleTypes: Readonly<Record<Role, ResourceType>> = {
  node: core('nodes', 'Node', false),
  pod: core('pods', 'Pod'),
  service: core('services', 'Service'),
  endpoints: core('endpoints', 'Endpoints'),
  endpointslice: {
    group: 'discovery.k8s.io',
    version: 'v1',
    plural: 'endpointslices',
    kind: 'EndpointSlice',
    namespaced: true,
  },
  ingress: { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses', kind: 'Ingress', namespaced: true },
};

export const namespaceType = core('namespaces', 'Namespace', false);
export const replicaSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  kind: 'ReplicaSet',
  namespaced: true,
};
export const jobType: ResourceType = { group: 'batch', version: 'v1', plural: 'jobs', kind: 'Job', namespaced: true };
