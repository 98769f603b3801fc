import type { PrometheusRule, Rule, RuleGroup } from '../../api/prometheus-rule.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import type { SettleLabels } from '../promql/output-labels.ts';
import { readPromqlOptions } from '../promql/types.ts';
import { listWrittenRules } from '../render/rules/written-rules.ts';
import { enforcedLabelOf, readEnforcement } from '../render/rules/rule-context.ts';
import type { Labels } from '../routing/matching.ts';
import { describeRuleLabels } from '../routing/rule-labels.ts';
import { settleLabels } from '../series/settled-labels.ts';
import type { AlertSubject, ExplainFacts } from './facts.ts';
import type { KnownLabels } from '../routing/known-labels.ts';
import type { RulesCase } from './links/opened-rules.ts';
import type { AskedRule } from './links/used.ts';
import type { ObjectName } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';

/** A rule that makes alerts of the name that was asked for. */
export interface AlertRule {
  readonly object: PrometheusRule;
  readonly name: ObjectName;
  readonly asked: AskedRule;
  readonly group: RuleGroup;
  readonly rule: Rule;
}

/** In the order of the objects' names. @throws {SubjectNotFoundError} with the nearest name of an alert. */
export function findAlertRules({ namespace, name }: AlertSubject, { sources }: ExplainFacts): AlertRule[] {
  const objects = sources.PrometheusRule.list(namespace === '' ? undefined : namespace);
  const all = objects.flatMap(listAlertRules);
  const found = all.filter(({ asked }) => asked.name === name);
  if (found.length > 0) return found.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const names = [...new Set(all.map(({ asked }) => asked.name))];
  const best = nearestName(name, names);
  const where = namespace === '' ? '' : ` in namespace ${namespace}`;
  const hint = best === undefined ? `${names.length} alerts are known${where}` : `did you mean "${best}"?`;
  throw new SubjectNotFoundError(`Cannot find a rule for alert "${name}"${where}: ${hint}`);
}

const nameOf = ({ name, asked }: AlertRule): string => `${name.namespace}/${name.name} ${asked.field}`;

function listAlertRules(object: PrometheusRule): AlertRule[] {
  const { namespace = '', name = '' } = object.metadata;
  return listWrittenRules(object).flatMap(({ group, rule, field }): AlertRule[] => {
    if (rule.alert === undefined || rule.alert === '') return [];
    const asked = { field, group: group.name, name: rule.alert };
    return [{ object, name: { kind: 'PrometheusRule', namespace, name }, asked, group, rule }];
  });
}

export interface WantedLabels {
  /** Labels that it is known to have besides. */
  readonly given: Labels;
  /** Of labels that somebody looks at: they are looked for on what is scraped. */
  readonly names: Iterable<string>;
}

/** What is known of the labels of an alert as it leaves its rule. A ThanosRuler asks others for series: nothing is known of those. */
export function describeAlertLabels(
  { view, openRules }: RulesCase,
  { group, rule, object }: AlertRule,
  { given, names: wanted }: WantedLabels,
): KnownLabels {
  const spec = view.object.spec as Parameters<typeof readEnforcement>[0] & { enableFeatures?: readonly string[] };
  const label = enforcedLabelOf(object, { enforcement: readEnforcement(spec) });
  const enforced = label === undefined ? undefined : ([label, object.metadata.namespace ?? ''] as const);
  const opened = openRules();
  const settle: SettleLabels = (selector) =>
    typeof opened === 'string' ? [] : settleLabels(selector, opened.sources, wanted);
  const options = readPromqlOptions(spec.enableFeatures ?? []);
  const { values, names } = describeRuleLabels({ group, rule, enforced, options }, settle);
  return { values: new Map([...values, ...given]), names: names && new Set([...names, ...given.keys()]) };
}
