import { isOlderVersion } from '../../api/meta.ts';
import type { WorkloadObject } from '../../core/kinds/kind.ts';

type Status = WorkloadObject['status'];

/** A status that the server has. */
interface Written {
  /** Of the object with this status; undefined: the answer named none. */
  readonly version: string | undefined;
  /** The resourceVersion in the cache when it was sent. */
  readonly superseded: string | undefined;
  readonly status: NonNullable<Status>;
}

/**
 * What the last writes of status left behind. The cache lags: a status that is computed before the last write has come
 * back from the watch must be compared with what was written, else "synced" after "failed" is taken for nothing new, and
 * the failure stays in the status. Other versions may come from the watch before: those of earlier writes, and of others'.
 */
export class WrittenStatuses {
  readonly #written = new Map<string, Written | 'unknown'>();

  /** What the server has now, as far as is known; "unknown" after a write of which no answer came. */
  recall(key: string, { metadata, status }: WorkloadObject): Status | 'unknown' {
    const written = this.#written.get(key);
    if (written === undefined || written === 'unknown') return written ?? status;
    const { version, superseded } = written;
    if (superseded === metadata.resourceVersion || isOlderVersion(metadata.resourceVersion, version))
      return written.status;
    this.#written.delete(key);
    return status;
  }

  /** To be called before a status is sent: from now on the server may have it. */
  begin(key: string): void {
    this.#written.set(key, 'unknown');
  }

  /** The server has it. @param version the resourceVersion that the server gave the object with it. */
  confirm(
    key: string,
    { metadata }: WorkloadObject,
    { status, version }: { readonly status: NonNullable<Status>; readonly version: string | undefined },
  ): void {
    this.#written.set(key, { version, superseded: metadata.resourceVersion, status });
  }

  /** The workload is gone. */
  forget(key: string): void {
    this.#written.delete(key);
  }
}
