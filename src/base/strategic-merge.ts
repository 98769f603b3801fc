/** Strategic merge patch: merge patch that knows which lists merge by which key, with directives. Inputs stay as they are. */
import { cloneJson, isJsonObject, setMember } from './json.ts';
import type { JsonObject } from './json.ts';
import type { MergeField, MergeSchema } from './merge-keys.ts';
import { plainMergeSchema } from './merge-keys.ts';
import { mergeList, removeDirectives } from './strategic-merge-list.ts';
import { StrategicMergeError } from './strategic-merge-error.ts';

const retainKeys = '$retainKeys';
const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * Applies `patch` to `original` by the rules of `schema` (see `mergeSchemaOf`). Directives, as the API server has them:
 * `$patch: replace|delete` in objects and list elements, `$retainKeys`, `$setElementOrder/FIELD`,
 * `$deleteFromPrimitiveList/FIELD`; null removes a member.
 * @throws {StrategicMergeError} when an element lacks its merge key or a directive is malformed.
 */
export function applyStrategicMergePatch(original: JsonObject, patch: JsonObject, schema: MergeSchema): JsonObject {
  const directive = patch.$patch;
  if (directive === 'replace') return cloneJson(omit(patch, '$patch'));
  if (directive === 'delete') return {};
  if (directive !== undefined)
    throw new StrategicMergeError(`Unknown patch type "${describe(directive)}" in an object`);
  const result = retain({ ...original }, patch);
  const rest = omit(patch, retainKeys);
  const ordered = mergeOrderedLists(result, rest, schema);
  for (const [key, change] of Object.entries(rest)) {
    if (!ordered.has(key) && change !== undefined) mergeMember(result, { key, change }, schema);
  }
  return result;
}

interface Change {
  readonly key: string;
  readonly change: unknown;
}

function mergeMember(result: JsonObject, { key, change }: Change, schema: MergeSchema): void {
  if (key.startsWith(deletePrefix)) {
    deletePrimitives(result, key.slice(deletePrefix.length), change);
    return;
  }
  if (change === null) {
    Reflect.deleteProperty(result, key);
    return;
  }
  const current = Object.hasOwn(result, key) ? result[key] : undefined;
  setMember(result, key, mergeValue(current, change, schema.fields[key] ?? {}));
}

function mergeValue(current: unknown, change: unknown, field: MergeField): unknown {
  if (current === undefined || current === null) return removeDirectives(change);
  if (isJsonObject(current) && isJsonObject(change)) {
    if (field.strategy === 'replace') return cloneJson(change);
    return applyStrategicMergePatch(current, change, field.schema ?? plainMergeSchema);
  }
  if (Array.isArray(current) && Array.isArray(change) && field.strategy === 'merge') {
    return mergeList(current, change, { field, mergeObject: applyStrategicMergePatch });
  }
  return cloneJson(change);
}

/** `$retainKeys` names the members that stay; the patch may set no others. */
function retain(result: JsonObject, patch: JsonObject): JsonObject {
  const keep = patch[retainKeys];
  if (keep === undefined) return result;
  if (!Array.isArray(keep)) throw new StrategicMergeError('invalid patch format of retainKeys');
  for (const [key, value] of Object.entries(patch)) {
    const known = key === retainKeys || value === null || key.startsWith('$') || keep.includes(key);
    if (!known) throw new StrategicMergeError('invalid patch format of retainKeys');
  }
  return Object.fromEntries(Object.entries(result).filter(([key]) => keep.includes(key)));
}

/** Handles every `$setElementOrder/FIELD` with its list; returns the members of the patch that are done. */
function mergeOrderedLists(result: JsonObject, patch: JsonObject, schema: MergeSchema): Set<string> {
  const done = new Set<string>();
  for (const key of Object.keys(patch).filter((name) => name.startsWith(orderPrefix))) {
    const name = key.slice(orderPrefix.length);
    done.add(key);
    const order = asList(patch[key], key);
    if (patch[name] === null) continue;
    done.add(name);
    const current = asList(result[name] ?? [], name);
    const change = asList(patch[name] ?? [], name);
    if (result[name] === undefined && patch[name] === undefined) continue;
    const field = schema.fields[name] ?? {};
    const deletion = patch[deletePrefix + name];
    const merged = field.strategy === 'merge' ? undefined : change;
    const list = merged ?? mergeList(current, change, { field, order, mergeObject: applyStrategicMergePatch });
    result[name] = list;
    if (deletion !== undefined) {
      deletePrimitives(result, name, deletion);
      done.add(deletePrefix + name);
    }
  }
  return done;
}

function deletePrimitives(result: JsonObject, name: string, values: unknown): void {
  const unwanted = asList(values, deletePrefix + name);
  const current = result[name];
  if (Array.isArray(current)) result[name] = current.filter((item) => !unwanted.includes(item));
}

function asList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new StrategicMergeError(`Expected a list in "${name}", got ${describe(value)}`);
  return value;
}

function omit(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

const describe = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
