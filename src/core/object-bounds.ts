import type { Rejection } from './rejection.ts';

/** What one object of a tenant may be, before anything looks into it. Kubernetes takes objects of 1.5 MiB at most. */
export const objectBounds = {
  /** Lists and maps inside of each other. */
  depth: 100,
  /** Values, lists and maps together. */
  values: 200_000,
  /** Characters of keys and texts. */
  characters: 4 * 1024 * 1024,
  /** Secrets and ConfigMaps that one object names: each is read for it. */
  references: 250,
} as const;

interface Visit {
  readonly value: unknown;
  readonly depth: number;
}

/**
 * Why an object is too deep or too large to be looked at; undefined when it is neither. Costs one pass and no stack, so that
 * what comes after may recurse.
 */
export function explainOutOfBounds(spec: unknown): Rejection | undefined {
  const waiting: Visit[] = [{ value: spec, depth: 1 }];
  let [values, characters] = [0, 0];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    values += 1;
    const { value, depth } = visit;
    if (typeof value === 'string') characters += value.length;
    if (typeof value === 'object' && value !== null) {
      if (depth > objectBounds.depth) return reject('NestedTooDeeply', describeDepth());
      for (const [key, inner] of Object.entries(value)) {
        characters += key.length;
        waiting.push({ value: inner, depth: depth + 1 });
      }
    }
    if (values > objectBounds.values)
      return reject('ObjectTooLarge', `Cannot use more than ${objectBounds.values} values in one object: divide it`);
    if (characters > objectBounds.characters)
      return reject('ObjectTooLarge', `Cannot use more than ${objectBounds.characters} characters: divide the object`);
  }
  return undefined;
}

const describeDepth = (): string =>
  `Cannot use an object nested deeper than ${objectBounds.depth} levels: write it flatter`;

const reject = (reason: string, message: string): Rejection => ({ reason, field: 'spec', message });

interface Named {
  readonly kind: string;
  readonly name: string;
}

/** Why an object may not have all it refers to read; undefined when it may. */
export function explainTooManyReferences(references: readonly Named[]): Rejection | undefined {
  if (references.length <= objectBounds.references) return undefined;
  const named = new Set(references.map(({ kind, name }) => `${kind}/${name}`)).size;
  if (named <= objectBounds.references) return undefined;
  const message = `Cannot read ${named} Secrets and ConfigMaps for one object, at most ${objectBounds.references} are possible: share them or divide it`;
  return reject('TooManyReferences', message);
}
