import { createSystemClock, createTimeoutSignal, sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { listTargetRows, summarizeTargets } from '../../core/targets/target-rows.ts';
import { openCluster } from '../cluster/connect.ts';
import type { Cluster } from '../cluster/connect.ts';
import type { Io } from '../io.ts';
import { noteSharing } from './note-sharing.ts';
import { LiveTargets, meansOwnCluster } from './live-targets.ts';
import { planConfig, planFromCluster } from './open-plan.ts';
import type { TargetPlan } from './target-plan.ts';
import type { FoundTargets } from './target-formats.ts';
import { describeSummary, isShown } from './target-formats.ts';
import type { TargetsRequest } from './targets-request.ts';
import { TargetChanges, describeChange } from './watch.ts';
import { clusterCheckMs, fileCheckMs, shownReloadMs } from '../limits.ts';

/** Makes the plan anew, as things are now. */
type Replan = () => Promise<TargetPlan>;

interface Session {
  readonly plan: TargetPlan;
  readonly replan: Replan;
  readonly replanMs: number;
  readonly cluster: Cluster | undefined;
}

/** Finds the targets that there are now. @throws {ExitError} when the cluster is away or discovery takes too long. */
export function findLive(request: TargetsRequest, io: Io): Promise<FoundTargets> {
  return withSession(request, io, async ({ plan, cluster }) => {
    const live = new LiveTargets({ plan, cluster, reloadIntervalMs: shownReloadMs });
    try {
      await live.start();
      await live.settle(request.timeoutMs, io.signal);
      return {
        pools: live.pools,
        nameRule: plan.nameRule,
        notes: [...plan.notes, ...live.notes, ...noteSharing(plan.jobs, live.pools)],
        samples: live.listSamples(),
      };
    } finally {
      await live.stop();
    }
  });
}

/** Prints the targets that there are, then each change as it comes. Resolves when `io.signal` is aborted. */
export function watchLive(request: TargetsRequest, io: Io): Promise<void> {
  return withSession(request, io, (session) => new TargetWatch(request, io, session).run());
}

async function withSession<T>(request: TargetsRequest, io: Io, work: (session: Session) => Promise<T>): Promise<T> {
  const { config } = request.flags;
  let cluster: Cluster | undefined;
  try {
    if (config !== undefined) {
      const replan: Replan = () => Promise.resolve(planConfig(request, config, cluster?.namespace));
      const first = await replan();
      if (needsCluster(first)) cluster = await openCluster(request.flags, io);
      return await work({ plan: await replan(), replan, replanMs: fileCheckMs, cluster });
    }
    const opened = await openCluster(request.flags, io);
    cluster = opened;
    const replan: Replan = () => planFromCluster(request, opened, readDeadline(request, io));
    return await work({ plan: await replan(), replan, replanMs: clusterCheckMs, cluster });
  } finally {
    await cluster?.client.close();
  }
}

const readDeadline = ({ timeoutMs }: TargetsRequest, { signal }: Io): AbortSignal =>
  AbortSignal.any([signal, createTimeoutSignal(timeoutMs)]);

function needsCluster({ jobs }: TargetPlan): boolean {
  const configs = jobs.flatMap(({ discovery }) => discovery);
  return configs.some((config) => config.mechanism === 'kubernetes' && meansOwnCluster(config));
}

class TargetWatch {
  readonly #request: TargetsRequest;
  readonly #io: Io;
  readonly #session: Session;
  readonly #live: LiveTargets;
  readonly #changes = new TargetChanges();
  readonly #said = new Set<string>();
  #plan: TargetPlan;
  #hasSettled = false;

  constructor(request: TargetsRequest, io: Io, session: Session) {
    this.#request = request;
    this.#io = io;
    this.#session = session;
    this.#plan = session.plan;
    const { plan, cluster } = session;
    this.#live = new LiveTargets({ plan, cluster, reloadIntervalMs: shownReloadMs, onReload: () => this.#show() });
  }

  async run(): Promise<void> {
    const { signal } = this.#io;
    try {
      await this.#live.start();
      await this.#live.settle(this.#request.timeoutMs, signal);
      this.#hasSettled = true;
      this.#show();
      await this.#follow();
    } catch (error) {
      // Ctrl-C is how watching ends.
      if (!signal.aborted) throw error;
    } finally {
      await this.#live.stop();
    }
  }

  /** Takes over the configuration as it changes; one that cannot be used leaves the last good one in place. */
  async #follow(): Promise<void> {
    const clock = createSystemClock();
    for (;;) {
      await sleep(clock, this.#session.replanMs, this.#io.signal);
      try {
        const plan = await this.#session.replan();
        this.#plan = plan;
        await this.#live.apply(plan);
      } catch (error) {
        this.#io.signal.throwIfAborted();
        this.#say(`${describeError(error)}; the last good configuration stays`);
      }
    }
  }

  /** Nothing is shown before discovery is complete: targets of the first moment would come and go. */
  #show(): void {
    if (!this.#hasSettled) return;
    const { flags, filter } = this.#request;
    const rows = listTargetRows(this.#live.pools, this.#plan.nameRule);
    const changes = this.#changes.take(rows.filter((row) => isShown(row, filter)));
    const isJson = flags.output === 'json';
    const lines = changes.map((change) => (isJson ? `${JSON.stringify(change)}\n` : describeChange(change)));
    if (lines.length > 0) this.#io.stdout(lines.join(''));
    if (lines.length > 0 && !isJson)
      this.#io.stdout(`${describeSummary(summarizeTargets(rows, this.#live.pools.size))}\n`);
    for (const note of [...this.#plan.notes, ...this.#live.notes]) this.#say(note);
  }

  #say(note: string): void {
    if (this.#said.has(note)) return;
    this.#said.add(note);
    this.#io.stderr(`stoker: ${note}\n`);
  }
}
