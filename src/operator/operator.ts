import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { KubeletController } from '../controllers/kubelet/kubelet-controller.ts';
import type { OperatorSettings } from '../core/settings.ts';
import type { KubernetesClient } from '../kubernetes/client/client.ts';
import type { Carrier } from '../kubernetes/client/transport.ts';
import type { ServerVersion } from '../kubernetes/discovery.ts';
import { createEventRecorder } from '../kubernetes/events/event-recorder.ts';
import type { EventRecorder } from '../kubernetes/events/event-recorder.ts';
import { FencedClient } from '../runtime/fenced-client.ts';
import { Turns } from '../runtime/turns.ts';
import { createWebApp } from '../web/app.ts';
import type { HealthCheck } from '../web/app.ts';
import { createExplainApp } from '../web/explain.ts';
import type { HttpServer } from '../web/http-server.ts';
import type { RefusalBell } from './cluster/access.ts';
import { createAccess, ringOnRefusal } from './cluster/access.ts';
import { connect } from './cluster/connect.ts';
import type { Connection } from './cluster/connect.ts';
import { newestCapabilities, readCapabilities, waitForServer } from './cluster/facts.ts';
import { EventLoopWatch } from './event-loop.ts';
import { createGuards } from './guards.ts';
import { checkLiveness, checkReadiness } from './health.ts';
import { startDebugServer } from './debug-server.ts';
import { Leadership } from './leadership.ts';
import type { Log } from './log.ts';
import { createOperatorMetrics } from './metrics/operator-metrics.ts';
import type { OperatorMetrics } from './metrics/operator-metrics.ts';
import type { Options } from './options/options.ts';
import { createExplaining } from './explain/explaining.ts';
import type { Explaining } from './explain/explaining.ts';
import { servePage } from './page/serve-page.ts';
import { WrittenConfigurations } from './page/written-configurations.ts';
import type { ProgramDeps } from './program-deps.ts';
import { startWebServer } from './server.ts';
import { toSettings } from './settings.ts';
import { aborted, runTogether } from './together.ts';
import { createOperatorWebhook, serveSideWebhook } from './webhook/side.ts';
import { joinObservers } from './replicas/join-observers.ts';
import type { AskReplica } from './replicas/ask-replica.ts';
import { createReplicaObserver } from './replicas/create-observer.ts';
import { observeTargets } from './target-discovery/observe-targets.ts';
import type { ObservedTargets } from './target-discovery/observe-targets.ts';
import { Workloads } from './workloads.ts';

export interface OperatorDeps extends ProgramDeps<Options> {
  /** Where the logger's level can be changed. */
  readonly log: Log;
  /** In which syncs compute. Default: on this clock and Node's event loop. */
  readonly turns?: Turns | undefined;
  /** Takes the place of connections to replicas that are asked. */
  readonly askReplica?: AskReplica | undefined;
  /** Takes the place of sockets to the API server, for one in the same process. */
  readonly carrier?: Carrier | undefined;
  /** Told where the page is, once it answers there; never where it is off. */
  readonly onPage?: ((url: string) => void) | undefined;
}

const notReached: HealthCheck = { name: 'API server', ok: false, message: 'not reached yet' };

/** What is built before the API server is reached. */
export interface Parts {
  readonly deps: OperatorDeps;
  /** The pod's name, or one that no other process has. */
  readonly identity: string;
  readonly metrics: OperatorMetrics;
  readonly connection: Connection;
  readonly leadership: Leadership;
  readonly workloads: Workloads;
  readonly bell: RefusalBell;
  readonly eventLoop: EventLoopWatch;
  readonly turns: Turns;
  /** Undefined where no page shows them. */
  readonly configurations: WrittenConfigurations | undefined;
}

/**
 * Runs the operator until `signal` is aborted: first the web server, then the API server is waited for, then the caches,
 * then (as leader, where leaders are elected) the workers. Stops in the opposite order: syncs under way end, their events
 * are sent, the lease is released, watches and server end.
 * @throws {OptionError} when an option cannot be used.
 */
export async function runOperator(deps: OperatorDeps, signal: AbortSignal): Promise<void> {
  const { logger, version } = deps;
  const parts = createParts(deps);
  const { connection } = parts;
  const webhook = createWebhook(parts);
  const server = await serve(parts, webhook);
  logger.info('Starting', { version, server: connection.server, web: server.url });
  try {
    const { webhook: options } = deps.options;
    const side = (ending: AbortSignal): Promise<void> =>
      options === undefined
        ? Promise.resolve()
        : serveSideWebhook(options, { ...deps, app: webhook, connection, registry: parts.metrics.registry }, ending);
    const page = (ending: AbortSignal): Promise<void> => servePage(parts, createExplanations(parts), ending);
    const watch = (ending: AbortSignal): Promise<void> => parts.eventLoop.run(ending);
    await runTogether(signal, [(ending) => control(parts, ending), side, watch, page]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await server.close();
    await connection.client.close();
    logger.info('Stopped');
  }
}

/** Waits for the API server, then runs the controllers: the operator without its web server. */
export async function control(parts: Parts, signal: AbortSignal): Promise<void> {
  const { deps, connection } = parts;
  const serverVersion = await waitForServer({ ...deps, client: connection.client }, signal);
  deps.logger.info('Connected to the API server', { gitVersion: serverVersion.gitVersion });
  await runControllers(parts, serverVersion, signal);
}

/** Its paths are on the web server in any case, as in the reference. */
function createWebhook({ deps, metrics, workloads }: Parts): Hono {
  return createOperatorWebhook({
    ...deps,
    observer: metrics.webhook,
    settings: toSettings(deps.options, newestCapabilities),
    caches: () => workloads.informers,
  });
}

/** @throws {OptionError} when no cluster can be found. */
export function createParts(deps: OperatorDeps): Parts {
  const { options, version, env } = deps;
  const identity = env.POD_NAME ?? `${hostname()}_${randomBytes(4).toString('hex')}`;
  const metrics = createOperatorMetrics(deps.carrier === undefined);
  metrics.process.setBuild(version);
  metrics.process.setGates(options.gates);
  const bell: RefusalBell = { ring: () => undefined };
  const connection = connect(options.client, { ...deps, metrics: ringOnRefusal(metrics.client, bell) });
  const leadership = new Leadership({
    ...deps,
    options: options.leaderElection,
    client: connection.client,
    namespace: connection.namespace,
    identity,
  });
  metrics.process.observeLeadership(() => leadership.isLeader());
  const workloads = new Workloads(metrics.controllers);
  metrics.process.observeCaches(() => workloads.listCaches());
  const eventLoop = new EventLoopWatch({ clock: deps.clock, observe: metrics.observeEventLoop });
  const turns = deps.turns ?? new Turns({ monotonic: () => deps.clock.monotonic() });
  const configurations =
    options.page === undefined
      ? undefined
      : new WrittenConfigurations({ ...deps, assets: () => workloads.listAssets() });
  return { deps, identity, metrics, connection, leadership, workloads, bell, eventLoop, turns, configurations };
}

/** Only the leader has seen what monitors refer to. */
function createExplanations({ deps, connection, leadership, workloads, turns }: Parts): Explaining {
  return createExplaining({
    ...{ deps, connection, workloads, leadership, turns },
    settings: toSettings(deps.options, newestCapabilities),
  });
}

/** Metrics and health are there from the beginning, also while the API server is not. */
async function serve(parts: Parts, webhook: Hono): Promise<HttpServer> {
  const { deps, metrics, workloads } = parts;
  const { registry } = metrics;
  const guards = createGuards({ ...deps, client: parts.connection.client });
  const readiness = (): HealthCheck[] => {
    const caches = workloads.listCaches();
    return caches.length === 0 ? [notReached] : checkReadiness(caches);
  };
  const app = createWebApp({
    metrics: async () => {
      workloads.publishReadiness();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    liveness: () => [...checkLiveness(workloads.listCaches(), deps.clock.now()), parts.eventLoop.check()],
    readiness,
    metricsGuard: guards.metrics,
  })
    .route('/', webhook)
    .route('/', createExplainApp({ guard: guards.explain, ...createExplanations(parts) }));
  const debug = await startDebugServer(deps.options.debugAddress, deps);
  try {
    const web = { ...deps, registry, name: 'web' } as const;
    const server = await startWebServer(deps.options.web, (request) => app.fetch(request), web);
    const close = async (): Promise<void> => {
      await Promise.all([debug?.close(), server.close()]);
    };
    return { url: server.url, close };
  } catch (error) {
    await debug?.close();
    throw error;
  }
}

/** Caches run on every replica, filled and waiting; the workers on the leader alone. */
async function runControllers(parts: Parts, serverVersion: ServerVersion, signal: AbortSignal): Promise<void> {
  const { deps, connection, leadership, workloads } = parts;
  const background = new AbortController();
  const client = new FencedClient(connection.client, leadership.fence);
  const events = createEventRecorder({ ...deps, client, reportingInstance: parts.identity });
  const access = await createAccess(deps.options, {
    ...deps,
    ...connection,
    metrics: parts.metrics.access,
    bell: parts.bell,
    onChange: () => workloads.refresh(),
  });
  const settings = toSettings(deps.options, readCapabilities(serverVersion));
  const { turns } = parts;
  const observing = startObserving(parts, turns);
  const replicas = createReplicaObserver({ ...deps, ...connection, ...parts, turns });
  const informers = workloads.create(
    deps.options,
    { ...deps, client: connection.client },
    {
      ...deps,
      client,
      settings,
      events,
      observesScraping: deps.options.observeReplicas,
      observer: joinObservers(observing?.observer, observing?.adviser, replicas, parts.configurations),
      queueMetrics: parts.metrics.queue,
      turns,
      fence: leadership.fence,
      access,
      namespaceAccess: access.namespaceAccess,
    },
  );
  try {
    const running = informers.map((informer) => informer.run(background.signal));
    running.push(access.run(background.signal));
    const kubelets = createKubeletController(parts, client, settings);
    await leadership.run((leading) => lead(parts, { events, kubelets }, leading), signal);
    background.abort(new Error('stopped'));
    await Promise.all(running);
  } finally {
    background.abort(new Error('stopped'));
    replicas?.stop();
    await observing?.stop();
  }
}

/** Undefined unless the flag asks for it: it holds caches that syncs do not need. */
function startObserving({ deps, connection, metrics, workloads }: Parts, turns: Turns): ObservedTargets | undefined {
  if (!deps.options.targetDiscovery) return undefined;
  const logger = deps.logger.child({ component: 'target-discovery' });
  const shards: Pick<Workloads, 'tellShards' | 'recallShards'> = {
    tellShards: (...told) => workloads.tellShards(...told),
    recallShards: (...asked) => workloads.recallShards(...asked),
  };
  return observeTargets({ ...deps, ...shards, client: connection.client, logger, turns }, metrics);
}

function createKubeletController(
  { deps, metrics, leadership }: Parts,
  client: KubernetesClient,
  settings: OperatorSettings,
): KubeletController | undefined {
  const { kubelet: options } = deps.options;
  if (options === undefined) return undefined;
  const logger = deps.logger.child({ component: 'kubelet_endpoints' });
  return new KubeletController({
    ...deps,
    options,
    client,
    settings,
    logger,
    fence: leadership.fence,
    metrics: metrics.kubelet,
  });
}

/** What the leader runs besides the workers of the workloads. */
interface Duties {
  readonly events: EventRecorder;
  readonly kubelets: KubeletController | undefined;
}

/** Events run longer than the workers: what syncs did last is still told. */
async function lead({ workloads }: Parts, { events, kubelets }: Duties, leading: AbortSignal): Promise<void> {
  const telling = new AbortController();
  const told = events.run(telling.signal);
  workloads.start(leading);
  await Promise.all([aborted(leading), kubelets?.run(leading)]);
  await workloads.stop();
  telling.abort(new Error('stopped'));
  await told;
}
