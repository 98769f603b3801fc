import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { AnyInformer } from '../../controllers/workload/watches.ts';
import { planGrants } from '../cluster/access.ts';
import { connect } from '../cluster/connect.ts';
import type { ConnectDeps } from '../cluster/connect.ts';
import type { Explaining } from '../explain/explaining.ts';
import { pageRequestsPerSecond } from '../limits.ts';
import type { OperatorMetrics } from '../metrics/operator-metrics.ts';
import type { Options } from '../options/options.ts';
import { aborted } from '../together.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { ConfigurationSource } from '../../web/page/configuration-source.ts';
import { listOwnReads } from './own-reads.ts';
import { startPage } from './page-process.ts';

export interface PageParts {
  readonly deps: ConnectDeps & {
    readonly options: Options;
    /** Told where the page is, once it answers there. */
    readonly onPage?: ((url: string) => void) | undefined;
  };
  readonly turns: Turns;
  readonly configurations: ConfigurationSource | undefined;
  readonly connection: { readonly namespace: string };
  readonly metrics: Pick<OperatorMetrics, 'client' | 'registry'>;
  readonly workloads: { readonly informers: readonly AnyInformer[]; listCaches(): readonly CacheHealth[] };
}

/** Serves the page where the flags ask for one, until `signal` is aborted; on every replica, whoever leads. */
export async function servePage(
  { deps, turns, connection, metrics, workloads, configurations }: PageParts,
  explain: Explaining,
  signal: AbortSignal,
): Promise<void> {
  const { options } = deps;
  if (options.page === undefined) return;
  const reviews = connect(options.client, { ...deps, metrics: metrics.client, qps: pageRequestsPerSecond });
  try {
    const server = await startPage(options.page, {
      ...deps,
      turns,
      explain,
      configurations,
      registry: metrics.registry,
      reviews: reviews.client,
      caches: () => workloads.listCaches(),
      informers: () => workloads.informers,
      listReads: () => listOwnReads(planGrants(options, connection.namespace, 'watch')),
    });
    deps.onPage?.(server.url);
    await aborted(signal);
    await server.close();
  } finally {
    await reviews.client.close();
  }
}
