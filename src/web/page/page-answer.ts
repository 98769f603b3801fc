/** One address, two forms: JSON for programs, HTML for browsers. */
import type { Context } from 'hono';
import { listRefusalHeaders } from '../guard.ts';
import type { Refusal } from '../guard.ts';
import { problemPage } from './views/pages.ts';

/** What is said in the place of data. */
export type PageFailure = Refusal | { readonly status: 400 | 404 | 405 | 413 | 414 | 415; readonly message: string };

/** HTML is for who asks for it by name, as browsers do. */
export const wantsHtml = (context: Context): boolean => /\btext\/html\b/.test(context.req.header('accept') ?? '');

export function showFailure(
  context: Context,
  { status, message }: PageFailure,
  more: Readonly<Record<string, string>> = {},
): Response {
  const known = status === 401 || status === 403 || status === 429 || status === 503;
  const headers = { ...(known ? listRefusalHeaders(status) : {}), ...more };
  if (!wantsHtml(context)) return context.json({ error: message }, status, headers);
  const chrome = { place: new URL(context.req.url).host, asOf: undefined, medium: 'served' } as const;
  return context.html(problemPage({ status, message }, chrome), status, headers);
}

/** Where an address within the page leads; "/" for everything else. */
export function readLocalAddress(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return '/';
  return text;
}
