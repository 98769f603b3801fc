import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { Version } from '../../base/version.ts';
import { createServe, findNode } from '../../core/served/served-groups.ts';
import type { LoadedJob } from '../../core/targets/scrape-job.ts';
import type { PooledTarget, TargetPool } from '../../core/targets/target-pool.ts';
import type { InformerSource } from '../kubernetes/informer-pool.ts';
import { planQuietMs, servedReloadMs } from '../limits.ts';
import { DiscoveryMetrics } from '../metrics.ts';
import { TargetEngine } from '../target-engine.ts';
import { ServedAnswer } from './served-answer.ts';
import type { Answer } from './served-answer.ts';
import { balance } from './balance.ts';
import type { Question } from './question.ts';
import { nameQuestion } from './question.ts';
import { ServedJobs } from './served-jobs.ts';
import type { WorkloadPlan } from './served-jobs.ts';

export interface TargetServiceDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Informers of the cluster. */
  readonly source: InformerSource;
}

type Share = ReturnType<typeof balance>;

/** The workloads of one version of Prometheus: what targets are made of depends on it. */
interface Edition {
  readonly engine: TargetEngine;
  readonly plans: Map<string, WorkloadPlan>;
  /** How targets were dealt out since targets last changed. */
  readonly balanced: Map<string, Share>;
}

interface Remembered {
  readonly answer: ServedAnswer;
  /** What it was made of; undefined: it is from before a restart. */
  readonly from: readonly unknown[] | undefined;
  readonly asOf: number;
}

/**
 * Finds the targets of all workloads whose plans it is told, once, and answers what each shard of each has
 * (docs/adr/0011-discovery-service.md). What is not known yet is never an empty answer: what was answered last stays.
 */
export class TargetService {
  readonly #deps: TargetServiceDeps;
  readonly #editions = new Map<string, Edition>();
  readonly #versions = new Map<string, string>();
  readonly #served = new ServedJobs();
  readonly #last = new Map<string, Remembered>();
  readonly #changed = new Set<string>();
  #isListed = false;
  #timer: Timer | undefined;
  #applying: Promise<void> = Promise.resolve();

  constructor(deps: TargetServiceDeps) {
    this.#deps = deps;
  }

  /** Takes over the plan of a workload, soon. @param plan undefined: it is served no longer. */
  setPlan(workload: string, plan: WorkloadPlan | undefined): void {
    const version = plan?.workload.version;
    const before = this.#versions.get(workload);
    if (before !== undefined && before !== version) this.#drop(before, workload);
    if (plan === undefined) this.#forgetAnswers((name) => name.split('/').slice(3, 6).join('/') === workload);
    if (plan !== undefined && version !== undefined) {
      this.#openEdition(version).plans.set(workload, plan);
      this.#versions.set(workload, version);
      this.#changed.add(version);
    }
    this.#timer ??= this.#deps.clock.schedule(planQuietMs, () => {
      this.#timer = undefined;
      this.#applying = this.#applying.then(() => this.#apply());
    });
  }

  /** All plans that there are have been told of: what is in none is absent. */
  setListed(): void {
    this.#isListed = true;
  }

  /** Milliseconds since 1970 of the state of the cluster that answers show: now, unless a watch fails. */
  get asOf(): number {
    const now = this.#deps.clock.now();
    const failing = this.#deps.source.report().map(({ health }) => health.failingSince ?? now);
    return Math.min(now, ...failing);
  }

  /** The workloads with a plan. */
  listPlans(): ReadonlyMap<string, WorkloadPlan> {
    return new Map([...this.#editions.values()].flatMap(({ plans }) => [...plans]));
  }

  /** The plan of one workload; undefined: it has none. */
  planOf(workload: string): WorkloadPlan | undefined {
    return this.#editions.get(this.#versions.get(workload) ?? '')?.plans.get(workload);
  }

  /** Whether all targets of all plans have been found, once. */
  get isFilled(): boolean {
    if (!this.#isListed || this.#timer !== undefined) return false;
    return [...this.#editions.values()].every(({ engine, plans }) =>
      [...plans.values()].every((plan) => this.#served.list(plan).every(([name]) => engine.isFilled(name))),
    );
  }

  answer(question: Question): Answer {
    const name = nameQuestion(question);
    const known = this.#last.get(name);
    const planned = this.#findPlan(question);
    if (planned === undefined && this.#isListed) return { state: 'absent' };
    const made = planned && this.#make(question, { ...planned, known });
    if (made !== undefined) this.#last.set(name, made);
    const said = made ?? known;
    return said === undefined ? { state: 'filling' } : { state: 'known', answer: said.answer, asOf: said.asOf };
  }

  #findPlan({ workload, job, share }: Question): Omit<AnswerParts, 'known'> | undefined {
    const edition = this.#editions.get(this.#versions.get(workload) ?? '');
    const plan = edition?.plans.get(workload);
    const loaded = plan?.jobs.get(job);
    if (edition === undefined || plan === undefined || loaded === undefined) return undefined;
    return 'node' in share === plan.workload.perNode ? { edition, plan, loaded } : undefined;
  }

  /** What was answered last, for one that is started after this one. */
  *listAnswers(): Generator<readonly [name: string, body: Buffer, asOf: number]> {
    for (const [name, { answer, asOf }] of this.#last) yield [name, answer.body, asOf];
  }

  /** An answer of one that ran before: it is given until there is a newer one. */
  recall(name: string, body: Buffer, asOf: number): void {
    this.#last.set(name, { answer: new ServedAnswer(body), from: undefined, asOf });
  }

  async stop(): Promise<void> {
    this.#timer?.cancel();
    await this.#applying;
    await Promise.all([...this.#editions.values()].map(({ engine }) => engine.stop()));
  }

  #openEdition(version: string): Edition {
    const known = this.#editions.get(version);
    if (known !== undefined) return known;
    const balanced = new Map<string, Share>();
    const engine = new TargetEngine({
      ...this.#deps,
      metrics: new DiscoveryMetrics(),
      version: Version.parse(version),
      findPool: () => this.#deps.source,
      reloadIntervalMs: servedReloadMs,
      throttle: 'backoff',
      onReload: () => balanced.clear(),
    });
    engine.start();
    const edition = { engine, plans: new Map<string, WorkloadPlan>(), balanced };
    this.#editions.set(version, edition);
    return edition;
  }

  #drop(version: string, workload: string): void {
    this.#editions.get(version)?.plans.delete(workload);
    this.#versions.delete(workload);
    this.#changed.add(version);
  }

  /** Never rejects. */
  async #apply(): Promise<void> {
    const versions = [...this.#changed];
    this.#changed.clear();
    for (const version of versions) {
      const edition = this.#editions.get(version);
      if (edition === undefined) continue;
      try {
        const jobs = [...edition.plans.values()].flatMap((plan) => this.#served.list(plan));
        edition.balanced.clear();
        if (edition.plans.size === 0) this.#editions.delete(version);
        await (edition.plans.size === 0 ? edition.engine.stop() : edition.engine.applyJobs(new Map(jobs)));
      } catch (error) {
        this.#deps.logger.error('Cannot take over discovery plans', { version, err: describeError(error) });
      }
    }
    const plans = this.listPlans();
    this.#forgetAnswers((name) => isOfGoneJob(name, plans));
  }

  #forgetAnswers(isGone: (name: string) => boolean): void {
    for (const name of this.#last.keys()) if (isGone(name)) this.#last.delete(name);
  }

  /** Undefined while it is not known. */
  #make(
    { form, workload: key, share }: Question,
    { edition, plan, loaded, known }: AnswerParts,
  ): Remembered | undefined {
    if ('shard' in share && share.shard >= plan.workload.shards.length) return this.#remember(known, [], () => []);
    const planned = { workload: plan.workload, loaded };
    const run = this.#served.findRun(share, planned) ?? '';
    const pool = edition.engine.findPool(run);
    if (pool === undefined || !edition.engine.isFilled(run)) return undefined;
    const contents = pool.list();
    if ('node' in share)
      return this.#remember(known, [contents], () => this.#serve(pool, form, (one) => findNode(one) === share.node));
    const isEven = this.#served.isEven(planned);
    // Its rules would drop what is dealt out otherwise.
    if (isEven && form === 'kept') return undefined;
    if (!isEven) return this.#remember(known, [contents], () => this.#serve(pool, form));
    const isOf = this.#balance(key, plan, edition);
    if (isOf === undefined) return undefined;
    return this.#remember(known, [contents, isOf], () =>
      this.#serve(pool, form, (one) => isOf(one, loaded, share.shard)),
    );
  }

  #serve(pool: TargetPool, form: Question['form'], isOwn: (one: PooledTarget) => boolean = () => true): unknown[] {
    return pool
      .list()
      .active.filter((one) => isOwn(one))
      .map(createServe(form, pool));
  }

  #remember(known: Remembered | undefined, from: readonly unknown[], list: () => unknown[]): Remembered {
    const { asOf } = this;
    const isSame = known?.from?.length === from.length && known.from.every((one, at) => one === from[at]);
    if (known !== undefined && isSame) return { ...known, asOf };
    return { answer: new ServedAnswer(JSON.stringify(list())), from, asOf };
  }

  #balance(key: string, plan: WorkloadPlan, { engine, balanced }: Edition): Share | undefined {
    const known = balanced.get(key);
    if (known !== undefined) return known;
    const { workload } = plan;
    const even = [...plan.jobs.values()].filter((loaded) => this.#served.isEven({ workload, loaded }));
    const pools = even.flatMap((loaded) => {
      const run = this.#served.findRun({ shard: 0 }, { workload, loaded }) ?? '';
      const pool = engine.findPool(run);
      return pool === undefined || !engine.isFilled(run) ? [] : [{ pool, loaded }];
    });
    if (pools.length < even.length) return undefined;
    const made = balance(pools, workload.shards.length);
    balanced.set(key, made);
    return made;
  }
}

interface AnswerParts {
  readonly edition: Edition;
  readonly plan: WorkloadPlan;
  readonly loaded: LoadedJob;
  readonly known: Remembered | undefined;
}

/** Whether the plan of an answer's workload has its job no more. */
function isOfGoneJob(name: string, plans: ReadonlyMap<string, WorkloadPlan>): boolean {
  const parts = name.split('/');
  const plan = plans.get(parts.slice(3, 6).join('/'));
  return plan !== undefined && !plan.jobs.has(parts.slice(9).join('/'));
}
