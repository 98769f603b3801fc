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
