import type { ResourceType } from '../../api/meta.ts';
import { Backoff } from '../../base/backoff.ts';
import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { ApiError, isAlreadyExists, isForbidden, isNotFound } from '../client/errors.ts';
import type { EventObject, EventWrite } from './event-series.ts';
import { eventSilenceMs, eventTries, firstEventRetryMs, longestEventRetryMs } from '../limits.ts';

export interface EventSenderOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

const eventType: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};

/** Sends events; whatever goes wrong is logged, never thrown. */
export class EventSender {
  readonly #options: EventSenderOptions;
  /** Until when a namespace is left alone, by the monotonic clock. Stays after that: the refusal is told once. */
  readonly #silentUntil = new Map<string, number>();

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  isSilent({ metadata }: EventObject): boolean {
    const until = this.#silentUntil.get(metadata.namespace ?? '');
    return until !== undefined && this.#options.clock.monotonic() < until;
  }

  /** Tries a few times; returns early when the signal is aborted. */
  async send(write: EventWrite, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const backoff = new Backoff({ initialMs: firstEventRetryMs, maxMs: longestEventRetryMs, jitter: 0.5, random });
    while (!this.isSilent(write.event)) {
      try {
        await this.#attempt(write, signal);
        this.#silentUntil.delete(write.event.metadata.namespace ?? '');
        return;
      } catch (error) {
        const waitMs = backoff.next();
        if (!isPassing(error) || backoff.failures >= eventTries || signal.aborted) {
          this.#giveUp(write.event, error);
          return;
        }
        await sleep(clock, waitMs, signal).catch(() => undefined);
      }
    }
  }

  async #attempt({ kind, event }: EventWrite, signal: AbortSignal): Promise<void> {
    const { client } = this.#options;
    const { name = '', namespace = '' } = event.metadata;
    if (kind === 'patch') {
      try {
        const body = { series: event.series };
        await client.patch(eventType, { namespace, name }, { kind: 'merge', body, signal });
        return;
      } catch (error) {
        // It has expired on the server, or was never sent: the series begins its life with its count.
        if (!isNotFound(error)) throw error;
      }
    }
    await client.create(eventType, event, { signal }).catch((error: unknown) => {
      if (!isAlreadyExists(error)) throw error;
    });
  }

  #giveUp(event: EventObject, error: unknown): void {
    const { logger, clock } = this.#options;
    const { namespace = '' } = event.metadata;
    const fields = { namespace, reason: event.reason, regarding: event.regarding.name, error: describeError(error) };
    if (isLeavingNamespace(error)) {
      logger.debug('No event: its namespace is going away', fields);
    } else if (isForbidden(error)) {
      const isNews = !this.#silentUntil.has(namespace);
      this.#silentUntil.set(namespace, clock.monotonic() + eventSilenceMs);
      if (isNews) logger.warn('Not allowed to create or patch events: none are sent to this namespace', fields);
    } else {
      logger.warn('Cannot send an event', fields);
    }
  }
}

/** What is no answer of the server never reached it, or was not even sent: what `beforeSend` throws is among that. */
function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 500 || error.status === 429;
  return !(error instanceof TypeError);
}

/** A namespace in deletion takes no new objects: 403 with its own cause. One that is gone: 404. */
function isLeavingNamespace(error: unknown): boolean {
  if (isNotFound(error)) return true;
  return isForbidden(error) && (error.details?.causes ?? []).some(({ reason }) => reason === 'NamespaceTerminating');
}
