import { listSome } from '../../base/list-some.ts';
import type { ConditionReason } from '../reasons/table.ts';
import type { Verdict } from '../status/conditions.ts';
import { toldReplicas } from '../limits.ts';

/** What is known of one replica. */
export type ReplicaState =
  | { readonly kind: 'loaded' }
  /** It was not asked since the last write. */
  | { readonly kind: 'unasked' }
  /** It runs something else than was written: what is on its way to it. `place`: where the first difference is. */
  | { readonly kind: 'behind'; readonly place: string; readonly loadedAt: string; readonly isLate: boolean }
  /** Its last reload failed. `version`: that it runs, where it is another than the configuration is written for. */
  | { readonly kind: 'refused'; readonly loadedAt: string; readonly version?: VersionGap | undefined }
  /** There is no Prometheus that could run it. */
  | { readonly kind: 'away'; readonly why: string }
  /** It cannot be asked; `why` names the way out. */
  | { readonly kind: 'barred'; readonly why: string };

/** Versions without a "v". */
export interface VersionGap {
  readonly runs: string;
  readonly wanted: string;
}

export interface KnownReplica {
  /** Name of the Pod. */
  readonly name: string;
  readonly state: ReplicaState;
  /** Since when it is in this state, as far as it was seen; RFC 3339. */
  readonly since: string;
}

/** Those further up are told first. */
const reasons = {
  refused: 'ReloadFailed',
  away: 'ReplicaAway',
  late: 'ConfigurationOutdated',
  behind: 'LoadPending',
  unasked: 'LoadPending',
  barred: 'ReplicaNotAsked',
} as const satisfies Readonly<Record<string, ConditionReason>>;

type Trouble = keyof typeof reasons;

/**
 * The condition Loaded of a workload: True when all its replicas run what was written. The message changes only when something else is
 * the case: it names no ages.
 * @param container in which the program runs whose log says why it does not reload
 */
export function judgeLoaded(replicas: readonly KnownReplica[], container: string): Verdict {
  const loaded = replicas.filter(({ state }) => state.kind === 'loaded').length;
  const of = `${loaded} of ${replicas.length} ${replicas.length === 1 ? 'replica' : 'replicas'}`;
  if (replicas.length === 0)
    return { status: 'Unknown', reason: 'ReplicaNotAsked', message: 'There is no replica to ask' };
  if (loaded === replicas.length)
    return { status: 'True', reason: 'AllReplicasLoaded', message: `${of} run what was written` };
  const troubled = sortByTrouble(replicas);
  const told = troubled.map((replica) => describeReplica(replica, container));
  const message = `${of} ${loaded === 1 ? 'runs' : 'run'} what was written; ${listSome(told, toldReplicas, '; ')}`;
  const [first] = troubled;
  const worst = (first && troubleOf(first.state)) ?? 'barred';
  return { status: worst === 'barred' ? 'Unknown' : 'False', reason: reasons[worst], message };
}

/** Those that have not loaded what was written, the worst first. */
export function sortByTrouble<R extends KnownReplica>(replicas: readonly R[]): R[] {
  const order = Object.keys(reasons) as Trouble[];
  const rank = ({ state }: R): number => order.findIndex((trouble) => trouble === troubleOf(state));
  return replicas.filter(({ state }) => state.kind !== 'loaded').sort((a, b) => rank(a) - rank(b));
}

function troubleOf(state: ReplicaState): Trouble | undefined {
  if (state.kind === 'loaded') return undefined;
  return state.kind === 'behind' && state.isLate ? 'late' : state.kind;
}

/** What is wrong with it, for people. @param container in which the program runs */
export function describeReplica({ name, state, since }: KnownReplica, container: string): string {
  switch (state.kind) {
    case 'loaded':
      return name;
    case 'refused':
      return `${name}: its reload fails since ${since}, it goes on with what it loaded at ${state.loadedAt}${describeGap(state.version)}; why, its log says: kubectl logs ${name} -c ${container}`;
    case 'away':
      return `${name}: away since ${since}: ${state.why}`;
    case 'unasked':
      return `${name}: not asked yet since ${since}`;
    case 'barred':
      return `${name} cannot be asked since ${since}: ${state.why}`;
    case 'behind':
      return `${name}: ${state.isLate ? 'still ' : ''}runs what it loaded at ${state.loadedAt}, which differs at ${state.place}`;
  }
}

const describeGap = (gap: VersionGap | undefined): string =>
  gap === undefined ? '' : `; it is of version ${gap.runs}, and what was written is for ${gap.wanted}`;
