import { apiVersionOf, keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { Backoff } from '../../base/backoff.ts';
import type { Logger } from '../../base/logger.ts';
import type { EventRecorder } from '../../kubernetes/events/event-recorder.ts';
import type { BindingFailure, BindingReport } from './bindings.ts';
import { firstBindingRetryMs, longestRetryMs } from '../limits.ts';

export interface BindingFailureOptions {
  readonly events: Pick<EventRecorder, 'record'>;
  readonly logger: Logger;
  readonly reportingController: string;
  readonly observeFailures: (count: number) => void;
}

/** What a sync has to know of bindings that could not be written. */
export interface BindingVerdict {
  /** For people; undefined when all are as they should be. */
  readonly message: string | undefined;
  /** After how many milliseconds to try again; undefined when only a change of the objects can help. */
  readonly retryMs: number | undefined;
}

/** Waits between two tries of bindings that may work later. */
const retry = { initialMs: firstBindingRetryMs, maxMs: longestRetryMs, random: () => 0 };

interface Memory {
  /** What was told last of lasting failures, by object. */
  told: ReadonlyMap<string, string>;
  readonly backoff: Backoff;
  /** How many tries in vain there were since all went well. */
  vain: number;
}

const describeObject = ({ type, object }: BindingFailure): string => `${type.kind} ${keyOf(object)}`;

/**
 * Tells of bindings that cannot be written: those that never can, by an Event and a log line once for each object, and
 * those that may work later, by one line a sync. Neither fails the sync.
 */
export class BindingFailures {
  readonly #options: BindingFailureOptions;
  readonly #memories = new Map<string, Memory>();

  constructor(options: BindingFailureOptions) {
    this.#options = options;
  }

  /** How many tries of the workload's bindings were in vain lately. */
  countVain(key: string): number {
    return this.#memories.get(key)?.vain ?? 0;
  }

  report(workload: KubernetesObject, { failures, untried }: BindingReport): BindingVerdict {
    const key = keyOf(workload);
    const [first] = failures;
    if (first === undefined) {
      this.#memories.delete(key);
      return { message: undefined, retryMs: undefined };
    }
    this.#options.observeFailures(failures.length);
    const memory = this.#memories.get(key) ?? { told: new Map(), backoff: new Backoff(retry), vain: 0 };
    this.#memories.set(key, memory);
    this.#tellLasting(workload, memory, failures);
    const count = failures.length + untried;
    const others = count === 1 ? '' : ` and ${count - 1} more`;
    return {
      message: `Cannot write the binding of ${describeObject(first)}${others}: ${first.error.message}`,
      retryMs: this.#planRetry(key, memory, { failures, untried }),
    };
  }

  forget(key: string): void {
    this.#memories.delete(key);
  }

  #planRetry(key: string, memory: Memory, { failures, untried }: BindingReport): number | undefined {
    const passing = failures.filter(({ isLasting }) => !isLasting);
    const [first] = passing;
    if (first === undefined) {
      memory.backoff.reset();
      memory.vain = 0;
      return undefined;
    }
    memory.vain += passing.length;
    const retryMs = memory.backoff.next();
    this.#options.logger.warn('Bindings could not be written; they will be tried again', {
      key,
      count: passing.length + untried,
      object: describeObject(first),
      err: first.error.message,
      retryMs,
    });
    return retryMs;
  }

  #tellLasting(workload: KubernetesObject, memory: Memory, failures: readonly BindingFailure[]): void {
    const lasting = failures.filter(({ isLasting }) => isLasting);
    const before = memory.told;
    memory.told = new Map(lasting.map((failure) => [describeObject(failure), failure.error.message]));
    for (const failure of lasting) {
      if (before.get(describeObject(failure)) !== failure.error.message) this.#tell(workload, failure);
    }
  }

  #tell(workload: KubernetesObject, failure: BindingFailure): void {
    const { events, logger, reportingController } = this.#options;
    const { type, object, error } = failure;
    const subject = describeObject(failure);
    logger.warn('A binding cannot be written', { key: keyOf(workload), object: subject, err: error.message });
    events.record({
      regarding: { ...object, apiVersion: apiVersionOf(type), kind: type.kind },
      related: workload,
      type: 'Warning',
      reason: 'BindingNotWritten',
      action: 'WritingBinding',
      note: `The status cannot say what "${keyOf(workload)}" makes of this object: ${error.message}`,
      reportingController,
    });
  }
}
