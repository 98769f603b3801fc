/** Core Events about objects, counted instead of repeated. */
import type { Clock } from '../../base/clock.ts';
import type { ApiObject, SandboxApi } from '../api.ts';
import { renderTime } from '../rest/backend.ts';
import type { NewObject } from './resources.ts';
import { events } from './resources.ts';
import { hashRevision } from './revision-hash.ts';

export interface EventText {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

export class EventRecorder {
  readonly #api: SandboxApi;
  readonly #clock: Clock;
  readonly #component: string;

  constructor(api: SandboxApi, clock: Clock, component: string) {
    this.#api = api;
    this.#clock = clock;
    this.#component = component;
  }

  /** Records an event; the same text about the same object again raises the count of the first. Never throws. */
  record(about: ApiObject, text: EventText): void {
    try {
      this.#write(about, text);
    } catch {
      // Best effort, as in Kubernetes: a namespace that is going away takes no events, and nothing depends on them.
    }
  }

  #write(about: ApiObject, text: EventText): void {
    const { apiVersion, kind, metadata } = about;
    const { name = '', namespace = '', uid = '' } = metadata;
    const now = renderTime(this.#clock);
    const id = { namespace, name: `${name}.${hashRevision([uid, text, this.#component], 0)}` };
    const known = this.#api.get(events, id);
    if (known !== undefined) {
      const body = { count: Number(known['count'] ?? 1) + 1, lastTimestamp: now };
      this.#api.patch(events, id, { kind: 'merge', body });
      return;
    }
    const event: NewObject = {
      metadata: id,
      ...text,
      involvedObject: { apiVersion, kind, name, namespace, uid, resourceVersion: metadata.resourceVersion },
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component: this.#component },
      reportingComponent: this.#component,
    };
    this.#api.create(events, event);
  }
}
