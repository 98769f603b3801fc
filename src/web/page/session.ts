/** A browser sends no bearer token by itself: after the login its cookie holds it, until the browser is closed. */
import { parse, serialize } from 'hono/utils/cookie';
import { longestTokenCharacters } from '../limits.ts';

/** By TLS a name that only this host can set, for all of its paths. */
const nameOf = (isSecure: boolean): string => (isSecure ? '__Host-stoker' : 'stoker');

const isSecureUrl = ({ url }: Request): boolean => new URL(url).protocol === 'https:';

/** What a token may look like; nothing is asked about others. */
export const isToken = (text: string): boolean =>
  text.length <= longestTokenCharacters && /^[\x21-\x7e]+$/.test(text) && !/[;,"\\]/.test(text);

/** Undefined when there is none, or what no login has set. */
export function readSessionToken(request: Request): string | undefined {
  const name = nameOf(isSecureUrl(request));
  const token = parse(request.headers.get('cookie') ?? '', name)[name];
  return token !== undefined && isToken(token) ? token : undefined;
}

/** The header that makes the browser keep the token, or forget it (undefined). */
export function writeSession(request: Request, token: string | undefined): string {
  const secure = isSecureUrl(request);
  const attributes = { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
  return serialize(nameOf(secure), token ?? '', { ...attributes, ...(token === undefined ? { maxAge: 0 } : {}) });
}
