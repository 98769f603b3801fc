import type { Interruptible } from '../../base/interruptible.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { readJsonItems } from './json-items.ts';

/** One rule as a replica has it, by the names of its answer. What a version does not tell is absent. */
export interface PrintedRule {
  readonly name: string;
  readonly type: string;
  readonly query: string;
  /** Seconds. */
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface PrintedGroup {
  readonly name: string;
  /** Its path in the Pod. */
  readonly file: string;
  /** Seconds. */
  readonly interval?: number;
  readonly limit?: number;
  /** Of Thanos: "ABORT" or "WARN". */
  readonly partialResponseStrategy?: string;
  readonly rules: readonly PrintedRule[];
}

/**
 * The groups that `/api/v1/rules` of a Prometheus or a Thanos tells of, without what changes with each evaluation. It may rest behind
 * each group.
 * @returns undefined when it is no such answer
 */
export function* readRulesAnswer(answer: string): Interruptible<readonly PrintedGroup[] | undefined> {
  const groups: PrintedGroup[] = [];
  const take = (group: JsonObject): void => void groups.push(readGroup(group));
  const isRead = yield* readJsonItems(answer, { opening: '"groups":[', atOnce: 1, take });
  return isRead ? groups : undefined;
}

function readGroup(group: JsonObject): PrintedGroup {
  const { name, file, rules, interval, limit, partialResponseStrategy: strategy } = group;
  return {
    name: textOf(name),
    file: textOf(file),
    ...given('interval', numberOf(interval)),
    ...given('limit', numberOf(limit)),
    ...given('partialResponseStrategy', typeof strategy === 'string' ? strategy : undefined),
    rules: Array.isArray(rules) ? rules.filter(isJsonObject).map(readRule) : [],
  };
}

const readRule = ({ name, type, query, duration, keepFiringFor, labels, annotations }: JsonObject): PrintedRule => ({
  name: textOf(name),
  type: textOf(type),
  query: textOf(query),
  ...given('duration', numberOf(duration)),
  ...given('keepFiringFor', numberOf(keepFiringFor)),
  labels: readTexts(labels),
  annotations: readTexts(annotations),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const given = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);

const readTexts = (value: unknown): Record<string, string> =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textOf(text)] as const))
    : {};
