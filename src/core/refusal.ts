import type { ResourceType } from '../api/meta.ts';

/** What could not be read, as data: of a cluster that does not let us, or that is not asked. A refusal hinders nothing. */
export interface Refusal {
  readonly verb: 'list' | 'get';
  readonly type: ResourceType;
  /** "" for all namespaces, or a resource that is in none. */
  readonly namespace: string;
  /** The object that was asked for; absent with "list". */
  readonly name?: string;
  /** `absent`: the server does not have the resource; `off`: the operator runs without --target-discovery, and does not ask. */
  readonly why: 'forbidden' | 'absent' | 'off';
}

/** Such as "cannot list pods in all namespaces: forbidden". */
function describeRefusal({ verb, type, namespace, name, why }: Refusal): string {
  if (why === 'off')
    return 'Pods, Services and their endpoints are not read: the operator runs without --target-discovery';
  const reason = why === 'absent' ? 'the API server has no such resource' : 'forbidden';
  if (verb === 'get') return `cannot get ${type.kind} ${namespace}/${name ?? ''}: ${reason}`;
  const resource = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
  const where = !type.namespaced ? '' : ` in ${namespace === '' ? 'all namespaces' : `namespace ${namespace}`}`;
  return `cannot list ${resource}${where}: ${reason}`;
}

/** For people, each sentence once, in the order of the alphabet. */
export function describeRefusals(refusals: readonly Refusal[]): string[] {
  return [...new Set(refusals.map(describeRefusal))].sort();
}
