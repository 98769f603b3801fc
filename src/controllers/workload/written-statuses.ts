import type { WorkloadObject } from '../../core/kinds/kind.ts';

type Status = WorkloadObject['status'];

/** A write of status, for as long as the cache still shows the object as it was before. */
interface Written {
  /** The resourceVersion in the cache when it was sent. */
  readonly superseded: string | undefined;
  /** Undefined: whether the server has it is not known. */
  readonly status: Status;
}

/**
 * What the last writes of status left behind. The cache lags: a status that is computed before the last write has come
 * back from the watch must be compared with what was written, else "synced" after "failed" is taken for nothing new, and
 * the failure stays in the status.
 */
export class WrittenStatuses {
  readonly #written = new Map<string, Written>();

  /** What the server has now, as far as is known; "unknown" after a write of which no answer came. */
  recall(key: string, { metadata, status }: WorkloadObject): Status | 'unknown' {
    const written = this.#written.get(key);
    if (written === undefined) return status;
    if (written.superseded === metadata.resourceVersion) return written.status ?? 'unknown';
    this.#written.delete(key);
    return status;
  }

  /** To be called before a status is sent: from now on the server may have it. */
  begin(key: string, { metadata }: WorkloadObject): void {
    this.#written.set(key, { superseded: metadata.resourceVersion, status: undefined });
  }

  /** The server has it. */
  confirm(key: string, { metadata }: WorkloadObject, status: NonNullable<Status>): void {
    this.#written.set(key, { superseded: metadata.resourceVersion, status });
  }

  /** The workload is gone. */
  forget(key: string): void {
    this.#written.delete(key);
  }
}
