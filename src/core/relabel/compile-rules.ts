import { GoRegexp } from '../../base/go-regexp.ts';
import type { GoMatch, GoTemplate } from '../../base/go-regexp.ts';
import { commonRules } from '../limits.ts';
import { hashModulus } from './hash-modulus.ts';
import { LabelBoundError, boundLabel } from './label-bound.ts';
import { isValidLabelName } from './label-names.ts';
import { compileNameAction } from './name-actions.ts';
import { toLowerCase, toUpperCase } from './letter-case.ts';
import type { LabelBuilder } from './label-builder.ts';
import type { RelabelRule, RelabelSemantics } from './rule.ts';

/** A rule ready to run: changes the labels, and says whether the target stays. */
export type RuleEffect = (labels: LabelBuilder) => boolean;

export interface CompiledRule {
  readonly rule: RelabelRule;
  readonly apply: RuleEffect;
  /** Reads what the rule compares: the source labels joined. */
  readonly read: (labels: LabelBuilder) => string;
  /** Absent where the action takes no notice of the regex. */
  readonly regexp: GoRegexp | undefined;
}

/**
 * Compiles rules that were checked before.
 *
 * @throws {SyntaxError} when a regex is no RE2 expression.
 */
export function compileRules(rules: readonly RelabelRule[], semantics: RelabelSemantics): readonly CompiledRule[] {
  return rules.map((rule) => compileRule(rule, semantics));
}

/** Compiles the rules of many jobs: those that are equal once, since most jobs share all but one or two of theirs. */
export class RuleCompiler {
  readonly #known = new Map<string, CompiledRule>();

  /** @throws {SyntaxError} as `compileRules`. */
  compile(rules: readonly RelabelRule[], semantics: RelabelSemantics): readonly CompiledRule[] {
    const shared = Object.values(semantics).join();
    return rules.map((rule) => {
      const key = JSON.stringify([shared, ...Object.entries(rule)], spellBigints);
      const compiled = this.#known.get(key) ?? compileRule(rule, semantics);
      if (this.#known.size >= commonRules) this.#known.clear();
      this.#known.set(key, compiled);
      return compiled;
    });
  }
}

const spellBigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function compileRule(rule: RelabelRule, semantics: RelabelSemantics): CompiledRule {
  const read = compileSource(rule);
  const usesRegexp = !['keepequal', 'dropequal', 'hashmod', 'lowercase', 'uppercase'].includes(rule.action);
  const regexp = GoRegexp.compileAnchored(rule.regex, { dotNewline: semantics.dotNewline });
  const apply = compileEffect(rule, { read, regexp, semantics });
  return { rule, apply, read, regexp: usesRegexp ? regexp : undefined };
}

function compileSource({ sourceLabels, separator }: RelabelRule): (labels: LabelBuilder) => string {
  const [first, ...others] = sourceLabels;
  if (first === undefined) return () => '';
  return (labels) => {
    let value = labels.get(first);
    for (const name of others) value = boundLabel(value + separator + labels.get(name));
    return value;
  };
}

interface Parts {
  readonly read: (labels: LabelBuilder) => string;
  readonly regexp: GoRegexp;
  readonly semantics: RelabelSemantics;
}

function compileEffect(rule: RelabelRule, parts: Parts): RuleEffect {
  const { read, regexp } = parts;
  const { action, targetLabel, modulus } = rule;
  const setTarget =
    (convert: (value: string) => string): RuleEffect =>
    (labels) => {
      labels.set(targetLabel, convert(read(labels)));
      return true;
    };
  switch (action) {
    case 'keep':
      return (labels) => regexp.matches(read(labels));
    case 'drop':
      return (labels) => !regexp.matches(read(labels));
    case 'keepequal':
      return (labels) => labels.get(targetLabel) === read(labels);
    case 'dropequal':
      return (labels) => labels.get(targetLabel) !== read(labels);
    case 'hashmod':
      return setTarget((value) => hashModulus(value, modulus));
    case 'lowercase':
      return setTarget(toLowerCase);
    case 'uppercase':
      return setTarget(toUpperCase);
    case 'replace':
      return compileReplace(rule, parts);
    case 'labelmap':
    case 'labeldrop':
    case 'labelkeep':
      return compileNameAction(action, regexp, rule.replacement);
  }
}

/** @throws {LabelBoundError} */
function expandBounded(template: GoTemplate, match: GoMatch): string {
  try {
    return boundLabel(template.expand(match));
  } catch (error) {
    // Longer than any text of JavaScript.
    throw error instanceof RangeError ? new LabelBoundError() : error;
  }
}

/** docs/reference/discovery.md 4.5: an invalid name changes nothing, an empty value deletes. */
function compileReplace({ targetLabel, replacement }: RelabelRule, { read, regexp, semantics }: Parts): RuleEffect {
  const target = regexp.compileTemplate(targetLabel);
  const value = regexp.compileTemplate(replacement);
  const constantTarget = target.constant !== undefined && isValidLabelName(target.constant, semantics.nameScheme);
  return (labels) => {
    const match = regexp.match(read(labels));
    if (match === undefined) return true;
    const name = expandBounded(target, match);
    const text = expandBounded(value, match);
    const isValid = constantTarget || isValidLabelName(name, semantics.nameScheme);
    if (semantics.deletesTemplateName && (!isValid || text === '')) labels.delete(targetLabel);
    else if (isValid) labels.set(name, text);
    return true;
  };
}
