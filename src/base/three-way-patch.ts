import { equalJson, isJsonObject, setMember } from './json.ts';
import type { JsonObject } from './json.ts';

/** The three states that decide what applying a manifest changes. */
export interface ThreeWays {
  /** What was applied last; undefined: nothing is known of it. */
  readonly last: unknown;
  readonly wanted: JsonObject;
  readonly live: unknown;
}

/**
 * The JSON Merge Patch by which `kubectl apply` brings an object to a manifest: what the manifest says is set, what it said last
 * time and says no more is removed, and what others have set stays. Lists are replaced as a whole. Empty: nothing differs.
 */
export function makeThreeWayPatch({ last, wanted, live }: ThreeWays): JsonObject {
  const patch: JsonObject = {};
  const [before, there] = [isJsonObject(last) ? last : {}, isJsonObject(live) ? live : {}];
  for (const key of Object.keys(before))
    if (!Object.hasOwn(wanted, key) && Object.hasOwn(there, key)) setMember(patch, key, null);
  for (const [key, value] of Object.entries(wanted)) {
    const current = Object.hasOwn(there, key) ? there[key] : undefined;
    const change = changeMember({ last: before[key], wanted: value, live: current });
    if (change !== undefined) setMember(patch, key, change);
  }
  return patch;
}

/** Undefined: it is as it should be. */
function changeMember({ last, wanted, live }: Readonly<Record<keyof ThreeWays, unknown>>): unknown {
  if (isJsonObject(wanted) && isJsonObject(live)) {
    const inner = makeThreeWayPatch({ last, wanted, live });
    return Object.keys(inner).length > 0 ? inner : undefined;
  }
  return equalJson(wanted ?? undefined, live) ? undefined : wanted;
}
