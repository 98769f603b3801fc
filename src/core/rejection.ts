import { cutText } from '../base/cut-text.ts';
import { toldMessageBytes } from './limits.ts';

/**
 * Why an object is left out, as data: it feeds events, status, metrics, the webhook and `explain` alike.
 * Rejections are not exceptions; one object's rejection never touches the others.
 */
export interface Rejection {
  /** Stable word for machines, in CamelCase, such as `InvalidRelabelConfig` or `SecretNotFound`. */
  readonly reason: string;
  /** Where: a path from the object's root, such as `spec.endpoints[0].relabelings[2].regex`; "" for the whole object. */
  readonly field: string;
  /** For people: the action, a colon, what was found, and what is allowed. No secret values. */
  readonly message: string;
}

/** For people: the field, then what is wrong with it, cut where a value has no end. */
export function describeRejection({ field, message }: Rejection): string {
  return cutText(field === '' ? message : `${field}: ${message}`, toldMessageBytes);
}
