import type { FindingReason } from '../reasons/table.ts';
import type { Rejection } from '../rejection.ts';

/** Something that `stoker check` tells of an object. */
export interface Finding {
  /** `error`: the API server or the operator refuses it, or drops a field. `warning`: it works, for now. */
  readonly severity: 'error' | 'warning';
  /** Stable word for machines, as in `Violation` and `Rejection`. */
  readonly reason: FindingReason;
  /** From the object's root; "" for the whole object. */
  readonly path: string;
  /** What is wrong at that place: the name of the field, or its value. */
  readonly part: 'name' | 'value';
  /** For people, without the path. */
  readonly message: string;
  /** Who says so, when others that read the object do not: "Prometheus monitoring/main". */
  readonly readers?: readonly string[];
}

/** What a rejection is to those who have not applied the object yet. */
export function toFinding({ reason, field, message }: Rejection): Finding {
  return { severity: 'error', reason, path: field, part: 'value', message };
}
