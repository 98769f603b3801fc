import { resourceRequirements, volumeMount } from './core/container.ts';
import { sigv4 } from './parts/cloud-auth.ts';
import { basicAuth, safeAuthorization } from './parts/http-client.ts';
import { commonPrometheusFields } from './parts/prometheus-fields.ts';
import { topologyRule } from './parts/prometheus-shards.ts';
import { proxyFields } from './parts/proxy.ts';
import { secretKeySelector } from './parts/references.ts';
import { relabelConfig } from './parts/relabel.ts';
import { remoteReadSpec } from './parts/remote-read.ts';
import { ruleSelectionFields } from './parts/rule-selection.ts';
import { byteSize, duration, quantity, scheme } from './parts/scalars.ts';
import { prometheusStatus } from './parts/status.ts';
import { grpcServerTLSConfig, tlsConfig } from './parts/tls.ts';
import { argument } from './parts/workload.ts';
import { defineType, resource } from './resource.ts';
import { flag, int32, int64, intOrString, list, nonEmpty, object, oneOf, optional, required, text } from './schema.ts';
import type { Static } from './schema.ts';

export const alertmanagerEndpoints = object({
  alertRelabelings: optional(list(relabelConfig), 'Relabelling of alerts before they are sent to this Alertmanager.', {
    since: 'Prometheus 2.51.0',
  }),
  apiVersion: optional(
    oneOf('v1', 'V1', 'v2', 'V2'),
    "Version of the Alertmanager's API. v2 by default; Prometheus 3 knows no other.",
    { since: 'Prometheus 2.11.0' },
  ),
  authorization: optional(
    safeAuthorization,
    'Authorization header to send. At most one of authorization, basicAuth, bearerTokenFile and sigv4 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  basicAuth: optional(
    basicAuth,
    'User name and password to send. At most one of authorization, basicAuth, bearerTokenFile and sigv4 may be set.',
    { since: 'Prometheus 2.26.0' },
  ),
  bearerTokenFile: optional(text, 'Path in the Prometheus container of a file with a bearer token.', {
    deprecated: 'use authorization',
  }),
  enableHttp2: optional(flag, 'Whether HTTP/2 may be used.', { since: 'Prometheus 2.35.0' }),
  name: required(nonEmpty, 'Name of the Service of the Alertmanager.'),
  namespace: optional(nonEmpty, 'Namespace of the Service. That of the Prometheus by default.'),
  pathPrefix: optional(nonEmpty, "Path in front of the Alertmanager's API."),
  port: required(intOrString, "Name or number of the Alertmanager's port."),
  relabelings: optional(list(relabelConfig), 'Relabelling of the discovered Alertmanagers.'),
  scheme: optional(scheme, 'Protocol to send alerts with. http by default.'),
  sigv4: optional(
    sigv4,
    'Signs requests with AWS Signature Version 4. At most one of authorization, basicAuth, bearerTokenFile and sigv4 may be set.',
    { since: 'Prometheus 2.48.0' },
  ),
  timeout: optional(duration, 'How long sending alerts may take.'),
  tlsConfig: optional(tlsConfig, 'TLS settings of the requests.'),
  ...proxyFields,
});

export type AlertmanagerEndpoints = Static<typeof alertmanagerEndpoints>;

export const alertingSpec = object({
  alertmanagers: required(list(alertmanagerEndpoints), 'Alertmanagers that alerts are sent to.'),
});

export type AlertingSpec = Static<typeof alertingSpec>;

export const exemplars = object({
  maxSize: optional(
    int64,
    'Most exemplars kept in memory, of all series together; 0 turns exemplars off. Needs the feature exemplar-storage.',
  ),
});

export type Exemplars = Static<typeof exemplars>;

export const querySpec = object({
  lookbackDelta: optional(text, 'How far back a query looks for the newest sample of a series.'),
  maxConcurrency: optional(int32, 'Most queries at the same time.', { minimum: 1 }),
  maxSamples: optional(int32, 'Most samples a query may load into memory.', { since: 'Prometheus 2.5.0' }),
  timeout: optional(duration, 'How long a query may take.'),
});

export type QuerySpec = Static<typeof querySpec>;

export const rulesAlert = object({
  forGracePeriod: optional(text, 'Alerts whose "for" is shorter than this are not restored after a restart.'),
  forOutageTolerance: optional(
    text,
    'How long Prometheus may have been down for the state of its alerts still to be restored.',
  ),
  resendDelay: optional(text, 'Least time before a firing alert is sent again.'),
});

export type RulesAlert = Static<typeof rulesAlert>;

export const rules = object({
  alert: optional(rulesAlert, 'State and sending of alerts.'),
});

export type Rules = Static<typeof rules>;

export const retainConfig = object({
  retentionPeriod: required(duration, 'How long a shard is kept after it was scaled away.'),
});

export type RetainConfig = Static<typeof retainConfig>;

export const shardRetentionPolicy = object({
  retain: optional(retainConfig, 'Details of the policy Retain.'),
  whenScaled: optional(
    oneOf('Retain', 'Delete'),
    'What happens to shards that are scaled away: Delete (the default) removes them, Retain keeps them for queries. Needs the feature gate PrometheusShardRetentionPolicy.',
  ),
});

export type ShardRetentionPolicy = Static<typeof shardRetentionPolicy>;

export const thanosSpec = object({
  additionalArgs: optional(
    list(argument),
    'Arguments to add to the command line of the sidecar. One that the operator sets itself fails the reconciliation.',
  ),
  baseImage: optional(text, 'Image without its version.', { deprecated: 'use image' }),
  blockSize: optional(
    duration,
    'Length of the blocks that Prometheus writes, for the sidecar to upload. Change it only if you know why.',
    { default: '2h' },
  ),
  getConfigInterval: optional(duration, 'How often the sidecar reads the configuration of Prometheus.', {
    since: 'Thanos 0.29.0',
  }),
  getConfigTimeout: optional(duration, 'How long reading the configuration of Prometheus may take.', {
    since: 'Thanos 0.29.0',
  }),
  grpcListenLocal: optional(flag, 'Serves gRPC on the loopback address only.'),
  grpcServerTlsConfig: optional(
    grpcServerTLSConfig,
    'TLS settings of the gRPC server. Only the path fields, minVersion, cipherSuites and curves count.',
  ),
  httpListenLocal: optional(flag, 'Serves HTTP on the loopback address only.'),
  image: optional(text, "Image of the sidecar. By default it is made from the operator's base image and version."),
  listenLocal: optional(flag, 'Serves gRPC and HTTP on the loopback address only.', {
    deprecated: 'use grpcListenLocal and httpListenLocal',
  }),
  logFormat: optional(oneOf('', 'logfmt', 'json'), "Format of the sidecar's log."),
  logLevel: optional(oneOf('', 'debug', 'info', 'warn', 'error'), 'Least severe level the sidecar logs.'),
  minTime: optional(text, 'Oldest data that the sidecar serves, as a time or as a duration before now.'),
  objectStorageConfig: optional(
    secretKeySelector,
    'Key of a Secret with the object storage to upload to, in the words of Thanos. objectStorageConfigFile wins over it.',
  ),
  objectStorageConfigFile: optional(text, "Path in the sidecar of the object storage's configuration."),
  readyTimeout: optional(duration, 'How long the sidecar waits for Prometheus to get ready.'),
  resources: optional(resourceRequirements, 'Requests and limits of the sidecar.'),
  sha: optional(text, 'Digest of the image.', { deprecated: 'use image' }),
  tag: optional(text, 'Tag of the image.', { deprecated: 'use image' }),
  tracingConfig: optional(
    secretKeySelector,
    'Key of a Secret with the tracing configuration, in the words of Thanos. tracingConfigFile wins over it.',
  ),
  tracingConfigFile: optional(text, 'Path in the sidecar of the tracing configuration.'),
  version: optional(text, 'Version of Thanos to run. The operator reads it to know which settings are understood.'),
  volumeMounts: optional(list(volumeMount), 'Mounts to add to the sidecar.'),
});

export type ThanosSpec = Static<typeof thanosSpec>;

export const prometheusSpec = object(
  {
    additionalAlertManagerConfigs: optional(
      secretKeySelector,
      'Key of a Secret with a YAML list of Alertmanagers in the words of Prometheus, added as they are, without a check.',
    ),
    additionalAlertRelabelConfigs: optional(
      secretKeySelector,
      'Key of a Secret with a YAML list of relabelling rules for alerts in the words of Prometheus, added as they are, without a check.',
    ),
    alerting: optional(alertingSpec, 'Where alerts are sent.'),
    allowOverlappingBlocks: optional(
      flag,
      'Lets blocks overlap in time. Has no effect since Prometheus 2.39.0, which always does.',
    ),
    baseImage: optional(text, 'Image without its version.', { deprecated: 'use image' }),
    disableCompaction: optional(
      flag,
      'Turns the compaction of blocks off. The operator does so itself when the Thanos sidecar uploads them.',
    ),
    enableAdminAPI: optional(flag, 'Turns on the API that deletes series and makes snapshots. Nothing protects it.'),
    evaluationInterval: optional(duration, 'Time between two evaluations of rules where the group does not say.', {
      default: '30s',
    }),
    exemplars: optional(exemplars, 'Storage of exemplars. Needs the feature exemplar-storage.', {
      since: 'Prometheus 2.29.0',
    }),
    query: optional(querySpec, 'Limits of queries.'),
    queryLogFile: optional(
      text,
      'File for all queries. A name without a folder is put on a volume of its own below /var/log/prometheus.',
      { since: 'Prometheus 2.16.0' },
    ),
    remoteRead: optional(list(remoteReadSpec), 'Sources that queries read from besides local storage.'),
    retention: optional(
      duration,
      'How long data are kept. 24h by default, when retentionSize and retentionPercentage are not set either.',
    ),
    retentionPercentage: optional(
      quantity,
      'Largest share of their volume that data may take, as a number from 0 to 100; the oldest go first. 0 is no bound. It goes before retentionSize.',
      { since: 'Prometheus 3.11.0' },
    ),
    retentionSize: optional(byteSize, 'Most room that data may take; the oldest go first.', {
      since: 'Prometheus 2.7.0',
    }),
    rules: optional(rules, 'Settings of rules.'),
    sha: optional(text, 'Digest of the image.', { deprecated: 'use image' }),
    shardRetentionPolicy: optional(shardRetentionPolicy, 'What happens to shards that are scaled away.'),
    tag: optional(text, 'Tag of the image.', { deprecated: 'use image' }),
    thanos: optional(
      thanosSpec,
      'Runs the Thanos sidecar next to Prometheus, which serves its data to Thanos and uploads its blocks.',
    ),
    ...ruleSelectionFields,
    ...commonPrometheusFields,
  },
  { 'x-kubernetes-validations': [topologyRule] },
);

export type PrometheusSpec = Static<typeof prometheusSpec>;

export const prometheusType = defineType('v1', 'Prometheus', 'prometheuses');

export const prometheus = resource(prometheusSpec, prometheusStatus);

export type Prometheus = Static<typeof prometheus>;
