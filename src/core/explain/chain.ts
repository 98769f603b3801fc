import type { JobCase, MonitorCase } from './case.ts';
import { listCandidates, listUrls, makeStep } from './case.ts';
import type { Chain, ScrapedTarget, Step } from './model.ts';
import { links } from './reasons.ts';
import type { Link } from './reasons.ts';
import type { RenderedJob } from './workload-view.ts';
import { judgeAccess } from './links/access.ts';
import { judgeEndpoints } from './links/endpoints.ts';
import { judgeDuplicates, judgeLimits } from './links/limits-and-duplicates.ts';
import { judgeObjects } from './links/objects.ts';
import { judgeOperator } from './links/operator.ts';
import { judgePort } from './links/port.ts';
import { judgeRelabelling } from './links/relabelling.ts';
import { judgeHealth, judgeLoaded, listAsked } from './links/replicas.ts';
import { RunningReplica } from './links/running-replica.ts';
import { judgeLabels, judgeNamespaceSelector } from './links/selection.ts';
import { judgeShard, listTargetsByShard } from './links/shard.ts';
import { judgeValidity } from './links/valid.ts';
import { advise } from './fixes.ts';
import { showObject } from './model.ts';

type Judge<T> = readonly [link: Link, judge: (one: T) => Step];

/** What is the same for all endpoints of a monitor. */
const sharedLinks: readonly Judge<MonitorCase>[] = [
  ['operator', judgeOperator],
  ['namespace', judgeNamespaceSelector],
  ['labels', judgeLabels],
  ['valid', judgeValidity],
];

/** What is looked at for each endpoint. */
const jobLinks: readonly Judge<JobCase>[] = [
  ['objects', judgeObjects],
  ['port', judgePort],
  ['endpoints', judgeEndpoints],
  ['access', judgeAccess],
  ['relabelling', judgeRelabelling],
  ['shard', judgeShard],
  ['limits', judgeLimits],
  ['duplicates', judgeDuplicates],
  ['loaded', judgeLoaded],
  ['health', judgeHealth],
];

/** Goes along the links until one fails, nothing is known of what comes after, or something must be asked first. */
function walk<T extends MonitorCase>(judges: readonly Judge<T>[], one: T): { steps: Step[]; passed: boolean } {
  const steps: Step[] = [];
  for (const [, judge] of judges) {
    const step = judge(one);
    steps.push(step);
    if (step.verdict === 'fail' || endsKnowledge(step) || one.facts.hasOpen()) return { steps, passed: false };
  }
  return { steps, passed: true };
}

/** Without objects or endpoints there is nothing to follow further. */
function endsKnowledge({ verdict, link, reason }: Step): boolean {
  return verdict === 'unknown' && (link === 'objects' || link === 'endpoints' || reason === 'Rejected');
}

/** The links that were not reached, so that every chain has all of them. */
function fillUp(steps: readonly Step[], one: MonitorCase): Step[] {
  const done = new Set(steps.map(({ link }) => link));
  const all = [...sharedLinks, ...jobLinks].map(([link]) => link);
  const rest = all.filter((link) => !done.has(link));
  return [...steps, ...rest.map((link) => makeStep(link, 'skipped', { reason: 'NotReached', object: one.name }))];
}

/** One chain for each endpoint of a monitor, or one alone when no endpoint is reached. */
export function followMonitor(one: MonitorCase): Chain[] {
  const { steps, passed } = walk(sharedLinks, one);
  const shared = { workload: one.view.name, monitor: one.name };
  const stop = (more: readonly Step[] = []): Chain[] => {
    const all = fillUp([...steps, ...more], one);
    return [{ ...shared, endpoint: '', job: '', scraped: false, steps: all, targets: [] }];
  };
  if (!passed) return stop();
  const jobs = one.view.listJobs(one.kind, one.monitor);
  if (jobs.length === 0) return stop([explainNoJobs(one)]);
  return jobs.map((job) => {
    const jobCase = openJobCase(one, job);
    const own = walk(jobLinks, jobCase);
    const all = fillUp([...steps, ...own.steps], one);
    const targets = own.passed ? listTargets(jobCase) : [];
    const scraped = own.passed && targets.length > 0;
    return { ...shared, endpoint: job.endpoint, job: job.name, scraped, steps: all, targets };
  });
}

function explainNoJobs({ name, kind }: MonitorCase): Step {
  const at = kind === 'PodMonitor' ? 'spec.podMetricsEndpoints' : 'spec.endpoints';
  return makeStep('objects', 'fail', {
    reason: 'NoEndpointsGiven',
    object: name,
    at,
    compared: `${showObject(name)} gives one job for each of ${at}`,
    found: 'it has none',
    fixes: [advise(name, `add an endpoint to ${at}, such as "port: metrics"`)],
  });
}

function openJobCase(one: MonitorCase, job: RenderedJob): JobCase {
  const { view, kind, monitor, focus } = one;
  const { loaded, pool } = view.openJob(kind, monitor, job.name);
  const base = { ...one, job, loaded, pool, candidates: listCandidates(pool, job.origins, focus) };
  let shards: ReturnType<typeof listTargetsByShard> | undefined;
  return { ...base, listShards: () => (shards ??= listTargetsByShard(base)) };
}

function listTargets(one: JobCase): ScrapedTarget[] {
  const known = new Map(
    listAsked(one).flatMap((replica) =>
      RunningReplica.of(replica)
        .listTargets(one.job.name)
        .map(({ scrapeUrl, health }) => [scrapeUrl, health] as const),
    ),
  );
  return listUrls(one.candidates).map((url) => {
    const health = known.get(url);
    return health === undefined ? { url } : { url, health };
  });
}

/** The first link that says why nothing is scraped; else the first that warns or does not know; undefined when all is well. */
export function findDecisive({ steps }: Pick<Chain, 'steps'>): Step | undefined {
  return (
    steps.find(({ verdict }) => verdict === 'fail') ??
    steps.find((step) => endsKnowledge(step)) ??
    steps.find(({ verdict }) => verdict === 'warn')
  );
}

/** How far a chain comes before it fails, by the number of its link. */
export function rankChain(chain: Chain): number {
  const step = chain.steps.find((one) => one.verdict === 'fail' || endsKnowledge(one));
  return chain.scraped || step === undefined ? links.length : links.indexOf(step.link);
}
