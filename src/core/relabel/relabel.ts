import { LabelBoundError } from './label-bound.ts';
import { LabelBuilder } from './label-builder.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { LabelSet } from './label-set.ts';
import type { RelabelRule } from './rule.ts';

/**
 * Runs rules in order on `labels`, changing them. Gives the index of the rule that dropped the target, or -1.
 * @throws {LabelBoundError} when a label becomes too long.
 */
export function relabel(labels: LabelBuilder, rules: readonly CompiledRule[]): number {
  for (let index = 0; index < rules.length; index += 1) {
    if (rules[index]?.apply(labels) === false) return index;
  }
  return -1;
}

/** A label before and after a rule; "" stands for no label. */
export interface LabelChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What one rule did to one target: the whole story of a verdict (docs/reference/discovery.md 5.8, relabel_steps). */
export interface RelabelStep {
  readonly index: number;
  readonly rule: RelabelRule;
  /** What the rule compared or took: the source labels joined; undefined for the actions on names. */
  readonly value: string | undefined;
  /** Whether the regex matched `value`; undefined where the action takes no notice of it. */
  readonly matched: boolean | undefined;
  /** False: this rule dropped the target, and it is the last step. */
  readonly kept: boolean;
  readonly changes: readonly LabelChange[];
  readonly output: LabelSet;
}

/** Runs rules like `relabel`, and tells what each did up to the one that dropped the target, or made a label too long. */
export function traceRelabel(labels: LabelSet, rules: readonly CompiledRule[]): readonly RelabelStep[] {
  const builder = LabelBuilder.from(labels);
  const steps: RelabelStep[] = [];
  for (const [index, { rule, apply, read, regexp }] of rules.entries()) {
    const before = builder.toMap();
    const isOnNames = rule.action.startsWith('label');
    const run = attempt(() => ({ value: isOnNames ? undefined : read(builder), kept: apply(builder) }));
    if (run === undefined) break;
    const { value, kept } = run;
    const matched = value === undefined ? undefined : regexp?.matches(value);
    const changes = findChanges(before, builder.toMap());
    steps.push({ index, rule, value, matched, kept, changes, output: builder.toLabelSet() });
    if (!kept) break;
  }
  return steps;
}

/** Undefined when a label became too long: the rules before are the story then. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof LabelBoundError) return undefined;
    throw error;
  }
}

function findChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): LabelChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .map((name) => ({ name, before: before.get(name) ?? '', after: after.get(name) ?? '' }))
    .filter((change) => change.before !== change.after);
}
