/** resourceVersions of queries. */
import { StatusError, badRequest } from '../status-error.ts';
import type { Backend } from './backend.ts';
import { futureRevisionMs, futureRevisionRetrySeconds, futureRevisionStepMs } from '../limits.ts';

/** @throws {StatusError} 400 when it is no number. Undefined for "". */
export function parseRevision(text: string): number | undefined {
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw badRequest(
    `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** Waits a little for a revision of the future to come. @throws {StatusError} 504 when it does not. */
export async function waitForRevision({ store, clock }: Backend, revision: number): Promise<void> {
  for (let waited = 0; store.revision < revision; waited += futureRevisionStepMs) {
    if (waited >= futureRevisionMs) throw tooLarge(revision, store.revision);
    await new Promise<void>((resolve) => void clock.schedule(futureRevisionStepMs, resolve));
  }
}

function tooLarge(revision: number, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${revision}, current: ${current}`;
  return new StatusError(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: futureRevisionRetrySeconds,
  });
}
