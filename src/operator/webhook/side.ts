import type { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { defaultPromqlOptions } from '../../core/promql/types.ts';
import { createWebhookApp } from '../../webhook/app.ts';
import type { ReviewObserver } from '../../webhook/app.ts';
import type { Connection } from '../cluster/connect.ts';
import type { Registry } from 'prom-client';
import { createIdentityMetrics } from '../metrics/identity-metrics.ts';
import type { SideWebhookOptions } from '../options/webhook.ts';
import { startWebServer } from '../server.ts';
import { aborted } from '../together.ts';
import type { Cache } from './cluster-view.ts';
import { createClusterView } from './cluster-view.ts';
import { createExamine } from './examine.ts';
import { holdIdentity, isSelfMade } from './identity.ts';

export interface OperatorWebhookDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer: ReviewObserver;
  readonly settings: OperatorSettings;
  /** Caches of the controllers, as far as they are there. */
  readonly caches: () => readonly Cache[];
}

/** The webhook inside the operator: it knows what the controllers know. */
export function createOperatorWebhook(deps: OperatorWebhookDeps): Hono {
  const { settings, caches } = deps;
  const language = { names: 'legacy', promql: defaultPromqlOptions, given: false } as const;
  const view = () => (caches().length === 0 ? undefined : createClusterView(caches()));
  return createWebhookApp({ ...deps, examine: createExamine({ settings, language, view }) });
}

export interface SideServerDeps {
  readonly app: Hono;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly registry: Registry;
}

/** Serves the webhook on an address of its own until `signal` is aborted; on every replica, whoever leads. */
export async function serveSideWebhook(
  { web, certificates }: SideWebhookOptions,
  deps: SideServerDeps,
  signal: AbortSignal,
): Promise<void> {
  const { app } = deps;
  const logger = deps.logger.child({ component: 'webhook' });
  const stop = new AbortController();
  const observer = createIdentityMetrics(deps.registry, 'webhook');
  const holding = { ...deps, logger, observer };
  const selfMade = isSelfMade(certificates, web);
  try {
    const running = AbortSignal.any([signal, stop.signal]);
    const identity = selfMade ? await holdIdentity(certificates, holding, running) : undefined;
    const fetch = (request: Request): Response | Promise<Response> => app.fetch(request);
    const server = await startWebServer(web, fetch, { ...deps, name: 'webhook', identity });
    logger.info('Webhook serves', { web: server.url, certificate: selfMade ? 'self' : 'files' });
    await aborted(signal);
    await server.close();
  } finally {
    stop.abort(new Error('stopped'));
  }
}
