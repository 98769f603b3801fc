import type { SyncOutcome } from '../../core/status/conditions.ts';
import type { WorkloadMetrics } from './metrics.ts';

/**
 * How the last sync of each workload ended, for status, metrics and health. Lost at restart: until its first sync a
 * workload's status stays as it is.
 */
export class Ledger {
  readonly #outcomes = new Map<string, SyncOutcome>();
  readonly #managed = new Map<string, Readonly<Record<string, Managed>>>();
  readonly #metrics: WorkloadMetrics;

  constructor(metrics: WorkloadMetrics) {
    this.#metrics = metrics;
  }

  record(key: string, outcome: SyncOutcome): void {
    this.#outcomes.set(key, outcome);
    this.#publish();
  }

  /** Objects of each kind that the workload selected, and how many of those were rejected. */
  recordManaged(key: string, managed: Readonly<Record<string, Managed>>): void {
    this.#managed.set(key, managed);
    this.#publishManaged();
  }

  outcomeOf(key: string): SyncOutcome | undefined {
    return this.#outcomes.get(key);
  }

  forget(key: string): void {
    this.#outcomes.delete(key);
    this.#managed.delete(key);
    this.#publish();
    this.#publishManaged();
  }

  #publish(): void {
    const failed = [...this.#outcomes.values()].filter(({ kind }) => kind === 'failed').length;
    this.#metrics.setSyncs(this.#outcomes.size - failed, failed);
  }

  #publishManaged(): void {
    const totals = new Map<string, { selected: number; rejected: number }>();
    for (const managed of this.#managed.values()) {
      for (const [kind, { selected, rejected }] of Object.entries(managed)) {
        const total = totals.get(kind) ?? { selected: 0, rejected: 0 };
        totals.set(kind, { selected: total.selected + selected, rejected: total.rejected + rejected });
      }
    }
    for (const [kind, { selected, rejected }] of totals) this.#metrics.setManaged(kind, selected, rejected);
  }
}

export interface Managed {
  /** Rejected ones included, as the reference counts. */
  readonly selected: number;
  readonly rejected: number;
}
