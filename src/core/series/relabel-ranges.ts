import { toLowerCase, toUpperCase } from '../relabel/letter-case.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { RelabelAction, RelabelRule } from '../relabel/rule.ts';
import { mostRangeValues } from '../limits.ts';
import type { LabelRange, LabelRanges } from './label-ranges.ts';
import { uniteAll } from './label-ranges.ts';
import { listTexts } from './literal-texts.ts';

/** Matches every value. */
const everything = new Set(['(.*)', '.*']);

/**
 * Relabels targets of which only ranges of labels are known (docs/reference/discovery.md 4): what comes out holds of every
 * target that stays. `dropped`: none stays, whatever it is.
 */
export function relabelRanges(rules: readonly CompiledRule[], labels: LabelRanges): 'kept' | 'dropped' {
  for (const rule of rules) if (applyRule(rule, labels) === 'dropped') return 'dropped';
  return 'kept';
}

function applyRule(compiled: CompiledRule, labels: LabelRanges): 'kept' | 'dropped' {
  const { action } = compiled.rule;
  if (action === 'keep') return narrow(compiled, labels);
  if (action === 'drop') return exclude(compiled, labels);
  if (action !== 'keepequal' && action !== 'dropequal') writers[action](compiled, labels);
  return 'kept';
}

type Writer = (compiled: CompiledRule, labels: LabelRanges) => void;

/** What the actions do that never drop a target. */
const writers: Readonly<Record<Exclude<RelabelAction, 'keep' | 'drop' | 'keepequal' | 'dropequal'>, Writer>> = {
  replace,
  hashmod: ({ rule }, labels) => labels.set(rule.targetLabel, undefined),
  lowercase: ({ rule }, labels) => labels.set(rule.targetLabel, mapRange(readSource(rule, labels), toLowerCase)),
  uppercase: ({ rule }, labels) => labels.set(rule.targetLabel, mapRange(readSource(rule, labels), toUpperCase)),
  labelmap: (_, labels) => labels.forget(),
  labeldrop: removeNames,
  labelkeep: removeNames,
};

const mapRange = (range: readonly string[] | undefined, convert: (value: string) => string): LabelRange =>
  range === undefined ? undefined : new Set(range.map(convert));

/** The values of the source labels beside each other, all that there may be; undefined when they are too many, or unknown. */
function listCombinations({ sourceLabels }: RelabelRule, labels: LabelRanges): string[][] | undefined {
  let all: string[][] = [[]];
  for (const name of sourceLabels) {
    const range = labels.get(name);
    if (range === undefined || all.length * range.size > mostRangeValues) return undefined;
    all = all.flatMap((values) => [...range].map((value) => [...values, value]));
  }
  return all;
}

function readSource(rule: RelabelRule, labels: LabelRanges): string[] | undefined {
  return listCombinations(rule, labels)?.map((values) => values.join(rule.separator));
}

/** Only what the expression matches stays. */
function narrow({ rule, regexp }: CompiledRule, labels: LabelRanges): 'kept' | 'dropped' {
  const known = listCombinations(rule, labels)?.filter(
    (values) => regexp?.matches(values.join(rule.separator)) !== false,
  );
  const combinations = known ?? splitTexts(rule);
  if (combinations === undefined) return 'kept';
  const fitting = combinations.filter((values) =>
    rule.sourceLabels.every((name, at) => labels.get(name)?.has(values[at] ?? '') !== false),
  );
  if (fitting.length === 0) return 'dropped';
  rule.sourceLabels.forEach((name, at) => labels.set(name, new Set(fitting.map((values) => values[at] ?? ''))));
  return 'kept';
}

/** The values that an expression of literals asks for, by source label; undefined where they cannot be told apart. */
function splitTexts({ regex, sourceLabels, separator }: RelabelRule): string[][] | undefined {
  const texts = listTexts(regex);
  if (texts === undefined || new Set(sourceLabels).size < sourceLabels.length) return undefined;
  if (sourceLabels.length === 1) return texts.map((text) => [text]);
  if (separator === '') return undefined;
  const split = texts.map((text) => text.split(separator));
  return split.every(({ length }) => length === sourceLabels.length) ? split : undefined;
}

/** What the expression matches goes. */
function exclude({ rule, regexp }: CompiledRule, labels: LabelRanges): 'kept' | 'dropped' {
  const combinations = listCombinations(rule, labels);
  if (combinations === undefined) return 'kept';
  const staying = combinations.filter((values) => regexp?.matches(values.join(rule.separator)) !== true);
  if (staying.length === 0) return 'dropped';
  rule.sourceLabels.forEach((name, at) => labels.set(name, new Set(staying.map((values) => values[at] ?? ''))));
  return 'kept';
}

/** Whether an expression such as `(.+);` cannot match, as it wants the last label to be missing, and that is there. */
function isFilled({ regex, separator, sourceLabels }: RelabelRule, labels: LabelRanges): boolean {
  const last = sourceLabels.at(-1);
  if (last === undefined || separator === '' || !regex.endsWith(separator) || regex.includes('|')) return false;
  const range = labels.get(last);
  return range !== undefined && [...range].every((value) => value !== '' && !value.endsWith(separator));
}

function replace({ rule, regexp }: CompiledRule, labels: LabelRanges): void {
  if (regexp === undefined) return;
  const { regex, targetLabel, replacement } = rule;
  if (targetLabel.includes('$')) {
    labels.forget();
    return;
  }
  if (isFilled(rule, labels)) return;
  const value = regexp.compileTemplate(replacement);
  const isSure = everything.has(regex);
  const sources = readSource(rule, labels);
  const texts = sources ?? (isSure ? undefined : listTexts(regex));
  const matches = texts?.map((text) => regexp.match(text));
  const keepsOld = sources === undefined ? !isSure : matches?.includes(undefined) === true;
  const written =
    matches !== undefined
      ? new Set(matches.flatMap((match) => (match === undefined ? [] : [value.expand(match)])))
      : value.constant === undefined
        ? undefined
        : new Set([value.constant]);
  labels.set(targetLabel, keepsOld ? uniteAll([written, labels.get(targetLabel)]) : written);
}

/** A label that is taken away is missing; whether one goes whose name is not known makes no difference to what may be. */
function removeNames({ rule, regexp }: CompiledRule, labels: LabelRanges): void {
  for (const name of labels.listNames())
    if (regexp?.matches(name) === (rule.action === 'labeldrop')) labels.set(name, new Set(['']));
}
