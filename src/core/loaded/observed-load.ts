import { listSome } from '../../base/list-some.ts';
import { toldReplicas } from '../limits.ts';
import { describeReplica, sortByTrouble } from './judge-loaded.ts';
import type { KnownReplica } from './judge-loaded.ts';

/** What the operator knows of the replicas of a workload, whom it asks by itself (`--observe-replicas`). */
export interface ObservedLoad {
  /** When it was written what they should load, RFC 3339; absent: before the operator was started. */
  readonly writtenAt?: string;
  /** In which the program runs. */
  readonly container: string;
  readonly replicas: readonly ObservedReplica[];
}

export interface ObservedReplica extends KnownReplica {
  /** When it loaded what it runs, RFC 3339, by its own clock; absent: not known. */
  readonly loadedAt?: string;
}

export const countLoaded = ({ replicas }: ObservedLoad): number =>
  replicas.filter(({ state }) => state.kind === 'loaded').length;

/**
 * Who has not loaded it, and why; "" where all have. Where it differs is not told: that may be an object of another namespace, which whoever
 * asks may not know of.
 */
export const describeTroubles = ({ replicas, container }: ObservedLoad): string =>
  listSome(
    sortByTrouble(replicas).map((replica) => describe(replica, container)),
    toldReplicas,
    '; ',
  );

function describe(replica: ObservedReplica, container: string): string {
  const { name, state } = replica;
  if (state.kind !== 'behind') return describeReplica(replica, container);
  return `${name}: ${state.isLate ? 'still ' : ''}runs what it loaded at ${state.loadedAt}`;
}
