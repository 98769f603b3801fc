import { groupBy } from '../../base/group-by.ts';
import { leastSparedTargets, mostOwnWatches, sparedShare } from '../limits.ts';
import type { LoadedJob } from './scrape-job.ts';
import type { PoolContents, TargetPool } from './target-pool.ts';

/** What one job discovers, and what becomes of it. */
export interface MeasuredJob {
  readonly jobName: string;
  /** Jobs with an equal one share a list and a watch in Prometheus, whose discovery manager compares configurations. */
  readonly block: string;
  /** Discovered targets, each relabelled at every update. */
  readonly found: number;
  readonly kept: number;
  /** Of those found, what a selector of the API server would not send: it is dropped for labels of its Pod or Service. */
  readonly spared: number;
  /** Whether the selector of the monitor may be the API server's: it is one of Pods or Services, and is not yet. */
  readonly isSelectable: boolean;
}

/** Jobs that share one discovery. */
export interface SharedBlock extends Pick<MeasuredJob, 'found' | 'kept' | 'spared'> {
  readonly jobs: readonly string[];
  /**
   * `share`: one watch for all, each job relabels everything. `select`: with `selectorMechanism: RoleSelector` each would have a watch of its
   * own, and little else than what it keeps.
   */
  readonly advice: 'share' | 'select';
}

/**
 * Whether jobs should go on to share their discovery, by what was measured: selectors are better where nearly all that is
 * relabelled would not be sent then, where that is much, and where the API server gets few watches for it.
 */
export function judgeSharing(jobs: readonly MeasuredJob[]): SharedBlock[] {
  return [...groupBy(jobs, ({ block }) => block).values()].map((members) => {
    const sum = (of: 'found' | 'kept' | 'spared'): number => members.reduce((total, job) => total + job[of], 0);
    const [found, kept, spared] = [sum('found'), sum('kept'), sum('spared')];
    const isWorth = spared >= leastSparedTargets && spared >= sparedShare * found;
    const isPossible = members.length <= mostOwnWatches && members.every(({ isSelectable }) => isSelectable);
    const advice = isWorth && isPossible ? 'select' : 'share';
    return { jobs: members.map(({ jobName }) => jobName), found, kept, spared, advice };
  });
}

/** Measures jobs; those whose targets have not changed are not counted again. */
export class JobMeter {
  readonly #spared = new WeakMap<PoolContents, number>();
  readonly #blocks = new WeakMap<LoadedJob, string>();

  measure(loaded: LoadedJob, pool: TargetPool): MeasuredJob {
    const contents = pool.list();
    const { active, dropped, failed } = contents;
    const discovered = active.reduce((sum, one) => sum + one.discovered.length, 0);
    const spared = this.#spared.get(contents) ?? countSpared(contents, pool);
    const block = this.#blocks.get(loaded) ?? JSON.stringify(loaded.discovery);
    this.#spared.set(contents, spared);
    this.#blocks.set(loaded, block);
    const { jobName } = loaded.job;
    const found = discovered + dropped.length + failed.length;
    return { jobName, block, found, kept: active.length, spared, isSelectable: isSelectable(loaded) };
  }
}

function isSelectable({ job, discovery }: LoadedJob): boolean {
  const [config, ...others] = discovery;
  const isOfMonitor = /^(?:serviceMonitor|podMonitor)\//.test(job.jobName);
  return isOfMonitor && others.length === 0 && config?.mechanism === 'kubernetes' && config.selectors.length === 0;
}

/** Labels of the object that the selector of a monitor is about (docs/reference/rendering.md 2.2, 2.3). */
const selectedLabel = /^__meta_kubernetes_(?:pod|service)_label(?:present)?_/;

function countSpared({ dropped }: PoolContents, { compiled }: TargetPool): number {
  const bySelector = compiled.rules.map(
    ({ rule: { sourceLabels } }) => sourceLabels.length > 0 && sourceLabels.every((name) => selectedLabel.test(name)),
  );
  return dropped.filter(({ rule }) => bySelector[rule] === true).length;
}

/** What to do about jobs for which selectors are better; for people. */
export function describeSharing({ jobs: [first = '', ...others], found, kept }: SharedBlock): string {
  const what = others.length === 0 ? `job ${first} discovers` : `job ${first} and ${others.length} more discover`;
  return `${what} ${found} targets and ${others.length === 0 ? 'keeps' : 'keep'} ${kept}: with selectorMechanism: RoleSelector the API server would send little else than these`;
}
