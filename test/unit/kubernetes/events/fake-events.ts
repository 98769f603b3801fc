import type { KubernetesObject, NamespacedName } from '../../../../src/api/meta.ts';
import type { KubernetesClient, Patch } from '../../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import type { EventObject, EventSeries } from '../../../../src/kubernetes/events/event-series.ts';

/** Keeps events by "namespace/name". */
export class FakeEvents implements KubernetesClient {
  readonly events = new Map<string, EventObject>();
  /** "create" or "patch", and the count of the series. */
  readonly calls: string[] = [];
  /** Thrown instead of answers while set; by namespace. */
  readonly failures = new Map<string, Error>();
  hanging = false;

  create<T extends KubernetesObject>(_type: unknown, object: T): Promise<T> {
    const event = object as KubernetesObject as EventObject;
    this.calls.push(`create ${event.series?.count ?? 1}`);
    return this.#answer(event.metadata.namespace ?? '', () => {
      const key = `${event.metadata.namespace ?? ''}/${event.metadata.name ?? ''}`;
      if (this.events.has(key)) throw new ApiError({ status: 409, reason: 'AlreadyExists', message: 'there' });
      this.events.set(key, structuredClone(event));
      return object;
    });
  }

  patch<T extends KubernetesObject>(_type: unknown, { namespace, name }: NamespacedName, patch: Patch): Promise<T> {
    const { series } = patch.body as { series: EventSeries };
    this.calls.push(`patch ${series.count}`);
    return this.#answer(namespace, () => {
      const event = this.events.get(`${namespace}/${name}`);
      if (event === undefined) throw new ApiError({ status: 404, reason: 'NotFound', message: 'no event' });
      event.series = series;
      return event as KubernetesObject as T;
    });
  }

  get = unscripted;
  list = unscripted;
  update = unscripted;
  delete = unscripted;
  raw = unscripted;
  close = unscripted;

  watch(): never {
    throw new TypeError('Recorders do not watch');
  }

  async #answer<T>(namespace: string, act: () => T): Promise<T> {
    await Promise.resolve();
    if (this.hanging) return new Promise(() => undefined);
    const failure = this.failures.get(namespace);
    if (failure !== undefined) throw failure;
    return act();
  }
}

function unscripted(): Promise<never> {
  return Promise.reject(new TypeError('Recorders only create and patch'));
}
