import { encodeAsGo } from './revision-hash.ts';

/** True when both are the same JSON, whatever the order of keys; undefined fields count as absent. */
export function sameJson(one: unknown, other: unknown): boolean {
  return encodeAsGo(one) === encodeAsGo(other);
}
