import { configMapType, secretType, serviceType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';

/** Types of the objects that the operator makes for a Prometheus. */
export const managedTypes: readonly ResourceType[] = [statefulSetType, secretType, configMapType, serviceType];

export const eventType: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};

export interface Event extends KubernetesObject {
  readonly type: string;
  readonly reason: string;
  readonly note: string;
  readonly regarding: { readonly kind: string; readonly name: string };
}
