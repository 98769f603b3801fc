/** What the API server said no with, and what kept a request from reaching it. */

/** One field or fact of a refusal (metav1.StatusCause). */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** metav1.StatusDetails, as plain JSON. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** metav1.Status, as plain JSON; what an error answer or a watch's ERROR event carries. */
export interface Status {
  readonly kind?: string;
  readonly status?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

export interface ApiErrorOptions {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: StatusDetails | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * The API server answered, and the answer is no. Tell kinds apart with the predicates below, never by the message.
 *
 * @example
 * try {
 *   await client.create(configMaps, object);
 * } catch (error) {
 *   if (!isAlreadyExists(error)) throw error;
 * }
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status code; of an ERROR event its `code`. */
  readonly status: number;
  /** Machine-readable, such as "NotFound"; derived from the code when the server gave none. */
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  /** How long the server asks to be left alone, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(options: ApiErrorOptions) {
    super(options.message);
    this.status = options.status;
    this.reason = options.reason;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export type TransportFailure = 'refused' | 'reset' | 'dns' | 'timeout' | 'tls' | 'auth' | 'closed' | 'other';

interface TransportErrorOptions {
  readonly cause?: unknown;
  readonly server?: string;
}

/** No answer came, or it broke off: refused, reset, DNS, TLS, time-out. Trying again may help. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;
  /** The URL of the server, where the message names it. */
  readonly server: string | undefined;

  constructor(message: string, failure: TransportFailure, options: TransportErrorOptions = {}) {
    super(message, options);
    this.failure = failure;
    this.server = options.server;
  }
}

/** 404: no such object, namespace or resource type. */
export function isNotFound(error: unknown): error is ApiError {
  return hasStatus(error, 404);
}

/**
 * 404, and it is about one object that is not there. Other 404s come from a server, or what is before it, that does not know
 * the path for the time being: they say nothing about objects, and name none.
 */
export function isAbsent(error: unknown): error is ApiError {
  return isNotFound(error) && error.details?.name !== undefined;
}

/** 409 because the object has changed, or a server-side apply met another manager's fields. */
export function isConflict(error: unknown): error is ApiError {
  return hasStatus(error, 409) && error.reason !== 'AlreadyExists';
}

export function isAlreadyExists(error: unknown): error is ApiError {
  return hasStatus(error, 409) && error.reason === 'AlreadyExists';
}

/** 422: the object breaks its schema or changes an immutable field; `details.causes` names the fields. */
export function isInvalid(error: unknown): error is ApiError {
  return hasStatus(error, 422);
}

/** 410: the resourceVersion or continue token is too old. */
export function isGone(error: unknown): error is ApiError {
  return hasStatus(error, 410) || (error instanceof ApiError && error.reason === 'Expired');
}

/**
 * The object is too large to be stored, or to be sent. etcd's own limit comes back as a plain 500 (1.5 MiB an object), and
 * so does that of the server's connection to it (2 MiB): their text is all there is to know them by.
 */
export function isTooLarge(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  return error.status === 413 || /request is too large|message larger than max/.test(error.message);
}

export function isForbidden(error: unknown): error is ApiError {
  return hasStatus(error, 403);
}

export function isUnauthorized(error: unknown): error is ApiError {
  return hasStatus(error, 401);
}

/** The server was too slow for the request (not: no answer came, see `isTransport`). */
export function isServerTimeout(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status === 504 || error.reason === 'ServerTimeout');
}

/** The server has not seen that resourceVersion yet: after a restore of its storage it never will. */
export function isResourceVersionTooLarge(error: unknown): boolean {
  if (!isServerTimeout(error)) return false;
  const causes = error.details?.causes ?? [];
  return causes.some(({ reason }) => reason === 'ResourceVersionTooLarge') || error.message.includes('Too large');
}

/** No answer came, or it broke off. */
export function isTransport(error: unknown): error is TransportError {
  return error instanceof TransportError;
}

function hasStatus(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.status === status;
}
