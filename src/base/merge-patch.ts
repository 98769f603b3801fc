import { cloneJson, isJsonObject, setMember } from './json.ts';
import type { JsonObject } from './json.ts';

/** JSON Merge Patch (RFC 7386): null removes a member, objects merge, everything else replaces. Inputs stay as they are. */
export function applyMergePatch(original: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return cloneJson(patch);
  const result: JsonObject = isJsonObject(original) ? { ...original } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === undefined) continue;
    if (change === null) Reflect.deleteProperty(result, key);
    else setMember(result, key, applyMergePatch(Object.hasOwn(result, key) ? result[key] : undefined, change));
  }
  return result;
}
