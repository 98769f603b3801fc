import { keyOf } from '../../../api/meta.ts';
import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import { once } from '../../../base/once.ts';
import { serverKind } from '../../kinds/prometheus.ts';
import { readPromqlOptions } from '../../promql/types.ts';
import type { SplitQuestion } from '../../rule-series/rule-splits.ts';
import { listRuleTexts } from '../../rule-series/rule-texts.ts';
import { openSeriesInTurns } from '../../rule-series/series-sources.ts';
import type { SeriesSources } from '../../series/judge-selector.ts';
import type { ExplainFacts } from '../facts.ts';
import { isMissingAsset } from '../facts.ts';
import { showObject } from '../model.ts';
import { UnpreparedError } from '../unprepared.ts';
import { WorkloadView } from '../workload-view.ts';
import type { UseCase } from './used.ts';

/** Rules as one workload may use them. */
export interface RulesCase extends UseCase {
  readonly openRules: () => SplitQuestion | string;
}

/** Works out once what several links look at. */
export function openRulesCase(one: UseCase): RulesCase {
  return { ...one, openRules: once(() => openRules(one)) };
}

/** The rules of an object with what a Prometheus evaluates them on, or why nobody can tell. */
function openRules({ workloadKind, view, facts, monitor, rule }: UseCase): SplitQuestion | string {
  if (workloadKind.type.kind !== serverKind.type.kind) return `${showObject(view.name)} asks others for series`;
  const prometheus = view.object as Prometheus;
  const { spec } = prometheus;
  const sources = requireSeries(prometheus, facts);
  if (sources === undefined) return `${showObject(view.name)} cannot be rendered`;
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const all = listRuleTexts(monitor as PrometheusRule, spec, options);
  const rules = all.filter(({ field }) => rule === undefined || field === `${rule.field}.expr`);
  return { rules, spec, options, sources };
}

/** @throws {UnpreparedError} before `prepareSeries`. */
function requireSeries(prometheus: Prometheus, facts: ExplainFacts): SeriesSources | undefined {
  if (!facts.series.has(prometheus))
    throw new UnpreparedError(() => prepareSeries(new WorkloadView('Prometheus', prometheus, facts)));
  return facts.series.get(prometheus);
}

/** Works out what the rules of a Prometheus are evaluated on. */
export function* prepareSeries(opened: WorkloadView): Interruptible<void> {
  yield* opened.openAll();
  const sources = opened.findProblem() === undefined ? yield* openSources(opened) : undefined;
  opened.facts.series.set(opened.object, sources);
}

function* openSources(opened: WorkloadView): Interruptible<SeriesSources> {
  const { object, name, facts } = opened;
  return yield* openSeriesInTurns({
    spec: (object as Prometheus).spec,
    namespace: name.namespace,
    jobs: opened.loadAllJobs(),
    targets: { pools: opened.listFound(), skipped: opened.listFound().skipped },
    isOffline: facts.isOffline,
    rules: facts.sources.PrometheusRule.list(),
    unread: findUnread(opened, facts),
  });
}

/** What could not be read may be scraped; so may a monitor whose Secret is not among the manifests. */
function findUnread(opened: WorkloadView, facts: ExplainFacts): string | undefined {
  const [unread] = facts.listUnread();
  if (unread !== undefined) return `${unread.type.plural} could not be read`;
  const left = opened.listRejected().find(({ rejection: { reason } }) => facts.isOffline && isMissingAsset(reason));
  return left && `${left.kind} ${keyOf(left.object)} refers to what is not among the manifests`;
}
