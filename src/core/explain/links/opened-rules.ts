import { keyOf } from '../../../api/meta.ts';
import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import { complete } from '../../../base/interruptible.ts';
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
import { WorkloadView } from '../workload-view.ts';
import type { OpenedSeries, UseCase } from './used.ts';

/** Rules as one workload may use them. */
export interface RulesCase extends UseCase {
  readonly openRules: () => SplitQuestion | string;
}

/** Works out once what several links look at. */
export function openRulesCase(one: UseCase): RulesCase {
  return { ...one, openRules: once(() => openRules(one)) };
}

/** The rules of an object with what a Prometheus evaluates them on, or why nobody can tell. */
function openRules({ workloadKind, view, facts, monitor, rule, shared }: UseCase): SplitQuestion | string {
  if (workloadKind.type.kind !== serverKind.type.kind) return `${showObject(view.name)} asks others for series`;
  const prometheus = view.object as Prometheus;
  const { spec } = prometheus;
  const { opened, sources } = shared?.series ?? openSeries(new WorkloadView('Prometheus', prometheus, facts));
  if (opened.findProblem() !== undefined) return `${showObject(view.name)} cannot be rendered`;
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const all = listRuleTexts(monitor as PrometheusRule, spec, options);
  const rules = all.filter(({ field }) => rule === undefined || field === `${rule.field}.expr`);
  return { rules, spec, options, sources: sources() };
}

/** What the rules of a Prometheus are evaluated on. */
function openSeries(opened: WorkloadView): OpenedSeries {
  return { opened, sources: once(() => complete(openSources(opened))) };
}

/** The same for who has many rules to look at: worked out at once, with rests. */
export function* openSeriesInPieces(opened: WorkloadView): Interruptible<OpenedSeries> {
  if (opened.findProblem() !== undefined) return openSeries(opened);
  const sources = yield* openSources(opened);
  return { opened, sources: () => sources };
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
