import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { applyMergePatch } from '../../base/merge-patch.ts';

/** A step into an object (member), into a list (index), or into a list by the `name` of the item. */
type Step = string | number | { readonly name: string };

/** What one object lost. It is given back to the object at that place if it still is what it was. */
interface Loss {
  readonly path: readonly Step[];
  /** Members that must have these values; else the object has become another one. */
  readonly when: Readonly<JsonObject>;
  /** JSON merge patch. */
  readonly patch: Readonly<JsonObject>;
}

/** Everything that has to be done to `left` so that it becomes `whole`; JSON, for an annotation. */
export type Remainder = readonly Loss[];

/**
 * What `left`, which came back from a form that cannot say everything, lacks of `whole`. Lists must have the same
 * length in both.
 */
export function findRemainder(left: unknown, whole: unknown, path: readonly Step[] = []): Remainder {
  if (Array.isArray(left) && Array.isArray(whole)) {
    const items: readonly unknown[] = left;
    return items.flatMap((item, at) => findRemainder(item, whole[at], [...path, stepTo(items, at)]));
  }
  if (!isJsonObject(left) || !isJsonObject(whole)) return [];
  const names = [...new Set([...Object.keys(left), ...Object.keys(whole)])];
  const changed = names.filter(
    (name) => !isCollectionPair(left[name], whole[name]) && !equalJson(left[name], whole[name]),
  );
  const patch = Object.fromEntries(changed.map((name) => [name, whole[name] ?? null]));
  const guards = ['name', 'key', ...changed].filter((name) => left[name] !== undefined);
  const when = Object.fromEntries(guards.map((name) => [name, left[name]]));
  return [
    ...(changed.length === 0 ? [] : [{ path, when, patch }]),
    ...names.flatMap((name) => findRemainder(left[name], whole[name], [...path, name])),
  ];
}

const isCollectionPair = (left: unknown, whole: unknown): boolean =>
  (isJsonObject(left) && isJsonObject(whole)) || (Array.isArray(left) && Array.isArray(whole));

/** Names are better than numbers when the list may be edited in between. */
function stepTo(items: readonly unknown[], at: number): Step {
  const names = items.map((item) => (isJsonObject(item) ? item.name : undefined));
  const name = names[at];
  return typeof name === 'string' && names.indexOf(name) === names.lastIndexOf(name) ? { name } : at;
}

/** Gives back what was lost. What has changed in the meantime stays as it is; neither argument is changed. */
export function restoreRemainder(left: unknown, remainder: unknown): unknown {
  const losses = Array.isArray(remainder) ? remainder.filter(isLoss) : [];
  return losses.reduce((value: unknown, loss) => restoreAt(value, loss.path, loss), left);
}

function isLoss(value: unknown): value is Loss {
  return isJsonObject(value) && Array.isArray(value.path) && isJsonObject(value.when) && isJsonObject(value.patch);
}

function restoreAt(value: unknown, [step, ...rest]: readonly Step[], loss: Loss): unknown {
  if (step === undefined) return restoreHere(value, loss);
  const change = (inner: unknown): unknown => restoreAt(inner, rest, loss);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const wanted = isJsonObject(step) ? items.findIndex((item) => isJsonObject(item) && item.name === step.name) : step;
    return items.map((item, at) => (at === wanted ? change(item) : item));
  }
  if (!isJsonObject(value) || typeof step !== 'string' || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: change(value[step]) };
}

function restoreHere(value: unknown, { when, patch }: Loss): unknown {
  if (!isJsonObject(value)) return value;
  const isSame = Object.entries(when).every(([name, wanted]) => equalJson(value[name], wanted));
  return isSame ? applyMergePatch(value, patch) : value;
}
