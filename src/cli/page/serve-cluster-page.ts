import { describeRefusals } from '../../core/refusal.ts';
import { LocalCluster } from '../../operator/page/local-cluster.ts';
import { openLocalPage } from '../../operator/page/local-page.ts';
import { openCluster } from '../cluster/connect.ts';
import type { Cluster, ClusterFlags } from '../cluster/connect.ts';
import { describeLocal, whenFilled } from '../cluster/open-local.ts';
import type { OperatorFlags } from '../explain/scope-flags.ts';
import type { Io } from '../io.ts';
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
    await serveUntilStopped(port, { cluster, flags, io });
  } finally {
    await cluster.client.close();
  }
}

interface Serving {
  readonly cluster: Cluster;
  readonly flags: LivePageFlags;
  readonly io: Io;
}

async function serveUntilStopped(port: number, { cluster, flags, io }: Serving): Promise<void> {
  const { namespace: namespaces = [], ...others } = flags;
  const deps = describeLocal(cluster, { ...others, readNamespaces: namespaces }, io);
  const local = new LocalCluster(deps);
  try {
    const page = await openLocalPage(port, { ...deps, cluster: local, server: cluster.server });
    try {
      await whenFilled(local, cluster, io);
      if (io.signal.aborted) return;
      for (const note of describeRefusals(local.listRefusals())) io.stderr(`stoker: ${note}\n`);
      io.stdout(`Page of ${cluster.server}: ${page.url}\n`);
      if (flags.open) openBrowser(page.url, io);
      await stopped(io.signal);
    } finally {
      await page.close(0);
    }
  } finally {
    await local.close();
  }
}
