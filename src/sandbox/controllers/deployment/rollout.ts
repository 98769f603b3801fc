/** How a Deployment's rollout goes on, decided from the sizes of its ReplicaSets. Pure. */
import type { Deployment, ReplicaSet } from '../shapes.ts';

export interface Rollout {
  readonly deployment: Deployment;
  /** The set of the present template. */
  readonly current: ReplicaSet;
  /** The sets of former templates. */
  readonly old: readonly ReplicaSet[];
}

/** New sizes, by name of the ReplicaSet; sets that keep theirs are not named. */
export type Sizes = ReadonlyMap<string, number>;

/** Takes one step towards `spec.replicas` of the present template that keeps maxSurge and maxUnavailable. */
export function planRollout({ deployment, current, old }: Rollout): Sizes {
  const sizes = new Map<string, number>();
  const wanted = deployment.spec.replicas;
  if (deployment.spec.strategy?.type === 'Recreate') {
    for (const set of old) if (set.spec.replicas > 0) sizes.set(nameOfSet(set), 0);
    const isCleared = old.every((set) => (set.status?.replicas ?? 0) === 0 && set.spec.replicas === 0);
    if (isCleared && current.spec.replicas !== wanted) sizes.set(nameOfSet(current), wanted);
    return sizes;
  }
  const grown = growCurrent({ deployment, current, old });
  if (grown !== current.spec.replicas) sizes.set(nameOfSet(current), grown);
  else shrinkOld({ deployment, current, old }, sizes);
  return sizes;
}

function growCurrent({ deployment, current, old }: Rollout): number {
  const wanted = deployment.spec.replicas;
  if (current.spec.replicas >= wanted) return wanted;
  const total = current.spec.replicas + sum(old);
  const room = Math.max(0, wanted + limitsOf(deployment).surge - total);
  return Math.min(wanted, current.spec.replicas + room);
}

function shrinkOld({ deployment, current, old }: Rollout, sizes: Map<string, number>): void {
  const wanted = deployment.spec.replicas;
  const minAvailable = wanted - limitsOf(deployment).unavailable;
  const newUnavailable = current.spec.replicas - available(current);
  let spare = current.spec.replicas + sum(old) - minAvailable - newUnavailable;
  const unhealthyFirst = [...old].sort((one, other) => available(one) - available(other));
  for (const set of unhealthyFirst) {
    const unavailable = set.spec.replicas - available(set);
    const drop = Math.min(Math.max(0, spare), unavailable);
    if (drop > 0) sizes.set(nameOfSet(set), set.spec.replicas - drop);
    spare -= drop;
  }
  let healthySpare = available(current) + old.reduce((count, set) => count + available(set), 0) - minAvailable;
  for (const set of old) {
    const size = sizes.get(nameOfSet(set)) ?? set.spec.replicas;
    const drop = Math.min(Math.max(0, healthySpare), size);
    if (drop > 0) sizes.set(nameOfSet(set), size - drop);
    healthySpare -= drop;
  }
}

/** maxSurge is rounded up, maxUnavailable down; when both are 0 one Pod may be missing, or nothing could move. */
function limitsOf({ spec }: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec.strategy?.rollingUpdate ?? {};
  const surge = scaleValue(maxSurge, spec.replicas, Math.ceil);
  const unavailable = scaleValue(maxUnavailable, spec.replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, spec.replicas) };
}

/** An int-or-percent of a total. */
export function scaleValue(value: number | string, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100);
}

const sum = (sets: readonly ReplicaSet[]): number => sets.reduce((total, { spec }) => total + spec.replicas, 0);
const available = (set: ReplicaSet): number => Math.min(set.status?.availableReplicas ?? 0, set.spec.replicas);
const nameOfSet = ({ metadata }: ReplicaSet): string => metadata.name ?? '';
