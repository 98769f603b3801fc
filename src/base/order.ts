/** Orders in which maps are written: Go compares bytes, JavaScript UTF-16 units, and the two differ beyond U+FFFF. */

/** Half pairs stand for characters beyond U+FFFF: they sort behind the rest of the 16-bit units. */
function rankUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Compares as Go compares strings: by the bytes of their UTF-8 form. */
export function compareBytes(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rankUnit(left) - rankUnit(right);
  }
  return a.length - b.length;
}

/** The entries of a map with its keys in byte order, as an ordered map. */
export function sortEntries<T>(map: Readonly<Record<string, T>>): Map<string, T> {
  return new Map(Object.entries(map).sort(([a], [b]) => compareBytes(a, b)));
}

/** Compares by UTF-16 units, as `<` does. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
