import { describeError } from '../../base/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { ApiError, isForbidden, isGone, isNotFound, isTransport } from '../client/errors.ts';

export type Verb = 'list' | 'watch' | 'get';

export interface Failure {
  readonly error: unknown;
  readonly verb: Verb;
  /** Milliseconds until the next try. */
  readonly waitMs: number;
}

/**
 * Says that something fails when it begins and when its kind changes, then ever more seldom (at the 2nd, 4th, 8th …
 * failure of a row), and once when it works again.
 */
export class FailureLog {
  readonly #logger: Logger;
  readonly #clock: Clock;
  #row: { readonly since: number; verb: Verb; kind: string; count: number; said: boolean } | undefined;
  #lastError: string | undefined;

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Milliseconds since 1970 of the first failure of the current row. */
  get since(): number | undefined {
    return this.#row?.since;
  }

  get lastError(): string | undefined {
    return this.#row === undefined ? undefined : this.#lastError;
  }

  fail({ error, verb, waitMs }: Failure): void {
    this.#lastError = describeError(error);
    if (isGone(error)) {
      // The server forgot the past; part of ordinary life.
      this.#logger.debug('The watch is too old: listing again', { verb, error: this.#lastError });
      return;
    }
    const kind = describeKind(error, verb);
    this.#row ??= { since: this.#clock.now(), verb, kind: '', count: 0, said: false };
    const row = this.#row;
    row.count = row.kind === kind ? row.count + 1 : 1;
    row.kind = kind;
    row.verb = verb;
    if (!isPowerOfTwo(row.count)) return;
    row.said = true;
    const fields = { verb, failures: row.count, retryInMs: Math.round(waitMs), error: this.#lastError };
    this.#logger.warn(describeWait(error, verb), fields);
  }

  /** A good list says nothing about a watch that failed; a good watch ends any row. */
  succeed(verb: Verb): void {
    const row = this.#row;
    if (verb === 'list' && row?.verb === 'watch') return;
    this.#row = undefined;
    if (row?.said === true) this.#logger.info('Works again', { failedForMs: this.#clock.now() - row.since });
  }
}

function describeWait(error: unknown, verb: Verb): string {
  const what = verb === 'get' ? 'read by name' : 'list and watch';
  if (isForbidden(error)) return `Not allowed to ${what}: waiting for the permission`;
  if (isNotFound(error)) return 'The API server does not serve this resource: waiting for its CRD';
  return `Cannot ${what}: trying again`;
}

/** A server that cannot be reached is the same trouble for every verb. */
function describeKind(error: unknown, verb: Verb): string {
  if (isTransport(error)) return error.failure;
  return `${verb} ${error instanceof ApiError ? error.status : 'unknown'}`;
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
