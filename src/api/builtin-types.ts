import type { ResourceType } from './meta.ts';

/** Resource types of Kubernetes itself that the operator reads or writes. */

const core = (plural: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
});

export const secretType = core('secrets', 'Secret');
export const configMapType = core('configmaps', 'ConfigMap');
export const serviceType = core('services', 'Service');
export const podType = core('pods', 'Pod');
export const volumeClaimType = core('persistentvolumeclaims', 'PersistentVolumeClaim');
export const namespaceType = core('namespaces', 'Namespace', false);
export const nodeType = core('nodes', 'Node', false);
export const endpointsType = core('endpoints', 'Endpoints');

export const endpointSliceType: ResourceType = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};

export const statefulSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'statefulsets',
  kind: 'StatefulSet',
  namespaced: true,
};

export const daemonSetType: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'daemonsets',
  kind: 'DaemonSet',
  namespaced: true,
};

const namespaced = (group: string, plural: string, kind: string): ResourceType => ({
  ...{ group, version: 'v1', plural, kind, namespaced: true },
});

export const deploymentType = namespaced('apps', 'deployments', 'Deployment');
export const replicaSetType = namespaced('apps', 'replicasets', 'ReplicaSet');
export const jobType = namespaced('batch', 'jobs', 'Job');
export const disruptionBudgetType = namespaced('policy', 'poddisruptionbudgets', 'PodDisruptionBudget');
export const networkPolicyType = namespaced('networking.k8s.io', 'networkpolicies', 'NetworkPolicy');
export const ingressType = namespaced('networking.k8s.io', 'ingresses', 'Ingress');

export const storageClassType: ResourceType = {
  group: 'storage.k8s.io',
  version: 'v1',
  plural: 'storageclasses',
  kind: 'StorageClass',
  namespaced: false,
};
