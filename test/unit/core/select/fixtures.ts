import type { KubernetesObject, ObjectMeta } from '../../../../src/api/meta.ts';
import type { PodMonitor, PodMonitorSpec } from '../../../../src/api/pod-monitor.ts';
import type { Probe, ProbeSpec } from '../../../../src/api/probe.ts';
import type { Prometheus, PrometheusSpec } from '../../../../src/api/prometheus.ts';
import type { ScrapeConfig, ScrapeConfigSpec } from '../../../../src/api/scrape-config.ts';
import type { ServiceMonitor, ServiceMonitorSpec } from '../../../../src/api/service-monitor.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import type { Lister } from '../../../../src/core/listers.ts';
import { listMonitors, monitorKinds } from '../../../../src/core/monitor.ts';
import type { Monitor, Monitors } from '../../../../src/core/monitor.ts';
import type { MonitorSources } from '../../../../src/core/select/monitors.ts';
import type { PrometheusWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import { asServerWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import type { OperatorSettings } from '../../../../src/core/settings.ts';

export const settings: OperatorSettings = {
  localHost: 'localhost',
  prometheusBaseImage: 'prometheus',
  alertmanagerBaseImage: 'alertmanager',
  thanosBaseImage: 'thanos',
  reloader: { image: 'r', cpuRequest: '0', cpuLimit: '0', memoryRequest: '0', memoryLimit: '0', probes: false },
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
  capabilities: { endpointSlices: true, podTopologyLabels: true },
};

/** A Prometheus that selects everything everywhere. */
export function makePrometheus(spec: Partial<PrometheusSpec> = {}): Prometheus {
  return {
    metadata: { name: 'k8s', namespace: 'monitoring', uid: 'p' },
    spec: {
      scrapeInterval: '30s',
      evaluationInterval: '30s',
      serviceMonitorSelector: {},
      serviceMonitorNamespaceSelector: {},
      podMonitorSelector: {},
      podMonitorNamespaceSelector: {},
      probeSelector: {},
      probeNamespaceSelector: {},
      scrapeConfigSelector: {},
      scrapeConfigNamespaceSelector: {},
      ...spec,
    },
  };
}

export const makeWorkload = (spec: Partial<PrometheusSpec> = {}): PrometheusWorkload =>
  asServerWorkload(makePrometheus(spec), settings);

let version = 0;

function makeMetadata(key: string, labels: Record<string, string> = {}): ObjectMeta {
  const [namespace = '', name = ''] = key.split('/');
  version += 1;
  return { namespace, name, uid: key, resourceVersion: String(version), labels };
}

/** @param key "namespace/name". */
export function makeServiceMonitor(key: string, spec: Partial<ServiceMonitorSpec> = {}): ServiceMonitor {
  return { metadata: makeMetadata(key), spec: { selector: {}, endpoints: [{ port: 'web' }], ...spec } };
}

export function makePodMonitor(key: string, spec: Partial<PodMonitorSpec> = {}): PodMonitor {
  return { metadata: makeMetadata(key), spec: { selector: {}, podMetricsEndpoints: [{ port: 'web' }], ...spec } };
}

export function makeProbe(key: string, spec: Partial<ProbeSpec> = {}): Probe {
  const targets = { staticConfig: { static: ['a.example'] } };
  return { metadata: makeMetadata(key), spec: { prober: { url: 'prober:9115', path: '/probe' }, targets, ...spec } };
}

export function makeScrapeConfig(key: string, spec: Partial<ScrapeConfigSpec> = {}): ScrapeConfig {
  return { metadata: makeMetadata(key), spec: { staticConfigs: [{ targets: ['a:1'] }], ...spec } };
}

export function makeLister<T extends KubernetesObject>(objects: readonly T[]): Lister<T> {
  return {
    list: (namespace) =>
      namespace === undefined ? objects : objects.filter(({ metadata }) => metadata.namespace === namespace),
    get: (namespace, name) =>
      objects.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  };
}

export const makeNamespace = (name: string, labels: Record<string, string> = {}): KubernetesObject => ({
  metadata: { name, labels },
});

export const makeMonitors = (monitors: Partial<Monitors>): Monitors => ({
  ...listMonitors(() => []),
  ...monitors,
});

export function makeSources(monitors: Partial<Monitors>, namespaces: readonly KubernetesObject[] = []): MonitorSources {
  const all = makeMonitors(monitors);
  const listers = monitorKinds.map((kind) => [kind, makeLister<Monitor>(all[kind])]);
  return {
    ...(Object.fromEntries(listers) as unknown as Omit<MonitorSources, 'namespaces'>),
    namespaces: makeLister(namespaces),
  };
}

/** @param key "namespace/name". @param data as text. */
export function makeSecret(key: string, data: Record<string, string>): AssetObject {
  const encoded = Object.entries(data).map(([name, text]) => [name, Buffer.from(text).toString('base64')]);
  return { metadata: makeMetadata(key), data: Object.fromEntries(encoded) };
}

export const makeConfigMap = (key: string, data: Record<string, string>): AssetObject => ({
  metadata: makeMetadata(key),
  data,
});

export const makeStore = (secrets: readonly AssetObject[] = [], configMaps: readonly AssetObject[] = []): AssetStore =>
  new AssetStore({ secrets, configMaps });
