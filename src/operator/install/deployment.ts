import * as defaults from './defaults.ts';
import { listDiscoveryFlags } from './discovery-install.ts';
import { labels, selectorLabels } from './labels.ts';
import type { InstallOptions, Manifest } from './install-options.ts';
import { listSideWebhookFlags } from './side-webhook.ts';

const { installName: name } = defaults;

/** The command line of the container: flags that keep their default are left out, so that a newer version may change it. */
function listArgs(options: InstallOptions): string[] {
  const { namespaces, assetAccess, guards } = options;
  const { podDisruptionBudgets: budgets, networkPolicies: policies } = guards;
  const flags: Readonly<Record<string, string>> = {
    ...(assetAccess === 'get' ? { 'asset-access': 'get' } : {}),
    ...listDiscoveryFlags(options),
    ...(namespaces.length > 0 ? { namespaces: namespaces.join(',') } : {}),
    ...(policies === 'off' ? {} : { 'network-policies': policies }),
    ...(budgets === 'off' ? {} : { 'pod-disruption-budgets': budgets }),
    ...listSideWebhookFlags(options),
  };
  return [
    'run',
    '--leader-elect=true',
    ...Object.entries(flags).map(([flag, text]) => `--${flag}=${text}`),
    '--watch-referenced-objects-in-all-namespaces=true',
    '--disable-unmanaged-prometheus-configuration=true',
  ];
}

/** The certificate of the webhook, where it is not made here. */
function renderVolumes({ webhook: { mode, secret } }: InstallOptions): { container: Manifest; pod: Manifest } {
  if (mode === 'off' || mode === 'self') return { container: {}, pod: {} };
  const mount = { name: 'certificate', mountPath: defaults.certificateFolder, readOnly: true };
  return {
    container: { volumeMounts: [mount] },
    pod: { volumes: [{ name: 'certificate', secret: { secretName: secret } }] },
  };
}

function renderContainer(options: InstallOptions): Manifest {
  const fromField = (fieldPath: string) => ({ fieldRef: { fieldPath } });
  return {
    name,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    args: listArgs(options),
    ports: [
      { name: 'web', containerPort: defaults.webPort },
      ...(options.webhook.mode === 'off' ? [] : [{ name: 'webhook', containerPort: defaults.webhookPort }]),
    ],
    env: [
      { name: 'POD_NAME', valueFrom: fromField('metadata.name') },
      { name: 'POD_NAMESPACE', valueFrom: fromField('metadata.namespace') },
    ],
    livenessProbe: defaults.livenessProbe,
    readinessProbe: defaults.readinessProbe,
    resources: defaults.resources,
    securityContext: defaults.securityContext,
    ...renderVolumes(options).container,
  };
}

function renderPodTemplate(options: InstallOptions): Manifest {
  return {
    metadata: { labels, annotations: { 'kubectl.kubernetes.io/default-container': name } },
    spec: {
      serviceAccountName: name,
      securityContext: defaults.podSecurityContext,
      terminationGracePeriodSeconds: defaults.terminationGracePeriodSeconds,
      topologySpreadConstraints: [{ ...defaults.spreadOverNodes, labelSelector: { matchLabels: selectorLabels } }],
      containers: [renderContainer(options)],
      ...renderVolumes(options).pod,
    },
  };
}

export function renderDeployment(options: InstallOptions): Manifest {
  const { namespace, replicas } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      revisionHistoryLimit: defaults.revisionHistoryLimit,
      selector: { matchLabels: selectorLabels },
      template: renderPodTemplate(options),
    },
  };
}
