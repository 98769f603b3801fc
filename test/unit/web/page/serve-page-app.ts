/** The page on a server of its own, for tests. */
import type { TestContext } from 'node:test';
import { createSystemClock } from '../../../../src/base/clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { startHttpServer } from '../../../../src/web/http-server.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import type { SurveyedTargets } from '../../../../src/core/overview/target-survey.ts';
import type { Overview } from '../../../../src/core/overview/overview.ts';
import { EventHub } from '../../../../src/web/page/event-hub.ts';
import { createPageApp } from '../../../../src/web/page/page-app.ts';
import type { PageSources } from '../../../../src/web/page/page-app.ts';
import type { PageGuard } from '../../../../src/web/page/page-guard.ts';
import { readCallerToken } from '../../../../src/web/page/page-guard.ts';
import { fullSight } from '../../../../src/web/page/sight.ts';

const clock = createSystemClock();

/** Lets in whoever has the token "right". */
export const tokenGuard: PageGuard = (request) =>
  Promise.resolve(
    readCallerToken(request) === 'right'
      ? {
          caller: {
            user: 'alice',
            mayGet: () => Promise.resolve(true),
            look: () => Promise.resolve(fullSight),
            streamMs: undefined,
          },
        }
      : { refusal: { status: 401, message: 'Send a token' } },
  );

const emptyTargets: SurveyedTargets = { rows: [], unlisted: [], notes: [] };

export const emptyOverview: Overview = {
  ...{ monitors: [], workloads: [], rules: [], routes: [], rejected: [], permissions: [], notes: [], supposed: [] },
};

/** @param more in the place of what knows nothing */
export async function serve(
  test: TestContext,
  guard: PageGuard = tokenGuard,
  overview?: Overview,
  { configurations, ...more }: Partial<PageSources['explain'] & Pick<PageSources, 'configurations'>> = {},
) {
  const hub = new EventHub({ clock, epoch: 'abc' });
  const app = createPageApp({
    guard,
    asksCallers: guard === tokenGuard,
    hub,
    listReads: () => [{ group: '', resources: ['pods'], verbs: ['list'], namespace: '', why: 'their number' }],
    clock,
    explain: {
      explain: () => Promise.reject(new Error('nothing is there')),
      unavailable: () => (overview === undefined ? 'Not yet' : undefined),
      find: () => Promise.resolve(undefined),
      routes: { read: () => Promise.resolve({ overview: [], asOf: 0 }) },
      search: () => Promise.resolve({ hits: [], notes: [] }),
      targets: { read: () => Promise.resolve({ overview: emptyTargets, asOf: 0 }) },
      overviews: { read: () => Promise.resolve({ overview: overview ?? emptyOverview, asOf: 0 }) },
      ...more,
    },
    configurations,
    run: (work) => Promise.resolve(complete(work)),
    logger: silentLogger,
  });
  const server = await startHttpServer({
    address: '127.0.0.1:0',
    clock,
    fetch: (request, exchange) => app.fetch(request, exchange),
  });
  test.after(async () => {
    hub.close();
    await server.close();
  });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
  return { hub, url: server.url, ask };
}
