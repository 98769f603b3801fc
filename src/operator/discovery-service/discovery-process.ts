import type { Hono } from 'hono';
import { InformerPool } from '../../discovery/kubernetes/informer-pool.ts';
import { WideInformerPool } from '../../discovery/kubernetes/wide-pool.ts';
import { TargetService } from '../../discovery/service/target-service.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';
import type { Informer } from '../../kubernetes/cache/informer.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { createWebApp } from '../../web/app.ts';
import type { HealthCheck } from '../../web/app.ts';
import { createDiscoveryApp } from '../../web/discovery.ts';
import type { HttpServer } from '../../web/http-server.ts';
import { connect } from '../cluster/connect.ts';
import type { Connection } from '../cluster/connect.ts';
import { EventLoopWatch } from '../event-loop.ts';
import { checkLiveness } from '../health.ts';
import { createClientMetrics } from '../metrics/client.ts';
import { createDiscoveryMetrics } from '../metrics/discovery-metrics.ts';
import { createEventLoopMetrics } from '../metrics/event-loop-metrics.ts';
import { createBuildGauge } from '../metrics/process-metrics.ts';
import { createRegistry } from '../metrics/registry.ts';
import type { DiscoveryOptions } from '../options/discovery.ts';
import type { ProgramDeps } from '../program-deps.ts';
import { ReviewGuard } from '../review-guard.ts';
import { startWebServer } from '../server.ts';
import { aborted } from '../together.ts';
import { answerPath } from './answer-path.ts';
import { createDiscoveryGuard } from './discovery-guard.ts';
import { KeptAnswers } from './kept-answers.ts';
import { PlanWatch, createPlanInformer } from './plan-watch.ts';

export type DiscoveryProcessDeps = ProgramDeps<DiscoveryOptions>;

interface Parts {
  readonly connection: Connection;
  readonly service: TargetService;
  readonly source: InformerPool;
  readonly plans: Informer<KubernetesObject>;
  readonly planWatch: PlanWatch;
}

/**
 * Serves the targets of all workloads that have a discovery plan, until `signal` is aborted (docs/adr/0011-discovery-service.md).
 * @throws {OptionError} when an option cannot be used.
 */
export async function runDiscovery(deps: DiscoveryProcessDeps, signal: AbortSignal): Promise<void> {
  const { options, logger, version } = deps;
  const registry = createRegistry();
  createBuildGauge(registry)(version);
  const connection = connect(options.client, { ...deps, metrics: createClientMetrics(registry) });
  const parts = createParts(deps, connection);
  const stop = new AbortController();
  const kept = options.stateDir === '' ? undefined : new KeptAnswers({ ...deps, ...parts, folder: options.stateDir });
  const running: Promise<void>[] = [];
  let server: HttpServer | undefined;
  try {
    await kept?.recall();
    const app = createApp(deps, { ...parts, registry }, stop.signal);
    running.push(parts.plans.run(stop.signal), ...(kept === undefined ? [] : [kept.run(stop.signal)]));
    server = await startWebServer(options.web, (request) => app.fetch(request), { ...deps, registry, name: 'web' });
    logger.info('Discovery serves', { version, web: server.url, server: connection.server });
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await server?.close();
    stop.abort(new Error('stopped'));
    await Promise.all(running);
    await parts.service.stop();
    await connection.client.close();
    logger.info('Stopped');
  }
}

function createParts(deps: DiscoveryProcessDeps, connection: Connection): Parts {
  const { logger } = deps;
  const common = { ...deps, client: connection.client };
  const source = new InformerPool(
    (options) => createInformer({ ...options, ...common }),
    (error) => logger.error('A cache for target discovery has ended', { err: String(error) }),
  );
  const service = new TargetService({ ...deps, source: new WideInformerPool(source) });
  const plans = createPlanInformer(common);
  const planWatch = new PlanWatch({
    ...{ informer: plans, logger, clock: deps.clock },
    onPlan: (workload, plan) => service.setPlan(workload, plan),
    onListed: () => service.setListed(),
  });
  return { connection, service, source, plans, planWatch };
}

/** Metrics, health and targets in one. */
function createApp(
  deps: DiscoveryProcessDeps,
  parts: Parts & { readonly registry: ReturnType<typeof createRegistry> },
  signal: AbortSignal,
): Hono {
  const { options, clock } = deps;
  const { registry, service, source, plans, planWatch, connection } = parts;
  const eventLoop = new EventLoopWatch({ clock, observe: createEventLoopMetrics(registry) });
  void eventLoop.run(signal);
  const listCaches = () => [{ type: plans.type, health: plans.health() }, ...source.report()];
  const observe = createDiscoveryMetrics(registry, {
    countWorkloads: () => service.listPlans().size,
    countJobs: () => [...service.listPlans().values()].reduce((sum, { jobs }) => sum + jobs.size, 0),
    countUnreadable: () => planWatch.unreadable,
    asOf: () => service.asOf,
    now: () => clock.now(),
  });
  const readiness = (): HealthCheck[] => [
    { name: 'targets', ok: service.isFilled, message: service.isFilled ? 'found' : 'being looked for' },
    { name: 'plans', ok: planWatch.isHeard, message: planWatch.isHeard ? 'heard' : 'the API server is not reached' },
  ];
  const guard = createDiscoveryGuard(
    new ReviewGuard({ ...deps, client: connection.client }),
    (key) => service.planOf(key)?.workload,
  );
  return createWebApp({
    metrics: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    liveness: () => [...checkLiveness(listCaches(), clock.now()), eventLoop.check()],
    readiness,
  }).route(
    '/',
    createDiscoveryApp({
      admit: options.authorization === 'none' ? () => Promise.resolve(undefined) : guard,
      answer: (path) => answerPath(path, { service, plans: planWatch, clock, maxStalenessMs: options.maxStalenessMs }),
      observe,
      monotonic: () => clock.monotonic(),
    }),
  );
}
