import { parseByteSize } from '../../base/byte-size.ts';
import { parseDuration } from '../../base/durations.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { booleanOf, numberOf, textOf } from '../prometheus-config/values.ts';

/** Values of the environment that the config-reloader puts in for `$(NAME)`. */
export type Variables = Readonly<Record<string, string>>;

/** What a scalar stands for. */
export interface ScalarPlace {
  readonly key: string;
  /** Texts of users, such as labels: nothing but the same text is the same. */
  readonly isFree: boolean;
  /** Prometheus puts its environment into what it reads here. */
  readonly isExpanded: boolean;
  readonly variables: Variables;
}

/** What Prometheus prints in the place of secrets. */
const mask = '<secret>';
/** And of passwords in URLs. */
const urlMask = 'xxxxx';

const durationKey = /(?:interval|timeout|deadline|backoff|offset|window|age_limit|^time)$/;
const sizeKey = /^(?:body_size_limit|size)$/;
const countKey = /(?:_limit|_targets)$/;
/** Words that Prometheus reads in any case and prints in one. */
const wordKey = /^(?:action|role|scheme)$/;
const pathKey = /(?:_file|_path|^files|^rule_files|^scrape_config_files)$/;

/** Whether what runs is what was written, by all that Prometheus does to a value between reading and printing it. */
export function isSameScalar(written: YamlValue, running: YamlValue, place: ScalarPlace): boolean {
  const [wanted, found] = [textOf(written), textOf(running)];
  if (wanted === undefined || found === undefined) return false;
  if (wanted === found) return true;
  if (found === mask) return wanted !== '';
  if (matchesVariables(wanted, found, place)) return true;
  if (place.isFree) return false;
  if (wanted.trim() === found.trim()) return true;
  const numbers = [numberOf(written), numberOf(running)] as const;
  if (numbers[0] !== undefined && roundFor(place.key, numbers[0]) === numbers[1]) return true;
  const truth = booleanOf(written);
  if (truth !== undefined && truth === booleanOf(running)) return true;
  return isSameText(fillVariables(wanted, place.variables), found, place.key);
}

/** Go takes the whole part of a number for a count. */
const roundFor = (key: string, value: number): number => (countKey.test(key) ? Math.trunc(value) : value);

function isSameText(wanted: string, found: string, key: string): boolean {
  if (durationKey.test(key) && isEqualBy(parseDuration, wanted, found)) return true;
  if (sizeKey.test(key) && isEqualBy(parseByteSize, wanted, found)) return true;
  if (wordKey.test(key)) return wanted.toLowerCase() === found.toLowerCase();
  if (pathKey.test(key))
    return found.startsWith('/') && !wanted.startsWith('/') && found.endsWith(`/${cutHere(wanted)}`);
  return wanted.includes('://') && isEqualBy(normalizeUrl, wanted, found);
}

const cutHere = (path: string): string => path.replace(/^(?:\.\/)+/, '');

function isEqualBy(read: (text: string) => unknown, one: string, other: string): boolean {
  try {
    return read(one) === read(other);
  } catch {
    return false;
  }
}

/** As URLs are compared: without what Go writes otherwise than it was written, and without the password, which is never printed. */
function normalizeUrl(text: string): string {
  const url = new URL(text);
  if (url.password !== '') url.password = urlMask;
  return url.href;
}

export const hasVariables = (text: string): boolean => text.search(variable) >= 0;

const variable = /\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g;

/** As the config-reloader does it; what is not known stays. */
export const fillVariables = (text: string, variables: Variables): string =>
  text.replaceAll(variable, (whole, name: string) => variables[name] ?? whole);

/**
 * Variables that the config-reloader put in, `$(NAME)`, and in external labels those of Prometheus, `${NAME}`. What is not known
 * may be anything: users may add to the environment of both.
 */
function matchesVariables(wanted: string, found: string, { variables, isExpanded }: ScalarPlace): boolean {
  const text = fillVariables(wanted, variables);
  if (text === found) return true;
  if (!text.includes('$')) return false;
  const parts = cutAtVariables(text, isExpanded);
  return parts.length > 1 && hasParts(found, parts);
}

/** What stands between the variables `$(NAME)`, and where Prometheus expands what it reads `$NAME`, `${NAME}` and `$$`. */
function cutAtVariables(text: string, isExpanded: boolean): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', Math.max(at + 1, start))) {
    const end = endOfVariable(text, at + 1, isExpanded);
    if (end === undefined) continue;
    parts.push(text.slice(start, at));
    start = end;
  }
  return [...parts, text.slice(start)];
}

/** @param at behind the dollar sign */
function endOfVariable(text: string, at: number, isExpanded: boolean): number | undefined {
  const opened = text[at] ?? '';
  const close = opened === '(' ? ')' : isExpanded && opened === '{' ? '}' : undefined;
  if (close !== undefined) {
    const end = text.indexOf(close, at);
    return end < 0 ? text.length : end + 1;
  }
  if (!isExpanded) return undefined;
  if (opened === '$') return at + 1;
  let end = at;
  while (/\w/.test(text[end] ?? '')) end += 1;
  return end;
}

/** Whether the text is these parts in their order, with anything between them. */
function hasParts(text: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}
