import * as defaults from './defaults.ts';
import { labels, selectorLabels } from './labels.ts';
import type { InstallOptions, Manifest } from './options.ts';

const { installName: name } = defaults;

/** The command line of the container: flags that keep their default are left out, so that a newer version may change it. */
function listArgs({ namespaces, assetAccess }: InstallOptions): string[] {
  return [
    'run',
    '--leader-elect=true',
    ...(assetAccess === 'get' ? ['--asset-access=get'] : []),
    ...(namespaces.length > 0 ? [`--namespaces=${namespaces.join(',')}`] : []),
    '--watch-referenced-objects-in-all-namespaces=true',
    '--disable-unmanaged-prometheus-configuration=true',
  ];
}

function renderContainer(options: InstallOptions): Manifest {
  const fromField = (fieldPath: string) => ({ fieldRef: { fieldPath } });
  return {
    name,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    args: listArgs(options),
    ports: [{ name: 'web', containerPort: defaults.webPort }],
    env: [{ name: 'POD_NAME', valueFrom: fromField('metadata.name') }],
    livenessProbe: defaults.livenessProbe,
    readinessProbe: defaults.readinessProbe,
    resources: defaults.resources,
    securityContext: defaults.securityContext,
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
