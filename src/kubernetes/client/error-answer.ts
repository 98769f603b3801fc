/** Turns error answers into ApiErrors. */
import { ApiError } from './errors.ts';
import type { Status } from './errors.ts';
import { shownAnswerCharacters } from '../limits.ts';

/** Reasons of metav1 for answers without a Status, from a proxy for instance. */
const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** An answer with a status of 400 or more. */
export interface ErrorAnswer {
  readonly httpStatus: number;
  readonly text: string;
  /** The header's value, in seconds or as a date. */
  readonly retryAfter: string | undefined;
}

/** @param now in milliseconds since 1970 */
export function createAnswerError({ httpStatus, text, retryAfter }: ErrorAnswer, now: number): ApiError {
  const status = parseStatus(text);
  return createStatusError({ ...status, code: httpStatus }, parseRetryAfter(retryAfter, now));
}

/** The error of a Status object; also of an ERROR event of a watch. */
export function createStatusError(status: Status, retryAfterSeconds?: number): ApiError {
  const { code = 500, message = '', details } = status;
  const reason = status.reason ?? '';
  return new ApiError({
    status: code,
    reason: reason === '' ? (reasons[code] ?? 'Unknown') : reason,
    message: message === '' ? `The API server answered ${code} ${reasons[code] ?? ''}`.trim() : message,
    details,
    retryAfterSeconds: retryAfterSeconds ?? details?.retryAfterSeconds,
  });
}

function parseStatus(text: string): Status {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && (value as Status).kind === 'Status') return value;
  } catch {
    // Not JSON: a proxy's page, or plain text as for unknown paths.
  }
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line === '' ? {} : { message: line.slice(0, shownAnswerCharacters) };
}

function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
