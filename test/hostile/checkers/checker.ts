import type { SeededRandom } from '../../e2e/discovery/seeded-random.ts';
import type { MakeText } from '../texts/make.ts';

/** One input, and the work on it: from the start each time, with nothing remembered. */
export interface Input {
  /** Of the text, or of the object as JSON. */
  readonly bytes: number;
  /** @throws {SyntaxError | TerminalError} when the input is refused; anything else is a crash. */
  readonly run: () => void;
}

/** What users reach with their inputs, by the name that is printed. */
export interface Checker {
  readonly name: string;
  /** @param room about how many characters the input may have. */
  readonly make: (random: SeededRandom, room: number) => Input;
}

/** A checker of texts. */
export const onText = (name: string, make: MakeText, run: (text: string) => void): Checker => ({
  name,
  make: (random, room) => {
    const text = make(random, room);
    return { bytes: Buffer.byteLength(text), run: () => run(text) };
  },
});

/** A checker of objects. */
export const onObject = <T extends object>(
  name: string,
  make: (random: SeededRandom, room: number) => T,
  run: (object: T) => void,
): Checker => ({
  name,
  make: (random, room) => {
    const object = make(random, room);
    return { bytes: countBytes(object), run: () => run(object) };
  },
});

/** About the length as JSON; without recursion, for some inputs are deeper than `JSON.stringify` goes. */
function countBytes(object: object): number {
  const open: unknown[] = [object];
  let bytes = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    bytes += 2;
    if (typeof value === 'string') bytes += Buffer.byteLength(value);
    else if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) bytes += Object.keys(value).reduce((sum, key) => sum + Buffer.byteLength(key) + 3, 0);
      open.push(...Object.values(value));
    }
  }
  return bytes;
}

/** Runs all, also when some refuse; the first refusal is thrown at the end. */
export function runAll(...steps: readonly (() => unknown)[]): void {
  const refusals: unknown[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw refusals[0];
}
