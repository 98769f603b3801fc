/** metadata.managedFields as data: who owns which fields, by manager, operation, version and subresource. */
import type { ManagedFieldsEntry } from '../../api/meta.ts';
import { decodeFieldSet, encodeFieldSet, equalSets, isEmptySet } from './field-set.ts';
import type { FieldSet } from './field-set.ts';

export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string;
  readonly fields: FieldSet;
}

/** Undefined when an entry is malformed. */
export function decodeManagers(entries: readonly ManagedFieldsEntry[]): Manager[] | undefined {
  const managers: Manager[] = [];
  for (const entry of entries) {
    const fields = decodeFieldSet(entry.fieldsV1 ?? {});
    const { operation, manager = '', apiVersion = '', subresource = '', time = '' } = entry;
    if (fields === undefined || (operation !== 'Apply' && operation !== 'Update')) return undefined;
    managers.push({ name: manager, operation, apiVersion, subresource, time, fields });
  }
  return managers;
}

/** Appliers first, then by time, as the real server sorts them. */
export function encodeManagers(managers: readonly Manager[]): ManagedFieldsEntry[] {
  const sorted = [...managers].sort(
    (left, right) =>
      compare(left.operation, right.operation) || compare(left.time, right.time) || compare(left.name, right.name),
  );
  return sorted.map(({ name, operation, apiVersion, subresource, time, fields }) => ({
    manager: name,
    operation,
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: encodeFieldSet(fields),
    ...(subresource === '' ? {} : { subresource }),
  }));
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export function isSameManager(left: Manager, right: Omit<Manager, 'fields' | 'time'>): boolean {
  return (
    left.name === right.name &&
    left.operation === right.operation &&
    left.subresource === right.subresource &&
    (left.operation === 'Apply' || left.apiVersion === right.apiVersion)
  );
}

/** `manager` with new fields in place of the old ones; its time stays when they are the same, it goes when there are none. */
export function putManager(managers: readonly Manager[], manager: Manager): Manager[] {
  const old = managers.find((one) => isSameManager(one, manager));
  const others = managers.filter((one) => one !== old);
  if (isEmptySet(manager.fields)) return others;
  const kept = old !== undefined && old.apiVersion === manager.apiVersion && equalSets(old.fields, manager.fields);
  return [...others, kept ? old : manager];
}
