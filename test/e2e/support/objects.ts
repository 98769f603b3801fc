/** Objects that tests apply. */
import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { Prometheus, PrometheusSpec } from '../../../src/api/prometheus.ts';
import type { PrometheusRule } from '../../../src/api/prometheus-rule.ts';
import type { ServiceMonitor } from '../../../src/api/service-monitor.ts';

/** A Prometheus that selects all ServiceMonitors and rules of its namespace. */
export function makePrometheus(namespace: string, name: string, spec: PrometheusSpec = {}): Prometheus {
  return {
    metadata: { namespace, name },
    spec: { version: 'v3.5.0', replicas: 1, serviceMonitorSelector: {}, ruleSelector: {}, ...spec },
  };
}

type Endpoint = ServiceMonitor['spec']['endpoints'][number];

export function makeServiceMonitor(namespace: string, name: string, endpoint: Endpoint = {}): ServiceMonitor {
  return {
    metadata: { namespace, name },
    spec: { selector: { matchLabels: { app: name } }, endpoints: [{ port: 'web', ...endpoint }] },
  };
}

export function makeRule(namespace: string, name: string, expr: string, record = 'job:up:sum'): PrometheusRule {
  return {
    metadata: { namespace, name },
    spec: { groups: [{ name: 'group', rules: [{ record, expr }] }] },
  };
}

type Webhook = NonNullable<NonNullable<AlertmanagerConfig['spec']['receivers']>[number]['webhookConfigs']>[number];

/** A tenant's object with one receiver, "hook". */
export function makeAlertmanagerConfig(namespace: string, name: string, webhook: Webhook): AlertmanagerConfig {
  return {
    metadata: { namespace, name },
    spec: {
      route: { receiver: 'hook', groupBy: ['job'] },
      receivers: [{ name: 'hook', webhookConfigs: [webhook] }],
    },
  };
}

/** @param data plain text by key. */
export function makeSecret(
  namespace: string,
  name: string,
  data: Record<string, string>,
): KubernetesObject & { stringData: Record<string, string> } {
  return { metadata: { namespace, name }, stringData: data };
}
