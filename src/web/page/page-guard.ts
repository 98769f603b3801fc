/** Who has the page before them. */
import type { Caller, Guard, Refusal } from '../guard.ts';
import { loopbackGuard, readBearerToken } from '../guard.ts';
import type { Exchange } from '../http-server.ts';
import { readSessionToken } from './session.ts';
import type { Place, Sight } from './sight.ts';
import { fullSight } from './sight.ts';

/** Whoever sent a request that was let in. */
export interface PageCaller extends Caller {
  /** As the API server calls them; undefined: whoever reaches a loopback address. */
  readonly user: string | undefined;
  /** What they may see of these places. @throws {RefusalError} when nobody can say. */
  look(places: readonly Place[]): Promise<Sight>;
  /** For how long an event stream is theirs before they are asked again. */
  readonly streamMs: number | undefined;
}

/** Never rejects. */
export type PageGuard = (
  request: Request,
  exchange: Exchange | undefined,
) => Promise<{ readonly caller: PageCaller } | { readonly refusal: Refusal }>;

/** Why it cannot be said what a caller may see. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const ask = async (guard: Guard, request: Request): ReturnType<PageGuard> => {
  const admission = await guard(request);
  if ('refusal' in admission) return admission;
  const look = (): Promise<Sight> => Promise.resolve(fullSight);
  return { caller: { ...admission.caller, user: undefined, look, streamMs: undefined } };
};

/** On a loopback address: whoever reaches it sees everything, but for web pages that were led here by a name of their own. */
export const loopbackPageGuard: PageGuard = (request) => ask(loopbackGuard, request);

/** The token of the header, or else that of the cookie. */
export const readCallerToken = (request: Request): string | undefined =>
  readBearerToken(request) ?? readSessionToken(request);
