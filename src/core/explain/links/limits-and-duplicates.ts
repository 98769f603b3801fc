import { groupBy } from '../../../base/group-by.ts';
import { listUrls, makeStep, plural } from '../case.ts';
import type { JobCase } from '../case.ts';
import { readField } from '../fields.ts';
import { advise, deleteObject, removeField, setField } from '../fixes.ts';
import type { Step } from '../model.ts';

/** Prometheus fails every scrape of a job with more targets than `target_limit` (docs/reference/discovery.md 5.9). */
export function judgeLimits(one: JobCase): Step {
  const { name, view, loaded, pool, monitor } = one;
  const limit = loaded.job.targetLimit;
  const counted = one.view.context.sharding.shards === 1 ? pool.list().active.length : largest(one);
  const own = readField(monitor, 'spec.targetLimit');
  const isOwn = own === limit;
  const object = isOwn ? name : view.name;
  const at = isOwn ? 'spec.targetLimit' : 'spec.enforcedTargetLimit';
  if (limit === 0)
    return makeStep('limits', 'pass', {
      reason: 'WithinLimits',
      object: name,
      compared: 'there is no limit on targets',
      found: '',
    });
  const compared = `${showLimit(at, limit)}, counted for each job`;
  const counts = { selected: Math.min(limit, counted), total: counted };
  if (counted <= limit)
    return makeStep('limits', 'pass', {
      reason: 'WithinLimits',
      object,
      at,
      compared,
      found: plural(counted, 'target'),
      counts,
    });
  return makeStep('limits', 'fail', {
    reason: 'TargetLimitExceeded',
    object,
    at,
    compared,
    found: `${plural(counted, 'target')}: every scrape fails`,
    counts,
    fixes: [setField(object, at, counted), removeField(object, at)],
  });
}

const showLimit = (at: string, limit: number): string => `${at} is ${limit}`;

const largest = (one: JobCase): number => Math.max(0, ...[...one.listShards().values()].map((urls) => urls.length));

/** Jobs of the same workload that scrape the same URLs. */
export function judgeDuplicates(one: JobCase): Step {
  const { name: object, job } = one;
  const own = new Set(listUrls(one.candidates));
  const twice = listTwice(one);
  if (twice.length > 0)
    return makeStep('duplicates', 'warn', {
      reason: 'DuplicateTargets',
      object,
      at: 'spec.selector',
      compared: `${plural(twice.length, 'address')} reached more than once by job ${job.name}`,
      found: twice.slice(0, 2).join('; '),
      counts: { selected: own.size, total: own.size + twice.length },
      fixes: [
        {
          object,
          change: 'manual',
          field: 'spec.selector',
          path: [],
          text: 'select one of the Services alone: a headless one and its twin give each Pod twice',
        },
      ],
    });
  const others = listOthers(own, one);
  const [first] = others;
  if (first === undefined)
    return makeStep('duplicates', 'pass', {
      reason: 'NoDuplicates',
      object,
      compared: 'no other job has the same URLs',
      found: '',
    });
  return makeStep('duplicates', 'warn', {
    reason: 'DuplicateTargets',
    object,
    compared: `${first.shared} of ${plural(own.size, 'target')} are scraped by other jobs as well`,
    found: others.map(({ name }) => name).join(', '),
    counts: { selected: first.shared, total: own.size },
    fixes: proposeOne(one, first),
  });
}

interface OtherJob {
  readonly name: string;
  /** URLs that both scrape. */
  readonly shared: number;
  readonly total: number;
}

/** The other jobs that scrape these URLs, in their order. */
function listOthers(own: ReadonlySet<string>, { view, job }: JobCase): OtherJob[] {
  const { totals, jobs } = view.indexUrls();
  const shared = new Map<string, number>();
  for (const url of own)
    for (const name of jobs.get(url) ?? []) if (name !== job.name) shared.set(name, (shared.get(name) ?? 0) + 1);
  const others = [...shared].map(([name, count]) => ({ name, shared: count, ...(totals.get(name) ?? unknownJob) }));
  return others.sort((a, b) => a.order - b.order);
}

const unknownJob = { total: 0, order: 0 };

/** URLs that one job reaches through several Services. */
function listTwice({ candidates }: JobCase): string[] {
  const byUrl = groupBy(candidates, ({ outcome }) => (outcome.kind === 'active' ? outcome.url : undefined));
  byUrl.delete(undefined);
  return [...byUrl].flatMap(([url, same]) => {
    // Labels of what was discovered are put together for who looks at them.
    if (same.length === 1) return [];
    const services = new Set(same.map(({ discovered }) => discovered.get('__meta_kubernetes_service_name') ?? ''));
    return services.size > 1 ? [`${url} through Services ${[...services].join(' and ')}`] : [];
  });
}

const jobPattern = /^(serviceMonitor|podMonitor|probe|scrapeConfig)\/([^/]+)\/([^/]+)(?:\/\d+)?$/;
const kinds: Readonly<Record<string, string>> = {
  serviceMonitor: 'ServiceMonitor',
  podMonitor: 'PodMonitor',
  probe: 'Probe',
  scrapeConfig: 'ScrapeConfig',
};

/** Delete the other monitor when it has nothing else; else narrow one of the two. */
function proposeOne(one: JobCase, other: OtherJob): Step['fixes'] {
  const [, prefix = '', namespace = '', name = ''] = jobPattern.exec(other.name) ?? [];
  const kind = kinds[prefix];
  if (kind === undefined)
    return [
      { object: one.name, change: 'manual', field: '', path: [], text: `take the targets out of job ${other.name}` },
    ];
  const object = { kind, namespace, name };
  const who = `${kind} ${namespace}/${name}`;
  return other.shared === other.total
    ? [deleteObject(object, `delete ${who}, which scrapes nothing else`)]
    : [advise(object, `narrow spec.selector of ${who}, or of this one`)];
}
