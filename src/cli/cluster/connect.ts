import type { Command } from 'commander';
import { createSystemClock, createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { TransportError } from '../../kubernetes/client/errors.ts';
import { createClient } from '../../kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { ClientConfig } from '../../kubernetes/client/client-config.ts';
import { loadKubeConfig } from '../../kubernetes/client/kube-config.ts';
import { getServerVersion } from '../../kubernetes/discovery.ts';
import type { ServerVersion } from '../../kubernetes/discovery.ts';
import { version } from '../../operator/version.ts';
import { parseDuration } from '../../base/durations.ts';
import type { Io } from '../io.ts';
import { watchReads } from './watch-reads.ts';
import { ExitError, exitCodes } from '../io.ts';

/** What `addClusterFlags` gives. */
export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly server?: string;
  readonly as?: string;
  readonly requestTimeout: string;
}

/** An API server that has answered. `close` ends its connections. */
export interface Cluster {
  readonly client: KubernetesClient;
  /** URL, for messages. */
  readonly server: string;
  /** The namespace of the context. */
  readonly namespace: string;
  readonly version: ServerVersion;
  readonly timeoutMs: number;
}

/** The flags by which kubectl chooses a cluster. */
export function addClusterFlags(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'kubeconfig of the cluster; else $KUBECONFIG, the pod, ~/.kube/config')
    .option('--context <name>', 'context of the kubeconfig')
    .option('-s, --server <url>', 'URL of the API server')
    .option('--as <user>', 'user to impersonate, such as system:serviceaccount:monitoring:prometheus')
    .option('--request-timeout <duration>', 'how long to wait for the API server', '10s');
}

/** Reads a flag that holds a duration. @throws {ExitError} with the flag's name. */
export function readDurationFlag(flag: string, text: string): number {
  try {
    const ms = parseDuration(text);
    if (ms > 0) return ms;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ExitError(exitCodes.usage, `Cannot read ${flag} "${text}": want a duration such as "10s"`);
}

/**
 * Finds the cluster and asks it for its version, so that what is away is said at once.
 * @throws {ExitError} when no cluster is found (usage) or it gives no answer in time (failed); names the server.
 */
export async function openCluster(flags: ClusterFlags, io: Io): Promise<Cluster> {
  const timeoutMs = readDurationFlag('--request-timeout', flags.requestTimeout);
  const clock = createSystemClock();
  const config = findCluster(flags, io);
  const created = createClient(config, { userAgent: `stoker/${version}`, requestTimeoutMs: timeoutMs, clock });
  const client = io.onRead === undefined ? created : watchReads(created, io.onRead);
  const deadline = AbortSignal.any([io.signal, createTimeoutSignal(timeoutMs)]);
  try {
    const found = await getServerVersion(client, deadline);
    return { client, server: config.server, namespace: config.namespace, version: found, timeoutMs };
  } catch (error) {
    await client.close();
    io.signal.throwIfAborted();
    const why = deadline.aborted ? `no answer within ${flags.requestTimeout}` : describeError(error);
    const isNamed = !deadline.aborted && error instanceof TransportError && error.server === config.server;
    throw new ExitError(exitCodes.failed, isNamed ? why : `Cannot use the API server at "${config.server}": ${why}`);
  }
}

function findCluster({ kubeconfig, context, server, as: impersonate }: ClusterFlags, io: Io): ClientConfig {
  try {
    return loadKubeConfig({ kubeconfig, context, server, impersonate, env: io.env });
  } catch (error) {
    throw new ExitError(exitCodes.usage, describeError(error));
  }
}
