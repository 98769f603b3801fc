/** Refusals a real API server gives, ready to be scripted. */
import type { Fault } from '../fault-hook.ts';

/** 409: somebody else was faster. */
export const conflict: Fault = {
  kind: 'status',
  code: 409,
  reason: 'Conflict',
  message:
    'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version',
};

/** 410: the resourceVersion or continue token is older than the history. */
export const expired: Fault = {
  kind: 'status',
  code: 410,
  reason: 'Expired',
  message: 'The provided resource version is too old',
};

export const internalError: Fault = {
  kind: 'status',
  code: 500,
  reason: 'InternalError',
  message: 'Internal error occurred: scripted',
};

export const unavailable: Fault = {
  kind: 'status',
  code: 503,
  reason: 'ServiceUnavailable',
  message: 'The server is currently unable to handle the request',
};

/** 429 with a hint when to come back. */
export function tooManyRequests(retryAfterSeconds: number): Fault {
  return {
    kind: 'status',
    code: 429,
    reason: 'TooManyRequests',
    message: 'Too many requests, please try again later',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}

/** 403 as RBAC says it. */
export function forbidden(message: string): Fault {
  return { kind: 'status', code: 403, reason: 'Forbidden', message };
}
