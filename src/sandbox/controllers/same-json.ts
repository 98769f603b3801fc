import { encodeAsGo } from './revision-hash.ts';

/** True when both are the same JSON, whatever the order of keys; undefined is null, an undefined field is absent. */
export function sameJson(one: unknown, other: unknown): boolean {
  return encodeAsGo(one ?? null) === encodeAsGo(other ?? null);
}
