import { topologySpreadConstraint } from './core/pod.ts';
import { podFields } from './parts/pod-fields.ts';
import { objectReference } from './parts/prometheus-enforcement.ts';
import { secretKeySelector } from './parts/references.ts';
import { remoteWriteSpec } from './parts/remote-write.ts';
import { ruleSelectionFields } from './parts/rule-selection.ts';
import { duration } from './parts/scalars.ts';
import { thanosRulerStatus } from './parts/status.ts';
import { grpcServerTLSConfig } from './parts/tls.ts';
import { webConfigFileFields } from './parts/web.ts';
import { workloadFields } from './parts/workload.ts';
import { defineType, resource } from './resource.ts';
import { int32, list, nonEmpty, object, optional, setOf, text, textMap } from './schema.ts';
import type { Static } from './schema.ts';

export const thanosRulerSpec = object({
  alertDropLabels: optional(
    list(text),
    'Labels that are dropped from alerts before they are sent. The label thanos_ruler_replica by default.',
  ),
  alertQueryUrl: optional(text, 'URL of the query page, for links in alerts.'),
  alertRelabelConfigFile: optional(
    text,
    'Path in the container of relabelling rules for alerts. Wins over alertRelabelConfigs.',
  ),
  alertRelabelConfigs: optional(
    secretKeySelector,
    'Key of a Secret with relabelling rules for alerts in the words of Prometheus. alertRelabelConfigFile wins over it.',
  ),
  alertmanagersConfig: optional(
    secretKeySelector,
    'Key of a Secret with the Alertmanagers, in the words of Thanos. Wins over alertmanagersUrl.',
  ),
  alertmanagersUrl: optional(list(text), 'URLs of Alertmanagers to send alerts to. alertmanagersConfig wins over it.'),
  enableFeatures: optional(
    setOf(nonEmpty),
    'Experimental features to turn on. They may change or go away with any version of Thanos.',
    { since: 'Thanos 0.39.0' },
  ),
  enforcedNamespaceLabel: optional(
    text,
    'Label to which the namespace of a PrometheusRule is written, in its series and in the expressions of its rules. See excludedFromEnforcement.',
  ),
  evaluationInterval: optional(duration, 'Time between two evaluations of rules where the group does not say.', {
    default: '15s',
  }),
  excludedFromEnforcement: optional(
    list(objectReference),
    'Objects to which the enforced namespace label is not added. Needs enforcedNamespaceLabel.',
  ),
  externalPrefix: optional(text, 'Path or URL under which the web handlers are reached from outside, for links.'),
  grpcServerTlsConfig: optional(
    grpcServerTLSConfig,
    'TLS settings of the gRPC server. Only the path fields, minVersion, cipherSuites and curves count.',
  ),
  labels: optional(
    textMap,
    'Labels to add to all series and alerts. By default thanos_ruler_replica with the name of the pod.',
  ),
  objectStorageConfig: optional(
    secretKeySelector,
    'Key of a Secret with the object storage to upload to, in the words of Thanos. objectStorageConfigFile wins over it.',
  ),
  objectStorageConfigFile: optional(text, "Path in the container of the object storage's configuration."),
  queryConfig: optional(
    secretKeySelector,
    'Key of a Secret with the queriers, in the words of Thanos. Wins over queryEndpoints.',
  ),
  queryEndpoints: optional(
    list(text),
    "Addresses of queriers that answer the rules' expressions. queryConfig wins over it.",
  ),
  remoteWrite: optional(
    list(remoteWriteSpec),
    'Receivers to which results are sent. Set, it makes the ruler stateless: it keeps no blocks and uploads none.',
    { since: 'Thanos 0.24.0' },
  ),
  resendDelay: optional(duration, 'Least time before a firing alert is sent again.'),
  retention: optional(duration, 'How long data are kept. Has no effect on a stateless ruler.', { default: '24h' }),
  ruleConcurrentEval: optional(int32, 'How many rules without mutual dependence are evaluated at the same time.', {
    since: 'Thanos 0.37.0',
    minimum: 1,
  }),
  ruleGracePeriod: optional(duration, 'Alerts whose "for" is shorter than this are not restored after a restart.', {
    since: 'Thanos 0.30.0',
  }),
  ruleOutageTolerance: optional(
    duration,
    'How long the ruler may have been down for the state of its alerts still to be restored.',
    { since: 'Thanos 0.30.0' },
  ),
  topologySpreadConstraints: optional(list(topologySpreadConstraint), 'How the pods are spread over nodes and zones.'),
  tracingConfig: optional(
    secretKeySelector,
    'Key of a Secret with the tracing configuration, in the words of Thanos. tracingConfigFile wins over it.',
  ),
  tracingConfigFile: optional(text, 'Path in the container of the tracing configuration.'),
  web: optional(webConfigFileFields, 'Settings of the web server.', { since: 'Thanos 0.21.0' }),
  ...podFields,
  ...workloadFields,
  ...ruleSelectionFields,
});

export type ThanosRulerSpec = Static<typeof thanosRulerSpec>;

export const thanosRulerType = defineType('v1', 'ThanosRuler', 'thanosrulers');

export const thanosRuler = resource(thanosRulerSpec, thanosRulerStatus);

export type ThanosRuler = Static<typeof thanosRuler>;
