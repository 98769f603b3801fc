import type { KubernetesObject } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';

/** Told of changes, in the order in which they happened to each object. Must return soon and never change an object. */
export interface EventHandler<T extends KubernetesObject> {
  /** `isInitialList`: the object was there before the handler was added, or came with the first list. */
  add?(object: T, isInitialList: boolean): void;
  update?(previous: T, current: T): void;
  /** `tombstone`: the delete itself was missed; `lastKnown` may be older than the object's last state. */
  delete?(lastKnown: T, tombstone: boolean): void;
  /**
   * A list is complete, the first one or one after an outage: the store now shows what was made, changed or deleted while it
   * could not be read, and no event tells of what came and went meanwhile. Once for each namespace of an allow list, or once
   * for "", which is everything; where objects are read by name, for "" after each round. At once for a handler that is
   * added later.
   */
  synced?(namespace: string): void;
}

/** One thing to tell. */
export type Notification<T extends KubernetesObject> =
  | { readonly kind: 'add'; readonly object: T; readonly isInitialList: boolean }
  | { readonly kind: 'update'; readonly previous: T; readonly object: T }
  | { readonly kind: 'delete'; readonly object: T; readonly tombstone: boolean }
  | { readonly kind: 'synced'; readonly namespace: string };

/** The handlers of an informer. One that throws is logged and harms no other. */
export class HandlerList<T extends KubernetesObject> {
  readonly #handlers = new Set<EventHandler<T>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(handler: EventHandler<T>): void {
    this.#handlers.add(handler);
  }

  remove(handler: EventHandler<T>): void {
    this.#handlers.delete(handler);
  }

  /** A handler that is added meanwhile is not told: it has been told of the whole store, which is further on. */
  deliver(notifications: readonly Notification<T>[]): void {
    const handlers = [...this.#handlers];
    for (const notification of notifications)
      for (const handler of handlers) if (this.#handlers.has(handler)) this.deliverTo(handler, notification);
  }

  deliverTo(handler: EventHandler<T>, notification: Notification<T>): void {
    try {
      notify(handler, notification);
    } catch (error) {
      const { namespace, name } =
        notification.kind === 'synced' ? { ...notification, name: undefined } : notification.object.metadata;
      this.#logger.error('A handler failed', {
        event: notification.kind,
        namespace,
        name,
        error: describeError(error),
      });
    }
  }
}

function notify<T extends KubernetesObject>(handler: EventHandler<T>, notification: Notification<T>): void {
  switch (notification.kind) {
    case 'add':
      return handler.add?.(notification.object, notification.isInitialList);
    case 'update':
      return handler.update?.(notification.previous, notification.object);
    case 'delete':
      return handler.delete?.(notification.object, notification.tombstone);
    case 'synced':
      return handler.synced?.(notification.namespace);
  }
}
