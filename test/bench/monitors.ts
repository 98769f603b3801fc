import type { KubernetesObject } from '../../src/api/meta.ts';
import type { ServiceMonitor } from '../../src/api/service-monitor.ts';

export const namespaceCount = 100;

export const nameNamespace = (at: number): string => `bench-${String(at % namespaceCount).padStart(3, '0')}`;

export const createNamespace = (at: number): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: nameNamespace(at), labels: { team: 'bench' } },
});

/** Selects all monitors there are. */
export const createPrometheus = (): KubernetesObject & { spec: object } => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'bench', namespace: nameNamespace(0) },
  spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} },
});

/** A ServiceMonitor as teams write them, about 1.4 KB of JSON once stored. */
export function createMonitor(at: number, interval = '30s'): ServiceMonitor {
  const name = `service-${String(at).padStart(5, '0')}`;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      name,
      namespace: nameNamespace(at),
      labels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': 'bench',
        'app.kubernetes.io/managed-by': 'Helm',
        'helm.sh/chart': 'service-1.2.3',
        release: 'main',
      },
      annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': nameNamespace(at) },
    },
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name } },
      namespaceSelector: { matchNames: [nameNamespace(at)] },
      endpoints: [
        {
          port: 'http-metrics',
          path: '/metrics',
          interval,
          scrapeTimeout: '10s',
          scheme: 'http',
          relabelings: [
            { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' },
            { action: 'labeldrop', regex: 'pod_template_hash|controller_revision_hash' },
          ],
          metricRelabelings: [
            { action: 'drop', sourceLabels: ['__name__'], regex: 'go_(gc|memstats|threads)_.*' },
            {
              action: 'drop',
              sourceLabels: ['__name__', 'le'],
              regex: 'http_request_duration_seconds_bucket;(0.0025|0.075|0.75)',
            },
          ],
        },
      ],
      podTargetLabels: ['app.kubernetes.io/version', 'team'],
      sampleLimit: 50_000,
    },
  };
}
