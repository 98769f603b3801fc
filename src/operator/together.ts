/** Runs several things at once until all have ended. What one throws stops the others, and is thrown when they have ended. */
export async function runTogether(
  signal: AbortSignal,
  runs: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failing = new AbortController();
  const both = AbortSignal.any([signal, failing.signal]);
  const start = async (run: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    try {
      await run(both);
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  };
  await Promise.allSettled(runs.map(start));
  if (!signal.aborted) failing.signal.throwIfAborted();
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
