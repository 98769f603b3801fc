import type { Clock } from '../../base/clock.ts';
import type { ApiObject } from '../api.ts';
import type { FieldError } from './field-error.ts';

/** A source of randomness: numbers in [0, 1). */
export type Random = () => number;

/** What strategies may look at besides the object. */
export interface StrategyContext {
  readonly clock: Clock;
  readonly random: Random;
  /** Objects that are stored, by resource: for allocation (cluster IPs, node ports) and for references. */
  readonly list: (collection: string) => readonly ApiObject[];
}

/** The rules of a kind. Objects are the caller's copies: defaulting and preparing change them in place. */
export interface Strategy {
  /** Takes out fields that the kind does not know; returns their paths. For kinds that are not Go structs. */
  readonly prune?: (object: ApiObject) => string[];
  /** Fills in what a client left open; runs on every write. */
  readonly applyDefaults?: (object: ApiObject) => void;
  /** After defaulting, on create: allocates and sets what is the server's. */
  readonly prepareForCreate?: (object: ApiObject, context: StrategyContext) => void;
  /** After defaulting, on update of the main resource: takes over what a client may leave out. */
  readonly prepareForUpdate?: (object: ApiObject, old: ApiObject, context: StrategyContext) => void;
  /** `old` is undefined on create. */
  readonly validate?: (object: ApiObject, old?: ApiObject) => FieldError[];
  /** Runs besides `validate`. */
  readonly validateUpdate?: (object: ApiObject, old: ApiObject) => FieldError[];
  /** After validation, on update of the main resource: what an admission plugin has to say. @throws {StatusError} 403. */
  readonly admitUpdate?: (object: ApiObject, old: ApiObject, context: StrategyContext) => void;
  /** What names may look like; a DNS subdomain when absent. */
  readonly nameFormat?: NameFormat;
  /** True when metadata.generation counts changes of the spec. */
  readonly countsGenerations?: boolean;
  /** True when an update must carry a resourceVersion. */
  readonly needsResourceVersion?: boolean;
  /** True when a PUT of a missing object creates it. */
  readonly createsOnUpdate?: boolean;
  /** Finalizers that a delete adds. */
  readonly deletionFinalizers?: readonly string[];
  /** What else changes when the object is marked for deletion. */
  readonly markDeleted?: (object: ApiObject) => void;
  /** True while something besides metadata.finalizers keeps a deleted object. */
  readonly isHeld?: (object: ApiObject) => boolean;
  /** Seconds a deleted object stays to end gracefully, undefined when it goes at once. */
  readonly gracePeriod?: (object: ApiObject, requested: number | undefined) => number | undefined;
}

export type NameFormat = 'subdomain' | 'label' | 'service' | 'path' | 'any';
