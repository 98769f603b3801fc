import type { Clock, Timer } from '../../base/clock.ts';
import { createQueue } from './queue.ts';
import type { Queue, QueueOptions } from './queue.ts';

/** A queue to which keys can be added later. */
export interface DelayingQueue extends Queue {
  /** Adds `key` after `ms` milliseconds; of several waits for one key the earliest end counts. */
  addAfter(key: string, ms: number): void;
}

interface Delayed {
  readonly readyAt: number;
  readonly timer: Timer;
}

/** @example createDelayingQueue({ name: 'demo', clock }).addAfter('default/a', 60_000); */
export function createDelayingQueue(options: QueueOptions): DelayingQueue {
  const queue = createQueue(options);
  const delayed = new Delays(options.clock, queue);
  return {
    add: (key) => queue.add(key),
    get: () => queue.get(),
    done: (key) => queue.done(key),
    addAfter: (key, ms) => delayed.add(key, ms),
    get length() {
      return queue.length;
    },
    get isShuttingDown() {
      return queue.isShuttingDown;
    },
    shutDown() {
      delayed.clear();
      queue.shutDown();
    },
    shutDownWithDrain() {
      delayed.clear();
      return queue.shutDownWithDrain();
    },
  };
}
