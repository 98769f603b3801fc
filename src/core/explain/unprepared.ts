import type { Interruptible } from '../../base/interruptible.ts';

/** Something must be worked out first that takes seconds where there are thousands of monitors: who can rest does it, and tries again. */
export class UnpreparedError extends Error {
  readonly prepare: () => Interruptible<void>;

  /** @param prepare whatever it comes to, it is not asked for again. */
  constructor(prepare: () => Interruptible<void>) {
    super('Cannot answer yet: what all jobs of the workload find is not worked out');
    this.name = 'UnpreparedError';
    this.prepare = prepare;
  }
}
