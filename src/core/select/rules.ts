import type { KubernetesObject, LabelSelector } from '../../api/meta.ts';
import { prometheusRuleSpec } from '../../api/prometheus-rule.ts';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { Lister } from '../listers.ts';
import { checkReadable } from '../field-checks/check-shape.ts';
import { collectFindings, firstFinding } from '../findings.ts';
import type { Findings } from '../findings.ts';
import type { Rejection } from '../rejection.ts';
import type { RuleContext } from '../render/rules/rule-context.ts';
import { recalledAtOnce, ruleConfigMapBytes } from '../limits.ts';
import { prepareRules, renderRuleFile } from '../render/rules/rule-file.ts';
import type { RuleFile } from '../render/rules/rule-file.ts';
import type { UnsupportedField } from '../render/rules/supported-fields.ts';
import { checkRuleGroups } from './check-rules.ts';
import { matchObjects } from './match.ts';

/** Selectors of a Prometheus or ThanosRuler. */
export interface RuleSelectors {
  readonly ruleSelector?: LabelSelector;
  readonly ruleNamespaceSelector?: LabelSelector;
}

export interface RuleSources {
  readonly PrometheusRule: Lister<PrometheusRule>;
  /** Namespaces that the operator watches, with their labels. */
  readonly namespaces: Lister<KubernetesObject>;
}

/** What came of one PrometheusRule: a file, or all the reasons why there is none. */
export interface RuleVerdict {
  readonly file: RuleFile | undefined;
  readonly rejections: readonly Rejection[];
  /** Fields left out for the reader's version; they stop nothing. */
  readonly dropped: readonly UnsupportedField[];
}

/** A PrometheusRule that is left out, and every reason for it. */
export interface RejectedRule {
  readonly object: PrometheusRule;
  readonly rejections: readonly Rejection[];
}

/** The rules that a workload evaluates and those that it cannot. */
export interface RuleSelection {
  readonly selected: readonly PrometheusRule[];
  readonly rejected: readonly RejectedRule[];
  readonly files: readonly RuleFile[];
  readonly dropped: readonly { readonly object: PrometheusRule; readonly fields: readonly UnsupportedField[] }[];
}

/**
 * Remembers verdicts of one workload by the identity of the objects, which are never changed in place: a sync costs as
 * much as has changed since the last one. Drop it with the workload.
 */
export class RuleCache {
  readonly #verdicts = new WeakMap<PrometheusRule, { readonly context: string; readonly verdict: RuleVerdict }>();

  /** What was found the last time; undefined when that was another object, or in another context. */
  recall(object: PrometheusRule, context: RuleContext): RuleVerdict | undefined {
    const known = this.#verdicts.get(object);
    return known?.context === context.id ? known.verdict : undefined;
  }

  *judge(object: PrometheusRule, context: RuleContext): Interruptible<RuleVerdict> {
    const verdict = yield* judgeRule(object, context);
    this.#verdicts.set(object, { context: context.id, verdict });
    return verdict;
  }
}

/**
 * The objects that the selectors choose, by "namespace/name", not checked yet (docs/reference/rendering.md 3.1).
 * @throws {InvalidFieldError} when a selector is not valid.
 */
export function matchRules(
  selectors: RuleSelectors,
  sources: RuleSources,
  ownNamespace: string,
): readonly PrometheusRule[] {
  return matchObjects({
    objects: sources.PrometheusRule,
    namespaces: sources.namespaces,
    ownNamespace,
    selector: selectors.ruleSelector,
    namespaceSelector: selectors.ruleNamespaceSelector,
    fields: { selector: 'ruleSelector', namespaceSelector: 'ruleNamespaceSelector' },
  });
}

/** Which of the matched objects Prometheus can load, and their files. One that it cannot touches no other. */
export function* selectRules(
  matched: readonly PrometheusRule[],
  context: RuleContext,
  cache: RuleCache,
): Interruptible<RuleSelection> {
  const judged: ({ readonly object: PrometheusRule } & RuleVerdict)[] = [];
  for (const [at, object] of matched.entries()) {
    judged.push({ object, ...(cache.recall(object, context) ?? (yield* cache.judge(object, context))) });
    if (at % recalledAtOnce === 0) yield;
  }
  return {
    selected: judged.filter(({ file }) => file !== undefined).map(({ object }) => object),
    rejected: judged.filter(({ file }) => file === undefined),
    files: judged.flatMap(({ file }) => (file === undefined ? [] : [file])),
    dropped: judged.flatMap(({ object, dropped }) => (dropped.length === 0 ? [] : [{ object, fields: dropped }])),
  };
}

/** It is a part of the file's name. From the API server it is always a text; from a file it may be anything. */
function* checkUid({ metadata }: PrometheusRule): Findings {
  const uid: unknown = metadata.uid;
  if (uid === undefined || typeof uid === 'string') return;
  yield { reason: 'InvalidType', field: 'metadata.uid', message: 'Cannot use a uid that is no text: leave it out' };
}

/** It may rest between two of its rules. */
function* judgeRule(object: PrometheusRule, context: RuleContext): Interruptible<RuleVerdict> {
  const unreadable = firstFinding(checkReadable(prometheusRuleSpec, object.spec)) ?? firstFinding(checkUid(object));
  if (unreadable !== undefined) return { file: undefined, rejections: [unreadable], dropped: [] };
  const prepared = prepareRules(object, context);
  const { dropped } = prepared;
  const rejections = yield* collectFindings(checkRuleGroups(prepared.spec, context));
  if (rejections.length > 0) return { file: undefined, rejections, dropped };
  const file = yield* renderRuleFile(object, prepared, context);
  if (file.size <= ruleConfigMapBytes) return { file, rejections, dropped };
  const message = `Cannot use rules of ${file.size} bytes: a rule file may have ${ruleConfigMapBytes}, divide the object`;
  return { file: undefined, rejections: [{ reason: 'RulesTooLarge', field: 'spec', message }], dropped };
}
