import { createSystemClock } from '../../base/clock.ts';
import { complete } from '../../base/interruptible.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { Gatherer, RunWork } from '../../operator/explain/answer.ts';
import { Turns } from '../../runtime/turns.ts';
import type { Io } from '../io.ts';

/** A cluster or manifests, to look at as a whole or to search. */
export interface Surveyor {
  readonly gatherer: Pick<Gatherer, 'objects'>;
  /** Rejects with ApiError or TransportError when a cluster gives no answer. */
  readonly survey: () => Promise<Overview>;
}

/** In turns where somebody is shown how long it takes. */
export function chooseRun({ isTerminal }: Pick<Io, 'isTerminal'>): RunWork {
  if (!isTerminal) return complete;
  const clock = createSystemClock();
  const turns = new Turns({ monotonic: () => clock.monotonic() });
  return (work) => turns.run(work);
}
