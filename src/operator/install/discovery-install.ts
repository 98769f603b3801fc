import type { PolicyRule } from './access-plan.ts';
import { renderServiceCertificate } from './certificate.ts';
import * as defaults from './defaults.ts';
import { labels as ofOperator, selectorLabels as ofOperatorPods } from './labels.ts';
import type { InstallOptions, Manifest } from './install-options.ts';

const name = defaults.discoveryName;
const { discoveryPort: port } = defaults;
const component = { 'app.kubernetes.io/component': 'discovery' };
const selectorLabels = { ...ofOperatorPods, ...component };
const labels = { ...ofOperator, ...component };
const stateFolder = '/var/lib/stoker';

/** What targets are discovered from, plans, and who asks (docs/adr/0011-discovery-service.md). It reads no Secret and writes nothing. */
export const discoveryRules: readonly PolicyRule[] = [
  follow('', ['pods', 'services', 'endpoints', 'nodes', 'namespaces', 'configmaps']),
  follow('discovery.k8s.io', ['endpointslices']),
  follow('networking.k8s.io', ['ingresses']),
  follow('apps', ['replicasets']),
  follow('batch', ['jobs']),
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

function follow(group: string, resources: readonly string[]): PolicyRule {
  return { apiGroups: [group], resources, verbs: ['get', 'list', 'watch'] };
}

function renderAccess(namespace: string): Manifest[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels } },
    { apiVersion, kind: 'ClusterRole', metadata: { name, labels }, rules: discoveryRules },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}

function renderCertificate({ namespace, discoveryService: { mode, secret } }: InstallOptions): Manifest[] {
  return mode === 'cert-manager' ? renderServiceCertificate({ name, namespace, labels, secret }) : [];
}

const probe = (path: string) => ({
  httpGet: { path, port: 'web', scheme: 'HTTPS' },
  periodSeconds: 10,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

function renderContainer({ image }: InstallOptions): Manifest {
  return {
    name: 'discovery',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: [
      'discovery',
      `--web.listen-address=:${port}`,
      '--web.enable-tls=true',
      `--web.cert-file=${defaults.certificateFolder}/tls.crt`,
      `--web.key-file=${defaults.certificateFolder}/tls.key`,
      `--state-dir=${stateFolder}`,
    ],
    ports: [{ name: 'web', containerPort: port }],
    livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 10 },
    readinessProbe: probe('/readyz'),
    resources: defaults.discoveryResources,
    securityContext: defaults.securityContext,
    volumeMounts: [
      { name: 'certificate', mountPath: defaults.certificateFolder, readOnly: true },
      { name: 'state', mountPath: stateFolder },
    ],
  };
}

function renderDeployment(options: InstallOptions): Manifest {
  const { namespace, discoveryService } = options;
  const matchLabels = selectorLabels;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: defaults.replicas,
      revisionHistoryLimit: defaults.revisionHistoryLimit,
      selector: { matchLabels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          securityContext: { ...defaults.podSecurityContext, fsGroup: defaults.userId },
          topologySpreadConstraints: [{ ...defaults.spreadOverNodes, labelSelector: { matchLabels } }],
          containers: [renderContainer(options)],
          volumes: [
            // Its CA is for those who ask; the files of the web server would take it for one of clients under another name.
            {
              name: 'certificate',
              secret: { secretName: discoveryService.secret, items: ['tls.crt', 'tls.key'].map(takeKey) },
            },
            { name: 'state', emptyDir: {} },
          ],
        },
      },
    },
  };
}

const takeKey = (key: string) => ({ key, path: key });

/** `stoker discovery` beside the operator, with all that it needs; nothing when it is off. */
export function renderDiscoveryService(options: InstallOptions): Manifest[] {
  const { namespace, discoveryService } = options;
  if (discoveryService.mode === 'off') return [];
  const metadata = { name, namespace, labels };
  const ports = [{ name: 'web', port, targetPort: 'web', protocol: 'TCP' }];
  return [
    ...renderAccess(namespace),
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: selectorLabels, ports } },
    ...renderCertificate(options),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels } },
    },
    renderDeployment(options),
  ];
}

/** Flags of the operator for it, by name. Which workloads use it their annotations say. */
export function listDiscoveryFlags({ namespace, discoveryService }: InstallOptions): Readonly<Record<string, string>> {
  if (discoveryService.mode === 'off') return {};
  return {
    'discovery-service-ca': `${namespace}/${discoveryService.secret}`,
    'discovery-service-url': `https://${name}.${namespace}.svc:${port}`,
  };
}
