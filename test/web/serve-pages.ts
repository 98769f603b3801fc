import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { complete } from '../../src/base/interruptible.ts';
import { findSubjectKind } from '../../src/core/explain/kind-words.ts';
import type { Explanation } from '../../src/core/explain/model.ts';
import type { Subject } from '../../src/core/explain/facts.ts';
import type { Overview } from '../../src/core/overview/overview.ts';
import { pageIcon, pageScript, pageStyle } from '../../src/web/page/assets.ts';
import type { PageCaller } from '../../src/web/page/page-guard.ts';
import { pageHeaders } from '../../src/web/page/page-headers.ts';
import { findMeant, searchTo } from '../../src/web/page/page-search.ts';
import type { PageFound } from '../../src/web/page/page-search.ts';
import { showRoutesTo } from '../../src/web/page/page-routes.ts';
import type { RoutesSources } from '../../src/web/page/page-routes.ts';
import { fullSight } from '../../src/web/page/sight.ts';
import type { ChainData, Chrome } from '../../src/web/page/page-source.ts';
import {
  chainPage,
  explainedListPage,
  permissionsPage,
  problemPage,
  rejectedPage,
  routesPage,
  searchPage,
  workloadsPage,
} from '../../src/web/page/views/pages.ts';
import type { ListData } from '../../src/web/page/views/pages.ts';

/** What is shown; it may be another one for each request. */
export interface Shown {
  readonly overview: () => Overview;
  readonly explain: (subject: Subject) => Promise<Explanation>;
  readonly find: ChainData['find'];
  readonly search: (query: string) => Promise<PageFound>;
  readonly routes: RoutesSources['routes'];
}

/** Whoever reaches a loopback address. */
const anybody: PageCaller = {
  ...{ user: undefined, streamMs: undefined, mayGet: () => Promise.resolve(true) },
  look: () => Promise.resolve(fullSight),
};

const lists: Readonly<Record<string, (data: ListData, chrome: Chrome) => string>> = {
  '/': (data, chrome) => explainedListPage('monitors', data, chrome),
  '/rules': (data, chrome) => explainedListPage('rules', data, chrome),
  '/alertmanagerconfigs': (data, chrome) => explainedListPage('routes', data, chrome),
  '/workloads': workloadsPage,
  '/rejected': rejectedPage,
  '/permissions': permissionsPage,
};

/** Sends an event to all pages that are open. */
type Tell = (event: string, data: object) => void;

/** The addresses of all lists. */
export const listPaths = Object.keys(lists);

interface Served {
  readonly url: string;
  readonly tell: Tell;
  readonly close: () => void;
}

/** Serves the views alone, under the policy that the operator serves them under. */
export async function servePages(shown: Shown): Promise<Served> {
  const app = new Hono();
  const streams = new Set<ReadableStreamDefaultController<string>>();
  const chrome: Chrome = { place: 'test', asOf: Date.UTC(2026, 10, 27, 10), medium: 'served', events: '/events' };
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value);
    await next();
  });
  app.get('/assets/page.css', (context) => context.body(pageStyle, 200, { 'content-type': 'text/css' }));
  app.get('/assets/page.js', (context) => context.body(pageScript, 200, { 'content-type': 'text/javascript' }));
  app.get('/assets/icon.svg', (context) => context.body(pageIcon, 200, { 'content-type': 'image/svg+xml' }));
  for (const [path, write] of Object.entries(lists))
    app.get(path, (context) => {
      const params = new URL(context.req.url).searchParams;
      return context.html(write({ overview: shown.overview(), params }, chrome));
    });
  app.get('/search', async (context) => {
    const { searchParams: params } = new URL(context.req.url);
    const overviews = { read: () => Promise.resolve({ overview: shown.overview(), asOf: 0 }) };
    const { result } = await searchTo(anybody, params.get('q') ?? '', { overviews, search: shown.search });
    const meant = findMeant(result);
    return meant === undefined ? context.html(searchPage(result, params, chrome)) : context.redirect(meant.href, 303);
  });
  app.get('/routes', async (context) => {
    const { searchParams: params } = new URL(context.req.url);
    const asked = { labels: params.get('labels') ?? '', alertmanager: params.get('alertmanager') ?? '' };
    const run: RoutesSources['run'] = (work) => Promise.resolve(complete(work));
    // A Tuesday at noon: it is muted at other times.
    const clock = { now: () => Date.UTC(2026, 11, 1, 12) };
    const { data, failure } = await showRoutesTo(anybody, asked, { routes: shown.routes, run, clock });
    return context.html(routesPage(data, { params, problem: failure?.message }, chrome), failure?.status ?? 200);
  });
  app.get('/explain/target', async (context) => {
    const explanation = await shown.explain({ kind: 'Target', url: context.req.query('url') ?? '' });
    return context.html(chainPage({ explanation, find: shown.find }, chrome));
  });
  app.get('/explain/:kind/:namespace/:name', async (context) => {
    const { kind, namespace, name } = context.req.param();
    const subject = { kind: findSubjectKind(kind) ?? 'Pod', namespace, name } as Subject;
    return context.html(chainPage({ explanation: await shown.explain(subject), find: shown.find }, chrome));
  });
  app.get('/events', () => {
    let own: ReadableStreamDefaultController<string> | undefined;
    const stream = new ReadableStream<string>({
      start: (controller) => {
        own = controller;
        streams.add(controller);
      },
      cancel: () => {
        if (own !== undefined) streams.delete(own);
      },
    });
    return new Response(stream.pipeThrough(new TextEncoderStream()), {
      headers: { 'content-type': 'text/event-stream' },
    });
  });
  app.notFound((context) => context.html(problemPage({ status: 404, message: 'There is no such page' }, chrome), 404));
  const server = createServer(getRequestListener(app.fetch) as Parameters<typeof createServer>[1]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tell: (event, data) => {
      for (const stream of streams) stream.enqueue(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
