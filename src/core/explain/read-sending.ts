import type { Prometheus } from '../../api/prometheus.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { globalDefaults } from '../prometheus-config/global-config.ts';
import type { LoadedAlertmanagers } from '../prometheus-config/workload-shapes.ts';
import { compileRules } from '../relabel/compile-rules.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import type { PodObject } from '../targets/groups/discovered-objects.ts';
import type { LoadedJob } from '../targets/scrape-job.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import { kubernetesOf } from './case.ts';
import { listPoolUrls } from './url-index.ts';
import type { ExplainFacts } from './facts.ts';
import { readRulerSending } from './ruler-sending.ts';
import { WorkloadView } from './workload-view.ts';

import { unlessVariable } from './sending.ts';
import type { OpenedSending, Sender, SentTo } from './sending.ts';

/** Whom what evaluates the rule sends its alerts to, and with which labels (docs/reference/rendering.md 1.7, 6.3). */
export function readSending(one: Sender): OpenedSending {
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
  job: { ...globalDefaults, jobName, metricsPath: '/api/v2/alerts', scheme: 'http', params: new Map(), relabelRules },
  samples: { honorsLabels: false, metricRules: [] },
  discovery,
});
