import type { Flag } from './flags.ts';
import { readBool, readDuration, readMap, readSet } from './values.ts';

/** The occurrences of each flag by name, texts as given. */
export type FlagTexts = Readonly<Record<string, readonly string[]>>;

/** Flags of one table: what was given, or their defaults. */
export class FlagReader {
  readonly #flags: ReadonlyMap<string, Flag>;
  readonly #texts: FlagTexts;

  constructor(flags: readonly Flag[], texts: FlagTexts) {
    this.#flags = new Map(flags.map((flag) => [flag.name, flag]));
    this.#texts = texts;
  }

  has(name: string): boolean {
    return (this.#texts[name] ?? []).length > 0;
  }

  fallback(name: string): string {
    const flag = this.#flags.get(name);
    if (flag === undefined) throw new RangeError(`No flag is named "${name}"`);
    return flag.fallback;
  }

  all(name: string): readonly string[] {
    const given = this.#texts[name];
    if (given !== undefined && given.length > 0) return given;
    const fallback = this.fallback(name);
    return fallback === '' ? [] : [fallback];
  }

  text(name: string): string {
    return this.all(name).at(-1) ?? '';
  }

  bool(name: string): boolean {
    return readBool(name, this.text(name));
  }

  duration(name: string): number {
    return readDuration(name, this.text(name));
  }

  map(name: string): Readonly<Record<string, string>> {
    return readMap(name, this.all(name));
  }

  /** The elements of a comma separated list, in the order given, without empty ones. */
  list(name: string): readonly string[] {
    const parts = this.all(name).flatMap((text) => text.split(',').map((part) => part.trim()));
    return [...new Set(parts)].filter((part) => part !== '');
  }

  /** An empty element stands for all namespaces: the list is empty then. */
  namespaces(name: string): readonly string[] {
    const names = readSet(this.all(name));
    return names.includes('') ? [] : names;
  }
}
