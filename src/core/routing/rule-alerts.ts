import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { serverKind } from '../kinds/prometheus.ts';
import { thanosRulerKind } from '../kinds/thanos-ruler.ts';
import type { ManifestSources } from '../manifests/sources.ts';
import { listWrittenRules } from '../render/rules/written-rules.ts';
import { enforcedLabelOf, readEnforcement } from '../render/rules/rule-context.ts';
import { readPromqlOptions } from '../promql/types.ts';
import type { PromqlOptions } from '../promql/types.ts';
import { addLabels } from './known-labels.ts';
import type { KnownLabels } from './known-labels.ts';
import { describeRuleLabels } from './rule-labels.ts';
import type { EvaluatedRule } from './rule-labels.ts';
import type { Place } from './places.ts';

/** An alert as its rule describes it. */
export interface RuleAlert {
  readonly name: string;
  readonly place: Place;
  /** What is known of its labels as it is sent. */
  readonly labels: KnownLabels;
}

type Sources = Pick<ManifestSources, 'instancesOf' | 'sources'>;

/** The alerts of all PrometheusRules, by "namespace/name" of the object and their order in it. */
export function listRuleAlerts(sources: Sources): RuleAlert[] {
  const rules = [...sources.sources.PrometheusRule.list()];
  const keyOf = ({ metadata }: PrometheusRule): string => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
  const senders = describeSenders(sources);
  return rules.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).flatMap((rule) => listAlerts(rule, sources, senders));
}

function listAlerts(object: PrometheusRule, sources: Sources, senders: Senders): RuleAlert[] {
  const enforced = findEnforced(object, sources);
  return listWrittenRules(object).flatMap(({ group, rule, field }): RuleAlert[] => {
    const name = rule.alert ?? '';
    if (name === '') return [];
    const labels = describeRuleLabels({ group, rule, enforced, options: senders.options });
    const sent = addLabels(labels, senders.external);
    return [{ name, place: placeOf(object, field), labels: senders.relabels ? { ...sent, names: undefined } : sent }];
  });
}

/** What all that may evaluate a rule do with its alerts, taken together. */
interface Senders {
  /** Labels that one of them may add. */
  readonly external: ReadonlyMap<string, undefined>;
  /** Whether one of them relabels alerts. */
  readonly relabels: boolean;
  readonly options: PromqlOptions;
}

function describeSenders({ instancesOf }: Sources): Senders {
  const servers = instancesOf<Prometheus>(serverKind).map(({ spec }) => spec);
  const rulers = instancesOf<ThanosRuler>(thanosRulerKind).map(({ spec }) => spec);
  const names = [
    ...servers.flatMap(({ externalLabels, prometheusExternalLabelName = 'prometheus', replicaExternalLabelName }) => [
      ...Object.keys(externalLabels ?? {}),
      ...[prometheusExternalLabelName, replicaExternalLabelName ?? 'prometheus_replica'],
    ]),
    ...rulers.flatMap(({ labels }) => Object.keys(labels ?? {})),
  ];
  const features = servers.flatMap(({ enableFeatures }) => enableFeatures ?? []);
  return {
    external: new Map(names.map((name) => [name, undefined])),
    relabels: servers.some(relabelsAlerts) || rulers.some(isRelabelling),
    options: readPromqlOptions(features),
  };
}

const relabelsAlerts = ({ additionalAlertRelabelConfigs, alerting }: Prometheus['spec']): boolean =>
  additionalAlertRelabelConfigs !== undefined ||
  (alerting?.alertmanagers ?? []).some(({ alertRelabelings }) => (alertRelabelings ?? []).length > 0);

const isRelabelling = ({ alertRelabelConfigs, alertRelabelConfigFile }: ThanosRuler['spec']): boolean =>
  alertRelabelConfigs !== undefined || alertRelabelConfigFile !== undefined;

/** The label with the namespace of the rule, where all that may evaluate it enforce the same one. */
function findEnforced(rule: PrometheusRule, { instancesOf }: Sources): EvaluatedRule['enforced'] {
  const specs = [
    ...instancesOf<Prometheus>(serverKind).map(({ spec }) => spec),
    ...instancesOf<ThanosRuler>(thanosRulerKind).map(({ spec }) => spec),
  ];
  const labels = new Set(specs.map((spec) => enforcedLabelOf(rule, { enforcement: readEnforcement(spec) })));
  const [label] = labels;
  return labels.size === 1 && label !== undefined ? [label, rule.metadata.namespace ?? ''] : undefined;
}

const placeOf = ({ metadata }: PrometheusRule, field: string): Place => ({
  kind: 'PrometheusRule',
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
  field,
});
