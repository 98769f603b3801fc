import { createSystemClock } from '../base/clock.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Io } from './io.ts';
import { progressMs } from './limits.ts';

const clearLine = '\r\u001b[K';

/** Does something, and says on a terminal for how long already, in a line that goes away; what is quick says nothing. Rejects as `work` does. */
export async function withProgress<T>(
  what: string,
  { stderr, isTerminal, clock = createSystemClock() }: Pick<Io, 'stderr' | 'isTerminal'> & { readonly clock?: Clock },
  work: () => Promise<T>,
): Promise<T> {
  if (!isTerminal) return work();
  const began = clock.monotonic();
  let clear = '';
  let timer: Timer;
  const say = (): void => {
    clear = clearLine;
    stderr(`${clearLine}${what}: ${Math.floor((clock.monotonic() - began) / 1000)} s`);
    timer = clock.schedule(progressMs, say);
  };
  timer = clock.schedule(progressMs, say);
  try {
    return await work();
  } finally {
    timer.cancel();
    stderr(clear);
  }
}
