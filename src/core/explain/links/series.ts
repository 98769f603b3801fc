import { keyOf } from '../../../api/meta.ts';
import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import { serverKind } from '../../kinds/prometheus.ts';
import { writeMatcher } from '../../promql/read-selector.ts';
import { readPromqlOptions } from '../../promql/types.ts';
import { describeEffect, describeMiss, judgeRuleSeries, listMisses } from '../../rule-series/rule-coverage.ts';
import type { RuleMiss } from '../../rule-series/rule-coverage.ts';
import { listRuleTexts } from '../../rule-series/rule-texts.ts';
import { openSeriesSources } from '../../rule-series/series-sources.ts';
import { createSelectorJudge } from '../../series/judge-selector.ts';
import type { SeriesSources } from '../../series/judge-selector.ts';
import { makeStep, plural, showSome } from '../case.ts';
import type { ExplainFacts } from '../facts.ts';
import { isMissingAsset } from '../facts.ts';
import { setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { showObject } from '../model.ts';
import { WorkloadView } from '../workload-view.ts';
import type { UseCase } from './used.ts';

/**
 * Whether the rules have series to work on: the selectors of their expressions against the labels of the targets that the
 * workload scrapes. What cannot be known (another's series, targets that are not in the manifests) is no finding.
 */
export function judgeSeries(one: UseCase): Step {
  const { workloadKind, name, view, facts } = one;
  const skip = (why: string): Step =>
    makeStep('series', 'skipped', { reason: 'SeriesUnknown', object: name, compared: why });
  if (workloadKind.type.kind !== serverKind.type.kind) return skip(`${showObject(view.name)} asks others for series`);
  const prometheus = view.object as Prometheus;
  const opened = new WorkloadView('Prometheus', prometheus, facts);
  if (opened.findProblem() !== undefined) return skip(`${showObject(view.name)} cannot be rendered`);
  const options = readPromqlOptions(prometheus.spec.enableFeatures ?? []);
  const judge = createSelectorJudge(openSeries(opened, facts));
  const judged = judgeRuleSeries(
    listRuleTexts(one.monitor as PrometheusRule, prometheus.spec, options),
    judge,
    options,
  );
  const misses = listMisses(judged);
  const worst = misses.find(({ isEmpty }) => isEmpty) ?? misses[0];
  const total = judged.reduce((sum, { coverage }) => sum + (coverage?.selectors ?? 0), 0);
  if (worst !== undefined) return reportMiss(one, worst, { misses, total });
  const unknown = judged.find(({ coverage }) => coverage?.unknown !== undefined)?.coverage?.unknown;
  if (unknown !== undefined) return skip(unknown);
  const compared = `${plural(total, 'selector')} of its expressions against the labels of what is scraped`;
  return makeStep('series', 'pass', { reason: 'SeriesPossible', object: name, compared });
}

function openSeries(opened: WorkloadView, facts: ExplainFacts): SeriesSources {
  const { object, name } = opened;
  return openSeriesSources({
    spec: (object as Prometheus).spec,
    namespace: name.namespace,
    jobs: opened.loadAllJobs(),
    targets: opened.findAllTargets(),
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

interface RuleMisses {
  readonly misses: readonly RuleMiss[];
  /** How many selectors there are in all rules. */
  readonly total: number;
}

function reportMiss({ name }: UseCase, worst: RuleMiss, { misses, total }: RuleMisses): Step {
  const { rule, selector, miss } = worst;
  const rules = [...new Set(misses.map((one) => one.rule.name))].filter((one) => one !== rule.name);
  const more = rules.length === 0 ? '' : `; also in ${showSome(rules)}`;
  return makeStep('series', 'warn', {
    reason: 'SeriesImpossible',
    object: name,
    at: rule.field,
    compared: `${rule.name} selects ${selector.text}`,
    found: `${describeMiss(miss)}, so ${describeEffect(worst)}${more}`,
    counts: { selected: total - misses.length, total },
    fixes: listFixes(worst, name),
  });
}

/** The value that was probably meant, in the text as it was written. */
function listFixes({ rule, miss }: RuleMiss, object: Parameters<typeof setField>[0]): Fix[] {
  if (miss.kind !== 'label' || miss.matcher.operator !== '=') return [];
  const { matcher } = miss;
  const value = nearestName(matcher.value, miss.values);
  const before = rule.evaluated.slice(matcher.from, matcher.to);
  if (value === undefined || !rule.written.includes(before)) return [];
  return [setField(object, rule.field, rule.written.replaceAll(before, writeMatcher({ ...matcher, value })))];
}
