import { isJsonObject } from '../../base/json.ts';
import { workloadKinds } from '../kinds/registry.ts';
import { selectedKinds } from '../select/selected-kinds.ts';
import type { Fix } from './model.ts';

const rbacKinds: readonly string[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

const isRbac = (kind: unknown): boolean => rbacKinds.some((one) => one === kind);

const has = (record: object, name: string): boolean => Object.hasOwn(record, name);

/**
 * Why a program may not make an edit unasked; undefined when it may (docs/explain.md, "Edits that a program may make"). What is
 * left concerns the monitor, rule or routes that were asked about alone, adds nothing to what anybody may see or do, throws
 * nothing away that somebody wrote, and is the only edit that comes near.
 */
export function holdFix(fix: Fix): string | undefined {
  return holdChange(fix) ?? holdObject(fix) ?? holdValue(fix);
}

function holdChange({ change, value }: Fix): string | undefined {
  switch (change) {
    case 'manual':
      return 'people alone can do it';
    case 'create':
      return listKinds(value).some(isRbac) ? 'it grants rights' : 'it makes an object';
    case 'delete':
      return 'it deletes an object';
    case 'remove':
      return 'it takes out what somebody wrote';
    case 'set':
      return undefined;
  }
}

/** The kinds of an object to create, or of those in a List. */
function listKinds(value: unknown): unknown[] {
  if (!isJsonObject(value)) return [];
  return value.kind === 'List' && Array.isArray(value.items) ? value.items.flatMap(listKinds) : [value.kind];
}

function holdObject({ object: { kind } }: Fix): string | undefined {
  if (has(selectedKinds, kind)) return undefined;
  if (isRbac(kind)) return 'it grants rights';
  if (workloadKinds.some(({ type }) => type.kind === kind)) return 'it concerns all that the workload selects';
  if (kind === 'Namespace') return 'labels of a Namespace concern all that is in it';
  if (kind === 'Secret' || kind === 'ConfigMap') return 'others may read the object';
  return 'it changes what the application runs with, not what watches it';
}

/** Routes and receivers, and the labels by which alerts are routed. */
function isAboutRouting(kind: string, path: Fix['path']): boolean {
  if (path[0] !== 'spec') return false;
  return kind === 'AlertmanagerConfig' || (kind === 'PrometheusRule' && path.includes('labels'));
}

function holdValue({ object, path, value, isGuess }: Fix): string | undefined {
  if (isAboutRouting(object.kind, path)) return 'it changes who is notified';
  if (path.includes('namespaceSelector')) return 'it looks into more namespaces';
  if (JSON.stringify(value).includes('"__tmp_disable_sharding"')) return 'every shard would scrape the targets';
  return isGuess === true ? 'it is a guess: nothing comes near, or several do' : undefined;
}
