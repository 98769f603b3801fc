/** The built-in resources: one row a resource. */
import type { Schema } from '../schema/schema.ts';
import { parseTypeTable } from '../schema/type-table.ts';
import { clusterTypes } from '../schema/types/cluster.ts';
import { coreObjectsTypes } from '../schema/types/core-objects.ts';
import { extensionsTypes } from '../schema/types/extensions.ts';
import { networkTypes } from '../schema/types/network.ts';
import { podsTypes } from '../schema/types/pods.ts';
import { servicesTypes } from '../schema/types/services.ts';
import { workloadsTypes } from '../schema/types/workloads.ts';
import * as kinds from '../strategies/cluster-kinds.ts';
import * as guards from '../strategies/guard-strategies.ts';
import { configMapStrategy, secretStrategy } from '../strategies/configuration.ts';
import { claimStrategy } from '../strategies/persistent-volume-claim.ts';
import { podStrategy, replicationControllerStrategy } from '../strategies/pod.ts';
import { serviceStrategy } from '../strategies/service.ts';
import { statefulSetStrategy } from '../strategies/stateful-set.ts';
import { daemonSetStrategy, deploymentStrategy, replicaSetStrategy } from '../strategies/workload-strategies.ts';
import { definitionStrategy } from '../crd/definition-strategy.ts';
import { eventConversion } from './event-conversion.ts';
import type { Resource, ScalePaths } from './resource.ts';
import { reviews } from './reviews.ts';
import { completeRow } from './row.ts';
import type { Row } from './row.ts';

const typeTexts = [
  podsTypes,
  servicesTypes,
  coreObjectsTypes,
  workloadsTypes,
  clusterTypes,
  networkTypes,
  extensionsTypes,
];

const all = ['all'];
const extensions = ['api-extensions'];
const replicaPaths: ScalePaths = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  labelSelectorPath: '.spec.selector',
};
const eventFields = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];
const podFields = [
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'spec.hostNetwork',
  'status.phase',
  'status.podIP',
  'status.nominatedNodeName',
];
const noCollectionDelete = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const { roleStrategy, bindingStrategy, webhookStrategy, jobStrategy, cronJobStrategy } = kinds;

const core: readonly Row[] = [
  { in: 'v1', plural: 'configmaps', kind: 'ConfigMap', short: ['cm'], strategy: configMapStrategy },
  {
    ...{ in: 'v1', plural: 'endpoints', kind: 'Endpoints', short: ['ep'], strategy: kinds.endpointsStrategy },
    deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  },
  { in: 'v1', plural: 'events', kind: 'Event', short: ['ev'], fields: eventFields, strategy: kinds.eventStrategy },
  { in: 'v1', plural: 'limitranges', kind: 'LimitRange', short: ['limits'], strategy: kinds.limitRangeStrategy },
  {
    in: 'v1',
    plural: 'namespaces',
    kind: 'Namespace',
    cluster: true,
    short: ['ns'],
    status: true,
    fields: ['status.phase'],
    strategy: kinds.namespaceStrategy,
    verbs: noCollectionDelete,
  },
  {
    in: 'v1',
    plural: 'nodes',
    kind: 'Node',
    cluster: true,
    short: ['no'],
    status: true,
    fields: ['spec.unschedulable'],
    strategy: kinds.nodeStrategy,
  },
  {
    in: 'v1',
    plural: 'persistentvolumeclaims',
    kind: 'PersistentVolumeClaim',
    short: ['pvc'],
    status: true,
    strategy: claimStrategy,
  },
  {
    in: 'v1',
    plural: 'persistentvolumes',
    kind: 'PersistentVolume',
    cluster: true,
    short: ['pv'],
    status: true,
    strategy: kinds.volumeStrategy,
  },
  {
    in: 'v1',
    plural: 'pods',
    kind: 'Pod',
    short: ['po'],
    categories: all,
    status: true,
    fields: podFields,
    strategy: podStrategy,
  },
  { in: 'v1', plural: 'podtemplates', kind: 'PodTemplate', strategy: kinds.countingStrategy },
  {
    in: 'v1',
    plural: 'replicationcontrollers',
    kind: 'ReplicationController',
    short: ['rc'],
    categories: all,
    status: true,
    scale: replicaPaths,
    fields: ['status.replicas'],
    strategy: replicationControllerStrategy,
  },
  { in: 'v1', plural: 'resourcequotas', kind: 'ResourceQuota', short: ['quota'], status: true },
  { in: 'v1', plural: 'secrets', kind: 'Secret', fields: ['type'], strategy: secretStrategy },
  { in: 'v1', plural: 'serviceaccounts', kind: 'ServiceAccount', short: ['sa'] },
  {
    in: 'v1',
    plural: 'services',
    kind: 'Service',
    short: ['svc'],
    categories: all,
    status: true,
    fields: ['spec.clusterIP', 'spec.type'],
    strategy: serviceStrategy,
  },
];

const workloads: readonly Row[] = [
  { in: 'apps/v1', plural: 'controllerrevisions', kind: 'ControllerRevision' },
  {
    in: 'apps/v1',
    plural: 'daemonsets',
    kind: 'DaemonSet',
    short: ['ds'],
    categories: all,
    status: true,
    strategy: daemonSetStrategy,
  },
  {
    in: 'apps/v1',
    plural: 'deployments',
    kind: 'Deployment',
    short: ['deploy'],
    categories: all,
    status: true,
    scale: replicaPaths,
    strategy: deploymentStrategy,
  },
  {
    in: 'apps/v1',
    plural: 'replicasets',
    kind: 'ReplicaSet',
    short: ['rs'],
    categories: all,
    status: true,
    scale: replicaPaths,
    fields: ['status.replicas'],
    strategy: replicaSetStrategy,
  },
  {
    in: 'apps/v1',
    plural: 'statefulsets',
    kind: 'StatefulSet',
    short: ['sts'],
    categories: all,
    status: true,
    scale: replicaPaths,
    strategy: statefulSetStrategy,
  },
  {
    in: 'batch/v1',
    plural: 'cronjobs',
    kind: 'CronJob',
    short: ['cj'],
    categories: all,
    status: true,
    strategy: cronJobStrategy,
  },
  {
    in: 'batch/v1',
    plural: 'jobs',
    kind: 'Job',
    categories: all,
    status: true,
    fields: ['status.successful'],
    strategy: jobStrategy,
  },
  {
    in: 'autoscaling/v2',
    plural: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
    short: ['hpa'],
    categories: all,
    status: true,
    strategy: kinds.autoscalerStrategy,
  },
];

const networking: readonly Row[] = [
  { in: 'discovery.k8s.io/v1', plural: 'endpointslices', kind: 'EndpointSlice', strategy: kinds.endpointSliceStrategy },
  {
    in: 'networking.k8s.io/v1',
    plural: 'ingressclasses',
    kind: 'IngressClass',
    cluster: true,
    strategy: kinds.countingStrategy,
  },
  {
    in: 'networking.k8s.io/v1',
    plural: 'ingresses',
    kind: 'Ingress',
    short: ['ing'],
    status: true,
    strategy: kinds.ingressStrategy,
  },
  {
    in: 'networking.k8s.io/v1',
    plural: 'networkpolicies',
    kind: 'NetworkPolicy',
    short: ['netpol'],
    strategy: guards.networkPolicyStrategy,
  },
];

const rbac = 'rbac.authorization.k8s.io/v1';
const authorization = 'authorization.k8s.io/v1';
const authentication = 'authentication.k8s.io/v1';
const admission = 'admissionregistration.k8s.io/v1';

const cluster: readonly Row[] = [
  {
    in: admission,
    plural: 'mutatingwebhookconfigurations',
    kind: 'MutatingWebhookConfiguration',
    cluster: true,
    categories: extensions,
    strategy: webhookStrategy,
  },
  {
    in: admission,
    plural: 'validatingwebhookconfigurations',
    kind: 'ValidatingWebhookConfiguration',
    cluster: true,
    categories: extensions,
    strategy: webhookStrategy,
  },
  {
    in: 'apiextensions.k8s.io/v1',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    cluster: true,
    short: ['crd', 'crds'],
    categories: extensions,
    status: true,
    strategy: definitionStrategy,
  },
  {
    in: authentication,
    plural: 'selfsubjectreviews',
    kind: 'SelfSubjectReview',
    cluster: true,
    review: reviews.selfSubject,
  },
  { in: authentication, plural: 'tokenreviews', kind: 'TokenReview', cluster: true, review: reviews.token },
  { in: authorization, plural: 'localsubjectaccessreviews', kind: 'LocalSubjectAccessReview', review: reviews.access },
  {
    in: authorization,
    plural: 'selfsubjectaccessreviews',
    kind: 'SelfSubjectAccessReview',
    cluster: true,
    review: reviews.access,
  },
  {
    in: authorization,
    plural: 'selfsubjectrulesreviews',
    kind: 'SelfSubjectRulesReview',
    cluster: true,
    review: reviews.rules,
  },
  {
    in: authorization,
    plural: 'subjectaccessreviews',
    kind: 'SubjectAccessReview',
    cluster: true,
    review: reviews.access,
  },
  { in: 'coordination.k8s.io/v1', plural: 'leases', kind: 'Lease', strategy: kinds.leaseStrategy },
  {
    in: 'events.k8s.io/v1',
    plural: 'events',
    kind: 'Event',
    short: ['ev'],
    type: 'EventsEvent',
    strategy: { nameFormat: 'any' },
    collection: 'events',
    conversion: eventConversion,
  },
  {
    in: 'policy/v1',
    plural: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    short: ['pdb'],
    status: true,
    strategy: guards.budgetStrategy,
  },
  { in: rbac, plural: 'clusterrolebindings', kind: 'ClusterRoleBinding', cluster: true, strategy: bindingStrategy },
  { in: rbac, plural: 'clusterroles', kind: 'ClusterRole', cluster: true, strategy: roleStrategy },
  { in: rbac, plural: 'rolebindings', kind: 'RoleBinding', strategy: bindingStrategy },
  { in: rbac, plural: 'roles', kind: 'Role', strategy: roleStrategy },
  {
    in: 'scheduling.k8s.io/v1',
    plural: 'priorityclasses',
    kind: 'PriorityClass',
    cluster: true,
    short: ['pc'],
    strategy: kinds.priorityClassStrategy,
  },
  {
    in: 'storage.k8s.io/v1',
    plural: 'storageclasses',
    kind: 'StorageClass',
    cluster: true,
    short: ['sc'],
    strategy: kinds.storageClassStrategy,
  },
];

/** Schemas of the structs that are no resources (Scale, Eviction, DeleteOptions, ObjectMeta), and the resources. */
export interface BuiltIns {
  readonly types: ReadonlyMap<string, Schema>;
  readonly resources: readonly Resource[];
}

export function createBuiltIns(): BuiltIns {
  const types = parseTypeTable(typeTexts);
  const rows = [...core, ...workloads, ...networking, ...cluster];
  return { types, resources: rows.map((row) => completeRow(row, types)) };
}
