import type { LabelSet } from '../core/relabel/label-set.ts';
import type { TargetGroup } from '../core/targets/target-group.ts';
import { rememberedChanges } from './limits.ts';

/**
 * The groups of one provider by source, with a memory of what changed: readers that come back pay for the changes alone.
 * A group without targets is not kept (docs/reference/discovery.md 1.5), one equal to what is there is no change.
 */
export class GroupStore {
  readonly #groups = new Map<string, TargetGroup>();
  /** Sources in the order of their changes; the first is change number `#forgotten`. */
  #changes: string[] = [];
  #forgotten = 0;
  #targets = 0;

  /** Number of changes so far. */
  get revision(): number {
    return this.#forgotten + this.#changes.length;
  }

  /** Number of targets in all groups. */
  get targetCount(): number {
    return this.#targets;
  }

  get groups(): ReadonlyMap<string, TargetGroup> {
    return this.#groups;
  }

  /** True when something changed. */
  apply(groups: readonly TargetGroup[]): boolean {
    const before = this.revision;
    for (const group of groups) this.#put(group);
    this.#forget();
    return this.revision !== before;
  }

  /** Sources that changed after that revision, or undefined when that is not remembered: take all. */
  changesSince(revision: number): ReadonlySet<string> | undefined {
    if (revision < this.#forgotten) return undefined;
    return new Set(this.#changes.slice(revision - this.#forgotten));
  }

  #put(group: TargetGroup): void {
    const { source, targets } = group;
    const previous = this.#groups.get(source);
    if (previous === undefined ? targets.length === 0 : isEqualGroup(previous, group)) return;
    this.#targets += targets.length - (previous?.targets.length ?? 0);
    if (targets.length === 0) this.#groups.delete(source);
    else this.#groups.set(source, group);
    this.#changes.push(source);
  }

  #forget(): void {
    const excess = this.#changes.length - 2 * (this.#groups.size + rememberedChanges);
    if (excess <= 0) return;
    const dropped = Math.ceil(this.#changes.length / 2);
    this.#changes = this.#changes.slice(dropped);
    this.#forgotten += dropped;
  }
}

function isEqualGroup(a: TargetGroup, b: TargetGroup): boolean {
  if (a.targets.length !== b.targets.length || !isEqualSet(a.labels, b.labels)) return false;
  return a.targets.every((target, index) => isEqualSet(target, b.targets[index] ?? target));
}

function isEqualSet(a: LabelSet, b: LabelSet): boolean {
  if (a === b) return true;
  const [first, second] = [a.pairs, b.pairs];
  return first.length === second.length && first.every((text, index) => text === second[index]);
}
