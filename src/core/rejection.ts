import { cutText } from '../base/cut-text.ts';
import { toldMessageBytes } from './limits.ts';
import type { RejectionReason } from './reasons/table.ts';

/**
 * Why an object is left out, as data: it feeds events, status, metrics, the webhook and `explain` alike.
 * Rejections are not exceptions; one object's rejection never touches the others.
 */
export interface Rejection {
  /** Stable word for machines, such as `InvalidRelabelConfig` or `SecretNotFound`; `core/reasons` has its code and meaning. */
  readonly reason: RejectionReason;
  /** Where: a path from the object's root, such as `spec.endpoints[0].relabelings[2].regex`; "" for the whole object. */
  readonly field: string;
  /** For people: the action, a colon, what was found, and what is allowed. No secret values. */
  readonly message: string;
  /** Parts of the message, for whoever needs more than the sentence: nobody reads it back. */
  readonly operands?: RejectionOperands;
}

export interface RejectionOperands {
  /** The text that cannot be used: a value, or the name of a member. No secret values. */
  readonly found?: string;
  /** The regular expression that the schema wants it to match. */
  readonly pattern?: string;
}

/** For people: the field, then what is wrong with it, cut where a value has no end. */
export function describeRejection({ field, message }: Rejection): string {
  return cutText(field === '' ? message : `${field}: ${message}`, toldMessageBytes);
}
