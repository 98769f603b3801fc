/** Leadership by a Lease, with client-go's semantics and a fence: by nobody's clock are there ever two leaders. */
import type { NamespacedName } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { Deadline } from '../client/deadline.ts';
import { Candidate } from './candidate.ts';
import { watchForRelease } from './release-watch.ts';
import { defaultElectionRetryMs, defaultLeaseDurationMs, defaultRenewDeadlineMs } from '../limits.ts';

export interface LeaderElectionOptions {
  readonly client: KubernetesClient;
  readonly lease: NamespacedName;
  /** Names this candidate; must differ between candidates. */
  readonly identity: string;
  /** How long others wait before they take a lease that is not renewed; 15,000 when absent. */
  readonly leaseDurationMs?: number | undefined;
  /** How long renewing is tried before leadership is given up; 10,000 when absent. Less than the lease's duration. */
  readonly renewDeadlineMs?: number | undefined;
  /** Time between two tries; 2,000 when absent. */
  readonly retryPeriodMs?: number | undefined;
  /** Hand the lease over when the signal is aborted and the work has ended; true when absent. */
  readonly releaseOnCancel?: boolean | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly callbacks: LeaderCallbacks;
}

export interface LeaderCallbacks {
  /**
   * The work of a leader. The signal is aborted when leadership is lost or no longer wanted; return a promise of the
   * work's end, and the lease is renewed until then and only then released.
   */
  onStartedLeading(signal: AbortSignal): void | Promise<void>;
  /** Called once after each `onStartedLeading`: at once when leadership is lost, else when the work has ended. */
  onStoppedLeading?(): void;
  /** Another identity, or this one, was seen to have become the leader. */
  onNewLeader?(identity: string): void;
}

export interface LeaderElector {
  /** True only while no other candidate can hold the lease, by this machine's clocks: ask before every write. */
  isLeader(): boolean;
  /** Identity last seen in the lease; "" when nobody holds it or nothing was seen yet. */
  readonly leader: string;
  /**
   * Waits for leadership, leads, and resolves when it is lost or the signal was aborted, and the work has ended. May
   * be called again then.
   */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * @throws {RangeError} when the durations do not fit together.
 * @example
 * const elector = createLeaderElector({ client, lease: { namespace: 'monitoring', name: 'stoker' }, identity: hostname(),
 *   clock, random: Math.random, logger, callbacks: { onStartedLeading: (signal) => manager.run(signal) } });
 * await elector.run(signal);
 */
export function createLeaderElector(options: LeaderElectionOptions): LeaderElector {
  return new LeaseElector(options);
}

/** client-go's: tries are spread over 1 to 2.2 periods, so that candidates do not come in step. */
const acquireJitter = 1.2;

class LeaseElector implements LeaderElector {
  readonly #options: LeaderElectionOptions;
  readonly #candidate: Candidate;
  readonly #retryPeriodMs: number;
  /** The lease was seen to be free since the last try began. */
  #wasFreed = false;
  #endWait: () => void = () => undefined;

  constructor(options: LeaderElectionOptions) {
    const {
      leaseDurationMs = defaultLeaseDurationMs,
      renewDeadlineMs = defaultRenewDeadlineMs,
      retryPeriodMs = defaultElectionRetryMs,
    } = options;
    if (leaseDurationMs <= renewDeadlineMs)
      throw new RangeError(
        `Cannot elect: lease duration ${leaseDurationMs} ms is not above renew deadline ${renewDeadlineMs} ms`,
      );
    if (renewDeadlineMs <= retryPeriodMs * acquireJitter)
      throw new RangeError(
        `Cannot elect: renew deadline ${renewDeadlineMs} ms is not above 1.2 × retry period ${retryPeriodMs} ms`,
      );
    this.#options = options;
    this.#retryPeriodMs = retryPeriodMs;
    const { client, lease, identity, clock, logger, callbacks } = options;
    const onNewLeader = (leader: string): void => {
      logger.info('A leader was elected', { leader });
      this.#call(() => callbacks.onNewLeader?.(leader));
    };
    this.#candidate = new Candidate({ client, lease, identity, leaseDurationMs, renewDeadlineMs, clock, onNewLeader });
  }

  get leader(): string {
    return this.#candidate.leader;
  }

  isLeader(): boolean {
    return this.#candidate.isLeader();
  }

  async run(signal: AbortSignal): Promise<void> {
    const waiting = new Deadline(this.#options.clock, signal);
    let watch = Promise.resolve();
    const onFirstWait = (): void => {
      watch = this.#watch(waiting.signal);
    };
    const isHeld = await this.#acquire(signal, onFirstWait).finally(() => waiting.release());
    if (isHeld) await this.#lead(signal);
    await watch;
  }

  async #acquire(signal: AbortSignal, onFirstWait: () => void): Promise<boolean> {
    const { random, logger } = this.#options;
    let lastError = '';
    for (let tries = 0; !isAborted(signal); tries += 1) {
      this.#wasFreed = false;
      try {
        if ((await this.#candidate.tryAcquireOrRenew(signal)) === 'held') return true;
        lastError = '';
      } catch (error) {
        const text = describeError(error);
        if (text !== lastError && !isAborted(signal))
          logger.warn('Cannot ask for the lease: trying again', { error: text });
        lastError = text;
      }
      if (tries === 0) onFirstWait();
      await this.#waitForTurn(this.#retryPeriodMs * (1 + acquireJitter * random()), signal);
    }
    return false;
  }

  /** Waits `ms` milliseconds, but not beyond the moment at which the lease is seen to be free. */
  async #waitForTurn(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#wasFreed) return;
    const turn = new Deadline(this.#options.clock, signal);
    this.#endWait = () => turn.abort(new Error('The lease is free'));
    await this.#wait(ms, turn.signal);
    turn.release();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { client, lease, clock, random, logger } = this.#options;
    const onFree = (): void => {
      this.#wasFreed = true;
      this.#endWait();
    };
    try {
      await watchForRelease({ client, lease, clock, random, onFree }, signal);
    } catch (error) {
      logger.warn('Cannot watch the lease: it is only asked for', { error: describeError(error) });
    }
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { logger, callbacks, releaseOnCancel = true } = this.#options;
    const leading = new AbortController();
    const term = new AbortController();
    const cancel = (): void => leading.abort(signal.reason);
    const work = this.#startWork(leading.signal);
    // The term ends when the work has ended and is no longer wanted; until then the lease is renewed.
    const finish = async (): Promise<void> => {
      cancel();
      await work;
      term.abort();
    };
    const onAbort = (): void => void finish();
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const lost = await this.#renew(term.signal);
    signal.removeEventListener('abort', onAbort);
    if (lost) {
      logger.warn('Lost the lease', { leader: this.leader });
      leading.abort(new Error('The lease was lost'));
    } else if (releaseOnCancel) {
      await this.#release();
    }
    this.#call(() => callbacks.onStoppedLeading?.());
    await work;
  }

  async #startWork(signal: AbortSignal): Promise<void> {
    try {
      await this.#options.callbacks.onStartedLeading(signal);
    } catch (error) {
      this.#options.logger.error('The work of the leader failed', { error: describeError(error) });
    }
  }

  /** Renews until the term is over (false) or the lease is lost (true). */
  async #renew(term: AbortSignal): Promise<boolean> {
    const { logger } = this.#options;
    while (!isAborted(term)) {
      await this.#wait(Math.min(this.#retryPeriodMs, this.#candidate.remainingMs()), term);
      if (isAborted(term)) return false;
      if (this.#candidate.remainingMs() <= 0) return true;
      try {
        // Not cut off at the end of the term: a release must know how the last write went.
        const outcome = await this.#candidate.tryAcquireOrRenew();
        if (outcome === 'other' && this.leader !== this.#options.identity) return true;
      } catch (error) {
        logger.warn('Cannot renew the lease: trying again', { error: describeError(error) });
      }
    }
    return false;
  }

  async #release(): Promise<void> {
    try {
      await this.#candidate.release();
    } catch (error) {
      this.#options.logger.warn('Cannot release the lease: others wait until it runs out', {
        error: describeError(error),
      });
    }
  }

  /** A callback that throws must not pass for a lost lease. */
  #call(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.#options.logger.error('A callback of the election failed', { error: describeError(error) });
    }
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(this.#options.clock, ms, signal).catch(() => undefined);
  }
}

/** A call, not a property: it may change while something is awaited. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
