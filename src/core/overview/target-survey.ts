import { listSome } from '../../base/list-some.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { describeRuleOrigin } from '../desired/job-origins.ts';
import type { ExplainFacts, Premises, ReplicaTarget } from '../explain/facts.ts';
import { Inquiry } from '../explain/inquiry.ts';
import { RunningReplica } from '../explain/links/running-replica.ts';
import type { ObjectName } from '../explain/model.ts';
import { showName, showObject } from '../explain/model.ts';
import { isLookedAfter } from '../explain/operator-scope.ts';
import type { Answers, OpenQuestions } from '../explain/questions.ts';
import { openWorkloads } from '../explain/workload-view.ts';
import type { WorkloadView } from '../explain/workload-view.ts';
import { fewestDroppedRows, mostDroppedOfJob, mostDroppedRows } from '../limits.ts';
import { monitorKinds } from '../monitor.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import { describeRefusals } from '../refusal.ts';
import { listJobRows } from '../targets/target-rows.ts';
import type { RuleNamer, TargetRow } from '../targets/target-rows.ts';
import { askForObjects } from './survey.ts';

/** One discovered target of one workload. All of it is plain JSON. */
export interface SurveyedTarget extends TargetRow {
  readonly workload: ObjectName;
  /** Absent: a job that a Secret holds. */
  readonly monitor?: ObjectName;
  /** "up" or "down", as the replicas say that scrape it; absent where none was asked, or none has scraped it. */
  readonly health?: string;
  /** Of the object that it was found in; "" for one in no namespace, absent where it was found in none. */
  readonly namespace?: string;
}

/** Dropped targets that are not listed one by one. */
export interface UnlistedTargets extends Pick<SurveyedTarget, 'workload' | 'monitor'> {
  readonly dropped: number;
}

/** What `stoker targets` says of every workload. */
export interface SurveyedTargets {
  /** In the order of workloads and their jobs; within a job active, duplicate, failed and dropped ones. */
  readonly rows: readonly SurveyedTarget[];
  readonly unlisted: readonly UnlistedTargets[];
  /** What could not be read or discovered. */
  readonly notes: readonly string[];
}

/** Targets, or what must be known first. */
export type TargetsOutcome = { readonly targets: SurveyedTargets } | { readonly open: OpenQuestions };

interface Ground {
  readonly inquiry: Inquiry;
  readonly facts: ExplainFacts;
  readonly views: readonly WorkloadView[];
}

/**
 * The targets of all workloads, worked out in as many passes as there are rounds of questions. Pools are made job by job, and rows alone
 * are kept: all active, duplicate and failed targets, and so many of the dropped ones as are worth reading.
 */
export class TargetSurvey {
  readonly #premises: Premises;
  #ground: Ground | undefined;

  constructor(premises: Premises) {
    this.#premises = premises;
  }

  *run(answers: Answers): Interruptible<TargetsOutcome> {
    const inquiry = this.#ground?.inquiry ?? new Inquiry(answers);
    inquiry.forget();
    const targets = yield* inquiry.attempt(this.#listFrom(inquiry));
    return targets === undefined ? { open: inquiry.open } : { targets };
  }

  *#listFrom(inquiry: Inquiry): Interruptible<SurveyedTargets | undefined> {
    this.#ground ??= yield* openGround(inquiry, this.#premises);
    if (this.#ground === undefined) return undefined;
    // Replicas of all are asked at once.
    for (const view of this.#ground.views) listAsked(view);
    return inquiry.isComplete ? yield* listAll(this.#ground) : undefined;
  }
}

function* openGround(inquiry: Inquiry, premises: Premises): Interruptible<Ground | undefined> {
  const facts = inquiry.openFacts(premises);
  askForObjects(facts);
  if (facts.hasOpen()) return undefined;
  const all = openWorkloads(facts);
  const views = all.filter(({ name, object }) => isLookedAfter(facts.scope, name.kind, object));
  for (const view of views) yield* view.prepare();
  if (facts.hasOpen()) return undefined;
  for (const view of views) yield* view.openAll();
  return facts.hasOpen() ? undefined : { inquiry, facts, views };
}

const listAsked = ({ facts, name, object }: WorkloadView): readonly RunningReplica[] =>
  facts.asks.replicas ? facts.askReplicas(name, object).map((one) => RunningReplica.of(one)) : [];

function* listAll({ facts, views }: Ground): Interruptible<SurveyedTargets> {
  const found: Found = { rows: [], unlisted: [], notes: [], left: mostDroppedRows };
  for (const view of views) {
    const problem = view.findProblem();
    if (problem === undefined) yield* listOfWorkload(view, found);
    else found.notes.push(`${showObject(view.name)} cannot be rendered: ${problem.message}`);
  }
  const { rows, unlisted, notes } = found;
  return { rows, unlisted, notes: [...describeRefusals(facts.listUnread()), ...notes] };
}

interface Found {
  readonly rows: SurveyedTarget[];
  readonly unlisted: UnlistedTargets[];
  readonly notes: string[];
  /** Dropped targets that may still be listed. */
  left: number;
}

function* listOfWorkload(view: WorkloadView, found: Found): Interruptible<void> {
  const jobs = view.listFound();
  const monitors = indexMonitors(view);
  const replicas = listAsked(view);
  for (const { job } of view.loadAllJobs()) {
    const pool = jobs.get(job.jobName);
    if (pool === undefined) continue;
    const from = monitors.get(job.jobName.replace(/\/\d+$/, '')) ?? monitors.get(job.jobName);
    const { dropped } = pool.list();
    const mostDropped = Math.max(fewestDroppedRows, Math.min(dropped.length, found.left, mostDroppedOfJob));
    const rows = listJobRows(job.jobName, pool, {
      nameRule: nameRules(view, from),
      findOthers: (url) => (jobs.urls.jobs.get(url) ?? []).filter((other) => other !== job.jobName),
      mostDropped,
    });
    found.left -= Math.min(dropped.length, mostDropped);
    const whose = { workload: view.name, ...(from === undefined ? {} : { monitor: from.name }) };
    const health = readHealth(replicas, job.jobName);
    for (const row of rows) found.rows.push({ ...row, ...whose, ...placeOf(row), ...health(row) });
    if (dropped.length > mostDropped) found.unlisted.push({ ...whose, dropped: dropped.length - mostDropped });
    yield;
  }
  const skipped = jobs.skipped.map(({ jobName, reason }) => `job ${jobName}: ${reason}`);
  if (skipped.length > 0) found.notes.push(`${showObject(view.name)}: ${listSome(skipped, 3, '; ')}`);
}

interface JobMonitor {
  readonly kind: MonitorKind;
  readonly monitor: Monitor;
  readonly name: ObjectName;
}

/** By what the names of their jobs begin with. */
function indexMonitors(view: WorkloadView): Map<string, JobMonitor> {
  const selected = view.listSelected();
  const entries = monitorKinds.flatMap((kind) =>
    selected[kind].map((monitor): [string, JobMonitor] => {
      const { namespace = '', name = '' } = monitor.metadata;
      const prefix = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}/${namespace}/${name}`;
      return [prefix, { kind, monitor, name: { kind, namespace, name } }];
    }),
  );
  return new Map(entries);
}

/** The jobs of the monitor are rendered once more where a rule has dropped something. */
function nameRules(view: WorkloadView, from: JobMonitor | undefined): RuleNamer {
  if (from === undefined) return () => undefined;
  const { kind, monitor, name } = from;
  let jobs: ReturnType<WorkloadView['listJobs']> | undefined;
  return (job, rule) => {
    jobs ??= view.listJobs(kind, monitor);
    const rules = jobs.find((one) => one.name === job)?.origins ?? [];
    return describeRuleOrigin({ kind, key: showName(name), rules }, rule, showObject(view.name));
  };
}

/** The worst that a replica says of a target. */
function readHealth(
  replicas: readonly RunningReplica[],
  job: string,
): (row: TargetRow) => Pick<SurveyedTarget, 'health'> {
  const byUrl = new Map<string, ReplicaTarget>();
  for (const target of replicas.flatMap((replica) => replica.listTargets(job)))
    if (byUrl.get(target.scrapeUrl)?.health !== 'down') byUrl.set(target.scrapeUrl, target);
  return ({ state, url, why }) => {
    const known = state === 'active' ? byUrl.get(url) : undefined;
    if (known === undefined || known.health === 'unknown') return {};
    return known.lastError === '' || why !== ''
      ? { health: known.health }
      : { health: known.health, why: known.lastError };
  };
}

/** "pod/shop/cart-0" was found in namespace "shop", "node/a" in none, "0" is a group that a monitor lists itself. */
function placeOf({ source }: TargetRow): Pick<SurveyedTarget, 'namespace'> {
  const [kind, namespace, name] = source.split('/');
  if (kind === 'node') return { namespace: '' };
  return namespace === undefined || name === undefined ? {} : { namespace };
}
