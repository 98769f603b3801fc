import { createSystemClock, sleep } from '../../base/clock.ts';
import type { LocalCluster, LocalClusterDeps } from '../../operator/page/local-cluster.ts';
import { createLiveGatherer } from '../explain/live-gatherer.ts';
import { readOperator } from '../explain/scope-flags.ts';
import type { OperatorFlags } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
import { cacheLookMs } from '../limits.ts';
import { createNoteLogger } from '../note-logger.ts';
import type { Cluster } from './connect.ts';

export interface LocalFlags extends OperatorFlags {
  /** Only these namespaces are read, whatever the operator looks after; none: all. */
  readonly readNamespaces: readonly string[];
}

/** What a cluster that has answered is read and followed with: the rights of who asks. */
export function describeLocal(
  cluster: Cluster,
  { readNamespaces: namespaces, ...flags }: LocalFlags,
  io: Io,
): LocalClusterDeps {
  const operator = readOperator(flags, cluster.version);
  // What is cut off at the end is no news.
  const tell = (note: string): void => (io.signal.aborted ? undefined : io.stderr(`stoker: ${note}\n`));
  return {
    client: cluster.client,
    namespaces,
    clock: createSystemClock(),
    random: Math.random,
    logger: createNoteLogger(tell),
    premises: { ...operator, isOffline: false, asks: { replicas: true, alertmanagers: true }, supposed: [] },
    live: createLiveGatherer(cluster, { urls: {}, signal: io.signal, namespaces }),
  };
}

/** Resolves when all has been read that may be, when that takes too long, or at Ctrl-C. */
export async function whenFilled(local: LocalCluster, { timeoutMs }: Cluster, { signal }: Io): Promise<void> {
  const clock = createSystemClock();
  const until = clock.monotonic() + timeoutMs;
  while (!local.isFilled() && !signal.aborted && clock.monotonic() < until) await sleep(clock, cacheLookMs);
}
