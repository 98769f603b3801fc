import { LabelBuilder } from '../relabel/label-builder.ts';
import { LabelSet } from '../relabel/label-set.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { Labels } from './matching.ts';

/** What is known of the labels of an alert before it fires. */
export interface KnownLabels {
  /** "": the label is known not to be there. */
  readonly values: Labels;
  /** No label of another name is there; undefined: there may be any. */
  readonly names: ReadonlySet<string> | undefined;
}

const isKnown = ({ values, names }: KnownLabels, name: string): boolean =>
  values.has(name) || (names !== undefined && !names.has(name));

/** The labels whose values are known, empty ones for those of `names` that are known not to be there. */
export function closeLabels(labels: KnownLabels, names: Iterable<string>): Map<string, string> {
  const values = new Map(labels.values);
  for (const name of names) if (!values.has(name) && isKnown(labels, name)) values.set(name, '');
  return values;
}

/** Adds labels where there are none yet, as external labels are added. A value of which nothing is known is undefined. */
export function addLabels(labels: KnownLabels, more: ReadonlyMap<string, string | undefined>): KnownLabels {
  const values = new Map(labels.values);
  const names = labels.names && new Set(labels.names);
  for (const [name, value] of more) {
    if (value !== undefined && isKnown(labels, name) && (values.get(name) ?? '') === '') values.set(name, value);
    else if (value === undefined && (values.get(name) ?? '') === '') values.delete(name);
    names?.add(name);
  }
  return { values, names };
}

export interface KnownRelabelling {
  readonly labels: KnownLabels;
  /** Index of the rule that drops the alert; undefined: none does for certain. */
  readonly droppedBy: number | undefined;
  /** Index of the first rule that may drop it, by labels that are not known. */
  readonly perhapsDroppedBy: number | undefined;
}

/**
 * Runs relabelling rules as far as labels are known: what a rule makes of others is not known behind it.
 * @throws {LabelBoundError} when a label becomes too long.
 */
export function relabelKnown(labels: KnownLabels, rules: readonly CompiledRule[]): KnownRelabelling {
  let current = labels;
  let perhapsDroppedBy: number | undefined;
  for (const [index, rule] of rules.entries()) {
    if (rule.rule.action.startsWith('label')) current = renameKnown(current, rule);
    else if (readNames(rule).every((name) => isKnown(current, name))) {
      const next = applyKnown(current, rule);
      if (next === undefined) return { labels: current, droppedBy: index, perhapsDroppedBy };
      current = next;
    } else if (isChoice(rule)) perhapsDroppedBy ??= index;
    else current = forget(current, rule.rule.targetLabel);
  }
  return { labels: current, droppedBy: undefined, perhapsDroppedBy };
}

const isChoice = ({ rule: { action } }: CompiledRule): boolean =>
  action.startsWith('keep') || action.startsWith('drop');

const readNames = ({ rule: { action, sourceLabels, targetLabel } }: CompiledRule): readonly string[] =>
  action.endsWith('equal') ? [...sourceLabels, targetLabel] : sourceLabels;

/** Undefined: the rule drops the alert. */
function applyKnown(labels: KnownLabels, { apply }: CompiledRule): KnownLabels | undefined {
  const given = [...labels.values].filter(([, value]) => value !== '');
  const builder = LabelBuilder.from(LabelSet.ofPairs(given.flat()));
  if (!apply(builder)) return undefined;
  const after = builder.toMap();
  const values = new Map([...[...labels.values.keys()].map((name) => [name, ''] as const), ...after]);
  return { values, names: labels.names && new Set([...labels.names, ...after.keys()]) };
}

/** Names in templates are not known: nothing is then. */
function forget({ values, names }: KnownLabels, target: string): KnownLabels {
  if (target.includes('$')) return { values: new Map(), names: undefined };
  return {
    values: new Map([...values].filter(([name]) => name !== target)),
    names: names && new Set([...names, target]),
  };
}

/** Rules on names of labels. What `labelmap` makes of labels that are not known is not known either. */
function renameKnown(labels: KnownLabels, rule: CompiledRule): KnownLabels {
  if (rule.rule.action === 'labelmap')
    return labels.names === undefined ? forget(labels, '$') : copyKnown(labels, rule);
  const isGone = (name: string): boolean =>
    (rule.regexp?.matches(name) ?? false) === (rule.rule.action === 'labeldrop');
  const values = new Map([...labels.values].map(([name, value]) => [name, isGone(name) ? '' : value]));
  return { values, names: labels.names && new Set([...labels.names].filter((name) => !isGone(name))) };
}

function copyKnown(labels: KnownLabels, rule: CompiledRule): KnownLabels {
  const isAll = [...(labels.names ?? [])].every((name) => labels.values.has(name));
  return isAll ? (applyKnown(labels, rule) ?? labels) : forget(labels, '$');
}
