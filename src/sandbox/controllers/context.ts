/** What every controller is given, and how it hears of changes. */
import type { Clock } from '../../base/clock.ts';
import type { ApiObject, SandboxApi } from '../api.ts';
import { KeyQueue } from './key-queue.ts';
import type { TypedResource } from './resources.ts';

export interface ControllerContext {
  readonly api: SandboxApi;
  readonly clock: Clock;
  /** Hears of every failed turn; the controller tries again by itself. */
  readonly onError: (controller: string, error: unknown) => void;
}

/** A running part of the control plane; `stop` is idempotent and leaves no timers. */
export interface Running {
  stop(): void;
}

/** Calls `handler` for every object there is and then for every change; `gone` is true for the last state of a deleted one. */
export type Watch = <T extends ApiObject>(
  resource: TypedResource<T>,
  handler: (object: T, gone: boolean) => void,
) => void;

export interface ControllerParts {
  readonly name: string;
  /** Makes the world right for one key. Throws to be called again later. */
  readonly sync: (key: string, queue: KeyQueue) => void;
  /** Says which changes lead to which keys. */
  readonly observe: (watch: Watch, queue: KeyQueue) => void;
}

/** Starts a controller of one queue. */
export function startController(context: ControllerContext, parts: ControllerParts): Running {
  const { api, clock, onError } = context;
  const queue: KeyQueue = new KeyQueue(
    clock,
    (key) => parts.sync(key, queue),
    (error) => onError(parts.name, error),
  );
  const watches: Running[] = [];
  const watch: Watch = (resource, handler) => {
    const handle = api.watch(resource, {}, (event) => {
      if (event.type !== 'BOOKMARK') handler(event.object as Parameters<typeof handler>[0], event.type === 'DELETED');
    });
    watches.push(handle);
  };
  parts.observe(watch, queue);
  return {
    stop: () => {
      for (const handle of watches) handle.stop();
      queue.stop();
    },
  };
}
