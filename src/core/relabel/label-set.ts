const nothing: readonly string[] = [];
const noSets: readonly LabelSource[] = [];

/** Labels that can be read by name and written out; a LabelSet, or something that finds them elsewhere. */
export interface LabelSource {
  get(name: string): string | undefined;
  /** Sets all labels in `labels`, over what is there. */
  writeTo(labels: Map<string, string>): void;
  /** As `writeTo`, but only names that do not begin with `__meta_`: what may be left of them on a target. */
  writePlainTo(labels: Map<string, string>): void;
}

/** A copy without the room to grow that an array keeps from its making: there are hundreds of thousands of them. */
function shrink<T>(list: readonly T[]): readonly T[] {
  return list.slice();
}

/**
 * Labels that no longer change. Kept as flat pairs (name, value, name, value …), which takes a third of the memory of a
 * map and, at the sizes of targets, is as fast; pairs that many sets have in common (a pod's, a node's) are shared.
 * A value may be "": it hides the same name of a weaker set.
 */
export class LabelSet implements LabelSource {
  static readonly empty: LabelSet = new LabelSet(nothing, noSets);

  readonly #own: readonly string[];
  readonly #weaker: readonly LabelSource[];
  #plain: readonly string[] | undefined;

  private constructor(own: readonly string[], weaker: readonly LabelSource[]) {
    this.#own = own;
    this.#weaker = weaker;
  }

  static from(labels: Readonly<Record<string, string>>): LabelSet {
    return LabelSet.ofPairs(Object.entries(labels).flat());
  }

  static fromMap(labels: ReadonlyMap<string, string>): LabelSet {
    return labels.size === 0 ? LabelSet.empty : new LabelSet(flatten(labels), noSets);
  }

  /** The labels with those names, in their order. */
  static fromNames(names: readonly string[], labels: ReadonlyMap<string, string>): LabelSet {
    // As long as it will be: arrays that grow take half as much memory again.
    const pairs = new Array<string>(names.length * 2);
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] ?? '';
      pairs[2 * at] = name;
      pairs[2 * at + 1] = labels.get(name) ?? '';
    }
    return pairs.length === 0 ? LabelSet.empty : new LabelSet(pairs, noSets);
  }

  /**
   * The labels with those names, in their order, and all of `base`, which is shared. Sets over one base are equal when
   * their own pairs are, if no name is given the value that it has in the base.
   */
  static over(base: readonly [LabelSet], names: readonly string[], labels: ReadonlyMap<string, string>): LabelSet {
    return new LabelSet(LabelSet.fromNames(names, labels).#own, base);
  }

  /** @param pairs name, value, name, value …; no name twice. */
  static ofPairs(pairs: readonly string[]): LabelSet {
    return pairs.length === 0 ? LabelSet.empty : new LabelSet(shrink(pairs), noSets);
  }

  /** `pairs` together with sets that are shared, the stronger before the weaker. */
  static join(pairs: readonly string[], ...weaker: readonly LabelSource[]): LabelSet {
    const parts = weaker.filter((part) => part !== LabelSet.empty);
    return parts.length === 0 ? LabelSet.ofPairs(pairs) : new LabelSet(shrink(pairs), shrink(parts));
  }

  /** The pairs that are not shared with other sets. */
  get ownPairs(): readonly string[] {
    return this.#own;
  }

  get(name: string): string | undefined {
    const own = this.#own;
    for (let at = 0; at < own.length; at += 2) if (own[at] === name) return own[at + 1];
    for (const part of this.#weaker) {
      const value = part.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Every name once. */
  get pairs(): readonly string[] {
    return this.#weaker.length === 0 ? this.#own : flatten(this.toMap());
  }

  /** A copy. */
  toMap(): Map<string, string> {
    const labels = new Map<string, string>();
    this.writeTo(labels);
    return labels;
  }

  writeTo(labels: Map<string, string>): void {
    for (const part of this.#weaker.toReversed()) part.writeTo(labels);
    writePairs(this.#own, labels);
  }

  /** Sets the labels that `labels` does not have, or has as "". */
  fillIn(labels: Map<string, string>): void {
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) {
      const name = pairs[at] ?? '';
      if ((labels.get(name) ?? '') === '') labels.set(name, pairs[at + 1] ?? '');
    }
  }

  writePlainTo(labels: Map<string, string>): void {
    for (const part of this.#weaker.toReversed()) part.writePlainTo(labels);
    this.#plain ??= pickPlain(this.#own);
    writePairs(this.#plain, labels);
  }

  /** A plain object with names in order of UTF-16 units, as JSON shows labels. */
  toObject(): Record<string, string> {
    return Object.fromEntries([...this.toMap()].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function flatten(labels: ReadonlyMap<string, string>): readonly string[] {
  const pairs = new Array<string>(labels.size * 2);
  let at = 0;
  for (const [name, value] of labels) {
    pairs[at] = name;
    pairs[at + 1] = value;
    at += 2;
  }
  return pairs;
}

function writePairs(pairs: readonly string[], labels: Map<string, string>): void {
  for (let at = 0; at < pairs.length; at += 2) labels.set(pairs[at] ?? '', pairs[at + 1] ?? '');
}

function pickPlain(pairs: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    const name = pairs[at] ?? '';
    if (!name.startsWith('__meta_')) kept.push(name, pairs[at + 1] ?? '');
  }
  if (kept.length === pairs.length) return pairs;
  return kept.length === 0 ? nothing : shrink(kept);
}
