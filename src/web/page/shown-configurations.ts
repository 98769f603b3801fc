/** Configurations as a caller may see them, as JSON or HTML. */
import type { Context } from 'hono';
import { formatTime } from '../../base/time.ts';
import { customKinds } from '../../api/kinds.ts';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { listJobSources, listTold } from '../../core/configuration/configuration.ts';
import { findParts } from '../../core/configuration/find-parts.ts';
import { writeChange } from '../../core/configuration/write-change.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import { compareNames } from '../../core/overview/order.ts';
import { pageParts } from '../limits.ts';
import type { ConfigurationSource, KeptConfiguration } from './configuration-source.ts';
import { showFailure, wantsHtml } from './page-answer.ts';
import type { PageVisit } from './page-visit.ts';
import type { ConfigurationData } from './views/configuration.ts';
import type { ConfigurationRow } from './views/configurations.ts';
import { ListQuery } from './views/list-query.ts';
import { configurationPage, configurationsPage } from './views/pages.ts';

/** `/configuration`: the workloads that the caller may list. */
export async function showConfigurations(
  context: Context,
  source: ConfigurationSource,
  { caller, chrome, now }: PageVisit,
): Promise<Response> {
  const kept = source.list();
  const sight = await caller.look(kept.map(({ configuration: { workload } }) => workload));
  const rows = kept
    .filter(({ configuration: { workload } }) => sight.sees(workload) === true)
    .map(describeRow)
    .sort((a, b) => compareNames(a.workload, b.workload));
  if (!wantsHtml(context)) return context.json({ asOf: formatTime(now), configurations: rows });
  const { searchParams } = new URL(context.req.url);
  return context.html(configurationsPage(rows, searchParams, { ...chrome, asOf: now }));
}

function describeRow({ configuration, writtenAt, change }: KeptConfiguration): ConfigurationRow {
  return {
    workload: configuration.workload,
    jobs: listJobSources(configuration).reduce((sum, { fragment }) => sum + fragment.jobs, 0),
    writtenAt: formatTime(writtenAt),
    ...(change === undefined ? {} : { changed: change.total }),
  };
}

/**
 * `/configuration/KIND/NAMESPACE/NAME`: for who may get the workload; of its jobs those of monitors that they may list.
 * `?q=` looks for lines, `?monitor=KIND/NAMESPACE/NAME` shows the jobs of one.
 */
export async function showConfiguration(
  context: Context,
  source: ConfigurationSource,
  { caller, chrome, now, run }: PageVisit,
): Promise<Response> {
  const { kind: word = '', namespace = '', name = '' } = context.req.param() as Record<string, string>;
  const type = customKinds.find((one) => one.type.kind.toLowerCase() === word.toLowerCase())?.type;
  if (type === undefined)
    return showFailure(context, { status: 404, message: `There is no workload of kind "${word}"` });
  if (!(await caller.mayGet({ group: type.group, resource: type.plural, namespace, name })))
    return showFailure(context, {
      status: 403,
      message: `Cannot show this to you: you may not get ${type.plural} "${name}" in namespace "${namespace}"`,
    });
  const kept = source
    .list()
    .find(({ configuration: { workload } }) => isNamed(workload, { kind: type.kind, namespace, name }));
  if (kept === undefined)
    return showFailure(context, {
      status: 404,
      message: `No configuration of ${type.kind} ${namespace}/${name} is known: there is no such object, it is paused, what it runs with is its users', or another replica of the operator writes it`,
    });
  const { searchParams } = new URL(context.req.url);
  const data = await readConfiguration(kept, source, { caller, run, params: searchParams });
  if (!wantsHtml(context)) return context.json({ asOf: formatTime(now), ...data });
  return context.html(configurationPage(data, searchParams, { ...chrome, asOf: now }));
}

const isNamed = (one: ObjectName, { kind, namespace, name }: ObjectName): boolean =>
  one.kind === kind && one.namespace === namespace && one.name === name;

async function readConfiguration(
  { configuration, writtenAt, change }: KeptConfiguration,
  source: ConfigurationSource,
  { caller, run, params }: Pick<PageVisit, 'caller' | 'run'> & { readonly params: URLSearchParams },
): Promise<ConfigurationData> {
  const sight = await caller.look(listPlaces(configuration, change));
  const isSeen = (object: ObjectName): boolean => sight.sees(object) === true;
  const query = new ListQuery(params, { medium: 'served' });
  const wanted = { text: query.read('q') ?? '', monitor: query.read('monitor'), isSeen };
  const from = (query.page - 1) * pageParts;
  const found = await run(findParts(configuration, source.readGround(), { ...wanted, from, atMost: pageParts }));
  const parts = change && (await run(writeChange(change, configuration, isSeen)));
  return {
    workload: configuration.workload,
    writtenAt: formatTime(writtenAt),
    ...found,
    ...(parts === undefined ? {} : { change: { parts, isWhole: parts.length === change?.total } }),
  };
}

/** Every kind and namespace that something is told of, each once. */
function listPlaces(configuration: Configuration, change: KeptConfiguration['change']): ObjectName[] {
  const changed = (change?.parts ?? []).flatMap(({ before, after }) => [before, after]);
  const sources = [...configuration.own, ...listJobSources(configuration), ...changed];
  const all = sources.flatMap((source) => (source === undefined ? [] : listTold(source)));
  return [...new Map(all.map((object) => [`${object.kind} ${object.namespace}`, object])).values()];
}
