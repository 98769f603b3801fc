/** Code points as ranges that ascend and do not touch. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

const lastCodePoint = 0x10ffff;

export const everyCharacter: CharacterSet = [[0, lastCodePoint]];

/** The characters of a text. */
export function setOf(text: string): CharacterSet {
  if (text.length === 1) return rangeOf(text, text);
  return unite(Array.from(text, (character) => rangeOf(character, character)));
}

export function rangeOf(from: string, to: string): CharacterSet {
  return [[from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]];
}

export function unite(sets: readonly CharacterSet[]): CharacterSet {
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) return only;
  const united: [number, number][] = [];
  for (const [from, to] of sets.flat().sort(([one], [other]) => one - other)) {
    const last = united.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
}

/** All other characters. */
export function negate(set: CharacterSet): CharacterSet {
  const negated: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) negated.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCodePoint) negated.push([next, lastCodePoint]);
  return negated;
}

export function intersect(one: CharacterSet, other: CharacterSet): CharacterSet {
  const shared: [number, number][] = [];
  for (const [from, to] of one) {
    for (const [start, end] of other) {
      if (Math.max(from, start) <= Math.min(to, end)) shared.push([Math.max(from, start), Math.min(to, end)]);
    }
  }
  return shared;
}

export function isEvery(set: CharacterSet): boolean {
  const [first] = set;
  return first !== undefined && first[0] === 0 && first[1] === lastCodePoint;
}
