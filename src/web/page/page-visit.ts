import type { Interruptible } from '../../base/interruptible.ts';
import type { PageCaller } from './page-guard.ts';
import type { Chrome } from './page-source.ts';

/** Does work that may rest. @throws {RefusalError} when too many wait for it already. */
export type RunPageWork = <T>(work: Interruptible<T>) => Promise<T>;

/** Who asks, and what surrounds the answer. */
export interface PageVisit {
  readonly caller: PageCaller;
  readonly chrome: Omit<Chrome, 'asOf'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly run: RunPageWork;
}
