import type { SyncOutcome } from '../../core/status/conditions.ts';
import type { WorkloadMetrics } from './metrics.ts';

/**
 * How the last sync of each workload ended, for status, metrics and health. Lost at restart: until its first sync a
 * workload's status stays as it is.
 */
export class Ledger {
  readonly #outcomes = new Map<string, SyncOutcome>();
  readonly #managed = new Map<string, Readonly<Record<string, Managed>>>();
  /** Kinds that were told of: a metric keeps its last value until it is told another one. */
  readonly #kinds = new Set<string>();
  readonly #metrics: Pick<WorkloadMetrics, 'setSyncs' | 'setManaged'>;

  constructor(metrics: Pick<WorkloadMetrics, 'setSyncs' | 'setManaged'>) {
    this.#metrics = metrics;
  }

  record(key: string, outcome: SyncOutcome): void {
    this.#outcomes.set(key, outcome);
    this.#publish();
  }

  /** Objects of each kind that the workload selected, and how many of those were rejected. */
  recordManaged(key: string, managed: Readonly<Record<string, Managed>>): void {
    this.#managed.set(key, managed);
    for (const kind of Object.keys(managed)) this.#kinds.add(kind);
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
    for (const kind of this.#kinds) {
      const all = [...this.#managed.values()].flatMap((managed) => managed[kind] ?? []);
      const sum = (what: keyof Managed): number => all.reduce((total, one) => total + one[what], 0);
      this.#metrics.setManaged(kind, sum('selected'), sum('rejected'));
    }
  }
}

export interface Managed {
  /** Rejected ones included, as the reference counts. */
  readonly selected: number;
  readonly rejected: number;
}
