import { daemonSetType, deploymentType, replicaSetType, statefulSetType } from '../../api/builtin-types.ts';
import type { KubernetesObject, OwnerReference, ResourceType } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import { createLister } from '../manifests/sources.ts';
import { madeUpNode, madeUpUids } from '../series/target-shapes.ts';
import type {
  EndpointSliceObject,
  EndpointsObject,
  NodeObject,
  PodObject,
  ServiceObject,
} from '../targets/groups/discovered-objects.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import type { PodTemplate, SupposedObject } from './facts.ts';
import { readField } from './fields.ts';
import { selectorOf } from './services.ts';
import { documentationAddresses } from '../limits.ts';
import { deriveEndpoints, deriveSlice, hasSlice } from './suppose-endpoints.ts';

/** What makes Pods. */
export const templateTypes: readonly ResourceType[] = [deploymentType, statefulSetType, daemonSetType, replicaSetType];
const templateKinds = templateTypes.map(({ kind }) => kind);

/** What a set of manifests makes Pods from. */
export function listTemplates(manifests: readonly KubernetesObject[]): PodTemplate[] {
  return manifests
    .filter(({ kind = '', apiVersion = '' }) => templateKinds.includes(kind) && apiVersion.startsWith('apps/'))
    .map((object) => {
      const { namespace = 'default' } = object.metadata;
      return { object: { ...object, metadata: { ...object.metadata, namespace } }, field: 'spec.template.spec' };
    });
}

export interface Supposition {
  readonly cluster: ClusterObjects;
  /** What was made up, for people. */
  readonly supposed: readonly SupposedObject[];
}

/**
 * Fills in what a cluster would make of manifests and what they do not hold: one running Pod of each Deployment and its
 * like of which there is none, and the endpoints of Services from the Pods that they select.
 */
export function supposeCluster(objects: ClusterObjects, templates: readonly PodTemplate[]): Supposition {
  const lonely = templates.filter(
    (template) => wantsPods(template) && !objects.pod.list(namespaceOf(template)).some((pod) => isOf(template, pod)),
  );
  const pods = lonely.map(supposePod);
  const pod = createLister([...objects.pod.list(), ...pods]);
  const cluster: ClusterObjects = {
    ...objects,
    pod,
    node: pods.length > 0 && objects.node.list().length === 0 ? createLister([supposedNode]) : objects.node,
  };
  const services = objects.service.list();
  const slices = services.flatMap((service) => deriveSlice(cluster, service) ?? []);
  const endpoints = services.flatMap((service) => deriveEndpoints(cluster, service) ?? []);
  return {
    cluster: {
      ...cluster,
      endpointslice: createLister<EndpointSliceObject>([...objects.endpointslice.list(), ...slices]),
      endpoints: createLister<EndpointsObject>([...objects.endpoints.list(), ...endpoints]),
    },
    supposed: [
      ...lonely.map(({ object }) => ({
        namespace: object.metadata.namespace ?? '',
        text: `supposed: one running, ready Pod of ${object.kind ?? ''} ${keyOf(object)} (no Pod of it is among the files)`,
      })),
      ...describeServices(services, objects),
    ],
  };
}

const namespaceOf = ({ object }: PodTemplate): string => object.metadata.namespace ?? '';

function wantsPods({ object }: PodTemplate): boolean {
  // The Pods of a ReplicaSet that a Deployment made are the Deployment's.
  const isOwned = (object.metadata.ownerReferences ?? []).some(({ kind }) => templateKinds.includes(kind));
  return !isOwned && readField(object, 'spec.replicas') !== 0;
}

function templateLabels({ object }: PodTemplate): Record<string, string> {
  const labels = readField(object, 'spec.template.metadata.labels');
  return isJsonObject(labels) ? (labels as Record<string, string>) : {};
}

/** Whether a Pod was most likely made from a template: it carries all labels of it. */
function isOf(template: PodTemplate, { metadata }: PodObject): boolean {
  const labels = Object.entries(templateLabels(template));
  return labels.length > 0 && labels.every(([key, value]) => metadata.labels?.[key] === value);
}

/** Addresses for documentation (RFC 5737) and, where they do not suffice, for benchmarks (RFC 2544): nobody takes them for real ones. */
function supposeAddress(index: number): string {
  if (index < documentationAddresses) return `192.0.2.${index + 1}`;
  const rest = index - documentationAddresses;
  return `198.${18 + (Math.floor(rest / 65_536) % 2)}.${Math.floor(rest / 256) % 256}.${rest % 256}`;
}

const nodeAddress = '192.0.2.254';
const supposedNode: NodeObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: madeUpNode },
  status: { addresses: [{ type: 'InternalIP', address: nodeAddress }] },
};

/** Whether there will be more than the one Pod that is supposed. */
function hasSeveral(object: KubernetesObject): boolean {
  return object.kind === daemonSetType.kind || Number(readField(object, 'spec.replicas') ?? 1) > 1;
}

function supposePod(template: PodTemplate, index: number): PodObject {
  const { object, field } = template;
  const { namespace = '', name = '', uid = '' } = object.metadata;
  const owner: OwnerReference = {
    apiVersion: object.apiVersion ?? '',
    kind: object.kind ?? '',
    name,
    uid,
    controller: true,
  };
  const spec = readField(object, field);
  const annotations = readField(object, 'spec.template.metadata.annotations');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${name}-supposed`,
      uid: hasSeveral(object) ? madeUpUids.several : madeUpUids.only,
      labels: templateLabels(template),
      ...(isJsonObject(annotations) ? { annotations: annotations as Record<string, string> } : {}),
      ownerReferences: [owner],
    },
    spec: { ...(isJsonObject(spec) ? spec : {}), nodeName: supposedNode.metadata.name },
    status: {
      phase: 'Running',
      podIP: supposeAddress(index),
      hostIP: nodeAddress,
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

/** The Services whose endpoints were worked out. */
function describeServices(services: readonly ServiceObject[], given: ClusterObjects): SupposedObject[] {
  return services.flatMap((service) => {
    const { namespace = '', name = '' } = service.metadata;
    const isGiven = hasSlice(given, service) || given.endpoints.get(namespace, name) !== undefined;
    if (isGiven || selectorOf(service) === undefined) return [];
    return [{ namespace, text: `supposed: endpoints of Service ${keyOf(service)}, from the Pods that it selects` }];
  });
}
