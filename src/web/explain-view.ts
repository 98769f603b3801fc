/** How much of an explanation a caller may see. */
import { podType, serviceType } from '../api/builtin-types.ts';
import { customKinds } from '../api/kinds.ts';
import { podMonitorType } from '../api/pod-monitor.ts';
import { serviceMonitorType } from '../api/service-monitor.ts';
import type { ResourceType } from '../api/meta.ts';
import type { ObjectKind } from '../core/explain/kind-words.ts';
import type { Caller } from './guard.ts';

/** Kinds that the API server knows, so that it can be asked who may get them: an alert is in the rules of many. */
export type ResourceKind = Exclude<ObjectKind, 'Alert'>;

/** The object that is asked about. */
export interface AskedObject {
  readonly kind: ResourceKind;
  readonly namespace: string;
  readonly name: string;
}

export interface ExplainView {
  /** Only monitors of this namespace may be told of; undefined: all, or none but the one that is asked about. */
  readonly monitorNamespace: string | undefined;
  /** Names of objects like the one that is asked about may be told, in whatever namespace they are. */
  readonly namesNeighbours: boolean;
}

const types: readonly ResourceType[] = [...customKinds.map(({ type }) => type), podType, serviceType];
const discoveredKinds: ReadonlySet<string> = new Set(['Pod', 'Service']);
const monitorTypes: readonly ResourceType[] = [serviceMonitorType, podMonitorType];

/** `missing`: the permission without which nothing is told, for people. */
type Found = ExplainView | { readonly missing: string };

/**
 * A caller may be told of an object that they may get. Parameters and addresses of monitors show in the targets of a Pod or
 * Service: of whom may not get the monitors of all namespaces, only those beside the object are told of.
 * @throws when the caller cannot be asked about.
 */
export async function findView(caller: Caller, { kind, namespace, name }: AskedObject): Promise<Found> {
  const type = types.find((one) => one.kind === kind);
  if (type === undefined) throw new RangeError(`There is no resource of kind ${kind}`);
  const mayGet = ({ group, plural: resource }: ResourceType, where: { namespace?: string; name?: string } = {}) =>
    caller.mayGet({ group, resource, ...where });
  const mayGetAll = async (all: readonly ResourceType[], where: { namespace?: string } = {}): Promise<boolean> =>
    (await Promise.all(all.map((one) => mayGet(one, where)))).every((allowed) => allowed);
  if (!(await mayGet(type, { namespace, name })))
    return { missing: `you may not get ${type.plural} "${name}" in namespace "${namespace}"` };
  const namesNeighbours = await mayGet(type);
  if (!discoveredKinds.has(kind) || (await mayGetAll(monitorTypes)))
    return { monitorNamespace: undefined, namesNeighbours };
  if (await mayGetAll(monitorTypes, { namespace })) return { monitorNamespace: namespace, namesNeighbours };
  return { missing: `you may not get servicemonitors and podmonitors in namespace "${namespace}"` };
}
