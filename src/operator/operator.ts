import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { ServerVersion } from '../kubernetes/discovery.ts';
import { createEventRecorder } from '../kubernetes/events/event-recorder.ts';
import type { EventRecorder } from '../kubernetes/events/event-recorder.ts';
import { FencedClient } from '../runtime/fenced-client.ts';
import { createWebApp } from '../web/app.ts';
import type { HealthCheck } from '../web/app.ts';
import type { HttpServer } from '../web/http-server.ts';
import type { RefusalBell } from './cluster/access.ts';
import { createAccess, ringOnRefusal } from './cluster/access.ts';
import { connect } from './cluster/connect.ts';
import type { Connection } from './cluster/connect.ts';
import { readCapabilities, waitForServer } from './cluster/facts.ts';
import { checkLiveness, checkReadiness } from './health.ts';
import { Leadership } from './leadership.ts';
import { createOperatorMetrics } from './metrics/operator-metrics.ts';
import type { OperatorMetrics } from './metrics/operator-metrics.ts';
import type { Options } from './options/options.ts';
import { startWebServer } from './server.ts';
import { toSettings } from './settings.ts';
import { Workloads } from './workloads.ts';

export interface OperatorDeps {
  readonly options: Options;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly version: string;
}

const notReached: HealthCheck = { name: 'API server', ok: false, message: 'not reached yet' };

/** What is built before the API server is reached. */
interface Parts {
  readonly deps: OperatorDeps;
  /** The pod's name, or one that no other process has. */
  readonly identity: string;
  readonly metrics: OperatorMetrics;
  readonly connection: Connection;
  readonly leadership: Leadership;
  readonly workloads: Workloads;
  readonly bell: RefusalBell;
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
  const server = await serve(parts);
  logger.info('Starting', { version, server: connection.server, web: server.url });
  try {
    const serverVersion = await waitForServer({ ...deps, client: connection.client }, signal);
    logger.info('Connected to the API server', { gitVersion: serverVersion.gitVersion });
    await runControllers(parts, serverVersion, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await server.close();
    await connection.client.close();
    logger.info('Stopped');
  }
}

function createParts(deps: OperatorDeps): Parts {
  const { options, version, env } = deps;
  const identity = env.POD_NAME ?? `${hostname()}_${randomBytes(4).toString('hex')}`;
  const metrics = createOperatorMetrics();
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
  return { deps, identity, metrics, connection, leadership, workloads, bell };
}

/** Metrics and health are there from the beginning, also while the API server is not. */
async function serve({ deps, metrics, workloads }: Parts): Promise<HttpServer> {
  const { registry } = metrics;
  const readiness = (): HealthCheck[] => {
    const caches = workloads.listCaches();
    return caches.length === 0 ? [notReached] : checkReadiness(caches);
  };
  const app = createWebApp({
    metrics: async () => {
      workloads.publishReadiness();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    liveness: () => checkLiveness(workloads.listCaches(), deps.clock.now()),
    readiness,
  });
  return await startWebServer(deps.options.web, (request) => app.fetch(request), { ...deps, registry, name: 'web' });
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
    onChange: () => workloads.refreshStatuses(),
  });
  const informers = workloads.create(
    deps.options,
    { ...deps, client: connection.client },
    {
      ...deps,
      client,
      settings: toSettings(deps.options, readCapabilities(serverVersion)),
      events,
      queueMetrics: parts.metrics.queue,
      fence: leadership.fence,
      workers: deps.options.workers,
      controllerId: deps.options.controllerId,
      access,
      namespaceAccess: access.namespaceAccess,
    },
  );
  try {
    const running = informers.map((informer) => informer.run(background.signal));
    running.push(access.run(background.signal));
    await leadership.run((leading) => lead(parts, events, leading), signal);
    background.abort(new Error('stopped'));
    await Promise.all(running);
  } finally {
    background.abort(new Error('stopped'));
  }
}

/** Events run longer than the workers: what syncs did last is still told. */
async function lead({ workloads }: Parts, events: EventRecorder, leading: AbortSignal): Promise<void> {
  const telling = new AbortController();
  const told = events.run(telling.signal);
  workloads.start(leading);
  await aborted(leading);
  await workloads.stop();
  telling.abort(new Error('stopped'));
  await told;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
