import type { PrometheusRule, RuleGroup } from '../../api/prometheus-rule.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { thanosRulerKind } from '../kinds/thanos-ruler.ts';
import type { ManifestSources } from '../manifests/sources.ts';
import { enforcedLabelOf, readEnforcement } from '../render/rules/rule-context.ts';
import type { Labels } from './matching.ts';
import type { Place } from './places.ts';

/** An alert as its rule describes it. */
export interface RuleAlert {
  readonly name: string;
  readonly place: Place;
  /** Labels that the rule gives it; all others come from the series, or out of templates: anything is possible. */
  readonly known: Labels;
}

type Sources = Pick<ManifestSources, 'instancesOf' | 'sources'>;

/** The alerts of all PrometheusRules, by "namespace/name" of the object and their order in it. */
export function listRuleAlerts(sources: Sources): RuleAlert[] {
  const rules = [...sources.sources.PrometheusRule.list()];
  const keyOf = ({ metadata }: PrometheusRule): string => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  return rules.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).flatMap((rule) => listAlerts(rule, sources));
}

function listAlerts(rule: PrometheusRule, sources: Sources): RuleAlert[] {
  const enforced = findEnforced(rule, sources);
  return (rule.spec.groups ?? []).flatMap((group, at) =>
    (group.rules ?? []).flatMap((one, index): RuleAlert[] => {
      const name = one.alert ?? '';
      if (name === '') return [];
      const known = new Map([...listFixed(group.labels), ...listFixed(one.labels), ...enforced, ['alertname', name]]);
      // What a template makes is not known, whatever the group says.
      for (const [label, value] of Object.entries(one.labels ?? {})) if (isTemplate(value)) known.delete(label);
      return [{ name, place: placeOf(rule, `spec.groups[${at}].rules[${index}]`), known }];
    }),
  );
}

/** Whether the value of a label is made when the alert fires. */
export const isTemplate = (value: string): boolean => value.includes('{{');

const listFixed = (labels: RuleGroup['labels'] = {}): (readonly [string, string])[] =>
  Object.entries(labels).filter(([, value]) => !isTemplate(value));

/** The label with the namespace of the rule, where all that may evaluate it enforce the same one. */
function findEnforced(rule: PrometheusRule, { instancesOf }: Sources): (readonly [string, string])[] {
  const specs = [
    ...instancesOf<Prometheus>(serverKind).map(({ spec }) => spec),
    ...instancesOf<ThanosRuler>(thanosRulerKind).map(({ spec }) => spec),
  ];
  const labels = new Set(specs.map((spec) => enforcedLabelOf(rule, { enforcement: readEnforcement(spec) })));
  const [label] = labels;
  return labels.size === 1 && label !== undefined ? [[label, rule.metadata.namespace ?? '']] : [];
}

const placeOf = ({ metadata }: PrometheusRule, field: string): Place => ({
  kind: 'PrometheusRule',
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
  field,
});
