import * as defaults from '../../../src/operator/install/defaults.ts';
import { defaultInstall } from '../../../src/operator/install/defaults.ts';
import { discoveryServiceModes, webhookModes } from '../../../src/operator/install/install-options.ts';
import { guardModes } from '../../../src/operator/options/guard-modes.ts';
import { logLevels } from '../../../src/operator/options/program-options.ts';
import type { Group } from './value.ts';
import { choice, count, duration, flag, fragment, group, list, namespaces, text, texts, value } from './value.ts';

const naming = {
  nameOverride: text('', 'Replaces the name of the chart in labels.'),
  fullnameOverride: text('', 'Replaces the name of all objects, which else is that of the release.'),
  commonLabels: texts({}, 'Labels of all objects beside the usual ones.'),
  commonAnnotations: texts({}, 'Annotations of all objects.'),
};

const namedSecret = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

const image = group('The image of the operator.', {
  repository: text(defaults.imageRepository, 'Registry and name.', { minLength: 1 }),
  tag: text('', 'Empty takes the version of the chart.'),
  digest: text('', 'Pins the content, such as sha256:…; beats the tag.', { pattern: '^$|^sha256:[0-9a-f]{64}$' }),
  pullPolicy: choice(['Always', 'IfNotPresent', 'Never'], 'IfNotPresent', 'When the node pulls it.'),
  registry: text('', 'Put before the name, such as registry.example.com. Empty: `global.imageRegistry`, or none.'),
  pullSecrets: list('Secrets with registry credentials, as {name: …}.', namedSecret),
});

const leaderElection = group('Which of the replicas works; the others hold filled caches and wait.', {
  enabled: flag(true, 'Work only while holding the Lease. Needed with more than one replica.'),
  name: text('', 'Name of the Lease. Empty: stoker.monitoring.coreos.com.'),
  leaseDuration: duration('How long others wait before they take the Lease over. Empty: 15s.'),
  renewDeadline: duration('How long the leader tries to renew before it stops. Empty: 10s.'),
  retryPeriod: duration('How long to wait between tries. Empty: 2s.'),
});

const scope = group('What the operator looks after. Lists that are empty mean the whole cluster.', {
  namespaces: namespaces(
    'Namespaces of monitors, rules and workloads; they must exist. With this list Roles in those namespaces are enough and no ClusterRole is made.',
  ),
  denyNamespaces: namespaces('Namespaces to leave alone; not together with scope.namespaces.'),
  workloadNamespaces: namespaces(
    'Where Prometheus, PrometheusAgent, Alertmanager and ThanosRuler objects live. Empty: scope.namespaces.',
  ),
  alertmanagerConfigNamespaces: namespaces('Where AlertmanagerConfig objects live. Empty: scope.namespaces.'),
  watchReferencedObjectsInAllNamespaces: flag(
    true,
    'Watch Secrets and ConfigMaps that monitors refer to, not only those beside the workloads.',
  ),
  controllerId: text(
    '',
    'Act only on workloads whose annotation operator.prometheus.io/controller-id is this; for two operators in one cluster.',
  ),
});

const access = {
  serviceAccount: group('The identity of the operator.', {
    create: flag(true, 'Make the ServiceAccount.'),
    name: text('', 'Its name. Empty: the name of all objects.'),
    annotations: texts({}, 'Its annotations.'),
  }),
  rbac: group('Permissions: docs/rbac.md lists each rule with its reason.', {
    create: flag(true, 'Make the roles and their bindings.'),
    secrets: choice(
      ['watch', 'get'],
      'watch',
      'How Secrets and ConfigMaps are followed: by a watch on their metadata, or each by its name, now and then, with no list and no watch.',
    ),
  }),
};

const webhook = group('Refuses mistakes at kubectl apply: the operator serves it beside its other work.', {
  mode: choice(
    webhookModes,
    'off',
    'off, or who makes the certificate: the operator itself (self: it also renews it and tells the API server), cert-manager, or you (secret).',
  ),
  failurePolicy: choice(
    ['Ignore', 'Fail'],
    defaultInstall.webhook.failurePolicy,
    'What happens to changes while no replica answers. With Ignore they pass, and what is wrong is left out later, with an Event.',
  ),
  timeoutSeconds: value(5, 'How long the API server waits for an answer.', {
    type: 'integer',
    minimum: 1,
    maximum: 30,
  }),
  secret: text(
    '',
    'Secret with tls.crt and tls.key; with secret it must be there, else it is made. Empty: the name of all objects and -webhook-certificate.',
  ),
  caBundle: text('', 'CA that signed the certificate, in PEM; with secret only.'),
});

const discoveryService = group(
  '`stoker discovery` beside the operator: finds the targets once for all workloads whose annotation asks for it (docs/discovery-service.md).',
  {
    mode: choice(
      discoveryServiceModes,
      'off',
      'off, or who makes the certificate: cert-manager, or you (secret: tls.crt, tls.key and ca.crt).',
    ),
    secret: text('', 'Secret with the certificate. Empty: the name of all objects and -discovery-certificate.'),
    replicas: count(defaults.replicas, 'Pods; all of them answer.', 1),
    resources: fragment(defaults.discoveryResources, 'Requests and limits.'),
    extraArgs: list('More flags of `stoker discovery`.', { type: 'string', pattern: '^-' }),
  },
);

const web = group('Who may see what the operator tells beside health: docs/security.md.', {
  explain: choice(
    ['off', 'authorized', 'open'],
    'off',
    'Who may ask /explain: nobody, whom the API server lets get the path and the object (needs a ClusterRole), or anybody who reaches the port.',
  ),
  metrics: choice(
    ['open', 'authorized'],
    'open',
    'Who may read /metrics: anybody who reaches the port, or whom the API server lets get the path; the ServiceMonitor sends the token of Prometheus then.',
  ),
});

const page = group('The page: monitors, their chains and what to change, in a browser (docs/page.md).', {
  mode: choice(
    ['off', 'loopback', 'service'],
    'off',
    'Nowhere; on 127.0.0.1 of each pod, for kubectl port-forward: who may do that sees everything; or on the address of each pod, with a Service: callers are asked for a token and see what they may list (needs a ClusterRole).',
  ),
  port: count(9080, 'Port of the page, on the pods and the Service.', 1),
  host: text('0.0.0.0', 'Address that it listens on with service; [::] where pods have IPv6.', {
    pattern: '^[0-9.]+$|^\\[[0-9a-f:.]+\\]$',
  }),
  secret: text(
    '',
    'Secret with tls.crt and tls.key: the page is served with TLS. With service it is needed, but for insecure.',
  ),
  insecure: flag(
    false,
    'Serve it without TLS with service, too: tokens cross the network in clear. For what adds TLS by itself.',
  ),
  service: group('The Service of the page.', {
    annotations: texts({}, 'Annotations of the Service.'),
  }),
});

const features = {
  kubelet: group('A Service of all kubelets, to be scraped by a ServiceMonitor.', {
    service: text('', 'NAMESPACE/NAME of the Service, such as kube-system/kubelet. Empty: none is kept.', {
      pattern: '^$|^[a-z0-9-]+/[a-z0-9-]+$',
    }),
    selector: text('', 'Label selector on nodes.'),
    endpoints: flag(true, 'Keep an Endpoints object.'),
    endpointSlices: flag(false, 'Keep EndpointSlices.'),
  }),
  targetDiscovery: flag(
    false,
    'Discover targets as Prometheus would, and show as metrics what each monitor finds and keeps. Needs memory for pods and endpoints.',
  ),
  observeReplicas: flag(
    false,
    'Ask every workload what it has loaded, for the conditions Loaded and Scraping. The operator must reach pods at ports 9090 (Prometheus), 9093 (Alertmanager) and 10902 (ThanosRuler).',
  ),
  guards: group('What is made around the pods of workloads: docs/guards.md.', {
    podDisruptionBudgets: choice(
      guardModes,
      'off',
      'A PodDisruptionBudget for each shard: for none, for workloads whose annotation stoker.dev/pod-disruption-budget asks for it, or for all.',
    ),
    networkPolicies: choice(
      guardModes,
      'off',
      'A NetworkPolicy for each workload: for none, for workloads whose annotation stoker.dev/network-policy asks for it, or for all.',
    ),
  }),
  repairPolicy: choice(['none', 'evict', 'delete'], 'none', 'What is done with pods stuck in an old revision.'),
};

const behaviour = {
  log: group('What is logged, to stdout.', {
    level: choice(logLevels, 'info', 'Least severe level.'),
    format: choice(['logfmt', 'json'], 'logfmt', 'A line a record.'),
  }),
  disableUnmanagedConfiguration: flag(
    true,
    'Write a config also for a Prometheus without any selector; false leaves such a Secret to its owner.',
  ),
  featureGates: value({}, 'Feature gates: name to true or false.', {
    type: 'object',
    additionalProperties: { type: 'boolean' },
  }),
  extraArgs: list('More flags of `stoker run`, such as --labels=team=shop. The last one of a name wins.', {
    type: 'string',
    pattern: '^-',
  }),
  extraEnv: list('More environment variables, as in a container.'),
  extraEnvFrom: list('ConfigMaps and Secrets that become environment variables, as in a container.'),
  extraVolumes: list('More volumes, as in a pod.'),
  extraVolumeMounts: list('Where they are mounted, as in a container.'),
};

const pod = {
  resources: fragment(defaults.resources, 'Requests and limits. docs/scale.md says what many monitors need.'),
  podSecurityContext: fragment(defaults.podSecurityContext, 'Security context of the pod.'),
  securityContext: fragment(defaults.securityContext, 'Security context of the container.'),
  livenessProbe: fragment(defaults.livenessProbe, 'Fails when a watch was broken for a quarter of an hour.'),
  readinessProbe: fragment(defaults.readinessProbe, 'Fails while a cache is not filled.'),
  annotations: texts({}, 'Annotations of the Deployment.'),
  podAnnotations: texts({}, 'Annotations of the pods.'),
  podLabels: texts({}, 'Labels of the pods.'),
  nodeSelector: texts({}, 'Labels that the node must have.'),
  tolerations: list('Taints that are tolerated.'),
  affinity: fragment({}, 'Affinity, as in a pod.'),
  topologySpreadConstraints: value(
    [defaults.spreadOverNodes],
    'How replicas spread; the labels of the pods are taken where a constraint names none.',
    { type: 'array', items: { type: 'object' } },
  ),
  priorityClassName: text('', 'Priority of the pods.'),
  terminationGracePeriodSeconds: count(
    defaults.terminationGracePeriodSeconds,
    'Time for syncs under way to end and for the lease to be released.',
  ),
  revisionHistoryLimit: count(defaults.revisionHistoryLimit, 'Old ReplicaSets that are kept for a roll back.'),
};

const availability = {
  podDisruptionBudget: group('Keeps a drain from taking all replicas at once; made with more than one replica only.', {
    enabled: flag(true, 'Make the PodDisruptionBudget.'),
    maxUnavailable: value(1, 'Replicas that may be away, as number or percentage.', {
      type: ['integer', 'string'],
    }),
  }),
  networkPolicy: group('Who may talk to the operator.', {
    enabled: flag(
      false,
      'Make the NetworkPolicy: its ports are reached from `ingressFrom`, the API server by `egress`.',
    ),
    ingressFrom: list('Peers that may scrape it, as in a NetworkPolicy. Empty: all.'),
    pageFrom: list('Peers that may reach the page, where it has a Service. Empty: all.'),
    egress: list('Rules of what it may reach, as in a NetworkPolicy. Empty: everything.'),
  }),
};

const monitoring = {
  service: group('The Service for scraping.', {
    port: count(defaults.webPort, 'Port of metrics and health.', 1),
    annotations: texts({}, 'Annotations of the Service.'),
  }),
  serviceMonitor: group('Has a Prometheus scrape the operator. Needs the CRDs in the cluster before the release.', {
    enabled: flag(false, 'Make the ServiceMonitor.'),
    labels: texts({}, 'Labels that the Prometheus selects by.'),
    interval: duration('How often. Empty: as the Prometheus has it.'),
    scrapeTimeout: duration('How long a scrape may take. Empty: as the Prometheus has it.'),
    relabelings: list('Relabelings of the target.'),
    metricRelabelings: list('Relabelings of the samples.'),
  }),
  prometheusRule: group('Alerts about the operator itself. Needs the CRDs in the cluster before the release.', {
    enabled: flag(false, 'Make the PrometheusRule.'),
    labels: texts({}, 'Labels that the Prometheus selects by.'),
    disabled: list('Names of alerts to leave out.', { type: 'string' }),
  }),
  dashboard: group('A Grafana dashboard about the operator, in a ConfigMap for the dashboard sidecar.', {
    enabled: flag(false, 'Make the ConfigMap.'),
    labels: texts({ grafana_dashboard: '1' }, 'Labels that the sidecar selects by.'),
    annotations: texts({}, 'Annotations, such as the folder.'),
  }),
};

/** All values of charts/stoker, in the order of values.yaml. */
export const operatorValues: Group = group('Values of the chart stoker.', {
  ...naming,
  imagePullSecrets: list(
    'Secrets with registry credentials; `image.pullSecrets` and `global.imagePullSecrets` count as well.',
    namedSecret,
  ),
  replicas: count(defaults.replicas, 'Pods of the operator; one of them works.'),
  image,
  leaderElection,
  scope,
  ...access,
  webhook,
  discoveryService,
  web,
  page,
  ...features,
  ...behaviour,
  ...pod,
  ...availability,
  ...monitoring,
  tests: group('`helm test`.', {
    enabled: flag(true, 'Make the pod that asks the operator whether it is ready.'),
  }),
  extraObjects: list('More objects, as they are; templates in them are evaluated.', { type: ['object', 'string'] }),
});

/** Values of charts/stoker-crds, and of its part in charts/stoker below `crds`. */
export const crdValues: Group = group('Values of the chart stoker-crds.', {
  keep: flag(true, 'Leave the definitions, and with them all objects of users, when the release is uninstalled.'),
  labels: texts({}, 'Labels of the definitions.'),
  annotations: texts({}, 'Annotations of the definitions.'),
});
