import { mostRangeValues } from '../limits.ts';

/** What a label may be: one of these values, "" where it may be missing; undefined: anything. */
export type LabelRange = ReadonlySet<string> | undefined;

const absent: ReadonlySet<string> = new Set(['']);

/** Names that discovery gives, whose values nobody knows before it runs. */
export const isDiscovered = (name: string): boolean => name.startsWith('__meta_') || name === '__address__';

/**
 * Labels of targets that are not there yet, each for itself: what holds between two of them is not kept, so that more may seem
 * possible than is.
 */
export class LabelRanges {
  readonly #ranges: Map<string, LabelRange>;
  #isOpen: (name: string) => boolean;

  /** @param isOpen whether a label that is not among the known ones may have any value; else it is missing */
  constructor(known: Iterable<readonly [string, LabelRange]>, isOpen: (name: string) => boolean = isDiscovered) {
    this.#ranges = new Map(known);
    this.#isOpen = isOpen;
  }

  get(name: string): LabelRange {
    if (this.#ranges.has(name)) return this.#ranges.get(name);
    return this.#isOpen(name) ? undefined : absent;
  }

  set(name: string, range: LabelRange): void {
    this.#ranges.set(name, range !== undefined && range.size > mostRangeValues ? undefined : range);
  }

  /** Nothing is known of any label any more. */
  forget(): void {
    this.#ranges.clear();
    this.#isOpen = () => true;
  }

  /** Names of which something is known. */
  listNames(): string[] {
    return [...this.#ranges.keys()];
  }
}

/** What one of these ranges may be. */
export function uniteAll(ranges: readonly LabelRange[]): LabelRange {
  const all = new Set<string>();
  for (const range of ranges) {
    if (range === undefined) return undefined;
    for (const value of range) all.add(value);
  }
  return all;
}
