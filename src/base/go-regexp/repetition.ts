import { readSkipped } from './group-names.ts';

const counted = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;

/** Counts while a pattern is read from left to right. */
class Counter {
  repeated = 0;
  /** Sizes of what stands before in each open group. */
  readonly #open: number[] = [];
  #size = 0;
  /** Size of what a repetition would repeat. */
  #last = 0;

  addOne(): void {
    this.#last = 1;
    this.#size += 1;
  }

  open(): void {
    this.#open.push(this.#size);
    [this.#size, this.#last] = [0, 0];
  }

  close(): void {
    this.#last = this.#size + 1;
    this.#size = (this.#open.pop() ?? 0) + this.#last;
  }

  repeat(times: number): void {
    this.repeated += this.#last * times;
    this.#size += this.#last * (times - 1);
    this.#last *= times;
  }

  addSign(character: string): void {
    if (character === '(') this.open();
    else if (character === ')') this.close();
    else if (!'|*+?'.includes(character)) this.addOne();
  }
}

/**
 * How many characters the counted repetitions of a pattern stand for (`[a-z]{3}` for three, `(?:ab){3}` for six and the
 * group); an estimate for patterns that are no expressions.
 */
export function measureRepetition(pattern: string): number {
  const counter = new Counter();
  let at = pattern.includes('{') ? 0 : pattern.length;
  while (at < pattern.length) {
    const skipped = readSkipped(pattern, at);
    // A class without an end: RE2 refuses the pattern, and looking for ends at each bracket would take long.
    if (skipped === undefined && pattern[at] === '[') break;
    if (skipped !== undefined) counter.addOne();
    at += skipped?.length ?? countSign(counter, pattern, at);
  }
  return counter.repeated;
}

/** Gives the length of what was counted. */
function countSign(counter: Counter, pattern: string, at: number): number {
  counted.lastIndex = at;
  const [text, least, most] = counted.exec(pattern) ?? [];
  if (text === undefined) counter.addSign(pattern.charAt(at));
  else counter.repeat(Math.max(Number(least), Number(most ?? 0)));
  return text?.length ?? 1;
}
