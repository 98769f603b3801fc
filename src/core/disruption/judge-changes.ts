import { listSome } from '../../base/list-some.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Zones } from '../../base/zones.ts';
import type { ConditionReason } from '../reasons/table.ts';
import { hashPods } from './approval.ts';
import type { Effect, SetObject } from './effect.ts';
import { approvedAnnotation } from './policy.ts';
import type { DisruptionPolicy } from './policy.ts';
import { isOpen, nextOpening } from './windows.ts';

/** A set of a workload that is to be written, and what that does to its pods. */
export interface SetChange {
  readonly desired: SetObject;
  readonly effect: Effect;
  /** What differs, as `spec.template.spec.containers[prometheus].image`. */
  readonly paths: readonly string[];
  /** Why its pods are not all ready; undefined when they are. */
  readonly unready: string | undefined;
}

/** How many workloads may be disrupted at once, and which are so already. */
export interface FleetState {
  readonly limit: number;
  /** Of other workloads that are not ready: who and why. */
  readonly disrupted: readonly string[];
}

export interface ChangeCase {
  readonly workload: KubernetesObject & { readonly kind: string };
  /** In the order in which they are written. */
  readonly sets: readonly SetChange[];
  readonly policy: DisruptionPolicy;
  /** Undefined: as many as there are. */
  readonly fleet: FleetState | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly zones: Zones;
}

/** What is told of changes that wait. */
export interface Held {
  readonly reason: Extract<
    ConditionReason,
    'ApprovalMissing' | 'OutsideMaintenanceWindow' | 'WorkloadsDisrupted' | 'ShardDisrupted' | 'InvalidDisruptionPolicy'
  >;
  readonly message: string;
  /** When it is to be looked at again, in milliseconds since 1970; undefined: when something changes. */
  readonly at?: number;
  /** Of shards that wait: the sets that must become ready first. */
  readonly awaits?: readonly string[];
}

export interface ChangeVerdict {
  /** Names of the sets that keep their pods as they are; none: nothing waits. */
  readonly waiting: ReadonlySet<string>;
  readonly held: Held | undefined;
  /** Whether pods are disrupted by what goes on. */
  readonly disrupts: boolean;
}

const nameOf = ({ metadata }: KubernetesObject): string => metadata.name ?? '';

/**
 * Which sets may be written though it restarts or replaces their pods. Nothing else ever waits: a set that is not there, a
 * number of replicas, Secrets that pods read again.
 */
export function judgeChanges(one: ChangeCase): ChangeVerdict {
  const disruptive = one.sets.filter(({ effect }) => effect === 'restart' || effect === 'recreate');
  const [first] = disruptive;
  if (first === undefined) return { waiting: new Set(), held: undefined, disrupts: false };
  const held = holdAll(one, disruptive);
  if (held !== undefined)
    return { waiting: new Set(disruptive.map(({ desired }) => nameOf(desired))), held, disrupts: false };
  if (one.fleet === undefined) return { waiting: new Set(), held: undefined, disrupts: true };
  return goInOrder(one, disruptive);
}

/** Why none of them may be written now. */
function holdAll(one: ChangeCase, disruptive: readonly SetChange[]): Held | undefined {
  const { policy, now, zones, fleet, workload } = one;
  const what = describeWaiting(disruptive);
  if (policy.problem !== undefined)
    return { reason: 'InvalidDisruptionPolicy', message: `${what} waits until this is mended: ${policy.problem}` };
  const hash = hashPods(one.sets.map(({ desired }) => desired));
  if (policy.needsApproval && policy.approved !== hash)
    return {
      reason: 'ApprovalMissing',
      message: `${what} waits for approval of ${hash}: ${writeApproval(workload, hash)}`,
    };
  if (policy.windows !== undefined && !isOpen(policy.windows, now, zones)) {
    const { at, zone } = nextOpening(policy.windows, now, zones);
    return {
      reason: 'OutsideMaintenanceWindow',
      message: `${what} waits for the maintenance window that opens at ${zones.show(at, zone)}`,
      at,
    };
  }
  if (fleet === undefined || fleet.disrupted.length < fleet.limit) return undefined;
  const others = listSome(fleet.disrupted, 3, '; ');
  return {
    reason: 'WorkloadsDisrupted',
    message: `${what} waits for other workloads, of which at most ${fleet.limit} may be disrupted at once: ${others}`,
  };
}

/** One set after the other: the next one goes when those before it are ready. */
function goInOrder({ sets }: ChangeCase, [first, ...later]: readonly SetChange[]): ChangeVerdict {
  const changed = new Set([first, ...later]);
  const others = sets.filter((set) => !changed.has(set) && set.unready !== undefined);
  const unready = others.flatMap((set) => set.unready ?? []);
  const waiting = unready.length === 0 ? later : [...changed].filter((set) => set !== undefined);
  if (waiting.length === 0) return { waiting: new Set(), held: undefined, disrupts: true };
  const reason = unready[0] ?? `${first === undefined ? '' : nameOf(first.desired)} goes first`;
  return {
    waiting: new Set(waiting.map(({ desired }) => nameOf(desired))),
    held: {
      reason: 'ShardDisrupted',
      message: `${describeWaiting(waiting)} waits for another shard: ${reason}`,
      awaits: (others.length > 0 || first === undefined ? others : [first]).map(({ desired }) => nameOf(desired)),
    },
    disrupts: unready.length === 0,
  };
}

/** "A restart of prometheus-main (spec.template.spec.containers[prometheus].image)". */
function describeWaiting(changes: readonly SetChange[]): string {
  const effects = changes.some(({ effect }) => effect === 'recreate') ? 'Making anew' : 'A restart';
  const names = listSome(changes.map(({ desired }) => nameOf(desired)));
  const paths = [...new Set(changes.flatMap((one) => one.paths))].filter((path) => path.startsWith('spec.'));
  return `${effects} of ${names} (${listSome(paths)})`;
}

/** As it is typed. */
export function writeApproval({ kind, metadata }: KubernetesObject & { readonly kind: string }, hash: string): string {
  const { namespace = '', name = '' } = metadata;
  return `kubectl annotate -n ${namespace} ${kind.toLowerCase()} ${name} --overwrite ${approvedAnnotation}=${hash}`;
}
