/** What a fresh control plane holds. */
import type { SandboxApi } from './api.ts';

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

const byServer = { fieldManager: 'kube-apiserver' };

/** Creates what is missing: the namespaces of every cluster and the Service of the API server. */
export function bootstrap(api: SandboxApi): void {
  const resource = { group: '', plural: 'namespaces' };
  for (const name of namespaces) {
    if (api.get(resource, { namespace: '', name }) !== undefined) continue;
    api.create(resource, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, byServer);
  }
  const services = { group: '', plural: 'services' };
  if (api.get(services, { namespace: 'default', name: 'kubernetes' }) !== undefined) return;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
  };
  api.create(services, service, byServer);
}
