import { createWebApp } from '../../web/app.ts';
import type { HealthCheck } from '../../web/app.ts';
import type { HttpServer } from '../../web/http-server.ts';
import { createWebhookApp } from '../../webhook/app.ts';
import { connect } from '../cluster/connect.ts';
import type { Connection } from '../cluster/connect.ts';
import { EventLoopWatch } from '../event-loop.ts';
import { checkReadiness } from '../health.ts';
import { createClientMetrics } from '../metrics/client.ts';
import { createEventLoopMetrics } from '../metrics/event-loop-metrics.ts';
import { createIdentityMetrics } from '../metrics/identity-metrics.ts';
import { createBuildGauge } from '../metrics/process-metrics.ts';
import { createRegistry } from '../metrics/registry.ts';
import { createWebhookMetrics } from '../metrics/webhook-metrics.ts';
import type { WebhookOptions } from '../options/webhook.ts';
import type { ProgramDeps } from '../program-deps.ts';
import { startWebServer } from '../server.ts';
import { aborted } from '../together.ts';
import { defaultSettings } from '../default-settings.ts';
import { createClusterView, createViewInformers } from './cluster-view.ts';
import { createExamine } from './examine.ts';
import { holdIdentity, isSelfMade } from './identity.ts';

export type WebhookProcessDeps = ProgramDeps<WebhookOptions>;

/**
 * Runs the webhook by itself until `signal` is aborted. It needs a cluster only for a certificate of its own making and for
 * what workloads select; with a certificate in files and without that, it needs none, as the reference.
 * @throws {OptionError} when an option cannot be used.
 */
export async function runWebhook(deps: WebhookProcessDeps, signal: AbortSignal): Promise<void> {
  const { options, logger, version } = deps;
  const registry = createRegistry();
  createBuildGauge(registry)(version);
  const selfMade = isSelfMade(options.certificates, options.web);
  const needsCluster = selfMade || options.warnUnselected;
  const connection = needsCluster
    ? connect(options.client, { ...deps, metrics: createClientMetrics(registry) })
    : undefined;
  const stop = new AbortController();
  let server: HttpServer | undefined;
  try {
    const observer = createIdentityMetrics(registry, 'webhook');
    const identity =
      connection !== undefined && selfMade
        ? await holdIdentity(
            options.certificates,
            { ...deps, connection, observer },
            AbortSignal.any([signal, stop.signal]),
          )
        : undefined;
    const app = createApp(
      { ...deps, registry, connection: options.warnUnselected ? connection : undefined },
      stop.signal,
    );
    server = await startWebServer(options.web, (request) => app.fetch(request), {
      ...deps,
      registry,
      name: 'webhook',
      identity,
    });
    logger.info('Webhook serves', { version, web: server.url, certificate: selfMade ? 'self' : 'files' });
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await server?.close();
    stop.abort(new Error('stopped'));
    await connection?.client.close();
    logger.info('Stopped');
  }
}

/** Metrics, health and webhook in one. */
function createApp(
  deps: WebhookProcessDeps & {
    readonly registry: ReturnType<typeof createRegistry>;
    readonly connection: Connection | undefined;
  },
  signal: AbortSignal,
) {
  const { registry, connection } = deps;
  const informers = connection === undefined ? [] : createViewInformers({ ...deps, client: connection.client });
  for (const informer of informers) void informer.run(signal);
  const view = connection === undefined ? undefined : createClusterView(informers);
  const readiness = (): HealthCheck[] =>
    checkReadiness(informers.map((informer) => ({ type: informer.type, health: informer.health() })));
  const eventLoop = new EventLoopWatch({ clock: deps.clock, observe: createEventLoopMetrics(registry) });
  void eventLoop.run(signal);
  const app = createWebApp({
    metrics: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    liveness: () => [eventLoop.check()],
    readiness,
  });
  const examine = createExamine({ settings: defaultSettings(), language: deps.options.language, view: () => view });
  return app.route('/', createWebhookApp({ ...deps, observer: createWebhookMetrics(registry), examine }));
}
