import type { KubernetesObject } from '../../api/meta.ts';
import { prometheusSpec } from '../../api/prometheus.ts';
import { thanosRulerSpec } from '../../api/thanos-ruler.ts';
import { monitorKinds, scrapeKinds } from '../monitor.ts';
import type { MonitorKind } from '../monitor.ts';
import { collectReferences, planReferences } from './references.ts';
import type { FieldReference, ReferencePlan } from './references.ts';

const monitorPlans = Object.fromEntries(
  monitorKinds.map((kind) => [kind, planReferences(scrapeKinds[kind].spec)]),
) as Readonly<Record<MonitorKind, ReferencePlan>>;

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
