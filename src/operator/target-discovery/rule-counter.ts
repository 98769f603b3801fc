import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { countSelectors } from '../../core/rule-series/count-selectors.ts';
import type { PoolView, ScrapedInput } from '../../core/rule-series/series-sources.ts';
import type { VerdictCounts } from '../../core/series/judge-expression.ts';
import type { TargetPool } from '../../core/targets/target-pool.ts';
import type { Turns } from '../../runtime/turns.ts';
import { rulesCountedMs } from '../limits.ts';
import { isOwn } from './runnable-jobs.ts';
import type { ObservedScraping, TargetObserver } from './target-observer.ts';

export interface RuleCounterDeps {
  readonly clock: Clock;
  readonly turns: Turns;
  readonly logger: Logger;
  readonly observer: Pick<TargetObserver, 'listScraping' | 'listRefused'>;
}

/** The selectors of the rules of one Prometheus. */
export interface CountedRules {
  readonly kind: string;
  readonly key: string;
  readonly counts: VerdictCounts;
}

interface Counted extends CountedRules {
  /** What it was counted by: the same objects, the same counts. */
  readonly seen: readonly unknown[];
}

/**
 * Counts the selectors of rules that the targets found can fulfil, cannot, or may. A workload is counted anew when its rules, its
 * jobs or its targets have changed, every `rulesCountedMs` at most, and in turns.
 */
export class RuleCounter {
  readonly #deps: RuleCounterDeps;
  #counted: ReadonlyMap<string, Counted> = new Map();
  #timer: Timer | undefined;
  #stopped = false;

  constructor(deps: RuleCounterDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = this.#deps.clock.schedule(rulesCountedMs, () => void this.#countAll());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  list(): readonly CountedRules[] {
    return [...this.#counted.values()];
  }

  /** Never rejects. */
  async #countAll(): Promise<void> {
    const counted = new Map<string, Counted>();
    for (const one of this.#deps.observer.listScraping()) {
      const found = await this.#count(one);
      if (found !== undefined) counted.set(nameOf(one), found);
      if (this.#stopped) return;
    }
    this.#counted = counted;
    this.start();
  }

  async #count(one: ObservedScraping): Promise<Counted | undefined> {
    const { kind, key, desired, pools } = one;
    const refused = this.#deps.observer.listRefused().length > 0;
    const known = this.#counted.get(nameOf(one));
    const seen = [desired, refused, ...[...pools.values()].map((pool) => pool.list())];
    if (known !== undefined && isSame(known.seen, seen)) return known;
    try {
      const input = readInput(one, refused);
      if (input === undefined) return known;
      return { kind, key, seen, counts: await this.#deps.turns.run(countSelectors(input)) };
    } catch (error) {
      this.#deps.logger.warn('Cannot count selectors of rules', { workload: nameOf(one), err: describeError(error) });
      return undefined;
    }
  }
}

const nameOf = ({ kind, key }: Pick<CountedRules, 'kind' | 'key'>): string => `${kind} ${key}`;

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, at) => part === other[at]);

/** Undefined for agents, which have no rules, and while the targets of a job are not looked for yet. */
function readInput({ desired, jobs, pools }: ObservedScraping, refused: boolean): ScrapedInput | undefined {
  const { workload, rules } = desired;
  const { server: spec, owner } = workload;
  if (spec === undefined) return undefined;
  const views = jobs.flatMap(({ job: { jobName } }) => {
    const pool = pools.get(jobName);
    return pool === undefined ? [] : [[jobName, freeze(pool)] as const];
  });
  if (views.length < jobs.length) return undefined;
  const skipped = jobs.flatMap(({ job, discovery }) =>
    discovery
      .filter((config) => !isOwn(config))
      .map((config) => ({ jobName: job.jobName, config, reason: 'It is not discovered by the operator' })),
  );
  return {
    ...{ spec, namespace: owner.metadata.namespace, jobs, rules: rules.selected },
    targets: { pools: new Map(views), skipped },
    // What has no targets may not be discovered yet.
    isOffline: true,
    unread: refused ? 'some of what targets are discovered from may not be read' : undefined,
  };
}

/** As it is now: counting rests, and goes on with the same. */
function freeze(pool: TargetPool): PoolView {
  const contents = pool.list();
  return {
    compiled: pool.compiled,
    list: () => contents,
    describeDiscovered: (target) => pool.describeDiscovered(target),
  };
}
