/** Refusals a real API server gives, ready to be scripted. */
import type { RequestFault } from './hook.ts';

/** 409: somebody else was faster. */
export const conflict: RequestFault = {
  kind: 'refuse',
  code: 409,
  reason: 'Conflict',
  message:
    'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version',
};

/** 410: the resourceVersion or continue token is older than the history. */
export const expired: RequestFault = {
  kind: 'refuse',
  code: 410,
  reason: 'Expired',
  message: 'The resourceVersion for the provided watch is too old.',
};

export const internalError: RequestFault = {
  kind: 'refuse',
  code: 500,
  reason: 'InternalError',
  message: 'Internal error occurred: scripted',
};

export const unavailable: RequestFault = {
  kind: 'refuse',
  code: 503,
  reason: 'ServiceUnavailable',
  message: 'the server is currently unable to handle the request',
};

/** 429 with a hint when to come back. */
export function tooManyRequests(retryAfterSeconds: number): RequestFault {
  const message = 'too many requests, please try again later';
  return { kind: 'refuse', code: 429, reason: 'TooManyRequests', message, retryAfterSeconds };
}

/** 403 as RBAC says it. */
export function forbidden(message: string): RequestFault {
  return { kind: 'refuse', code: 403, reason: 'Forbidden', message };
}
