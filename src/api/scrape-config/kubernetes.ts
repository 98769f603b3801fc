import { httpClientFields } from '../parts/http-client.ts';
import { attachMetadata } from '../parts/selectors.ts';
import { flag, listMap, nonEmpty, object, oneOf, optional, required, setOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const namespaceDiscovery = object({
  names: optional(setOf(nonEmpty), 'Namespaces to look in.'),
  ownNamespace: optional(flag, 'Adds the namespace of the Prometheus pod. Not with apiServer.'),
});

export type NamespaceDiscovery = Static<typeof namespaceDiscovery>;

export const k8sSelectorConfig = object({
  field: optional(nonEmpty, 'Selector of fields.'),
  label: optional(nonEmpty, 'Selector of labels.'),
  role: required(
    oneOf('Pod', 'Endpoints', 'Ingress', 'Service', 'Node', 'EndpointSlice'),
    'Kind of object the selectors are for. It must go with the role of the discovery.',
  ),
});

export type K8SSelectorConfig = Static<typeof k8sSelectorConfig>;

export const kubernetesSDConfig = object({
  apiServer: optional(nonEmpty, 'URL of the API server. By default that of the cluster Prometheus runs in.'),
  attachMetadata: optional(attachMetadata, 'More metadata to add. For pods, endpoints and endpoint slices.'),
  namespaces: optional(namespaceDiscovery, 'Namespaces to look in. All by default.'),
  role: required(
    oneOf('Pod', 'Endpoints', 'Ingress', 'Service', 'Node', 'EndpointSlice'),
    'Kind of object to discover.',
  ),
  selectors: optional(listMap(k8sSelectorConfig, ['role']), 'Selectors that let the API server filter.', {
    since: 'Prometheus 2.17.0',
  }),
  ...httpClientFields,
});

export type KubernetesSDConfig = Static<typeof kubernetesSDConfig>;
