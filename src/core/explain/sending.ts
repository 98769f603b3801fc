import type { Prometheus } from '../../api/prometheus.ts';
import { serverKind } from '../kinds/prometheus.ts';
import type { LoadedAlertmanagers } from '../prometheus-config/workload-shapes.ts';
import { compileRules } from '../relabel/compile-rules.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import type { PodObject } from '../targets/groups/discovered-objects.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import { kubernetesOf, listPoolUrls } from './case.ts';
import type { ExplainFacts } from './facts.ts';
import { isPodOf } from './find-replicas.ts';
import type { UseCase } from './links/used.ts';
import type { ObjectName } from './model.ts';
import { readRulerSending } from './ruler-sending.ts';
import { WorkloadView } from './workload-view.ts';
import type { WorkloadProblem } from './workload-view.ts';

/** One place that alerts are sent to. */
export interface SentTo {
  /** The field of the workload that asks for it. */
  readonly field: string;
  /** The Service that is looked for, where it is known. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  /** Pods that it leads to. */
  readonly pods: readonly PodObject[];
  /** Of all that it leads to. */
  readonly addresses: readonly string[];
  /** Of the alerts that are sent there. */
  readonly rules: readonly CompiledRule[];
  /** Why it cannot be told from here whom it leads to. */
  readonly unknown: string | undefined;
}

/** A workload that evaluates rules. */
export type Sender = Pick<UseCase, 'facts' | 'view' | 'workloadKind'>;

/** How a workload sends its alerts. */
export interface Sending {
  readonly places: readonly SentTo[];
  /** Added to all alerts; undefined: the value is each replica's own. */
  readonly externalLabels: ReadonlyMap<string, string | undefined>;
  /** Of all alerts, after the external labels were added. */
  readonly rules: readonly CompiledRule[];
  /** Why rules that there are besides are not known. */
  readonly unknownRules: string | undefined;
}

/** Whom what evaluates the rule sends its alerts to, and with which labels (docs/reference/rendering.md 1.7, 6.3). */
export function readSending(one: Sender): Sending | { readonly problem: WorkloadProblem } {
  const { view, facts, workloadKind } = one;
  if (workloadKind.type.kind !== serverKind.type.kind) return readRulerSending(view.object, facts);
  const opened = new WorkloadView('Prometheus', view.object, facts);
  const problem = opened.findProblem();
  if (problem !== undefined) return { problem };
  const { alerting, externalLabels } = opened.loadAlerting();
  const compile = (rules: readonly RelabelRule[]): readonly CompiledRule[] =>
    compileRules(rules, readRelabelSemantics(opened.context.version, 'utf8'));
  return {
    places: alerting.alertmanagers.map((entry, at) => find(opened, entry, { at, compile })),
    externalLabels: new Map([...externalLabels].map(([name, value]) => [name, unlessVariable(value)])),
    rules: compile(alerting.alertRelabelRules),
    unknownRules: undefined,
  };
}

/** What stands for a variable of the container's environment differs from replica to replica. */
export const unlessVariable = (value: string): string | undefined => (value.includes('$(') ? undefined : value);

interface Entry {
  readonly at: number;
  readonly compile: (rules: readonly RelabelRule[]) => readonly CompiledRule[];
}

/** The entries of the field come first, those of `additionalAlertManagerConfigs` behind them. */
function find(opened: WorkloadView, entry: LoadedAlertmanagers, { at, compile }: Entry): SentTo {
  const given = (opened.object as Prometheus).spec.alerting?.alertmanagers ?? [];
  const own = given[at];
  const job = asJob(entry, `alertmanagers[${at}]`);
  const { pools, skipped } = opened.findTargets([job]);
  const pool = pools.get(job.job.jobName);
  const [reason] = skipped.map((one) => one.reason);
  const isElsewhere = reason !== undefined || kubernetesOf(job) === undefined;
  return {
    field: own === undefined ? 'spec.additionalAlertManagerConfigs' : `spec.alerting.alertmanagers[${at}]`,
    service: own && { namespace: own.namespace ?? opened.name.namespace, name: own.name },
    pods: pool === undefined ? [] : listPods(pool, opened.facts),
    addresses: pool === undefined ? [] : listPoolUrls(pool),
    rules: compile(entry.alertRelabelRules),
    unknown: isElsewhere ? (reason ?? 'they are given by their addresses') : undefined,
  };
}

const podLabel = '__meta_kubernetes_pod_name';
const namespaceLabel = '__meta_kubernetes_namespace';

function listPods(pool: TargetPool, facts: ExplainFacts): PodObject[] {
  const found = pool.list().active.flatMap(({ discovered }) =>
    discovered.flatMap((target) => {
      const labels = pool.describeDiscovered(target);
      return facts.cluster.pod.get(labels.get(namespaceLabel) ?? '', labels.get(podLabel) ?? '') ?? [];
    }),
  );
  return [...new Set(found)];
}

/** Alertmanagers are discovered as targets are; of a job nothing else counts. */
const asJob = ({ discovery, relabelRules }: LoadedAlertmanagers, jobName: string): LoadedJob => ({
  job: {
    jobName,
    ...{ scrapeIntervalMs: 60_000, scrapeTimeoutMs: 10_000, metricsPath: '/api/v2/alerts', scheme: 'http' },
    ...{ params: new Map(), relabelRules, nameScheme: 'utf8', keepDroppedTargets: 0, targetLimit: 0 },
    ...{ convertClassicHistogramsToNhcb: false, alwaysScrapeClassicHistograms: false, scrapeNativeHistograms: false },
  },
  samples: { honorsLabels: false, metricRules: [] },
  discovery,
});

/** Whether one of its Pods is among those that a place leads to. */
export function leadsTo({ pods }: SentTo, alertmanager: ObjectName): boolean {
  return pods.some((pod) => pod.metadata.namespace === alertmanager.namespace && isPodOf(pod, alertmanager));
}
