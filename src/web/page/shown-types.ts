import {
  endpointSliceType,
  endpointsType,
  ingressType,
  namespaceType,
  nodeType,
  podType,
  serviceType,
} from '../../api/builtin-types.ts';
import { customKinds } from '../../api/kinds.ts';
import type { ResourceType } from '../../api/meta.ts';

const discovered = [serviceType, podType, endpointSliceType, endpointsType, ingressType, nodeType];

/** Whose YAML a page may show, by kind. Secrets are not among them, nor ConfigMaps. */
export const shownTypes: ReadonlyMap<string, ResourceType> = new Map(
  [...customKinds.map(({ type }) => type), namespaceType, ...discovered].map((type) => [type.kind, type]),
);
