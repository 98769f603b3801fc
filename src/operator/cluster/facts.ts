import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { Backoff } from '../../base/backoff.ts';
import type { ClusterCapabilities } from '../../core/settings.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { ServerVersion } from '../../kubernetes/discovery.ts';
import { getServerVersion } from '../../kubernetes/discovery.ts';
import { firstConnectRetryMs, longestConnectRetryMs } from '../limits.ts';

export interface FactsDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Waits for the API server, however long it takes, and says what is waited for; rejects only when `signal` is aborted. */
export async function waitForServer(deps: FactsDeps, signal: AbortSignal): Promise<ServerVersion> {
  const { client, clock, random, logger } = deps;
  const backoff = new Backoff({ initialMs: firstConnectRetryMs, maxMs: longestConnectRetryMs, jitter: 1, random });
  for (;;) {
    try {
      return await getServerVersion(client);
    } catch (error) {
      signal.throwIfAborted();
      const waitMs = backoff.next();
      logger.warn('Waiting for the API server', { err: describeError(error), retryInMs: Math.round(waitMs) });
      await sleep(clock, waitMs, signal);
    }
  }
}

const isAtLeast = ({ major, minor }: ServerVersion, wanted: number): boolean => major > 1 || minor >= wanted;

/** What the version says that the cluster can do (docs/reference/operator-runtime.md 1.2). */
export function readCapabilities(version: ServerVersion): ClusterCapabilities {
  return { endpointSlices: isAtLeast(version, 21), podTopologyLabels: isAtLeast(version, 35) };
}

/** For checks that are made before, or without, a cluster: nothing that some cluster can do is refused. */
export const newestCapabilities: ClusterCapabilities = { endpointSlices: true, podTopologyLabels: true };
