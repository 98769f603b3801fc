import { renderAccess } from './service-account.ts';
import { installName as name, webPort } from './defaults.ts';
import { renderDeployment } from './deployment.ts';
import { renderDiscoveryService } from './discovery-install.ts';
import { labels, selectorLabels } from './labels.ts';
import type { InstallOptions, Manifest } from './install-options.ts';
import { renderSideWebhook } from './side-webhook.ts';

function renderService(namespace: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: {
      clusterIP: 'None',
      selector: selectorLabels,
      ports: [{ name: 'web', port: webPort, targetPort: 'web' }],
    },
  };
}

/** A drain waits until the other replica runs elsewhere. */
function renderDisruptionBudget(namespace: string): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels } },
  };
}

/** Everything but the CRDs that a cluster needs to run the operator, in the order to apply it. */
export function renderInstall(options: InstallOptions): Manifest[] {
  const { namespace, replicas } = options;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    ...renderAccess(options),
    renderService(namespace),
    ...(replicas > 1 ? [renderDisruptionBudget(namespace)] : []),
    renderDeployment(options),
    ...renderSideWebhook(options),
    ...renderDiscoveryService(options),
  ];
}
