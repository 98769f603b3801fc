import { Backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { ApiError, isForbidden, isGone, isNotFound } from '../client/errors.ts';
import { FailureLog } from './failure-log.ts';
import type { Verb } from './failure-log.ts';
import {
  firstRelistMs,
  goodWatchMs,
  longestAskedRelistMs,
  longestRelistMs,
  longestWaitForCrdMs,
  namedReadMs,
} from '../limits.ts';

/** A verb that the server refuses (403), or a resource that it does not know (404). */
export interface Refusal {
  readonly verb: Verb;
  readonly status: number;
  /** "" for all namespaces. */
  readonly namespace: string;
  readonly message: string;
}

export interface ReflectorFailure {
  readonly error: unknown;
  readonly verb: Verb;
  /** How long the watch was open before it failed; 0 when it was not. */
  readonly watchedMs: number;
  /** The object was read by its name instead. */
  readonly polled: boolean;
}

export interface RecoveryOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly namespace: string;
}

/** How long a reflector waits after a failure, and what it says about it. */
export class Recovery {
  readonly #backoff: Backoff;
  readonly #log: FailureLog;
  readonly #namespace: string;
  readonly #random: () => number;
  #refusal: Refusal | undefined;
  #wasExpired = false;

  constructor({ clock, random, logger, namespace }: RecoveryOptions) {
    this.#backoff = new Backoff({ initialMs: firstRelistMs, maxMs: longestRelistMs, jitter: 1, random });
    this.#log = new FailureLog(logger, clock);
    this.#namespace = namespace;
    this.#random = random;
  }

  /** Milliseconds since 1970 of the first failure of the current row; undefined while all is well. */
  get failingSince(): number | undefined {
    return this.#log.since;
  }

  get lastError(): string | undefined {
    return this.#log.lastError;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** Milliseconds to wait before the next try. */
  fail({ error, verb, watchedMs, polled }: ReflectorFailure): number {
    // The first 410 says that the server answers again: the relist need not wait as long as the outage has taught.
    const isExpired = isGone(error);
    if (watchedMs > goodWatchMs || (isExpired && !this.#wasExpired)) this.#backoff.reset();
    this.#wasExpired = isExpired;
    if (isForbidden(error) || isNotFound(error))
      this.#refusal = { verb, status: error.status, namespace: this.#namespace, message: error.message };
    const waitMs = polled ? namedReadMs * (1 + this.#random() / 5) : this.#chooseWait(error);
    this.#log.fail({ error, verb, waitMs });
    return waitMs;
  }

  /** `list`: the state was read. `watch`: changes arrive. */
  succeed(verb: Verb): void {
    if (verb === 'watch' || this.#refusal?.verb === 'list') this.#refusal = undefined;
    this.#log.succeed(verb);
  }

  #chooseWait(error: unknown): number {
    const waitMs = this.#backoff.next();
    if (isNotFound(error)) return Math.min(waitMs, longestWaitForCrdMs);
    const askedMs = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    return Math.max(waitMs, Math.min(askedMs, longestAskedRelistMs));
  }
}
