import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { AnyInformer } from '../controllers/prometheus/watches.ts';
import type { ServerVersion } from '../kubernetes/discovery.ts';
import { createEventRecorder } from '../kubernetes/events/event-recorder.ts';
import type { EventRecorder } from '../kubernetes/events/event-recorder.ts';
import { createLeaderElector } from '../kubernetes/leader-election/leader-elector.ts';
import type { LeaderElector } from '../kubernetes/leader-election/leader-elector.ts';
import { FencedError } from '../runtime/controller.ts';
import { connect } from './cluster/connect.ts';
import type { Connection } from './cluster/connect.ts';
import { readCapabilities, waitForServer } from './cluster/facts.ts';
import { checkLiveness, checkReadiness } from './health.ts';
import { createClientMetrics } from './metrics/client.ts';
import { createWebApp } from '../web/app.ts';
import type { HealthCheck } from '../web/app.ts';
import { addStaticMetrics, createRegistry } from './metrics/registry.ts';
import { createWorkqueueMetrics } from './metrics/workqueue.ts';
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
  readonly registry: Registry;
  readonly connection: Connection;
  readonly workloads: Workloads;
}

/**
 * Runs the operator until `signal` is aborted: first the web server, then the API server is waited for, then the caches,
 * then (as leader, where leaders are elected) the workers. Stops in the opposite order: syncs under way end, the lease is
 * released, watches and server end.
 * @throws {OptionError} when an option cannot be used.
 */
export async function runOperator(deps: OperatorDeps, signal: AbortSignal): Promise<void> {
  const { options, clock, logger, version } = deps;
  const registry = createRegistry();
  addStaticMetrics(registry, { version, gates: options.gates });
  const connection = connect(options.client, { ...deps, metrics: createClientMetrics(registry) });
  const workloads = new Workloads(registry);
  const parts: Parts = { deps, registry, connection, workloads };
  const listCaches = () => workloads.listCaches();
  const readiness = () => (listCaches().length === 0 ? [notReached] : checkReadiness(listCaches()));
  const app = createWebApp({
    metrics: async () => {
      workloads.publishReadiness();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    liveness: () => checkLiveness(listCaches(), clock.now()),
    readiness,
  });
  const server = await startWebServer(options.web, (request) => app.fetch(request), {
    clock,
    logger,
    registry,
    name: 'web',
  });
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

/** Caches and events run longer than the workers: what syncs wrote last is still told. */
async function runControllers(parts: Parts, serverVersion: ServerVersion, signal: AbortSignal): Promise<void> {
  const { deps, connection } = parts;
  const { clock, random, logger } = deps;
  const background = new AbortController();
  const events = createEventRecorder({
    client: connection.client,
    reportingInstance: identify(deps.env),
    clock,
    random,
    logger,
  });
  const election: Election = { elector: undefined };
  const informers = createWorkloads(parts, { events, serverVersion, election });
  try {
    const running = informers.map((informer) => informer.run(background.signal));
    running.push(events.run(background.signal));
    await work(parts, election, signal);
    background.abort(new Error('stopped'));
    await Promise.all(running);
  } finally {
    background.abort(new Error('stopped'));
  }
}

/** Who leads, once that is elected. */
interface Election {
  elector: LeaderElector | undefined;
}

function createWorkloads(
  { deps, registry, connection, workloads }: Parts,
  given: { readonly events: EventRecorder; readonly serverVersion: ServerVersion; readonly election: Election },
): readonly AnyInformer[] {
  const { options, clock, random, logger } = deps;
  const { client } = connection;
  return workloads.create(
    options,
    { client, clock, random, logger },
    {
      client,
      clock,
      logger,
      settings: toSettings(options, readCapabilities(given.serverVersion)),
      events: given.events,
      queueMetrics: createWorkqueueMetrics(registry),
      fence: () => {
        if (options.leaderElection.enabled && given.election.elector?.isLeader() !== true) throw new FencedError();
      },
      workers: options.workers,
      controllerId: options.controllerId,
    },
  );
}

async function work(parts: Parts, election: Election, signal: AbortSignal): Promise<void> {
  const { workloads } = parts;
  const lead = async (leading: AbortSignal): Promise<void> => {
    workloads.start(leading);
    await aborted(leading);
    await workloads.stop();
  };
  if (!parts.deps.options.leaderElection.enabled) {
    await lead(signal);
    return;
  }
  election.elector = createElector(parts, lead);
  await election.elector.run(signal);
  // Workers of a former leader may still hold what they last saw: a new start is the clean way back.
  if (!signal.aborted) throw new Error('The lease was lost: ending, so that a restart begins anew');
}

function createElector({ deps, connection }: Parts, lead: (signal: AbortSignal) => Promise<void>): LeaderElector {
  const { options, env, clock, random, logger } = deps;
  const { name, namespace, leaseDurationMs, renewDeadlineMs, retryPeriodMs } = options.leaderElection;
  return createLeaderElector({
    client: connection.client,
    lease: { namespace: namespace === '' ? connection.namespace : namespace, name },
    identity: identify(env),
    leaseDurationMs,
    renewDeadlineMs,
    retryPeriodMs,
    clock,
    random,
    logger: logger.child({ component: 'leader-election' }),
    callbacks: { onStartedLeading: lead, onNewLeader: (leader) => logger.info('Leader seen', { leader }) },
  });
}

/** The pod's name, or one that no other process has. */
function identify(env: OperatorDeps['env']): string {
  return env.POD_NAME ?? `${hostname()}_${randomBytes(4).toString('hex')}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
