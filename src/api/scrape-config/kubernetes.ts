import { httpClientFields } from '../parts/http-client.ts';
import { attachMetadata } from '../parts/selectors.ts';
import { flag, listMap, nonEmpty, object, oneOf, optional, required, setOf, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const namespaceDiscovery = object({
  names: optional(setOf(text), ''),
  ownNamespace: optional(flag, ''),
});

export type NamespaceDiscovery = Static<typeof namespaceDiscovery>;

export const k8sSelectorConfig = object({
  field: optional(nonEmpty, ''),
  label: optional(nonEmpty, ''),
  role: required(oneOf('Pod', 'Endpoints', 'Ingress', 'Service', 'Node', 'EndpointSlice'), ''),
});

export type K8SSelectorConfig = Static<typeof k8sSelectorConfig>;

export const kubernetesSDConfig = object({
  apiServer: optional(nonEmpty, ''),
  attachMetadata: optional(attachMetadata, ''),
  namespaces: optional(namespaceDiscovery, ''),
  role: required(oneOf('Pod', 'Endpoints', 'Ingress', 'Service', 'Node', 'EndpointSlice'), ''),
  selectors: optional(listMap(k8sSelectorConfig, ['role']), ''),
  ...httpClientFields,
});

export type KubernetesSDConfig = Static<typeof kubernetesSDConfig>;
