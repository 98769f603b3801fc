import { apiVersionOf, keyOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { podMonitorType } from '../../api/pod-monitor.ts';
import { probeType } from '../../api/probe.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import { scrapeConfigType } from '../../api/scrape-config.ts';
import { serviceMonitorType } from '../../api/service-monitor.ts';
import type { DesiredPrometheus } from '../../core/desired/prometheus.ts';
import type { Acceptance, WorkloadReference } from '../../core/status/bindings.ts';
import type { BindingKind, Bound } from '../workload/bindings.ts';
import type { Managed } from '../workload/ledger.ts';
import { describeRejection } from '../workload/rejections.ts';
import type { Rejected } from '../workload/rejections.ts';
import type { ChosenKind } from './choices.ts';
import type { Instance, InstanceKind } from './kind.ts';
import type { PrometheusWatches } from './watches.ts';

/** What a sync thinks of the objects of one kind. */
interface Verdict {
  readonly type: ResourceType;
  readonly accepted: readonly KubernetesObject[];
  readonly rejected: readonly Rejected[];
}

const types: Readonly<Record<ChosenKind, ResourceType>> = {
  ServiceMonitor: serviceMonitorType,
  PodMonitor: podMonitorType,
  Probe: probeType,
  ScrapeConfig: scrapeConfigType,
  PrometheusRule: prometheusRuleType,
};

const caches = {
  ServiceMonitor: 'serviceMonitors',
  PodMonitor: 'podMonitors',
  Probe: 'probes',
  ScrapeConfig: 'scrapeConfigs',
  PrometheusRule: 'prometheusRules',
} as const satisfies Readonly<Record<ChosenKind, keyof PrometheusWatches>>;

/** The kinds that workloads of the role choose from. */
function listKinds(role: InstanceKind['role']): ChosenKind[] {
  const kinds = Object.keys(types) as ChosenKind[];
  return role === 'server' ? kinds : kinds.filter((kind) => kind !== 'PrometheusRule');
}

/** Accepted and rejected objects by kind. */
export function listVerdicts({ workload, selection, rules }: DesiredPrometheus): Partial<Record<ChosenKind, Verdict>> {
  const entries = listKinds(workload.role).map((kind): [ChosenKind, Verdict] => {
    const type = types[kind];
    if (kind === 'PrometheusRule') {
      const rejected = rules.rejected.flatMap(({ object, rejections }) =>
        rejections.slice(0, 1).map((rejection) => ({ type, object, rejection })),
      );
      return [kind, { type, accepted: rules.selected, rejected }];
    }
    const rejected = selection.rejected
      .filter((one) => one.kind === kind)
      .map(({ object, rejection }) => ({ type, object, rejection }));
    return [kind, { type, accepted: selection.selected[kind], rejected }];
  });
  return Object.fromEntries(entries);
}

export function listRejected(desired: DesiredPrometheus): Rejected[] {
  return Object.values(listVerdicts(desired)).flatMap(({ rejected }) => rejected);
}

/** Counts for the metric of managed resources. */
export function countManaged(desired: DesiredPrometheus): Record<string, Managed> {
  return Object.fromEntries(
    Object.entries(listVerdicts(desired)).map(([kind, { accepted, rejected }]) => [
      kind,
      { selected: accepted.length + rejected.length, rejected: rejected.length },
    ]),
  );
}

/** All objects in the caches with what the workload thinks of them; without `desired` it thinks of none. */
export function listBindings(
  { role }: InstanceKind,
  watches: PrometheusWatches,
  desired: DesiredPrometheus | undefined,
): BindingKind[] {
  const verdicts = desired === undefined ? undefined : listVerdicts(desired);
  return listKinds(role).map((kind) => {
    const acceptances = new Map<string, Acceptance>();
    for (const object of verdicts?.[kind]?.accepted ?? []) acceptances.set(keyOf(object), { accepted: true });
    for (const { object, rejection } of verdicts?.[kind]?.rejected ?? []) {
      acceptances.set(keyOf(object), { accepted: false, message: describeRejection(rejection) });
    }
    const objects: readonly Bound[] = watches[caches[kind]].store.list();
    return { type: types[kind], objects, acceptances };
  });
}

/** The workload as bindings name it. */
export function referToInstance({ resource }: InstanceKind, { metadata }: Instance): WorkloadReference {
  const { namespace = '', name = '' } = metadata;
  return { group: 'monitoring.coreos.com', resource, namespace, name };
}

/** The workload with its type, which list items lack. */
export function withType({ type }: InstanceKind, instance: Instance): Instance & { apiVersion: string; kind: string } {
  return { ...instance, apiVersion: apiVersionOf(type), kind: type.kind };
}
