import type { KubernetesObject } from '../../../api/meta.ts';
import type { ObjectReference } from '../../../api/parts/prometheus-enforcement.ts';
import type { PrometheusSpec } from '../../../api/prometheus.ts';
import type { ThanosRulerSpec } from '../../../api/thanos-ruler.ts';
import { hashJson } from '../../../base/hash.ts';
import type { Version } from '../../../base/version.ts';
import { defaultPromqlOptions, readPromqlOptions } from '../../promql/types.ts';
import type { PromqlOptions } from '../../promql/types.ts';
import type { NameScheme } from '../../relabel/label-names.ts';

/** Who reads the rule files. */
export type RuleFormat = 'prometheus' | 'thanos';

/** The label that rules and their expressions are restricted by, and for which objects they are not. */
export interface RuleEnforcement {
  readonly label: string;
  /** Namespaces with the name of the one object that is meant, or "" for all of them. */
  readonly excluded: readonly { readonly namespace: string; readonly name: string }[];
}

/** What the rule file of every PrometheusRule depends on besides the object. */
export interface RuleContext {
  /** Changes whenever any of it changes. */
  readonly id: string;
  readonly format: RuleFormat;
  /** Of Prometheus or Thanos. */
  readonly version: Version;
  readonly names: NameScheme;
  readonly promql: PromqlOptions;
  readonly enforcement: RuleEnforcement | undefined;
}

type ContextInput = Omit<RuleContext, 'id' | 'names'> & { readonly legacyNames?: boolean };

/**
 * Completes a context. Names may be any UTF-8 from Prometheus 3.0 and Thanos 0.38 on (docs/reference/rendering.md 3.8),
 * unless `legacyNames` says that they may not.
 */
export function describeRuleContext({ legacyNames = false, ...input }: ContextInput): RuleContext {
  const isLegacy = legacyNames || input.version.isBelow(input.format === 'prometheus' ? '3.0.0' : '0.38.0');
  const context = { ...input, names: isLegacy ? ('legacy' as const) : ('utf8' as const) };
  return { ...context, id: hashJson({ ...context, version: input.version.toString() }) };
}

/**
 * The context of a Prometheus. A Prometheus told to keep to legacy names refuses the rule files with others, so
 * `nameValidationScheme` counts.
 */
export function describePrometheusRules(spec: PrometheusSpec, version: Version): RuleContext {
  return describeRuleContext({
    format: 'prometheus',
    version,
    legacyNames: spec.nameValidationScheme === 'Legacy',
    promql: readPromqlOptions(spec.enableFeatures ?? []),
    enforcement: readEnforcement(spec),
  });
}

/** The context of a ThanosRuler, whose PromQL has no features to switch on. */
export function describeThanosRules(spec: ThanosRulerSpec, version: Version): RuleContext {
  const enforcement = readEnforcement(spec);
  return describeRuleContext({ format: 'thanos', version, promql: defaultPromqlOptions, enforcement });
}

type EnforcementFields = Pick<
  PrometheusSpec,
  'enforcedNamespaceLabel' | 'excludedFromEnforcement' | 'prometheusRulesExcludedFromEnforce'
>;

/** Whose rules get which label with their namespace; undefined: none. */
export function readEnforcement(spec: EnforcementFields): RuleEnforcement | undefined {
  const label = spec.enforcedNamespaceLabel ?? '';
  if (label === '') return undefined;
  const deprecated = spec.prometheusRulesExcludedFromEnforce ?? [];
  const excluded = [
    ...(spec.excludedFromEnforcement ?? []).filter(namesRules).map(({ namespace, name = '' }) => ({ namespace, name })),
    ...deprecated.map(({ ruleNamespace, ruleName }) => ({ namespace: ruleNamespace, name: ruleName })),
  ];
  return { label, excluded: excluded.filter(({ namespace }) => namespace !== '') };
}

function namesRules({ resource }: ObjectReference): boolean {
  return resource === 'prometheusrules';
}

/** The label that must hold the object's namespace; undefined when the object is left alone. */
export function enforcedLabelOf(
  object: KubernetesObject,
  { enforcement }: Pick<RuleContext, 'enforcement'>,
): string | undefined {
  const { namespace = '', name = '' } = object.metadata;
  const isExcluded = enforcement?.excluded.some(
    (exclusion) => exclusion.namespace === namespace && (exclusion.name === '' || exclusion.name === name),
  );
  return isExcluded === true ? undefined : enforcement?.label;
}
