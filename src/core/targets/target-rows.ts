import type { LabelSet } from '../relabel/label-set.ts';
import type { PooledDrop, DiscoveredTarget, TargetPool } from './target-pool.ts';
import { buildTargetUrl } from './target-url.ts';
import { describeDrop, traceTarget } from './trace-target.ts';

export const targetStates = ['active', 'dropped', 'failed', 'duplicate'] as const;

/** What became of a discovered target; "duplicate": it came out equal to another of its job and is scraped as that one. */
export type TargetState = (typeof targetStates)[number];

/** One discovered target, for people. */
export interface TargetRow {
  readonly job: string;
  /** What is scraped; of a target that is not, what it would be by the labels that it began with. "" without an address. */
  readonly url: string;
  readonly state: TargetState;
  /** Why it is in that state; "" for a target that is simply scraped. */
  readonly why: string;
  /** The field that asked for the rule that dropped it, where that is known. */
  readonly from: string;
  /** The group that it was found in, such as "pod/shop/cart-0". */
  readonly source: string;
  /** Other jobs that scrape the same URL. */
  readonly overlaps: readonly string[];
}

/** Names the field that asked for a rule of a job; undefined where nobody knows. */
export type RuleNamer = (job: string, rule: number) => string | undefined;

export interface TargetSummary {
  readonly counts: Readonly<Record<TargetState, number>>;
  readonly jobs: number;
  /** Active targets whose URL another job scrapes as well. */
  readonly overlapping: number;
  /** Percentage of discovered targets that give no scrape of their own; 0 when nothing was discovered. */
  readonly waste: number;
}

/** Every discovered target of every pool, in the order of pools; within one active, duplicate, failed and dropped ones. */
export function listTargetRows(
  pools: ReadonlyMap<string, TargetPool>,
  nameRule: RuleNamer = () => undefined,
): TargetRow[] {
  const jobsByUrl = groupByUrl(pools);
  return [...pools].flatMap(([job, pool]) => {
    const findOthers = (url: string): string[] => (jobsByUrl.get(url) ?? []).filter((other) => other !== job);
    return listJobRows(job, pool, { nameRule, findOthers, mostDropped: Number.MAX_SAFE_INTEGER });
  });
}

export interface JobRowsOptions {
  readonly nameRule: RuleNamer;
  /** Other jobs that scrape a URL. */
  readonly findOthers: (url: string) => readonly string[];
  /** So many dropped targets at most. */
  readonly mostDropped: number;
}

/** The discovered targets of one job, in the order of `listTargetRows`. */
export function listJobRows(job: string, pool: TargetPool, options: JobRowsOptions): TargetRow[] {
  const lister = new RowLister(job, pool, options.nameRule);
  return [
    ...lister.listActive(options.findOthers),
    ...lister.listDuplicates(),
    ...lister.listFailed(),
    ...lister.listDropped(options.mostDropped),
  ];
}

/** @param rows as `listTargetRows` gives them. @param jobs number of jobs, those without targets included. */
export function summarizeTargets(rows: readonly TargetRow[], jobs: number): TargetSummary {
  const counts = { active: 0, dropped: 0, failed: 0, duplicate: 0 };
  let overlapping = 0;
  for (const { state, overlaps } of rows) {
    counts[state] += 1;
    if (overlaps.length > 0) overlapping += 1;
  }
  return { counts, jobs, overlapping, waste: measureWaste(counts) };
}

/** Percentage of discovered targets that give no scrape of their own, rounded. */
export function measureWaste({ active, dropped, failed, duplicate }: TargetSummary['counts']): number {
  const all = active + dropped + failed + duplicate;
  return all === 0 ? 0 : Math.round((100 * (all - active)) / all);
}

/** The jobs that scrape each URL. */
export function groupByUrl(pools: ReadonlyMap<string, TargetPool>): ReadonlyMap<string, readonly string[]> {
  const jobs = new Map<string, string[]>();
  for (const [job, pool] of pools) {
    const urls = new Set(pool.list().active.map(({ labels }) => buildTargetUrl(pool.compiled.job, labels)));
    for (const url of urls) {
      const known = jobs.get(url);
      if (known === undefined) jobs.set(url, [job]);
      else known.push(job);
    }
  }
  return jobs;
}

/** Why a rule dropped a target: the rule counted from 1, what was compared with what. */
export function explainDrop(pool: TargetPool, drop: PooledDrop): string {
  const step = traceTarget(pool.compiled, drop).steps[drop.rule];
  const what = step === undefined ? '' : ` ${describeDrop(step)}`;
  return `rule ${drop.rule + 1}${what}`;
}

class RowLister {
  readonly #job: string;
  readonly #pool: TargetPool;
  readonly #nameRule: RuleNamer;

  constructor(job: string, pool: TargetPool, nameRule: RuleNamer) {
    this.#job = job;
    this.#pool = pool;
    this.#nameRule = nameRule;
  }

  listActive(findOthers: (url: string) => readonly string[]): TargetRow[] {
    return this.#pool.list().active.map(({ labels, discovered }) => {
      const url = buildTargetUrl(this.#pool.compiled.job, labels);
      const overlaps = findOthers(url);
      const why = overlaps.length === 0 ? '' : `overlap: also scraped by ${overlaps.join(', ')}`;
      return this.#row(discovered.at(-1), { url, state: 'active', why, overlaps });
    });
  }

  listDuplicates(): TargetRow[] {
    return this.#pool.list().active.flatMap(({ labels, discovered }) => {
      const shown = discovered.at(-1);
      if (shown === undefined || discovered.length === 1) return [];
      const url = buildTargetUrl(this.#pool.compiled.job, labels);
      const why = `duplicate of ${nameTarget(shown)}: same labels after relabelling`;
      return discovered.slice(0, -1).map((one) => this.#row(one, { url, state: 'duplicate', why }));
    });
  }

  listFailed(): TargetRow[] {
    return this.#pool.list().failed.map((one) => {
      const url = this.#urlBefore(one);
      return this.#row(one, { url, state: 'failed', why: one.failure.message });
    });
  }

  listDropped(most: number): TargetRow[] {
    const { dropped } = this.#pool.list();
    return dropped.slice(0, most).map((one) => {
      const from = this.#nameRule(this.#job, one.rule) ?? '';
      return this.#row(one, { url: this.#urlBefore(one), state: 'dropped', why: explainDrop(this.#pool, one), from });
    });
  }

  #row(
    one: DiscoveredTarget | undefined,
    rest: Pick<TargetRow, 'url' | 'state' | 'why'> & Partial<TargetRow>,
  ): TargetRow {
    return { job: this.#job, from: '', overlaps: [], source: one?.group.source ?? '', ...rest };
  }

  /** The URL by the labels before relabelling; "" when they hold no address. */
  #urlBefore(one: DiscoveredTarget): string {
    const labels: LabelSet = this.#pool.describeDiscovered(one);
    return (labels.get('__address__') ?? '') === '' ? '' : buildTargetUrl(this.#pool.compiled.job, labels);
  }
}

/** A discovered target by its group and its place in it. */
const nameTarget = ({ group, index }: DiscoveredTarget): string => `target ${index + 1} of ${group.source}`;
