import { readSkipped } from './group-names.ts';

/** Characters that counted repetitions may stand for, all together: each becomes a state of the engine. */
export const mostRepeated = 10_000;

const counted = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;

/**
 * How many characters the counted repetitions of a pattern stand for (`[a-z]{3}` for three, `(ab){3}{2}` for 12); an estimate
 * for patterns that are no expressions.
 */
export function measureRepetition(pattern: string): number {
  if (!pattern.includes('{')) return 0;
  let repeated = 0;
  /** Sizes of what stands before in each open group; the last atom's size. */
  const open: number[] = [];
  let [size, last] = [0, 0];
  for (let at = 0; at < pattern.length;) {
    const skipped = readSkipped(pattern, at);
    counted.lastIndex = at;
    const found = skipped === undefined ? counted.exec(pattern) : null;
    const character = pattern.charAt(at);
    // A class without an end: RE2 refuses the pattern, and looking for ends at each bracket would take long.
    if (skipped === undefined && character === '[') return repeated;
    at += skipped?.length ?? found?.[0].length ?? 1;
    if (found !== null) {
      const times = Math.max(Number(found[1]), Number(found[2] ?? 0));
      repeated += last * times;
      size += last * (times - 1);
      last *= times;
    } else if (skipped === undefined && character === '(') {
      open.push(size);
      [size, last] = [0, 0];
    } else if (skipped === undefined && character === ')') {
      last = size + 1;
      size = (open.pop() ?? 0) + last;
    } else if (skipped !== undefined || !'|*+?'.includes(character)) {
      last = 1;
      size += 1;
    }
  }
  return repeated;
}
