import { parseDuration } from '../../base/durations.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { asMapping, isList, isNull, numberOf, textOf } from '../prometheus-config/values.ts';
import { isSameExpression } from '../promql/same-expression.ts';
import type { PrintedGroup, PrintedRule } from './read-rules.ts';

type Fields = Readonly<Record<string, YamlValue | undefined>>;

/**
 * Where a group of a rule file differs from how it is printed, for people; undefined: nowhere. Labels of the group are printed
 * with each of its rules.
 * @param group a mapping of the file
 * @param ownLabels that the program puts on all rules
 */
export function compareGroup(
  group: Fields,
  found: PrintedGroup | undefined,
  ownLabels: ReadonlySet<string>,
): string | undefined {
  const rules = listOf(group['rules']).map((rule) => asMapping(rule, 'rule'));
  const name = `group "${textIn(group, 'name')}"`;
  if (found === undefined) return rules.length === 0 ? undefined : `${name}, which is missing,`;
  const shared = readTexts(group['labels']);
  for (const [at, rule] of rules.entries()) {
    const place = compareRule(rule, found.rules[at], { shared, ownLabels });
    if (place !== undefined) return `${place} in ${name}`;
  }
  const [further] = found.rules.slice(rules.length);
  if (further !== undefined) return `rule "${further.name}", which is not written any more, in ${name}`;
  const field = findOtherField(group, found);
  return field === undefined ? undefined : `${field} of ${name}`;
}

export const nameOfGroup = (group: Fields): string => textIn(group, 'name');

/** Of a group; what was not written is the program's own affair. */
function findOtherField(group: Fields, found: PrintedGroup): string | undefined {
  const { interval, limit, partialResponseStrategy: strategy } = found;
  if (!isNull(group['interval']) && !isSameTime(group['interval'], interval)) return 'interval';
  if (limit !== undefined && (numberOf(group['limit'] ?? 0) ?? 0) !== limit) return 'limit';
  const wanted = textIn(group, 'partial_response_strategy') || 'abort';
  if (strategy !== undefined && strategy.toLowerCase() !== wanted.toLowerCase()) return 'partial_response_strategy';
  return undefined;
}

interface Labels {
  /** Of the group. */
  readonly shared: Readonly<Record<string, string>>;
  readonly ownLabels: ReadonlySet<string>;
}

function compareRule(rule: Fields, found: PrintedRule | undefined, labels: Labels): string | undefined {
  const [alert, record] = [textIn(rule, 'alert'), textIn(rule, 'record')];
  const name = `rule "${alert || record}"`;
  if (found === undefined) return `${name}, which is missing,`;
  if (found.name !== (alert || record) || found.type !== (alert === '' ? 'recording' : 'alerting'))
    return `the order of its rules: ${name} stands elsewhere`;
  const field = findDifference(rule, found, labels);
  return field === undefined ? undefined : `${field} of ${name}`;
}

function findDifference(rule: Fields, found: PrintedRule, { shared, ownLabels }: Labels): string | undefined {
  const isSameText = (key: string): boolean => !ownLabels.has(key);
  if (!isSameExpression(textIn(rule, 'expr'), found.query)) return 'expr';
  if (!isSameMap({ ...shared, ...readTexts(rule['labels']) }, found.labels, isSameText)) return 'labels';
  if (found.type !== 'alerting') return undefined;
  if (!isSameMap(readTexts(rule['annotations']), found.annotations)) return 'annotations';
  if (!isSameTime(rule['for'], found.duration)) return 'for';
  return isSameTime(rule['keep_firing_for'], found.keepFiringFor) ? undefined : 'keep_firing_for';
}

/** Empty values are as good as none. @param counts which keys count */
function isSameMap(
  written: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
  counts: (key: string) => boolean = () => true,
): boolean {
  const keys = new Set([...Object.keys(written), ...Object.keys(found)]);
  for (const key of keys) if (counts(key) && (written[key] ?? '') !== (found[key] ?? '')) return false;
  return true;
}

/** @param seconds undefined: the program does not tell. */
function isSameTime(written: YamlValue | undefined, seconds: number | undefined): boolean {
  if (seconds === undefined) return true;
  const text = isNull(written) ? '' : (textOf(written) ?? '');
  return readSeconds(text === '' ? '0s' : text) === seconds;
}

/** Undefined for what no checked rule has. */
function readSeconds(text: string): number | undefined {
  try {
    return parseDuration(text) / 1000;
  } catch {
    return undefined;
  }
}

const listOf = (value: YamlValue | undefined): readonly YamlValue[] =>
  value !== undefined && isList(value) ? value : [];

const textIn = (fields: Fields, key: string): string => textOf(fields[key] ?? '') ?? '';

const readTexts = (value: YamlValue | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isNull(value) ? {} : asMapping(value, '')).map(([key, text]) => [key, textOf(text ?? '') ?? '']),
  );
