/** The page: the same data as JSON or, for browsers, as HTML, to whoever may see it. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { describeError } from '../../base/errors.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import { arrangeExplanation } from '../../core/explain/explanation-document.ts';
import type { ExplainSources } from '../explain.ts';
import { explainAskedTo } from './asked-chain.ts';
import { streamOpened, openEventStream } from './event-stream.ts';
import type { EventHub } from './event-hub.ts';
import { readEventId } from './event-id.ts';
import { createLoginApp } from './login.ts';
import { showFailure, wantsHtml } from './page-answer.ts';
import type { PageFailure } from './page-answer.ts';
import type { PageBindings } from './page-bindings.ts';
import { RefusalError } from './page-guard.ts';
import type { PageCaller, PageGuard } from './page-guard.ts';
import { pageIcon, pageScript, pageStyle } from './assets.ts';
import type { OverviewReading } from './page-lists.ts';
import { pageLists, showOverviewTo } from './page-lists.ts';
import { findMeant, searchTo } from './page-search.ts';
import type { PageFound } from './page-search.ts';
import { arrangeRoutes, showRoutesTo } from './page-routes.ts';
import type { RoutesSources } from './page-routes.ts';
import type { Chrome } from './page-source.ts';
import type { ConfigurationSource } from './configuration-source.ts';
import { showConfiguration, showConfigurations } from './shown-configurations.ts';
import type { RunPageWork } from './page-visit.ts';
import { showTargets } from './shown-targets.ts';
import type { TargetSource } from './shown-targets.ts';
import { showChainTo } from './shown-chain.ts';
import { chainPage, rightsPage, routesPage, searchPage } from './views/pages.ts';
import { pageHeaders } from './page-headers.ts';
import { findBadRequest } from './request-checks.ts';
import type { OwnRead, Rights } from './rights.ts';

export interface PageSources {
  readonly guard: PageGuard;
  /** Whether callers are known by name and can log in. */
  readonly asksCallers: boolean;
  readonly hub: EventHub;
  /** What is read with the operator's own rights. */
  readonly listReads: () => readonly OwnRead[];
  readonly explain: Pick<ExplainSources, 'explain' | 'unavailable'> & {
    /** An object as explanations know it. */
    readonly find: (name: ObjectName) => Promise<KubernetesObject | undefined>;
    readonly overviews: { read(): Promise<OverviewReading> };
    readonly targets: TargetSource;
    readonly search: (query: string) => Promise<PageFound>;
    readonly routes: RoutesSources['routes'];
  };
  /** Whose resources are shown, where the address of the page does not say it. */
  readonly place?: string | undefined;
  readonly run: RunPageWork;
  /** What is written for workloads; undefined where nobody keeps it. */
  readonly configurations: ConfigurationSource | undefined;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

type Visit = Context<PageBindings>;
type Handle = (context: Visit, caller: PageCaller) => Response | Promise<Response>;

/** Style, script and icon: there for everybody, also before a login. */
const assets = [
  ['/assets/page.css', pageStyle, 'text/css'],
  ['/assets/page.js', pageScript, 'text/javascript'],
  ['/assets/icon.svg', pageIcon, 'image/svg+xml'],
] as const;

/** Every address of the page. Who is let in to which of them is asked once, here. */
export function createPageApp(sources: PageSources): Hono<PageBindings> {
  const app = new Hono<PageBindings>();
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value);
    const bad = findBadRequest(context.req.raw);
    if (bad !== undefined) return showFailure(context, bad, bad.headers);
    await next();
    return undefined;
  });
  if (sources.asksCallers) app.route('/', createLoginApp(sources.guard));
  const get = (path: string, handle: Handle): void => {
    app.get(path, (context) => admit(context, sources, handle));
  };
  /** The same where nothing can be said before the cluster is known. */
  const getKnown = (path: string, handle: Handle): void => {
    get(path, (context, caller) => {
      const why = sources.explain.unavailable();
      return why === undefined ? handle(context, caller) : showFailure(context, { status: 503, message: why });
    });
  };
  for (const [path, body, type] of assets)
    app.get(path, (context) => context.body(body, 200, { 'content-type': `${type}; charset=utf-8` }));
  for (const path of Object.keys(pageLists)) getKnown(path, (context, caller) => showList(context, sources, caller));
  get('/rights', (context, caller) => showRights(context, sources, caller));
  getKnown('/routes', (context, caller) => showRoutes(context, sources, caller));
  getKnown('/search', (context, caller) => showSearch(context, sources, caller));
  for (const path of ['/explain/target', '/explain/:kind/:namespace/:name'])
    get(path, (context, caller) => showChain(context, sources, caller));
  getKnown('/targets', (context, caller) => withTargets(context, sources, caller));
  getKnown('/configuration', (context, caller) => withConfigurations(context, sources, caller));
  getKnown('/configuration/:kind/:namespace/:name', (context, caller) => withConfigurations(context, sources, caller));
  get('/events', (context, caller) => openEvents(context, sources, caller));
  get('*', (context) => showFailure(context, notFound(context)));
  app.notFound((context) => showFailure(context, notFound(context)));
  app.onError((error, context) => {
    if (error instanceof RefusalError) return showFailure(context, error.refusal);
    sources.logger.error('Cannot answer a request of the page', { path: context.req.path, err: describeError(error) });
    return showFailure(context, { status: 503, message: 'Cannot answer: see the log' });
  });
  return app;
}

const notFound = ({ req }: Context): PageFailure => ({ status: 404, message: `There is no page at ${req.path}` });

async function admit(context: Visit, { guard, asksCallers }: PageSources, handle: Handle): Promise<Response> {
  const admission = await guard(context.req.raw, context.env);
  if ('caller' in admission) return handle(context, admission.caller);
  const { refusal } = admission;
  if (refusal.status !== 401 || !asksCallers || !wantsHtml(context)) return showFailure(context, refusal);
  const { pathname, search } = new URL(context.req.url);
  return context.redirect(`/login?next=${encodeURIComponent(`${pathname}${search}`)}`, 303);
}

function showRights(context: Visit, sources: PageSources, caller: PageCaller): Response {
  const rights = describeRights(sources, caller);
  if (!wantsHtml(context)) return context.json(rights);
  return context.html(rightsPage(rights, { ...describeChrome(context, sources), asOf: undefined }));
}

function describeRights({ asksCallers, listReads }: PageSources, { user }: PageCaller): Rights {
  const callers = asksCallers
    ? 'what each may list (SubjectAccessReview)'
    : 'everything to whoever reaches the address';
  return { callers, you: user, reads: listReads() };
}

async function showChain(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const { explain, clock } = sources;
  const chrome = describeChrome(context, sources);
  const told = await explainAskedTo(caller, context, { ...explain, clock });
  if (!('explanation' in told)) return showFailure(context, told);
  const { explanation } = told;
  if (!wantsHtml(context)) return context.json(arrangeExplanation(explanation));
  const data = await showChainTo(caller, explanation, explain.find);
  return context.html(chainPage(data, { ...chrome, asOf: clock.now() }));
}

async function showList(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const { explain } = sources;
  const chosen = pageLists[context.req.path];
  if (chosen === undefined) return showFailure(context, notFound(context));
  const chrome = describeChrome(context, sources);
  const { overview, asOf } = await explain.overviews.read();
  const shown = await showOverviewTo(caller, overview);
  const { list, write } = chosen;
  if (!wantsHtml(context))
    return context.json({ asOf: new Date(asOf).toISOString(), [list]: shown[list], notes: shown.notes });
  const { searchParams: params } = new URL(context.req.url);
  return context.html(write({ overview: shown, params }, { ...chrome, asOf, notes: shown.notes }));
}

async function showRoutes(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const chrome = describeChrome(context, sources);
  const { searchParams: params } = new URL(context.req.url);
  const asked = { labels: params.get('labels') ?? '', alertmanager: params.get('alertmanager') ?? '' };
  const { data, failure, asOf } = await showRoutesTo(caller, asked, { ...sources, ...sources.explain });
  if (wantsHtml(context))
    return context.html(
      routesPage(data, { params, problem: failure?.message }, { ...chrome, asOf }),
      failure?.status ?? 200,
    );
  const told = failure ?? arrangeRoutes(data, asOf);
  return 'document' in told ? context.json(told.document) : showFailure(context, told);
}

/** Browsers are led to the one chain that can be meant. */
async function showSearch(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const { explain } = sources;
  const chrome = describeChrome(context, sources);
  const { result, asOf } = await searchTo(caller, context.req.query('q') ?? '', explain);
  if (!wantsHtml(context)) return context.json({ asOf: new Date(asOf).toISOString(), ...result });
  const meant = findMeant(result);
  if (meant !== undefined) return context.redirect(meant.href, 303);
  return context.html(searchPage(result, new URL(context.req.url).searchParams, { ...chrome, asOf }));
}

async function withTargets(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const { explain, run } = sources;
  return showTargets(context, explain.targets, { caller, run, chrome: describeChrome(context, sources) });
}

/** All of them, or the one that the path names. */
async function withConfigurations(context: Visit, sources: PageSources, caller: PageCaller): Promise<Response> {
  const { configurations: source, clock, run } = sources;
  if (source === undefined)
    return showFailure(context, {
      status: 404,
      message: 'Configurations are known to the operator alone, which writes them',
    });
  const visit = { caller, chrome: describeChrome(context, sources), now: clock.now(), run };
  const show = context.req.param('name') === undefined ? showConfigurations : showConfiguration;
  return show(context, source, visit);
}

/** Made before what is shown is read: what changes in between is told of once more. */
function describeChrome({ req }: Visit, { hub, place, configurations }: PageSources): Omit<Chrome, 'asOf'> {
  const {
    lastId,
    state: { state, message },
  } = hub;
  const behind = state === 'live' ? {} : { behind: message };
  return {
    place: place ?? new URL(req.url).host,
    medium: 'served',
    events: `/events?after=${lastId}`,
    hasConfigurations: configurations !== undefined,
    ...behind,
  };
}

/** `Last-Event-ID`, or `?after=` for the first time: a page knows of which event on it shows the state. */
async function openEvents(context: Visit, { hub }: PageSources, caller: PageCaller): Promise<Response> {
  const text = context.req.header('last-event-id') ?? context.req.query('after');
  const after = text === undefined ? undefined : readEventId(text);
  if (text !== undefined && after === undefined)
    return showFailure(context, {
      status: 400,
      message: 'Cannot read the id of the last event: want one that was sent',
    });
  const sight = await caller.look(hub.listPlaces());
  const hindrance = hub.findHindrance(caller.user);
  if (hindrance !== undefined) return showFailure(context, { status: 429, message: hindrance });
  let leave: () => void = () => undefined;
  const sink = openEventStream(context.env.outgoing, pageHeaders, () => leave());
  leave = hub.subscribe({ sink, sight, after, caller: caller.user, lifeMs: caller.streamMs });
  return streamOpened;
}
