import { deepestObject, mostObjectCharacters, mostObjectValues, mostReferences } from './limits.ts';
import type { Rejection } from './rejection.ts';

interface Count {
  values: number;
  characters: number;
}

/**
 * Why an object is too deep or too large to be looked at; undefined when it is neither. Costs one pass, level by level, and no
 * stack, so that what comes after may recurse.
 */
export function explainOutOfBounds(spec: unknown): Rejection | undefined {
  const count: Count = { values: 0, characters: 0 };
  let level: object[] = [];
  countValue(spec, count, level);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= deepestObject) return reject('NestedTooDeeply', describeDepth());
    const next: object[] = [];
    for (const container of level) {
      countInner(container, count, next);
      if (count.values > mostObjectValues) return reject('ObjectTooLarge', describeValues());
      if (count.characters > mostObjectCharacters) return reject('ObjectTooLarge', describeCharacters());
    }
    level = next;
  }
  return undefined;
}

function countInner(container: object, count: Count, next: object[]): void {
  if (Array.isArray(container)) {
    for (const value of container) countValue(value, count, next);
    return;
  }
  const fields = container as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    count.characters += key.length;
    countValue(fields[key], count, next);
  }
}

/** @param containers gets the value when it has others in it. */
function countValue(value: unknown, count: Count, containers: object[]): void {
  count.values += 1;
  if (typeof value === 'string') count.characters += value.length;
  else if (typeof value === 'object' && value !== null) containers.push(value);
}

const describeDepth = (): string => `Cannot use an object nested deeper than ${deepestObject} levels: write it flatter`;

const describeValues = (): string => `Cannot use more than ${mostObjectValues} values in one object: divide it`;

const describeCharacters = (): string => `Cannot use more than ${mostObjectCharacters} characters: divide the object`;

const reject = (reason: Rejection['reason'], message: string): Rejection => ({ reason, field: 'spec', message });

interface Named {
  readonly kind: string;
  readonly name: string;
}

/** Why an object may not have all it refers to read; undefined when it may. */
export function explainTooManyReferences(references: readonly Named[]): Rejection | undefined {
  if (references.length <= mostReferences) return undefined;
  const named = new Set(references.map(({ kind, name }) => `${kind}/${name}`)).size;
  if (named <= mostReferences) return undefined;
  const message = `Cannot read ${named} Secrets and ConfigMaps for one object, at most ${mostReferences} are possible: share them or divide it`;
  return reject('TooManyReferences', message);
}
