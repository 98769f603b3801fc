/** The page of a cluster for one person, with their rights, on a loopback address. */
import { Registry } from 'prom-client';
import type { HttpServer } from '../../web/http-server.ts';
import { listHealth } from './local-caches.ts';
import type { LocalCluster, LocalClusterDeps } from './local-cluster.ts';
import { listLocalReads } from './local-reads.ts';
import { startPage } from './page-process.ts';

export interface LocalPageDeps extends Pick<LocalClusterDeps, 'client' | 'clock' | 'logger' | 'namespaces'> {
  readonly cluster: LocalCluster;
  /** URL of the API server. */
  readonly server: string;
}

/**
 * Serves the page on a loopback address until it is closed.
 * @param port 0: any that is free. @throws {OptionError} when it cannot be used.
 */
export function openLocalPage(port: number, { cluster, server, ...deps }: LocalPageDeps): Promise<HttpServer> {
  const { caches, turns, explaining } = cluster;
  const web = { listenAddress: `127.0.0.1:${port}`, http2: false, tls: undefined };
  return startPage(
    { web, asksCallers: false },
    {
      ...deps,
      turns,
      place: server,
      configurations: undefined,
      explain: explaining,
      registry: new Registry(),
      reviews: deps.client,
      caches: () => listHealth(caches),
      informers: () => caches,
      listReads: () => listLocalReads(deps.namespaces),
    },
  );
}
