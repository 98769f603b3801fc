/** Orders in which maps are written: Go compares bytes, JavaScript UTF-16 units, and the two differ beyond U+FFFF. */

const surrogates = /[\ud800-\udfff]/;

/** Compares as Go compares strings: by the bytes of their UTF-8 form. */
export function compareBytes(a: string, b: string): number {
  if (surrogates.test(a) || surrogates.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The entries of a map with its keys in byte order, as an ordered map. */
export function sortEntries<T>(map: Readonly<Record<string, T>>): Map<string, T> {
  return new Map(Object.entries(map).sort(([a], [b]) => compareBytes(a, b)));
}
