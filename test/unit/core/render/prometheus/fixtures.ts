import type { PrometheusAgent, PrometheusAgentSpec } from '../../../../../src/api/prometheus-agent.ts';
import type { Prometheus, PrometheusSpec } from '../../../../../src/api/prometheus.ts';
import { asAgentWorkload, asServerWorkload } from '../../../../../src/core/render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../../../../../src/core/render/prometheus/prometheus-workload.ts';
import { renderStatefulSet } from '../../../../../src/core/render/prometheus/prometheus-sets.ts';
import type { StatefulSet } from '../../../../../src/core/render/shared/rendered-objects.ts';
import type { OperatorSettings } from '../../../../../src/core/settings.ts';

/** The operator's settings as they are without any flag. */
export function makeSettings(changes: Partial<OperatorSettings> = {}): OperatorSettings {
  return {
    localHost: 'localhost',
    prometheusBaseImage: 'quay.io/prometheus/prometheus',
    alertmanagerBaseImage: 'quay.io/prometheus/alertmanager',
    thanosBaseImage: 'quay.io/thanos/thanos',
    reloader: {
      image: 'example.org/config-reloader:v1',
      cpuRequest: '10m',
      cpuLimit: '10m',
      memoryRequest: '50Mi',
      memoryLimit: '50Mi',
      probes: false,
    },
    labels: {},
    annotations: {},
    clusterDomain: '',
    watchReferencedObjectsInAllNamespaces: false,
    disableUnmanagedConfiguration: false,
    gates: {
      PrometheusAgentDaemonSet: true,
      PrometheusTopologySharding: true,
      PrometheusShardRetentionPolicy: true,
      StatusForConfigurationResources: false,
      RemoteWriteCustomResourceDefinition: false,
      AlertmanagerOriginLabels: false,
    },
    guards: { podDisruptionBudgets: 'off', networkPolicies: 'off' },
    capabilities: { endpointSlices: true, podTopologyLabels: false },
    ...changes,
  };
}

export function makePrometheus(spec: PrometheusSpec = {}, metadata: Partial<Prometheus['metadata']> = {}): Prometheus {
  return { metadata: { name: 'k8s', namespace: 'monitoring', uid: 'u1', generation: 3, ...metadata }, spec };
}

/** The Prometheus monitoring/k8s as rendering sees it. */
export function makeServer(spec: PrometheusSpec = {}, settings: Partial<OperatorSettings> = {}): PrometheusWorkload {
  return asServerWorkload(makePrometheus(spec), makeSettings(settings));
}

/** The PrometheusAgent monitoring/edge as rendering sees it. */
export function makeAgent(
  spec: PrometheusAgentSpec = {},
  settings: Partial<OperatorSettings> = {},
): PrometheusWorkload {
  const agent: PrometheusAgent = { metadata: { name: 'edge', namespace: 'monitoring', uid: 'u2' }, spec };
  return asAgentWorkload(agent, makeSettings(settings));
}

export function makeStatefulSet(workload: PrometheusWorkload, shard = 0): StatefulSet {
  return renderStatefulSet(workload, { shard, tlsAssetSecrets: 1, ruleConfigMaps: ['rules-0'] });
}
