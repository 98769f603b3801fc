/** The page inside the operator: on an address of its own, from the caches that syncs have anyway. */
import { randomBytes } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { AnyInformer } from '../../controllers/workload/watches.ts';
import type { CacheHealth } from '../../controllers/workload/controller.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { HttpServer, HttpServerOptions } from '../../web/http-server.ts';
import { writeKey } from '../../core/overview/row-key.ts';
import { EventHub } from '../../web/page/event-hub.ts';
import { createPageApp } from '../../web/page/page-app.ts';
import type { PageSources } from '../../web/page/page-app.ts';
import type { PageGuard } from '../../web/page/page-guard.ts';
import { loopbackPageGuard } from '../../web/page/page-guard.ts';
import { watchLookMs } from '../limits.ts';
import type { PageOptions } from '../options/page.ts';
import { ReviewGuard } from '../review-guard.ts';
import { startWebServer } from '../server.ts';
import { CallerSights } from './caller-sights.ts';
import type { Explaining } from '../explain/explaining.ts';
import type { Turns } from '../../runtime/turns.ts';
import { ObjectChanges } from './object-changes.ts';
import { OverviewChanges } from './overview-changes.ts';
import { PageWork } from './page-work.ts';
import { createCallerGuard } from './page-callers.ts';
import { describeWatches } from './watch-state.ts';

export interface PageDeps extends Pick<PageSources, 'listReads' | 'place' | 'configurations'> {
  readonly explain: PageSources['explain'] & Pick<Explaining, 'overviews' | 'targets' | 'routes'>;
  /** In which overviews are compared. */
  readonly turns: Turns;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: Registry;
  /** Asks about callers; not the one that syncs use. */
  readonly reviews: KubernetesClient;
  readonly caches: () => readonly CacheHealth[];
  /** The caches themselves; none before the API server is reached. */
  readonly informers: () => readonly AnyInformer[];
}

/**
 * Serves the page until it is closed.
 * @throws {OptionError} when the address or a certificate cannot be used.
 */
export async function startPage(options: PageOptions, deps: PageDeps): Promise<HttpServer> {
  const { asksCallers, web } = options;
  const { clock } = deps;
  const logger = deps.logger.child({ component: 'page' });
  const hub = new EventHub({ clock, epoch: randomBytes(6).toString('hex') });
  const guard = asksCallers ? createGuard(deps) : loopbackPageGuard;
  const work = new PageWork(deps.turns);
  const app = createPageApp({ ...deps, guard, asksCallers, hub, logger, run: (task) => work.run(task) });
  if (asksCallers && web.tls === undefined)
    logger.warn('Tokens of callers are sent in clear: --page.enable-tls protects them', { address: web.listenAddress });
  const identified = { ...deps, logger, name: 'page', certificateOptional: true } as const;
  const watching = watchCaches(hub, deps);
  const answer: HttpServerOptions['fetch'] = (request, exchange) => {
    // Who is shown something is told of whatever changes from then on.
    watching.look();
    return app.fetch(request, exchange);
  };
  const server = await startWebServer(web, answer, identified).catch((error: unknown) => {
    watching.stop();
    throw error;
  });
  logger.info('Page serves', {
    web: server.url,
    callers: asksCallers ? 'asked for a token' : 'on the loopback interface',
  });
  return {
    url: server.url,
    close: async () => {
      watching.stop();
      hub.close();
      await server.close();
    },
  };
}

function createGuard({ reviews: client, clock }: PageDeps): PageGuard {
  const deps = { client, clock };
  return createCallerGuard({
    identities: new ReviewGuard(deps),
    rights: new ReviewGuard(deps),
    sights: new CallerSights(deps),
    clock,
  });
}

/** Tells the hub how the watches are as that changes, what they bring, and what comes of it while somebody looks. */
function watchCaches(hub: EventHub, deps: PageDeps): { look(): void; stop(): void } {
  const { clock, caches, informers, explain } = deps;
  const changes = new ObjectChanges({
    clock,
    publish: (change) => hub.publish(change),
    onChange: () => {
      explain.overviews.noteChange();
      explain.targets.noteChange();
      explain.routes.noteChange();
    },
  });
  const overviews = new OverviewChanges({ ...deps, ...explain, publish: (change) => hub.publish(change) });
  const unfollow = deps.configurations?.subscribe(({ kind, namespace, name }) => {
    const row = { list: 'configurations', key: writeKey({ kind, namespace, name }), about: [{ kind, namespace }] };
    hub.publish({ asOf: clock.now(), rows: [row] });
  });
  let timer: Timer;
  const look = (): void => {
    changes.attach(informers());
    overviews.follow(hub.size > 0);
    hub.setState(describeWatches(caches(), clock.now()));
  };
  const lookAgain = (): void => {
    look();
    timer = clock.schedule(watchLookMs, lookAgain);
  };
  lookAgain();
  return {
    look,
    stop: () => {
      timer.cancel();
      changes.stop();
      overviews.follow(false);
      unfollow?.();
    },
  };
}
