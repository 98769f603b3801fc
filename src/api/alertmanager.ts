import { alertmanagerConfiguration } from './alertmanager-configuration.ts';
import { topologySpreadConstraint } from './core/pod.ts';
import { podFields } from './parts/pod-fields.ts';
import { byteSize, goDuration } from './parts/scalars.ts';
import { labelSelector } from './parts/selectors.ts';
import { alertmanagerStatus } from './parts/status.ts';
import { persistentVolumeClaimRetentionPolicy } from './parts/storage.ts';
import { safeTLSConfig } from './parts/tls.ts';
import { webHTTPConfig, webTLSConfig } from './parts/web.ts';
import { workloadFields } from './parts/workload.ts';
import { defineType, resource } from './resource.ts';
import { flag, int32, list, nonEmpty, object, oneOf, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const alertmanagerWebSpec = object({
  getConcurrency: optional(int32, 'Most GET requests at the same time. 0 takes the number of CPUs, but at least 8.', {
    since: 'Alertmanager 0.17.0',
    minimum: 0,
  }),
  httpConfig: optional(webHTTPConfig, 'HTTP settings of the web server.'),
  timeout: optional(int32, 'Seconds a request may take; 0 is no limit.', { since: 'Alertmanager 0.17.0', minimum: 0 }),
  tlsConfig: optional(
    webTLSConfig,
    'TLS settings of the web server. When set, probes and the config-reloader use https.',
  ),
});

export type AlertmanagerWebSpec = Static<typeof alertmanagerWebSpec>;

export const alertmanagerConfigMatcherStrategy = object({
  type: optional(
    oneOf('OnNamespace', 'OnNamespaceExceptForAlertmanagerNamespace', 'None'),
    "Which alerts an AlertmanagerConfig gets: OnNamespace only those with a namespace label of its own namespace, OnNamespaceExceptForAlertmanagerNamespace all of them for objects in the Alertmanager's namespace, None all.",
    {
      default: 'OnNamespace',
    },
  ),
});

export type AlertmanagerConfigMatcherStrategy = Static<typeof alertmanagerConfigMatcherStrategy>;

export const clusterTLSConfig = object({
  client: required(safeTLSConfig, 'TLS settings of connections to peers.'),
  server: required(webTLSConfig, 'TLS settings for connections from peers.'),
});

export type ClusterTLSConfig = Static<typeof clusterTLSConfig>;

const alertmanagerClusterFields = {
  additionalPeers: optional(list(text), 'Addresses of peers to join besides the pods of this object.'),
  clusterAdvertiseAddress: optional(text, "Address to tell to peers. Needed when the pod's address is not private."),
  clusterGossipInterval: optional(goDuration, 'Time between two gossip messages.'),
  clusterLabel: optional(text, 'Name that peers must share. "namespace/name" of this object by default.', {
    since: 'Alertmanager 0.26.0',
  }),
  clusterPeerName: optional(
    nonEmpty,
    "Name of each instance among its peers; variables of the container's environment, such as $(POD_NAME), are put in. The pod's name by default.",
    { since: 'Alertmanager 0.30.0' },
  ),
  clusterPeerTimeout: optional(goDuration, 'How long peers with a higher place wait for those before them to notify.'),
  clusterPushpullInterval: optional(goDuration, 'Time between two full exchanges of state.'),
  clusterTLS: optional(clusterTLSConfig, 'Mutual TLS between peers.', { since: 'Alertmanager 0.24.0' }),
  forceEnableClusterMode: optional(flag, 'Forms a cluster even with one replica, so that peers elsewhere can join.'),
};

export const alertmanagerLimitsSpec = object({
  maxPerSilenceBytes: optional(byteSize, 'Most room a silence may take.'),
  maxSilences: optional(int32, 'Most silences, expired ones included.', { minimum: 0 }),
});

export type AlertmanagerLimitsSpec = Static<typeof alertmanagerLimitsSpec>;

export const alertmanagerSpec = object({
  alertmanagerConfigMatcherStrategy: optional(
    alertmanagerConfigMatcherStrategy,
    'Which alerts selected AlertmanagerConfig objects get.',
  ),
  alertmanagerConfigNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which AlertmanagerConfig objects are looked for. Null is the object's own namespace, {} all.",
  ),
  alertmanagerConfigSelector: optional(
    labelSelector,
    'Labels of the AlertmanagerConfig objects to merge into the configuration. Null selects none, {} all.',
  ),
  alertmanagerConfiguration: optional(
    alertmanagerConfiguration,
    'Global configuration as an AlertmanagerConfig object, in place of configSecret.',
  ),
  automountServiceAccountToken: optional(flag, 'Whether the token of the ServiceAccount is mounted.'),
  baseImage: optional(text, 'Image without its version.', { deprecated: 'use image' }),
  configMaps: optional(list(text), 'ConfigMaps in the same namespace to mount below /etc/alertmanager/configmaps.'),
  configSecret: optional(
    text,
    'Secret in the same namespace with the base configuration in the key alertmanager.yaml. "alertmanager-" with the object\'s name by default.',
  ),
  enableFeatures: optional(
    list(text),
    'Experimental features to turn on. They may change or go away with any version of Alertmanager.',
    { since: 'Alertmanager 0.27.0' },
  ),
  externalUrl: optional(text, 'URL under which Alertmanager is reached from outside, for links in notifications.'),
  hostNetwork: optional(flag, 'Runs the pods in the network of their nodes. Mind that ports may clash.'),
  limits: optional(alertmanagerLimitsSpec, 'Limits of silences.', { since: 'Alertmanager 0.28.0' }),
  persistentVolumeClaimRetentionPolicy: optional(
    persistentVolumeClaimRetentionPolicy,
    'What happens to claims when the StatefulSet is deleted or scaled down. Needs Kubernetes 1.27.',
  ),
  retention: optional(goDuration, 'How long notification log and expired silences are kept.', { default: '120h' }),
  secrets: optional(list(text), 'Secrets in the same namespace to mount below /etc/alertmanager/secrets.'),
  sha: optional(text, 'Digest of the image.', { deprecated: 'use image' }),
  tag: optional(text, 'Tag of the image.', { deprecated: 'use image' }),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), 'How the pods are spread over nodes and zones.'),
  web: optional(alertmanagerWebSpec, 'Settings of the web server.'),
  ...podFields,
  ...workloadFields,
  ...alertmanagerClusterFields,
});

export type AlertmanagerSpec = Static<typeof alertmanagerSpec>;

export const alertmanagerType = defineType('v1', 'Alertmanager', 'alertmanagers');

export const alertmanager = resource(alertmanagerSpec, alertmanagerStatus);

export type Alertmanager = Static<typeof alertmanager>;
