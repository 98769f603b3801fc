import type { NamespacedName } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { KubernetesClient } from '../client/client.ts';
import { Deadline } from '../client/deadline.ts';
import { TransportError, isAlreadyExists, isConflict, isNotFound } from '../client/errors.ts';
import { formatMicroTime } from '../micro-time.ts';
import { LeaseLock } from './lease-lock.ts';
import type { Lease, LeaseSpec } from './lease-lock.ts';
import { releasedLeaseSeconds } from '../limits.ts';

export interface CandidateOptions {
  readonly client: KubernetesClient;
  readonly lease: NamespacedName;
  readonly identity: string;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly clock: Clock;
  readonly onNewLeader: (identity: string) => void;
}

/** A moment on both clocks. */
interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/**
 * One party to an election: what it saw of the lease, when, and what it may conclude. Times in the lease are other
 * machines' and are never compared with this one's: what counts is how long a record was seen unchanged.
 */
export class Candidate {
  readonly #options: CandidateOptions;
  readonly #lock: LeaseLock;
  #observed: Lease | undefined;
  /** When the record last changed, as seen from here; monotonic milliseconds. */
  #observedAt = 0;
  /** Just before the last write that made or kept this candidate the leader was sent. */
  #renewedAt: Moment | undefined;

  constructor(options: CandidateOptions) {
    this.#options = options;
    this.#lock = new LeaseLock(options.client, options.lease);
  }

  get leader(): string {
    return this.#observed?.spec?.holderIdentity ?? '';
  }

  /**
   * Others wait for the lease's duration from when they saw the last renewal, which was after it was sent; the fence
   * falls at the renew deadline, which is sooner. Both clocks must agree: the monotonic one stands still while a
   * machine sleeps, the wall clock may be set.
   */
  isLeader(): boolean {
    if (this.#renewedAt === undefined || this.leader !== this.#options.identity) return false;
    const { clock, renewDeadlineMs } = this.#options;
    const passed = Math.max(clock.monotonic() - this.#renewedAt.monotonic, clock.now() - this.#renewedAt.wall);
    return passed < renewDeadlineMs;
  }

  /** Milliseconds until leadership has to be given up unless it is renewed. */
  remainingMs(): number {
    if (this.#renewedAt === undefined) return 0;
    return this.#renewedAt.monotonic + this.#options.renewDeadlineMs - this.#options.clock.monotonic();
  }

  /**
   * One try. "other": somebody else holds the lease, or was faster.
   * @throws {ApiError | TransportError} when it cannot be known.
   */
  async tryAcquireOrRenew(signal?: AbortSignal): Promise<'held' | 'other'> {
    const { clock, renewDeadlineMs } = this.#options;
    const deadline = new Deadline(clock, signal);
    const remainingMs = this.remainingMs();
    const limitMs = remainingMs > 0 ? remainingMs : renewDeadlineMs;
    deadline.arm(limitMs, () => new TransportError(`No answer about the lease within ${limitMs} ms`, 'timeout'));
    try {
      return await this.#try(deadline.signal);
    } finally {
      deadline.release();
    }
  }

  /** Leaves the lease to whoever wants it. Not the leader from its first moment on. */
  async release(): Promise<void> {
    const { identity, clock, renewDeadlineMs } = this.#options;
    const lease = this.#observed;
    this.#renewedAt = undefined;
    if (lease?.spec?.holderIdentity !== identity) return;
    const deadline = new Deadline(clock, undefined);
    deadline.arm(renewDeadlineMs, () => new TransportError('No answer about the lease', 'timeout'));
    const now = formatMicroTime(clock.now());
    const spec = { holderIdentity: '', leaseDurationSeconds: releasedLeaseSeconds, renewTime: now, acquireTime: now };
    try {
      this.#observe(await this.#lock.update(lease, spec, deadline.signal));
    } finally {
      deadline.release();
    }
  }

  async #try(signal: AbortSignal): Promise<'held' | 'other'> {
    if (this.isLeader() && this.#observed !== undefined) {
      // Nobody else wrote since: one request is enough. Any trouble, and the lease is looked at first.
      const renewed = await this.#write(this.#observed, signal);
      if (renewed === 'held') return renewed;
    }
    const lease = await this.#lock.get(signal);
    if (lease === undefined) return this.#write(undefined, signal);
    this.#observe(lease);
    return this.#isHeldByOther(lease) ? 'other' : this.#write(lease, signal);
  }

  #isHeldByOther({ spec = {} }: Lease): boolean {
    const { clock, identity } = this.#options;
    const { holderIdentity = '', leaseDurationSeconds = 0 } = spec;
    if (holderIdentity === '' || holderIdentity === identity) return false;
    return clock.monotonic() < this.#observedAt + leaseDurationSeconds * 1000;
  }

  async #write(lease: Lease | undefined, signal: AbortSignal): Promise<'held' | 'other'> {
    const { clock } = this.#options;
    const sentAt = { monotonic: clock.monotonic(), wall: clock.now() };
    const spec = this.#createSpec(lease);
    try {
      const written = await (lease === undefined
        ? this.#lock.create(spec, signal)
        : this.#lock.update(lease, spec, signal));
      this.#renewedAt = sentAt;
      this.#observe(written);
      return 'held';
    } catch (error) {
      const isDeleted = lease !== undefined && isNotFound(error);
      if (isConflict(error) || isAlreadyExists(error) || isDeleted) return 'other';
      throw error;
    }
  }

  #createSpec(lease: Lease | undefined): LeaseSpec {
    const { identity, leaseDurationMs, clock } = this.#options;
    const now = formatMicroTime(clock.now());
    const { holderIdentity, acquireTime, leaseTransitions = 0 } = lease?.spec ?? {};
    const isOwn = holderIdentity === identity;
    return {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(leaseDurationMs / 1000),
      acquireTime: isOwn && acquireTime !== undefined ? acquireTime : now,
      renewTime: now,
      leaseTransitions: isOwn || lease === undefined ? leaseTransitions : leaseTransitions + 1,
    };
  }

  #observe(lease: Lease): void {
    const before = this.#observed;
    this.#observed = lease;
    if (before !== undefined && JSON.stringify(before.spec) === JSON.stringify(lease.spec)) return;
    this.#observedAt = this.#options.clock.monotonic();
    const leader = this.leader;
    if (leader !== '' && leader !== before?.spec?.holderIdentity) this.#options.onNewLeader(leader);
  }
}
