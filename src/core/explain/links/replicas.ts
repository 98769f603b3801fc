import { listSome } from '../../../base/list-some.ts';
import type { JobCase, SelectionCase } from '../case.ts';
import { listUrls, makeStep, plural, showProblems, skipUnasked } from '../case.ts';
import type { ReplicaFacts, ReplicaTarget } from '../facts.ts';
import { advise } from '../fixes.ts';
import type { ObjectName, Step } from '../model.ts';
import { addCondition, judgeSeenLoad } from './seen-load.ts';
import { compareNamedJob } from '../../loaded/compare-config.ts';
import { RunningReplica } from './running-replica.ts';
import { listShardValues } from '../../render/prometheus/shards.ts';

/** The replicas of this workload, of all shards. */
export const listAsked = ({ facts, view }: Pick<SelectionCase, 'facts' | 'view'>): readonly ReplicaFacts[] =>
  facts.asks.replicas ? facts.askReplicas(view.name, view.object) : [];

/** Those of the shard that was asked about. */
function listReplicas(one: JobCase): readonly ReplicaFacts[] {
  const { shard: wanted } = one.question;
  return listAsked(one).filter(({ shard }) => wanted === undefined || shard === wanted);
}

/** Whether the running replicas have the job, as it is rendered now. */
export function judgeLoaded(one: JobCase): Step {
  const { facts, view } = one;
  if (!facts.asks.replicas) return judgeSeenLoad(facts, view.name);
  return addCondition(judgeAsked(one), view.object);
}

function judgeAsked(one: JobCase): Step {
  const object = one.view.name;
  const replicas = listReplicas(one);
  const asked = replicas.filter(({ config }) => config !== undefined);
  const compared = `job ${one.job.name} in the configuration in force (/api/v1/status/config)`;
  const shared = { object, compared };
  if (asked.length === 0)
    return makeStep('loaded', 'unknown', { reason: 'ReplicaUnreachable', ...shared, found: showProblems(replicas) });
  const written = one.view.printJobs(one.kind, one.monitor);
  return judgeStates(
    asked.map((replica) => compareJob({ ...one, written }, replica)),
    shared,
  );
}

const isThere = (state: LoadedState): boolean => state === 'same' || state === 'listed';

interface ReplicaState {
  readonly name: string;
  readonly state: LoadedState;
  /** Where it differs, if it does. */
  readonly place?: string;
}

/** @param states of the replicas that answered, one at least */
function judgeStates(
  states: readonly ReplicaState[],
  about: { readonly object: ObjectName; readonly compared: string },
): Step {
  const { object } = about;
  const first = states[0]?.name ?? '';
  const shared = {
    ...about,
    counts: { selected: states.filter(({ state }) => isThere(state)).length, total: states.length },
  };
  const log = `kubectl logs ${first} -c config-reloader -n ${object.namespace}`;
  const fixes = [advise(object, `see what keeps it from loading: ${log}`)];
  const find = (wanted: LoadedState): string | undefined => states.find(({ state }) => state === wanted)?.name;
  const missing = find('missing');
  const outdated = states.find(({ state }) => state === 'different');
  if (missing !== undefined)
    return makeStep('loaded', 'fail', { reason: 'NotLoaded', ...shared, found: `${missing} does not have it`, fixes });
  if (states.every(({ state }) => state === 'unreadable'))
    return makeStep('loaded', 'unknown', {
      reason: 'ReplicaUnreachable',
      ...shared,
      found: `the configuration of ${first} cannot be read: another version wrote it`,
    });
  if (outdated !== undefined)
    return makeStep('loaded', 'warn', {
      reason: 'OutdatedConfig',
      ...shared,
      found: `${outdated.name} has another version of it: ${outdated.place ?? ''}`,
      fixes,
    });
  const names = listSome(states.map(({ name }) => name));
  const listed = ' (by its name among the scrape pools: jobs of scrape_config_files are not printed)';
  const found = find('listed') === undefined ? names : `${names}${listed}`;
  return makeStep('loaded', 'pass', { reason: 'Loaded', ...shared, found });
}

/** `listed`: it is there, and Prometheus does not print which version of it. */
type LoadedState = 'same' | 'listed' | 'different' | 'missing' | 'unreadable';

/** As the operator compares them, too (core/loaded): everything that was written, but for the contents of secrets. */
function compareJob(
  { job, view, written }: JobCase & { readonly written: string },
  replica: ReplicaFacts,
): ReplicaState {
  const { name, shard } = replica;
  const running = RunningReplica.of(replica);
  const variables = { ...listShardValues(view.requireWorkload(), shard), POD_NAME: name };
  try {
    const compared = compareNamedJob({ written, variables, name: job.name }, running.config);
    if (compared === undefined)
      return { name, state: running.namesFurtherFiles() ? findPool(running, job.name) : 'missing' };
    return compared.same ? { name, state: 'same' } : { name, state: 'different', place: compared.place };
  } catch (error) {
    if (error instanceof SyntaxError) return { name, state: 'unreadable' };
    throw error;
  }
}

function findPool(replica: RunningReplica, job: string): LoadedState {
  if (replica.facts.pools === undefined) return 'unreadable';
  return replica.hasPool(job) ? 'listed' : 'missing';
}

/** How the last scrapes went. */
export function judgeHealth(one: JobCase): Step {
  const object = one.name;
  if (!one.facts.asks.replicas) return skipUnasked('health', object);
  const replicas = listReplicas(one);
  const asked = replicas.filter(({ targets }) => targets !== undefined);
  if (asked.length === 0)
    return makeStep('health', 'unknown', {
      reason: 'HealthUnknown',
      object,
      compared: 'targets of the replicas (/api/v1/targets)',
      found: showProblems(replicas),
    });
  const wanted = new Set(listUrls(one.candidates));
  const found = asked.flatMap((replica) =>
    RunningReplica.of(replica)
      .listTargets(one.job.name)
      .filter(({ scrapeUrl }) => wanted.has(scrapeUrl)),
  );
  return found.length === 0 ? explainMissing(one, wanted.size) : judgeScrapes(one, found);
}

function explainMissing(one: JobCase, wanted: number): Step {
  return makeStep('health', 'fail', {
    reason: 'TargetsMissing',
    object: one.view.name,
    compared: `${plural(wanted, 'target')} expected in /api/v1/targets`,
    found: 'the replica has none of them: its discovery has not seen them (yet), or may not',
    counts: { selected: 0, total: wanted },
    fixes: [advise(one.view.name, 'look for "failed to list" in the log of Prometheus')],
  });
}

type Scrape = Pick<ReplicaTarget, 'health' | 'lastError' | 'scrapeUrl'>;

const showFailure = (scrape: Scrape | undefined): string => `${scrape?.lastError ?? ''} (${scrape?.scrapeUrl ?? ''})`;

function judgeScrapes(one: JobCase, found: readonly Scrape[]): Step {
  const down = found.filter(({ health }) => health === 'down');
  const up = found.filter(({ health }) => health === 'up').length;
  const compared = `${plural(found.length, 'target')} in /api/v1/targets`;
  const shared = { object: one.name, compared, counts: { selected: up, total: found.length } };
  const [first] = down;
  if (down.length === found.length)
    return makeStep('health', 'fail', {
      reason: 'TargetsDown',
      ...shared,
      at: one.job.endpoint,
      found: `all down: ${showFailure(first)}`,
      fixes: [advise(one.name, `see what answers there: curl ${first?.scrapeUrl ?? ''}`)],
    });
  if (first !== undefined)
    return makeStep('health', 'warn', {
      reason: 'TargetsDown',
      ...shared,
      found: `${up} up, ${down.length} down: ${showFailure(first)}`,
    });
  if (up === 0) return makeStep('health', 'unknown', { reason: 'NotScrapedYet', ...shared, found: 'not scraped yet' });
  return makeStep('health', 'pass', {
    reason: 'TargetsUp',
    ...shared,
    found: up === found.length ? 'all up' : `${up} up`,
  });
}
