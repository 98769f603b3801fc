/** What is wrong with a request before anybody asks whose it is. */
import { longestUrlCharacters } from '../limits.ts';

export interface BadRequest {
  readonly status: 400 | 403 | 405 | 414;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everything is read-only but the two that change a cookie. */
const postable: ReadonlySet<string> = new Set(['/login', '/logout']);
const withoutGet: ReadonlySet<string> = new Set(['/logout']);
/** What never ends has no length to be told of. */
const withoutHead: ReadonlySet<string> = new Set(['/logout', '/events']);

/** Undefined: the request is well formed, and the path may be asked for by this method. */
export function findBadRequest(request: Request): BadRequest | undefined {
  const { pathname, search } = new URL(request.url);
  if (request.url.length > longestUrlCharacters)
    return { status: 414, message: `Cannot read an address of more than ${longestUrlCharacters} characters` };
  if (!isReadable(pathname) || !isReadable(search.replaceAll('+', ' ')))
    return { status: 400, message: 'Cannot read the address: want UTF-8 without control characters, escaped by %' };
  return findBadMethod(request, pathname) ?? findBody(request);
}

function findBadMethod({ method }: Request, path: string): BadRequest | undefined {
  const allowed = [
    ...(withoutGet.has(path) ? [] : ['GET']),
    ...(withoutHead.has(path) ? [] : ['HEAD']),
    ...(postable.has(path) ? ['POST'] : []),
  ];
  if (allowed.includes(method)) return undefined;
  const allow = allowed.join(', ');
  return { status: 405, message: `Cannot ${method} this: want ${allow}`, headers: { allow } };
}

function findBody({ method, headers }: Request): BadRequest | undefined {
  if (method === 'POST') return undefined;
  const hasBody = (headers.get('content-length') ?? '0') !== '0' || headers.has('transfer-encoding');
  return hasBody ? { status: 400, message: `Cannot take a body with ${method}` } : undefined;
}

/** One way of writing control characters is as good as another. */
function isReadable(text: string): boolean {
  try {
    return !/[\x00-\x1f\x7f\ufffd]/.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}

/**
 * Whether a form was sent by a page of ours: browsers say where a request comes from. Whoever says nothing is no browser, and
 * has better ways to send a token.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === new URL(request.url).host;
}
