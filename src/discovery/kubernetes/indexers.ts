import type { EndpointSliceObject, EndpointsObject, PodObject } from '../../core/targets/groups/discovered-objects.ts';
import { serviceNameLabel } from '../../core/targets/groups/endpointslice.ts';
import { findController } from '../../core/targets/groups/pod-source.ts';

/** How objects are found when another one changes (docs/reference/discovery.md 2.9). Values are names or "namespace/name". */

export function nodeOfPod({ spec }: PodObject): readonly string[] {
  return [spec?.nodeName ?? ''];
}

/** Finds the pods that an object of that kind controls. */
export const controllerOfPod =
  (kind: 'ReplicaSet' | 'Job') =>
  (pod: PodObject): readonly string[] => {
    const controller = findController(pod);
    return controller?.kind === kind ? [`${pod.metadata.namespace ?? ''}/${controller.name}`] : [];
  };

/** Only ready addresses count. */
export function podsOfEndpoints({ subsets }: EndpointsObject): readonly string[] {
  const references = listReady(subsets).flatMap(({ targetRef }) => (targetRef?.kind === 'Pod' ? [targetRef] : []));
  return [...new Set(references.map(({ namespace, name }) => `${namespace ?? ''}/${name ?? ''}`))];
}

/** Only ready addresses with a reference count: to a pod, then the address's node, or to a node. */
export function nodesOfEndpoints({ subsets }: EndpointsObject): readonly string[] {
  return [...new Set(listReady(subsets).flatMap(findNode))];
}

export function servicesOfSlice({ metadata }: EndpointSliceObject): readonly string[] {
  const service = metadata.labels?.[serviceNameLabel];
  return service === undefined ? [] : [`${metadata.namespace ?? ''}/${service}`];
}

export function nodesOfSlice({ endpoints }: EndpointSliceObject): readonly string[] {
  return [...new Set((endpoints ?? []).flatMap(findNode))];
}

type Subset = NonNullable<EndpointsObject['subsets']>[number];

function listReady(subsets: EndpointsObject['subsets']): NonNullable<Subset['addresses']> {
  return (subsets ?? []).flatMap(({ addresses }) => addresses ?? []);
}

function findNode(place: NonNullable<EndpointSliceObject['endpoints']>[number]): string[] {
  const { targetRef, nodeName } = place;
  if (targetRef?.kind === 'Node') return [targetRef.name ?? ''];
  return targetRef?.kind === 'Pod' && typeof nodeName === 'string' ? [nodeName] : [];
}
