/** Events (events.k8s.io/v1) about objects, for people who ask `kubectl describe`. */
import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { Deadline } from '../client/deadline.ts';
import { EventAggregator } from './event-series.ts';
import type { EventWrite } from './event-series.ts';
import { EventSender } from './event-sender.ts';
import { renderEvent } from './render-event.ts';
import type { EventRecord } from './render-event.ts';
import { SourceLimiter } from './source-limiter.ts';
import { eventCollectMs, eventFlushMs } from '../limits.ts';

export interface EventRecorderOptions {
  readonly client: KubernetesClient;
  /** Names this process, such as the pod's name. */
  readonly reportingInstance: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Events that may wait to be sent; 1000 when absent. When full, the newest is dropped. */
  readonly capacity?: number | undefined;
}

export interface EventRecorder {
  /** Never waits and never throws. */
  record(event: EventRecord): void;
  /** Sends until the signal is aborted, and then what is left for at most one second: a leader that hands over is waited for. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Repeats within six minutes become a series of one object (its count is patched); an object that gives rise to more
 * than 25 writes is slowed to one every five minutes; what cannot be sent is logged and dropped.
 *
 * @example
 * const recorder = createEventRecorder({ client, reportingInstance: hostname(), clock, random: Math.random, logger });
 * void recorder.run(signal);
 * recorder.record({ regarding: monitor, type: 'Warning', reason: 'InvalidConfiguration', action: 'Selecting',
 *   note: 'Bad interval "5"', reportingController: 'demo' });
 */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  return new QueuedRecorder(options);
}

class QueuedRecorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #aggregator: EventAggregator;
  readonly #limiter: SourceLimiter;
  readonly #sender: EventSender;
  readonly #queue: EventWrite[] = [];
  #dropped = 0;
  #timer: Timer | undefined;
  #wake: () => void = () => undefined;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#aggregator = new EventAggregator(options.clock);
    this.#limiter = new SourceLimiter(options.clock);
    this.#sender = new EventSender(options);
  }

  record(record: EventRecord): void {
    const { clock, random, reportingInstance } = this.#options;
    const event = renderEvent(record, { reportingInstance, now: clock.now(), random });
    if (this.#sender.isSilent(event)) return;
    const write = this.#aggregator.add(event);
    if (write !== undefined && this.#limiter.admits(event.regarding)) this.#enqueue(write);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const end = new Deadline(clock, undefined);
    const finish = (): void => {
      end.arm(eventFlushMs, () => new Error('The time to send events is over'));
      this.#wake();
    };
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
    this.#planCollect();
    try {
      await this.#sendUntil(signal, end.signal);
    } finally {
      this.#timer?.cancel();
      signal.removeEventListener('abort', finish);
      end.release();
    }
  }

  #planCollect(): void {
    this.#timer = this.#options.clock.schedule(eventCollectMs, () => {
      for (const write of this.#aggregator.collect()) this.#enqueue(write);
      this.#planCollect();
    });
  }

  async #sendUntil(signal: AbortSignal, end: AbortSignal): Promise<void> {
    for (;;) {
      const write = this.#queue.shift();
      if (write !== undefined && !end.aborted) await this.#sender.send(write, end);
      else if (signal.aborted) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #enqueue(write: EventWrite): void {
    const { capacity = 1000, logger } = this.#options;
    if (this.#queue.length < capacity) {
      this.#queue.push(write);
      this.#wake();
      return;
    }
    this.#dropped += 1;
    if (this.#dropped === 1) logger.warn('Too many events wait to be sent: the newest are dropped', { capacity });
  }
}
