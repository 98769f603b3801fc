import type { KubernetesObject } from '../../api/meta.ts';
import { podMonitorSpec } from '../../api/pod-monitor.ts';
import { probeSpec } from '../../api/probe.ts';
import { prometheusSpec } from '../../api/prometheus.ts';
import { scrapeConfigSpec } from '../../api/scrape-config.ts';
import { serviceMonitorSpec } from '../../api/service-monitor.ts';
import { thanosRulerSpec } from '../../api/thanos-ruler.ts';
import { collectReferences, planReferences } from './references.ts';
import type { FieldReference, ReferencePlan } from './references.ts';

/** The kinds whose objects become scrape jobs, in the order of their jobs. */
export const monitorKinds = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'] as const;

export type MonitorKind = (typeof monitorKinds)[number];

const monitorPlans: Readonly<Record<MonitorKind, ReferencePlan>> = {
  ServiceMonitor: planReferences(serviceMonitorSpec),
  PodMonitor: planReferences(podMonitorSpec),
  Probe: planReferences(probeSpec),
  ScrapeConfig: planReferences(scrapeConfigSpec),
};

/**
 * Fields of a Prometheus or PrometheusAgent whose keys are read while its configuration is rendered. Other fields name
 * objects that the pods mount; those are not read.
 */
const workloadPlan = planReferences(prometheusSpec, [
  'additionalScrapeConfigs',
  'additionalAlertRelabelConfigs',
  'additionalAlertManagerConfigs',
  'apiserverConfig',
  'scrapeClasses',
  'alerting',
  'remoteWrite',
  'remoteRead',
  'tracingConfig',
]);

/** Fields of a ThanosRuler whose keys are read: the pods mount the others. */
const rulerPlan = planReferences(thanosRulerSpec, ['remoteWrite']);

interface WithSpec extends KubernetesObject {
  readonly spec: object;
}

/** The keys that a monitor refers to; they are all in its own namespace. */
export function collectMonitorReferences(kind: MonitorKind, monitor: WithSpec): FieldReference[] {
  return collectReferences(monitorPlans[kind], monitor.spec, monitor.metadata.namespace ?? '');
}

/** The keys that rendering the configuration of a Prometheus or PrometheusAgent needs; all in its own namespace. */
export function collectWorkloadReferences(workload: WithSpec): FieldReference[] {
  return collectReferences(workloadPlan, workload.spec, workload.metadata.namespace ?? '');
}

/** The keys that rendering the configuration of a ThanosRuler needs; all in its own namespace. */
export function collectRulerReferences(ruler: WithSpec): FieldReference[] {
  return collectReferences(rulerPlan, ruler.spec, ruler.metadata.namespace ?? '');
}
