import { equalJson, isJsonObject } from '../../base/json.ts';
import type { Place } from './structural.ts';
import { joinPath, showValue } from './violation.ts';
import type { Violation } from './violation.ts';

/** Entries of sets and keyed lists that are there twice; the later one is named. */
export function findDuplicates({ schema, value, path }: Place): Violation[] {
  const type = schema['x-kubernetes-list-type'];
  if (!Array.isArray(value) || (type !== 'set' && type !== 'map')) return [];
  const keys = type === 'map' ? (schema['x-kubernetes-list-map-keys'] ?? []) : undefined;
  const seen: unknown[] = [];
  const found: Violation[] = [];
  for (const [index, item] of (value as unknown[]).entries()) {
    const identity = keys === undefined ? item : keys.map((key) => (isJsonObject(item) ? item[key] : undefined));
    if (seen.some((other) => equalJson(other, identity))) {
      const what =
        keys === undefined
          ? showValue(item)
          : keys.map((key, at) => `${key} ${showValue((identity as unknown[])[at])}`).join(', ');
      found.push({
        reason: 'InvalidValue',
        path: joinPath(path, index),
        value: item,
        message: `Duplicate entry: found ${what} before`,
      });
    }
    seen.push(identity);
  }
  return found;
}
