/** Values of the chart: sets that are rendered, and those that are refused. */
import { rootCertificates } from 'node:tls';
import { defaultInstall } from '../../../src/operator/install/defaults.ts';
import type { InstallOptions } from '../../../src/operator/install/install-options.ts';
import type { Values } from './helm.ts';

/** A CA in form, if not in fact: nobody verifies with it here. */
const caBundle = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';
const { webhook } = defaultInstall;

/** The values of the chart, and what `stoker install` is told for the same. */
export const sameAs: readonly (readonly [Values, Partial<InstallOptions>])[] = [
  [{}, {}],
  [{ replicas: 1 }, { replicas: 1 }],
  [{ 'scope.namespaces': ['pay', 'shop'] }, { namespaces: ['pay', 'shop'] }],
  [{ 'scope.namespaces': ['stoker'] }, { namespaces: ['stoker'] }],
  [{ 'rbac.secrets': 'get' }, { assetAccess: 'get' }],
  [
    { 'guards.podDisruptionBudgets': 'on', 'guards.networkPolicies': 'annotated' },
    { guards: { podDisruptionBudgets: 'on', networkPolicies: 'annotated' } },
  ],
  [{ 'webhook.mode': 'self' }, { webhook: { ...webhook, mode: 'self' } }],
  [
    { 'webhook.mode': 'self', 'webhook.failurePolicy': 'Fail', 'scope.namespaces': ['shop'] },
    { webhook: { ...webhook, mode: 'self', failurePolicy: 'Fail' }, namespaces: ['shop'] },
  ],
  [{ 'webhook.mode': 'cert-manager' }, { webhook: { ...webhook, mode: 'cert-manager' } }],
  [
    { 'webhook.mode': 'secret', 'webhook.secret': 'mine', 'webhook.caBundle': caBundle },
    { webhook: { ...webhook, mode: 'secret', secret: 'mine', caBundle } },
  ],
  [
    { 'discoveryService.mode': 'cert-manager' },
    { discoveryService: { ...defaultInstall.discoveryService, mode: 'cert-manager' } },
  ],
  [
    { 'discoveryService.mode': 'secret', 'discoveryService.secret': 'mine', 'scope.namespaces': ['shop'] },
    { discoveryService: { mode: 'secret', secret: 'mine' }, namespaces: ['shop'] },
  ],
  [
    { 'scope.namespaces': ['shop'], 'rbac.secrets': 'get', 'image.repository': 'r.example/s', 'image.tag': 'x' },
    { namespaces: ['shop'], assetAccess: 'get', image: 'r.example/s:x' },
  ],
];

export const everything: Values = {
  'serviceMonitor.enabled': true,
  'serviceMonitor.labels': { release: 'main' },
  'serviceMonitor.interval': '30s',
  'serviceMonitor.relabelings': [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
  'prometheusRule.enabled': true,
  'prometheusRule.disabled': ['StokerDown'],
  'dashboard.enabled': true,
  'networkPolicy.enabled': true,
  'networkPolicy.ingressFrom': [{ namespaceSelector: { matchLabels: { team: 'ops' } } }],
  'networkPolicy.egress': [{ ports: [{ port: 443 }, { port: 6443 }] }],
};

const podFields: Values = {
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'ops', operator: 'Exists' }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }],
      },
    },
  },
  priorityClassName: 'system-cluster-critical',
  'image.digest': `sha256:${'0'.repeat(64)}`,
  'image.pullSecrets': [{ name: 'registry' }],
  extraArgs: ['--labels=team=ops', '--workers=8'],
  extraEnv: [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=400' }],
  extraEnvFrom: [{ configMapRef: { name: 'proxy', optional: true } }],
  extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
  extraVolumeMounts: [{ name: 'ca', mountPath: '/etc/ca', readOnly: true }],
  podLabels: { team: 'ops' },
  podAnnotations: { note: 'x' },
  annotations: { note: 'y' },
  commonLabels: { cost: 'ops', 'app.kubernetes.io/name': 'mine' },
  commonAnnotations: { owner: 'ops' },
};

/** What switches each feature of the table of rules on. */
export const everyFeature: Values = {
  'crds.enabled': false,
  featureGates: { StatusForConfigurationResources: true, PrometheusAgentDaemonSet: true },
  'kubelet.service': 'kube-system/kubelet',
  'kubelet.endpointSlices': true,
  targetDiscovery: true,
  'guards.podDisruptionBudgets': 'annotated',
  'guards.networkPolicies': 'on',
  'web.explain': 'authorized',
};

/** Each set is rendered and taken by the API server. */
export const combinations: Readonly<Record<string, Values>> = {
  defaults: {},
  everything,
  'all pod fields': podFields,
  'both, elsewhere named': { ...everything, ...podFields, fullnameOverride: 'prom-op', nameOverride: 'op' },
  'callers are asked about': {
    'web.explain': 'authorized',
    'web.metrics': 'authorized',
    'serviceMonitor.enabled': true,
  },
  'one replica without election': { replicas: 1, 'leaderElection.enabled': false },
  'Roles only': { 'scope.namespaces': ['shop', 'pay'], ...everything },
  'Roles only, workloads apart': { 'scope.namespaces': ['shop', 'pay'], 'scope.workloadNamespaces': ['stoker'] },
  'workloads apart, monitors everywhere': { 'scope.workloadNamespaces': ['stoker'] },
  'no list of Secrets': { 'rbac.secrets': 'get', 'scope.watchReferencedObjectsInAllNamespaces': false },
  'all gates': {
    featureGates: { StatusForConfigurationResources: true, PrometheusAgentDaemonSet: true },
    'scope.controllerId': 'ops/one',
    'scope.denyNamespaces': ['kube-system'],
    'log.level': 'debug',
    'log.format': 'json',
  },
  'webhook with a certificate of its own': { 'webhook.mode': 'self', ...everything },
  'webhook with a certificate of its own, Roles only': { 'webhook.mode': 'self', 'scope.namespaces': ['shop'] },
  'webhook with cert-manager': { 'webhook.mode': 'cert-manager', 'webhook.failurePolicy': 'Fail', ...podFields },
  'webhook with a Secret': {
    'webhook.mode': 'secret',
    'webhook.secret': 'mine',
    'webhook.caBundle': rootCertificates[0],
  },
  'kubelets, repair, discovery': {
    targetDiscovery: true,
    observeReplicas: true,
    'kubelet.service': 'kube-system/kubelet',
    'kubelet.selector': 'os=linux',
    'kubelet.endpointSlices': true,
    repairPolicy: 'evict',
  },
  'slow election': {
    'leaderElection.name': 'ops',
    'leaderElection.leaseDuration': '1m',
    'leaderElection.renewDeadline': '40s',
    'leaderElection.retryPeriod': '5s',
  },
  'identity made elsewhere': { 'serviceAccount.create': false, 'serviceAccount.name': 'ops', 'rbac.create': false },
  'bare pod': {
    livenessProbe: null,
    readinessProbe: null,
    resources: null,
    topologySpreadConstraints: [],
    'tests.enabled': false,
  },
  'discovery service': { 'discoveryService.mode': 'secret', ...podFields },
  'discovery service, elsewhere named, identity made elsewhere': {
    'discoveryService.mode': 'secret',
    'discoveryService.replicas': 1,
    'discoveryService.extraArgs': ['--log-level=debug'],
    'discoveryService.resources': null,
    fullnameOverride: 'prom-op',
    'serviceAccount.create': false,
    'serviceAccount.name': 'ops',
  },
  'page on the loopback interface': { 'page.mode': 'loopback' },
  'page with a Service': { 'page.mode': 'service', 'page.secret': 'mine', ...podFields, ...everything },
  'page with a Service, Roles only, TLS by others, beside a webhook': {
    ...{ 'page.mode': 'service', 'page.insecure': true, 'page.host': '[::]', 'page.port': 9443 },
    ...{ 'scope.namespaces': ['shop'], 'webhook.mode': 'cert-manager' },
  },
  'extra objects': {
    extraObjects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: '{{ .Release.Name }}-more', namespace: '{{ .Release.Namespace }}' },
      },
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: text, namespace: stoker}',
    ],
  },
};

/** Values that are refused, and what the message must say. */
export const refused: readonly (readonly [Values, RegExp])[] = [
  [{ replica: 2 }, /additional properties 'replica' not allowed/],
  [{ 'image.taag': 'x' }, /at '\/image': additional properties 'taag' not allowed/],
  [{ replicas: 'two' }, /at '\/replicas': got string, want integer/],
  [{ 'rbac.secrets': 'list' }, /at '\/rbac\/secrets': value must be one of 'watch', 'get'/],
  [{ 'image.digest': 'sha256:1' }, /at '\/image\/digest'/],
  [{ 'log.level': 'loud' }, /at '\/log\/level': value must be one of/],
  [{ 'leaderElection.leaseDuration': '15' }, /at '\/leaderElection\/leaseDuration'/],
  [{ 'scope.namespaces': ['Shop'] }, /at '\/scope\/namespaces\/0'/],
  [{ 'crds.conversion': 'on' }, /at '\/crds\/conversion': value must be one of 'auto', 'off'/],
  [{ 'crds.kep': false }, /additional properties 'kep' not allowed/],
  [{ extraArgs: ['labels=a'] }, /at '\/extraArgs\/0'/],
  [
    { 'scope.namespaces': ['a'], 'scope.denyNamespaces': ['b'] },
    /scope.namespaces and scope.denyNamespaces are both set/,
  ],
  [{ 'webhook.mode': 'secret' }, /webhook.mode is secret, which needs webhook.secret .* and webhook.caBundle/],
  [
    { 'discoveryService.mode': 'self' },
    /at '\/discoveryService\/mode': value must be one of 'off', 'cert-manager', 'secret'/,
  ],
  [{ 'discoveryService.replicas': 0 }, /at '\/discoveryService\/replicas': minimum/],
  [{ 'page.mode': 'service' }, /page.mode is service, which needs page.secret .*; or set page.insecure=true/],
  [{ 'page.mode': 'on' }, /at '\/page\/mode': value must be one of 'off', 'loopback', 'service'/],
  [{ 'page.host': 'everywhere' }, /at '\/page\/host'/],
  [{ imagePullSecrets: ['registry'] }, /at '\/imagePullSecrets\/0': got string, want object/],
  [{ tolerations: { key: 'a' } }, /at '\/tolerations': got object, want array/],
  [{ nodeSelector: { disk: true } }, /at '\/nodeSelector\/disk': got boolean, want string/],
  [{ affinity: [] }, /at '\/affinity': got array, want object/],
  [{ 'serviceMonitor.interval': 30 }, /at '\/serviceMonitor\/interval': got number, want string/],
  [{ 'kubelet.service': 'kubelet' }, /at '\/kubelet\/service'/],
  [
    { 'leaderElection.enabled': false },
    /replicas is 2 and leaderElection.enabled is false: .*set leaderElection.enabled=true or replicas=1/,
  ],
];
