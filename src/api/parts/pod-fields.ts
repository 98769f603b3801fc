import { container, resourceRequirements, volumeMount } from '../core/container.ts';
import { affinity, podSecurityContext, toleration } from '../core/pod.ts';
import { volume } from '../core/volume.ts';
import {
  count,
  flag,
  list,
  listMap,
  nonEmpty,
  object,
  oneOf,
  optional,
  required,
  setOf,
  text,
  textMap,
} from '../schema.ts';
import type { ObjectOf, Static } from '../schema.ts';
import { localObjectReference } from './references.ts';

export const podDNSConfigOption = object({
  name: required(nonEmpty, "Name of the resolver's option, such as ndots."),
  value: optional(text, 'Its value, for options that have one.'),
});

export type PodDNSConfigOption = Static<typeof podDNSConfigOption>;

export const podDNSConfig = object({
  nameservers: optional(setOf(nonEmpty), 'Addresses of name servers, added to those of the DNS policy.'),
  options: optional(
    listMap(podDNSConfigOption, ['name']),
    'Options of the resolver, merged with those of the DNS policy.',
  ),
  searches: optional(setOf(nonEmpty), 'Domains to search short names in, added to those of the DNS policy.'),
});

export type PodDNSConfig = Static<typeof podDNSConfig>;

export const hostAlias = object({
  hostnames: required(list(text), 'Names of the address.'),
  ip: required(text, "Address of the entry in the pod's hosts file."),
});

export type HostAlias = Static<typeof hostAlias>;

export const embeddedObjectMetadata = object({
  annotations: optional(textMap, 'Annotations to add.'),
  labels: optional(textMap, 'Labels to add. Those the operator selects pods by cannot be replaced.'),
  name: optional(text, 'Name, where the object may have one of its own. Pods may not.'),
});

export type EmbeddedObjectMetadata = Static<typeof embeddedObjectMetadata>;

/** The pod template of Prometheus, PrometheusAgent, Alertmanager and ThanosRuler. */
export const podFields = {
  affinity: optional(affinity, 'Rules about the nodes and neighbours of the pods.'),
  containers: optional(
    list(container),
    'Containers to add to the pods, or patches by name of those the operator makes (strategic merge). Patches are at your own risk.',
  ),
  dnsConfig: optional(podDNSConfig, 'DNS settings of the pods.'),
  dnsPolicy: optional(oneOf('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'), 'DNS policy of the pods.'),
  enableServiceLinks: optional(flag, 'Whether addresses of Services are put into the environment of the containers.'),
  hostAliases: optional(listMap(hostAlias, ['ip']), "Entries of the pods' hosts file. Not with hostNetwork."),
  hostUsers: optional(
    flag,
    "Whether the pods use the host's user namespace. False needs a node that supports user namespaces.",
  ),
  imagePullPolicy: optional(
    oneOf('', 'Always', 'Never', 'IfNotPresent'),
    "When images of the operator's containers are pulled.",
  ),
  imagePullSecrets: optional(
    list(localObjectReference),
    'Secrets in the same namespace with the credentials of image registries.',
  ),
  initContainers: optional(
    list(container),
    'Init containers to add to the pods, or patches by name of those the operator makes. Patches are at your own risk.',
  ),
  nodeSelector: optional(textMap, 'Labels a node must have to run the pods.'),
  podMetadata: optional(
    embeddedObjectMetadata,
    'Labels and annotations of the pods. Those the operator sets itself cannot be replaced.',
  ),
  priorityClassName: optional(text, 'Priority class of the pods.'),
  resources: optional(resourceRequirements, 'Requests and limits of the main container.'),
  schedulerName: optional(nonEmpty, 'Scheduler of the pods.'),
  securityContext: optional(
    podSecurityContext,
    'Security settings of the pods. None by default; the containers of the operator drop all capabilities.',
  ),
  serviceAccountName: optional(text, 'ServiceAccount of the pods. It carries the rights for discovery.'),
  terminationGracePeriodSeconds: optional(
    count,
    'Seconds the pods get to end. 600 by default for Prometheus, 120 for the others.',
  ),
  tolerations: optional(list(toleration), 'Taints the pods tolerate.'),
  volumeMounts: optional(list(volumeMount), 'Mounts to add to the main container.'),
  volumes: optional(list(volume), 'Volumes to add to the pods.'),
};

export type PodFields = ObjectOf<typeof podFields>;
