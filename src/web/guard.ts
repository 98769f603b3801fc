/** Who may see what is served: asked before a request is answered. */
import type { Context } from 'hono';
import { isLoopbackHost } from './loopback.ts';

/** Objects of a resource; without a name all of them, without a namespace those of all namespaces. */
export interface ObjectAccess {
  /** "" for the core group. */
  readonly group: string;
  /** The plural. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Whoever sent a request that was let in. */
export interface Caller {
  /** @throws when nobody can say. */
  mayGet(wanted: ObjectAccess): Promise<boolean>;
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 401 | 403 | 429 | 503;
  readonly message: string;
}

/** Never rejects: who cannot be asked about is refused. */
export type Guard = (request: Request) => Promise<{ readonly caller: Caller } | { readonly refusal: Refusal }>;

const anybody: Caller = { mayGet: () => Promise.resolve(true) };

/** Lets everybody see everything. */
export const openGuard: Guard = () => Promise.resolve({ caller: anybody });

/** Lets nobody in. */
export const closedGuard =
  (message: string): Guard =>
  () =>
    Promise.resolve({ refusal: { status: 403, message } });

/**
 * For a server that only this machine or pod reaches: whoever does may see everything. Requests of web pages that were led
 * here by a name of their own are refused.
 */
export const loopbackGuard: Guard = (request) =>
  isLoopbackHost(new URL(request.url).hostname)
    ? openGuard(request)
    : Promise.resolve({ refusal: { status: 403, message: 'Only for the loopback interface' } });

/** The token of `Authorization: Bearer …`; undefined when there is none. */
export function readBearerToken(request: Request): string | undefined {
  return /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** Refusals as text; explanations have a form of their own. */
export function refuse(context: Context, { status, message }: Refusal): Response {
  return context.text(`${message}\n`, status, listRefusalHeaders(status));
}

/** What a client needs to know to try again. */
export function listRefusalHeaders(status: Refusal['status']): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return status === 429 ? { 'retry-after': '1' } : {};
}
