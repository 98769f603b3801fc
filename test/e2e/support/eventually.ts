import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '../../../src/base/errors.ts';

const intervalMs = 50;
/** Long: four files at a time share the machine, and only what fails waits for its end. */
const defaultTimeoutMs = 60_000;

/**
 * Looks again and again until `look` neither throws nor answers false; resolves with its answer. Assertions
 * are the usual way for `look` to say "not yet". @throws {Error} after `timeoutMs`, with what was seen last.
 */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  timeoutMs = defaultTimeoutMs,
): Promise<Exclude<T, false>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await tryLook(look);
    if ('answer' in seen) return seen.answer;
    if (Date.now() > deadline) {
      throw new Error(`Not within ${timeoutMs} ms: ${what}; last seen: ${seen.why}`, { cause: seen.error });
    }
    await delay(intervalMs);
  }
}

type Seen<T> = { readonly answer: Exclude<T, false> } | { readonly why: string; readonly error?: unknown };

async function tryLook<T>(look: () => T | Promise<T>): Promise<Seen<T>> {
  try {
    const answer = await look();
    if (answer === false) return { why: 'nothing' };
    return { answer: answer as Exclude<T, false> };
  } catch (error) {
    return { why: describeError(error), error };
  }
}
