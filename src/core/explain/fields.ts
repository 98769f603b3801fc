import { isJsonObject } from '../../base/json.ts';
import { readPath } from './model.ts';

/** The value of a field, by its path from the object's root; undefined when there is none. */
export function readField(object: unknown, field: string): unknown {
  return readPath(field).reduce<unknown>((value, part) => {
    if (typeof part === 'number') return Array.isArray(value) ? (value as unknown[])[part] : undefined;
    return isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, object);
}
