/** Draws from a seeded source: the same configuration for the same seed on every machine. */
export class Draw {
  readonly #random: () => number;

  /** @param random numbers from 0 to below 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('Cannot pick from an empty list');
    return list[this.below(list.length)] as T;
  }

  /** Each of the list with that chance, in its order. */
  some<T>(list: readonly T[], share: number): T[] {
    return list.filter(() => this.chance(share));
  }
}
