import { deepestObject, mostObjectCharacters, mostObjectValues, mostReferences } from './limits.ts';
import type { Rejection } from './rejection.ts';

interface Visit {
  readonly value: unknown;
  readonly depth: number;
}

/**
 * Why an object is too deep or too large to be looked at; undefined when it is neither. Costs one pass and no stack, so that
 * what comes after may recurse.
 */
export function explainOutOfBounds(spec: unknown): Rejection | undefined {
  const waiting: Visit[] = [{ value: spec, depth: 0 }];
  let [values, characters] = [0, 0];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    values += 1;
    const { value, depth } = visit;
    if (typeof value === 'string') characters += value.length;
    if (typeof value === 'object' && value !== null) {
      if (depth >= deepestObject) return reject('NestedTooDeeply', describeDepth());
      for (const [key, inner] of Object.entries(value)) {
        characters += key.length;
        waiting.push({ value: inner, depth: depth + 1 });
      }
    }
    if (values > mostObjectValues)
      return reject('ObjectTooLarge', `Cannot use more than ${mostObjectValues} values in one object: divide it`);
    if (characters > mostObjectCharacters)
      return reject('ObjectTooLarge', `Cannot use more than ${mostObjectCharacters} characters: divide the object`);
  }
  return undefined;
}

const describeDepth = (): string => `Cannot use an object nested deeper than ${deepestObject} levels: write it flatter`;

const reject = (reason: string, message: string): Rejection => ({ reason, field: 'spec', message });

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
