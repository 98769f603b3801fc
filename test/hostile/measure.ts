import { TerminalError } from '../../src/base/errors.ts';
import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { checkers } from './checkers/all.ts';
import type { Checker, Input } from './checkers/checker.ts';

/** What became of one input. */
export interface Measured {
  readonly index: number;
  readonly checker: string;
  readonly bytes: number;
  readonly milliseconds: number;
  /** Of small inputs as if they had a kilobyte. */
  readonly perKilobyte: number;
  readonly outcome: 'answered' | 'refused' | 'crashed';
  /** Of a crash. */
  readonly error: unknown;
}

/** Issue "Nothing is lost", class C: no input may take longer for each of its kilobytes. */
export const mostPerKilobyte = 100;

/** From here on a time is measured again: a busy machine makes no input slow. */
const doubtful = mostPerKilobyte / 4;
const retries = 2;

/** Mostly small; the large ones show what grows faster than its input. */
const rooms = [40, 40, 200, 200, 1000, 1000, 1000, 4000, 4000, 16_000, 64_000];

interface Prepared {
  readonly checker: Checker;
  readonly input: Input;
}

/** The input with that number: seed and index alone decide what it is. */
function prepare(seed: number, index: number): Prepared {
  const checker = checkers[index % checkers.length];
  if (checker === undefined) throw new RangeError('Cannot choose a checker: there is none');
  const random = new SeededRandom(Math.imul(seed, 0x9e3779b1) + index);
  return { checker, input: checker.make(random, random.pick(rooms)) };
}

/** Makes an input and runs it. A slow one is run again, and its least time counts. */
export function measure(seed: number, index: number): Measured {
  const { checker, input } = prepare(seed, index);
  const kilobytes = Math.max(1, input.bytes / 1024);
  const { outcome, error, ...first } = time(input);
  let { milliseconds } = first;
  for (let again = 0; again < retries && milliseconds / kilobytes > doubtful; again += 1)
    milliseconds = Math.min(milliseconds, time(input).milliseconds);
  const perKilobyte = milliseconds / kilobytes;
  return { index, checker: checker.name, bytes: input.bytes, milliseconds, perKilobyte, outcome, error };
}

/** The time that this process worked: others on the machine are no part of it, nor are its own threads beside the first. */
function time({ run }: Input): Pick<Measured, 'milliseconds' | 'outcome' | 'error'> {
  const [began, beganCpu] = [performance.now(), process.cpuUsage()];
  const [outcome, error] = attempt(run);
  const { user, system } = process.cpuUsage(beganCpu);
  return { milliseconds: Math.min(performance.now() - began, (user + system) / 1000), outcome, error };
}

function attempt(run: () => void): [Measured['outcome'], unknown] {
  try {
    run();
    return ['answered', undefined];
  } catch (error) {
    return error instanceof SyntaxError || error instanceof TerminalError ? ['refused', undefined] : ['crashed', error];
  }
}
