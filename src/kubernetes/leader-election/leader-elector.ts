/** Leadership by a Lease, with client-go's semantics, and a fence: never two leaders, by anybody's clock. */
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import type { NamespacedName } from '../../api/meta.ts';

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
  /** Hand the lease over when the signal is aborted, once the work has ended; true when absent. */
  readonly releaseOnCancel?: boolean | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly callbacks: LeaderCallbacks;
}

export interface LeaderCallbacks {
  /** The work of a leader. The signal is aborted when leadership is lost or no longer wanted. */
  onStartedLeading(signal: AbortSignal): void | Promise<void>;
  /** Called once after each `onStartedLeading`. */
  onStoppedLeading?(): void;
  /** Another identity was seen to lead. */
  onNewLeader?(identity: string): void;
}

export interface LeaderElector {
  /** True only while no other candidate can hold the lease: ask before every write. */
  isLeader(): boolean;
  /** Identity last seen in the lease, or "". */
  readonly leader: string;
  /** Waits for leadership, leads, and resolves when it is lost or the signal is aborted. May be called again then. */
  run(signal: AbortSignal): Promise<void>;
}
