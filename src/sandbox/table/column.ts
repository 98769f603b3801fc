import type { Clock } from '../../base/clock.ts';
import type { ApiObject } from '../api.ts';

/** A column of `kubectl get`; `priority` above 0 shows with -o wide only. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  /** The cell; null shows as <none> or <unknown>. */
  readonly value: (object: ApiObject, clock: Pick<Clock, 'now'>) => unknown;
}
