import { createSystemClock, sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { openLocalPage } from '../../operator/page/local-page.ts';
import type { LocalPage } from '../../operator/page/local-page.ts';
import { openCluster } from '../cluster/connect.ts';
import type { Cluster, ClusterFlags } from '../cluster/connect.ts';
import { createLiveGatherer } from '../explain/live-gatherer.ts';
import { readOperator } from '../explain/scope-flags.ts';
import type { OperatorFlags } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
import { cacheLookMs } from '../limits.ts';
import { createNoteLogger } from '../note-logger.ts';
import { readPort, stopped } from '../sandbox.ts';
import { openBrowser } from './open-browser.ts';

export interface LivePageFlags extends ClusterFlags, OperatorFlags {
  readonly namespace?: readonly string[];
  readonly port: string;
  /** Whether a browser is wanted. */
  readonly open: boolean;
}

/**
 * Serves the page of a cluster until Ctrl-C, with the rights of who asks.
 * @throws {ExitError | OptionError} when a flag cannot be used, or the API server gives no answer.
 */
export async function servePage(flags: LivePageFlags, io: Io): Promise<void> {
  const port = readPort(flags.port);
  const cluster = await openCluster(flags, io);
  try {
    const clock = createSystemClock();
    const page = await openLocalPage(port, { ...describePage(cluster, flags, io), clock });
    try {
      await whenFilled(page, { clock, patienceMs: cluster.timeoutMs, signal: io.signal });
      if (io.signal.aborted) return;
      for (const note of describeRefusals(page.listRefusals())) io.stderr(`stoker: ${note}\n`);
      io.stdout(`Page of ${cluster.server}: ${page.url}\n`);
      if (flags.open) openBrowser(page.url, io);
      await stopped(io.signal);
    } finally {
      await page.close();
    }
  } finally {
    await cluster.client.close();
  }
}

function describePage(
  cluster: Cluster,
  flags: LivePageFlags,
  io: Io,
): Omit<Parameters<typeof openLocalPage>[1], 'clock'> {
  const namespaces = flags.namespace ?? [];
  const operator = readOperator(flags, cluster.version);
  // What is cut off at the end is no news.
  const tell = (note: string): void => (io.signal.aborted ? undefined : io.stderr(`stoker: ${note}\n`));
  return {
    ...cluster,
    namespaces,
    random: Math.random,
    logger: createNoteLogger(tell),
    premises: { ...operator, isOffline: false, asks: { replicas: true, alertmanagers: true }, supposed: [] },
    live: createLiveGatherer(cluster, { urls: {}, signal: io.signal, namespaces }),
  };
}

interface Waiting {
  readonly clock: Clock;
  /** After so long the page says itself that it is not all there. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

async function whenFilled(page: LocalPage, { clock, patienceMs, signal }: Waiting): Promise<void> {
  const until = clock.monotonic() + patienceMs;
  while (!page.isFilled() && !signal.aborted && clock.monotonic() < until) await sleep(clock, cacheLookMs);
}
