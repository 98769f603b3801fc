import { buildTarget, createLabelBuilder } from './build-target.ts';
import { LabelSet } from '../relabel/label-set.ts';
import type { ActiveTarget, FailedTarget, TargetOutcome } from './build-target.ts';
import type { CompiledJob } from './scrape-job.ts';
import type { TargetGroup } from './target-group.ts';

/** A target as it was discovered: a group and a position in it. */
export interface DiscoveredTarget {
  readonly group: TargetGroup;
  readonly index: number;
}

/** One target that is scraped, and every discovered target that came to it: the last of them is shown by Prometheus. */
export interface PooledTarget {
  readonly labels: LabelSet;
  readonly discovered: readonly DiscoveredTarget[];
}

export interface PooledDrop extends DiscoveredTarget {
  /** Index of the relabelling rule that dropped it. */
  readonly rule: number;
}

export interface PooledFailure extends DiscoveredTarget {
  readonly failure: FailedTarget;
}

/** What a job makes of all its groups. */
export interface PoolContents {
  readonly active: readonly PooledTarget[];
  /** All of them; Prometheus lists `keepDroppedTargets` of them. */
  readonly dropped: readonly PooledDrop[];
  /** Prometheus logs these and shows them nowhere. */
  readonly failed: readonly PooledFailure[];
}

/** Stands in no label value, as it is no text of UTF-8. */
const separator = '\ud800';

/** As TargetOutcome, but an active target is its labels alone: there are many. */
type StoredOutcome = LabelSet | Exclude<TargetOutcome, ActiveTarget>;

interface BuiltGroup {
  readonly group: TargetGroup;
  readonly outcomes: readonly StoredOutcome[];
}

/**
 * The targets of one job. Cost follows the change: a group is relabelled when it comes, and never again until another
 * takes its place; the lists are put together when somebody asks.
 *
 * Groups come from origins (providers): within one, sources are unique. An origin is known by its identity.
 */
export class TargetPool {
  readonly compiled: CompiledJob;
  readonly #origins = new Map<object, Map<string, BuiltGroup>>();
  #contents: PoolContents | undefined;
  #discovered = 0;
  #failed = 0;

  constructor(compiled: CompiledJob) {
    this.compiled = compiled;
  }

  /** Number of targets in all groups, before relabelling. */
  get discoveredCount(): number {
    return this.#discovered;
  }

  /** Number of targets that could not be built. */
  get failedCount(): number {
    return this.#failed;
  }

  /** Puts a group in the place of the one with the same source, or takes that away. */
  set(origin: object, source: string, group: TargetGroup | undefined): void {
    const groups = this.#groupsOf(origin);
    const previous = groups.get(source);
    if (previous?.group === group) return;
    this.#contents = undefined;
    this.#discovered += (group?.targets.length ?? 0) - (previous?.group.targets.length ?? 0);
    this.#failed -= previous === undefined ? 0 : countFailed(previous);
    if (group === undefined || group.targets.length === 0) {
      groups.delete(source);
      return;
    }
    const built = { group, outcomes: this.#build(group) };
    this.#failed += countFailed(built);
    groups.set(source, built);
  }

  /** Makes an origin have exactly these groups, by source; those that are the same objects as before cost nothing. */
  replace(origin: object, groups: ReadonlyMap<string, TargetGroup>): void {
    for (const source of this.#groupsOf(origin).keys()) if (!groups.has(source)) this.set(origin, source, undefined);
    for (const [source, group] of groups) this.set(origin, source, group);
  }

  /** Takes all groups of an origin away. */
  forgetOrigin(origin: object): void {
    this.replace(origin, new Map());
    this.#origins.delete(origin);
  }

  #build(group: TargetGroup): StoredOutcome[] {
    return group.targets.map((target) => {
      const outcome = buildTarget(this.compiled, group, target);
      return outcome.kind === 'active' ? outcome.labels : outcome;
    });
  }

  #groupsOf(origin: object): Map<string, BuiltGroup> {
    const known = this.#origins.get(origin) ?? new Map<string, BuiltGroup>();
    this.#origins.set(origin, known);
    return known;
  }

  /** The lists; the same object until a group changes. */
  list(): PoolContents {
    this.#contents ??= collect([...this.#origins.values()].flatMap((groups) => [...groups.values()]));
    return this.#contents;
  }

  /** More unique targets than the job allows: each of their scrapes fails. */
  get exceedsTargetLimit(): boolean {
    const { targetLimit } = this.compiled.job;
    return targetLimit > 0 && this.list().active.length > targetLimit;
  }

  /** The labels before relabelling, as the API shows them. */
  describeDiscovered({ group, index }: DiscoveredTarget): LabelSet {
    const target = group.targets[index];
    if (target === undefined) throw new RangeError(`Group ${group.source} has no target ${index}`);
    return createLabelBuilder(this.compiled, group, target).toLabelSet();
  }
}

const countFailed = ({ outcomes }: BuiltGroup): number =>
  outcomes.reduce((sum, outcome) => (outcome instanceof LabelSet || outcome.kind === 'dropped' ? sum : sum + 1), 0);

function collect(groups: Iterable<BuiltGroup>): PoolContents {
  const active = new Map<string, { labels: LabelSet; discovered: DiscoveredTarget[] }>();
  const dropped: PooledDrop[] = [];
  const failed: PooledFailure[] = [];
  const put = (one: DiscoveredTarget, labels: LabelSet): void => {
    // All labels of a job's targets are built over the same defaults: what is their own tells them apart.
    const key = labels.ownPairs.join(separator);
    const known = active.get(key);
    if (known === undefined) active.set(key, { labels, discovered: [one] });
    else known.discovered.push(one);
  };
  for (const { group, outcomes } of groups) {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome instanceof LabelSet) put({ group, index }, outcome);
      else if (outcome.kind === 'dropped') dropped.push({ group, index, rule: outcome.rule });
      else failed.push({ group, index, failure: outcome });
    }
  }
  return { active: [...active.values()], dropped, failed };
}
