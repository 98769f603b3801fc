import type { ChangedRow } from './page-event.ts';
import type { Place } from './sight.ts';

interface Counted {
  readonly place: Place;
  rows: number;
}

/** Which places rows are about, each once, kept as rows come and go: there are far fewer of them than rows. */
export class PlaceCounts {
  readonly #places = new Map<string, Counted>();

  add(rows: readonly ChangedRow[]): void {
    for (const place of rows.flatMap(({ about }) => about)) this.#find(place).rows += 1;
  }

  /** @param rows that were added */
  remove(rows: readonly ChangedRow[]): void {
    for (const place of rows.flatMap(({ about }) => about)) {
      const counted = this.#find(place);
      counted.rows -= 1;
      if (counted.rows === 0) this.#places.delete(keyOf(place));
    }
  }

  list(): Place[] {
    return [...this.#places.values()].map(({ place }) => place);
  }

  #find({ kind, namespace }: Place): Counted {
    const key = keyOf({ kind, namespace });
    const counted = this.#places.get(key) ?? { place: { kind, namespace }, rows: 0 };
    this.#places.set(key, counted);
    return counted;
  }
}

const keyOf = ({ kind, namespace }: Place): string => `${kind} ${namespace}`;
