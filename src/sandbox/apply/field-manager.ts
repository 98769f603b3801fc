/** Who owns which field after an update or an apply (structured-merge-diff, merge.Updater). */
import { groupBy } from '../../base/group-by.ts';
import type { ManagedFieldsEntry } from '../../api/meta.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Schema } from '../schema/schema.ts';
import { StatusError } from '../status-error.ts';
import { collectFields } from './collect-fields.ts';
import { compareFields } from './compare-fields.ts';
import type { Comparison } from './compare-fields.ts';
import {
  emptySet,
  intersect,
  isEmptySet,
  membersOf,
  renderPath,
  subtract,
  unite,
  withoutBranches,
} from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { decodeManagers, encodeManagers, isSameManager, putManager } from './managers.ts';
import type { Manager } from './managers.ts';
import { mergeFields } from './merge-fields.ts';
import { pruneFields } from './prune-fields.ts';

/** The write that fields are attributed to. */
export interface Write {
  readonly manager: string;
  readonly apiVersion: string;
  /** "" for the object itself. */
  readonly subresource: string;
  /** RFC 3339. */
  readonly time: string;
  /** Fields that this endpoint does not write: steps of paths. */
  readonly ignored: readonly (readonly string[])[];
}

const identity = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
];
const deletion = ['deletionTimestamp', 'deletionGracePeriodSeconds'];
/** Fields that nobody owns. */
const unowned: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[...identity, ...deletion].map((name) => ['f:metadata', `f:${name}`]),
];

const strip = (set: FieldSet, write: Write): FieldSet => withoutBranches(set, [...unowned, ...write.ignored]);

/** managedFields after an update from `before` (on create: the zero object, metadata included) to `after`. */
export function trackUpdate(
  objects: { before: JsonObject; after: JsonObject; managed: readonly ManagedFieldsEntry[] },
  schema: Schema,
  write: Write,
): ManagedFieldsEntry[] {
  const { before, after, managed } = objects;
  const { changed, removed } = compareFields(withoutManaged(before), withoutManaged(after), schema);
  const comparison = { changed: strip(changed, write), removed: strip(removed, write) };
  const writer = {
    name: write.manager,
    operation: 'Update' as const,
    apiVersion: write.apiVersion,
    subresource: write.subresource,
  };
  const managers = decodeManagers(managed) ?? [];
  const own = managers.find((one) => isSameManager(one, writer))?.fields ?? emptySet;
  const fields = unite(subtract(own, comparison.removed), comparison.changed);
  return encodeManagers(putManager(takeFrom(managers, comparison, writer), { ...writer, time: write.time, fields }));
}

/** The others lose what changed and what is gone. */
function takeFrom(
  managers: readonly Manager[],
  { changed, removed }: Comparison,
  writer: Omit<Manager, 'fields' | 'time'>,
): Manager[] {
  const lost = unite(changed, removed);
  return managers
    .map((one) => (isSameManager(one, writer) ? one : { ...one, fields: subtract(one.fields, lost) }))
    .filter(({ fields }) => !isEmptySet(fields));
}

/**
 * Merges `applied` into `live` (undefined or {} when it does not exist).
 * @throws {StatusError} 409 with one cause a field that belongs to others and would change, unless `force`.
 */
export function applyFields(
  objects: { live: JsonObject; applied: JsonObject; managed: readonly ManagedFieldsEntry[] },
  schema: Schema,
  write: Write & { readonly force: boolean },
): { object: JsonObject; managed: ManagedFieldsEntry[] } {
  const { live, applied, managed } = objects;
  const managers = decodeManagers(managed) ?? [];
  const applier = {
    name: write.manager,
    operation: 'Apply' as const,
    apiVersion: write.apiVersion,
    subresource: write.subresource,
  };
  const last = managers.find((one) => isSameManager(one, applier))?.fields ?? emptySet;
  const fields = strip(collectFields(applied, schema), write);
  const others = managers.filter((one) => !isSameManager(one, applier));
  const owned = others.reduce((set, one) => unite(set, one.fields), fields);
  const merged = mergeFields(live, applied, schema) as JsonObject;
  const object = pruneFields(merged, { last, managed: owned }, schema);
  const comparison = compareFields(withoutManaged(live), withoutManaged(object), schema);
  const changes = { changed: strip(comparison.changed, write), removed: strip(comparison.removed, write) };
  if (!write.force) refuseConflicts(others, changes.changed);
  const rest = takeFrom(managers, changes, applier);
  return { object, managed: encodeManagers(putManager(rest, { ...applier, time: write.time, fields })) };
}

function withoutManaged(object: JsonObject): JsonObject {
  const { metadata, ...rest } = object;
  const { managedFields: _managed, ...kept } = (metadata ?? {}) as JsonObject;
  return { ...rest, metadata: kept };
}

function refuseConflicts(others: readonly Manager[], changed: FieldSet): void {
  const causes = others.flatMap((other) =>
    membersOf(intersect(other.fields, changed)).map((path) => ({
      who: describeManager(other),
      field: renderPath(path),
    })),
  );
  if (causes.length === 0) return;
  causes.sort((left, right) => (left.who < right.who ? -1 : left.who > right.who ? 1 : 0));
  throw new StatusError(409, 'Conflict', conflictMessage(causes), {
    causes: causes.map(({ who, field }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${who}`,
      field,
    })),
  });
}

function describeManager({ name, operation, apiVersion, subresource }: Manager): string {
  const via = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return JSON.stringify(name) + via + (operation === 'Update' ? ` using ${apiVersion}` : '');
}

function conflictMessage(causes: readonly { who: string; field: string }[]): string {
  const [first] = causes;
  if (causes.length === 1 && first !== undefined)
    return `Apply failed with 1 conflict: conflict with ${first.who}: ${first.field}`;
  const parts = [...groupBy(causes, ({ who }) => who)].map(
    ([who, all]) => `conflicts with ${who}:\n${all.map(({ field }) => `- ${field}`).join('\n')}`,
  );
  return `Apply failed with ${causes.length} conflicts: ${parts.join('\n')}`;
}
