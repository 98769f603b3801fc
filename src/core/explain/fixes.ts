import type { KubernetesObject } from '../../api/meta.ts';
import type { Fix, ObjectName } from './model.ts';
import { readPath, showObject, showPath } from './model.ts';
import type { FieldSegments } from './model.ts';

/** A value as people write it in YAML's flow style. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, inside]) => `${name}: ${showValue(inside)}`);
  return `{${entries.join(', ')}}`;
}

const segments = (field: string | FieldSegments): FieldSegments =>
  typeof field === 'string' ? readPath(field) : field;

/** "in KIND NAME set FIELD to VALUE". */
export function setField(object: ObjectName, field: string | FieldSegments, value: unknown): Fix {
  const path = segments(field);
  const text = `in ${showObject(object)} set ${showPath(path)} to ${showValue(value)}`;
  return { object, change: 'set', field: showPath(path), path, value, text };
}

/** "in KIND NAME remove FIELD". */
export function removeField(object: ObjectName, field: string | FieldSegments): Fix {
  const path = segments(field);
  return {
    object,
    change: 'remove',
    field: showPath(path),
    path,
    text: `in ${showObject(object)} remove ${showPath(path)}`,
  };
}

/** An edit that may not be what was meant. */
export const asGuess = (fix: Fix, isGuess: boolean): Fix => (isGuess ? { ...fix, isGuess } : fix);

/** An object to add. */
export function createObject(value: KubernetesObject, text: string): Fix {
  const { kind = '', metadata } = value;
  const object = { kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  return { object, change: 'create', field: '', path: [], value, text };
}

export function deleteObject(object: ObjectName, text: string): Fix {
  return { object, change: 'delete', field: '', path: [], text };
}

/** An edit that only people can make. */
export function advise(object: ObjectName, text: string): Fix {
  return { object, change: 'manual', field: '', path: [], text };
}
