import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import type { Prometheus } from '../../../api/prometheus.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import { judgeExpression } from '../../series/judge-expression.ts';
import type { MissingSeries } from '../../series/judge-expression.ts';
import type { Miss } from '../../series/judge-selector.ts';
import { serverKind } from '../../kinds/prometheus.ts';
import { enforceLabel } from '../../promql/enforce.ts';
import { writeMatcher } from '../../promql/read-selector.ts';
import { readPromqlOptions } from '../../promql/types.ts';
import type { PromqlOptions } from '../../promql/types.ts';
import { enforcedLabelOf, readEnforcement } from '../../render/rules/rule-context.ts';
import { makeStep, plural, showSome } from '../case.ts';
import { setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { showObject } from '../model.ts';
import { openSeriesSources } from '../series-sources.ts';
import { WorkloadView } from '../workload-view.ts';
import type { UseCase } from './used.ts';

/** One rule of the object that is asked about. */
interface RuleText {
  /** "alert X" or "record y". */
  readonly name: string;
  readonly isAlert: boolean;
  /** Of the expression. */
  readonly field: string;
  /** As the user wrote it. */
  readonly written: string;
  /** As it is evaluated: with the label that is enforced. */
  readonly evaluated: string;
}

interface RuleMiss extends MissingSeries {
  readonly rule: RuleText;
  /** Nothing of the rule's expression can ever give anything. */
  readonly isEmpty: boolean;
}

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
  const sources = openSeriesSources(opened, facts);
  const rules = listRules(one.monitor as PrometheusRule, prometheus, options);
  const judged = rules.map((rule) => ({ rule, coverage: judgeExpression(rule.evaluated, sources, options) }));
  const misses = judged.flatMap(({ rule, coverage }) =>
    (coverage?.missing ?? []).map((miss): RuleMiss => ({ ...miss, rule, isEmpty: coverage?.isEmpty ?? false })),
  );
  const worst = misses.find(({ isEmpty }) => isEmpty) ?? misses[0];
  const total = judged.reduce((sum, { coverage }) => sum + (coverage?.selectors ?? 0), 0);
  if (worst !== undefined) return describeMiss(one, worst, { misses, total });
  const unknown = judged.find(({ coverage }) => coverage?.unknown !== undefined)?.coverage?.unknown;
  if (unknown !== undefined) return skip(unknown);
  const compared = `${plural(total, 'selector')} of its expressions against the labels of what is scraped`;
  return makeStep('series', 'pass', { reason: 'SeriesPossible', object: name, compared });
}

function listRules(object: PrometheusRule, { spec }: Prometheus, options: PromqlOptions): RuleText[] {
  const label = enforcedLabelOf(object, { enforcement: readEnforcement(spec) });
  const value = object.metadata.namespace ?? '';
  return (object.spec.groups ?? []).flatMap((group, at) =>
    (group.rules ?? []).map(({ alert, record, expr }, index): RuleText => {
      const written = String(expr);
      const enforced = label === undefined ? undefined : enforceLabel(written, { name: label, value }, options);
      return {
        name: alert === undefined ? `record ${record ?? ''}` : `alert ${alert}`,
        isAlert: alert !== undefined,
        field: `spec.groups[${at}].rules[${index}].expr`,
        written,
        evaluated: enforced !== undefined && 'text' in enforced ? enforced.text : written,
      };
    }),
  );
}

interface RuleMisses {
  readonly misses: readonly RuleMiss[];
  /** How many selectors there are in all rules. */
  readonly total: number;
}

function describeMiss({ name }: UseCase, worst: RuleMiss, { misses, total }: RuleMisses): Step {
  const { rule, selector, miss } = worst;
  const rules = [...new Set(misses.map((one) => one.rule.name))].filter((one) => one !== rule.name);
  const more = rules.length === 0 ? '' : `; also in ${showSome(rules)}`;
  return makeStep('series', 'warn', {
    reason: 'SeriesImpossible',
    object: name,
    at: rule.field,
    compared: `${rule.name} selects ${selector.text}`,
    found: `${describeReason(miss)}, so ${describeEffect(worst)}${more}`,
    counts: { selected: total - misses.length, total },
    fixes: listFixes(worst, name),
  });
}

function describeReason(miss: Miss): string {
  switch (miss.kind) {
    case 'no jobs':
      return 'nothing is scraped';
    case 'dropped':
      return `metric_relabel_configs[${miss.rule}] of job "${miss.job}" drops ${miss.metric}`;
    case 'together':
      return `no target has ${miss.matchers.map(writeMatcher).join(' and ')} at the same time`;
    case 'label':
      return miss.values.length === 0
        ? `no target has the label ${miss.matcher.name}`
        : `${miss.matcher.name} is ${showSome(miss.values.map((value) => JSON.stringify(value)))} on what is scraped`;
  }
}

function describeEffect({ rule, selector, isEmpty }: RuleMiss): string {
  if (selector.isAbsence) return 'absent() of it is always true';
  if (!isEmpty) return 'this part gives nothing';
  return rule.isAlert ? 'the alert can never fire' : 'the rule never records anything';
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
