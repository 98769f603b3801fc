/**
 * Work that may be interrupted: at each `yield` whoever runs it can do something else first. It reads nothing that others
 * change meanwhile: its result is the same whether and how long it rests.
 */
export type Interruptible<T> = Generator<undefined, T, undefined>;

/** Does all of the work at once. @throws what the work throws. */
export function complete<T>(work: Interruptible<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Visits all items in their order and rests behind every `atOnce` of them. The loop itself is in no generator: for visits that
 * cost next to nothing those are slower.
 */
export function* visitInBatches<T>(
  items: readonly T[],
  atOnce: number,
  visit: (item: T, at: number) => void,
): Interruptible<void> {
  for (let from = 0; from < items.length; from += atOnce) {
    visitRange(items, { from, to: Math.min(items.length, from + atOnce) }, visit);
    yield;
  }
}

function visitRange<T>(
  items: readonly T[],
  { from, to }: { readonly from: number; readonly to: number },
  visit: (item: T, at: number) => void,
): void {
  for (let at = from; at < to; at += 1) visit(items[at] as T, at);
}
