/**
 * Labels that no longer change. Kept as flat pairs (name, value, name, value …; names are unique), which takes a third of
 * the memory of a map and, at the sizes of targets, is as fast. A value may be "": it hides the same name of a weaker set.
 */
export class LabelSet {
  static readonly empty = new LabelSet([]);

  readonly pairs: readonly string[];
  #plain: readonly string[] | undefined;

  private constructor(pairs: readonly string[]) {
    this.pairs = pairs;
  }

  static from(labels: Readonly<Record<string, string>>): LabelSet {
    return LabelSet.ofPairs(Object.entries(labels).flat());
  }

  /** @param pairs name, value, name, value …; no name twice. */
  static ofPairs(pairs: readonly string[]): LabelSet {
    return pairs.length === 0 ? LabelSet.empty : new LabelSet(pairs);
  }

  get size(): number {
    return this.pairs.length / 2;
  }

  get(name: string): string | undefined {
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === name) return pairs[at + 1];
    return undefined;
  }

  /** The pairs whose name does not begin with `__meta_`: what may be left of them on a target. */
  get plainPairs(): readonly string[] {
    this.#plain ??= this.#filter((name) => !name.startsWith('__meta_'));
    return this.#plain;
  }

  forEach(visit: (name: string, value: string) => void): void {
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) visit(pairs[at] ?? '', pairs[at + 1] ?? '');
  }

  /** A plain object with names in order of UTF-16 units, as JSON shows labels. */
  toObject(): Record<string, string> {
    const entries: [string, string][] = [];
    this.forEach((name, value) => entries.push([name, value]));
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #filter(keep: (name: string) => boolean): readonly string[] {
    const kept: string[] = [];
    this.forEach((name, value) => {
      if (keep(name)) kept.push(name, value);
    });
    return kept.length === this.pairs.length ? this.pairs : kept;
  }
}
