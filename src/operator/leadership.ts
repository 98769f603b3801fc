import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { KubernetesClient } from '../kubernetes/client/client.ts';
import { createLeaderElector } from '../kubernetes/leader-election/leader-elector.ts';
import type { LeaderElector } from '../kubernetes/leader-election/leader-elector.ts';
import { FencedError } from '../runtime/controller.ts';
import type { LeaderElectionOptions } from './options/options.ts';

export interface LeadershipDeps {
  readonly options: LeaderElectionOptions;
  readonly client: KubernetesClient;
  /** Where the Lease lives when the options do not say. */
  readonly namespace: string;
  /** Differs between replicas. */
  readonly identity: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Leads until the signal is aborted; resolves when all of its work has ended. */
export type Lead = (signal: AbortSignal) => Promise<void>;

/** Whether this replica may write: always where no leader is elected, else while it surely holds the Lease. */
export class Leadership {
  readonly #deps: LeadershipDeps;
  #elector: LeaderElector | undefined;
  #leads = false;

  constructor(deps: LeadershipDeps) {
    this.#deps = deps;
  }

  isLeader(): boolean {
    return this.#deps.options.enabled ? this.#elector?.isLeader() === true : this.#leads;
  }

  /** To be asked right before each write. @throws {FencedError} when this replica is not the leader (any more). */
  readonly fence = (): void => {
    if (!this.isLeader()) throw new FencedError();
  };

  /**
   * Calls `lead` once this replica leads. Resolves when the signal was aborted, the work has ended and the Lease was
   * handed over.
   * @throws {Error} when the Lease was lost: what a former leader last saw may be old, a new start is the clean way back.
   */
  async run(lead: Lead, signal: AbortSignal): Promise<void> {
    const tracked = async (leading: AbortSignal): Promise<void> => {
      this.#leads = true;
      await lead(leading);
      this.#leads = false;
    };
    if (!this.#deps.options.enabled) {
      await tracked(signal);
      return;
    }
    this.#elector = this.#createElector(tracked);
    await this.#elector.run(signal);
    if (!signal.aborted) throw new Error('The lease was lost: ending, so that a restart begins anew');
  }

  #createElector(lead: Lead): LeaderElector {
    const { options, namespace, logger, ...parts } = this.#deps;
    const { name, leaseDurationMs, renewDeadlineMs, retryPeriodMs } = options;
    return createLeaderElector({
      ...parts,
      lease: { namespace: options.namespace === '' ? namespace : options.namespace, name },
      leaseDurationMs,
      renewDeadlineMs,
      retryPeriodMs,
      logger: logger.child({ component: 'leader-election' }),
      callbacks: { onStartedLeading: lead },
    });
  }
}
