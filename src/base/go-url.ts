/** URLs as Go's net/url parses them: what Go accepts, Prometheus accepts, and only that. */

export interface GoUrl {
  /** Lower case; "" when there is none. */
  readonly scheme: string;
  /** With the port; "" when there is none. */
  readonly host: string;
}

const controlCharacter = /[\x00-\x1f\x7f]/;
const badEscape = /%(?![0-9A-Fa-f]{2})/;
/** Characters that may not stand in a host, and escapes of ASCII. */
const badHost = /[ \\^`{|}]|%(?!25|[89A-Fa-f][0-9A-Fa-f])/;
const badUser = /[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/;

/** A text that Go takes for no URL. */
export class GoUrlError extends SyntaxError {
  override readonly name = 'GoUrlError';
  /** What is wrong, without the URL: that may hold a password. */
  readonly why: string;

  constructor(text: string, why: string) {
    super(`Cannot parse URL "${text}": ${why}`);
    this.why = why;
  }
}

const fail = (text: string, why: string): never => {
  throw new GoUrlError(text, why);
};

function splitScheme(text: string): { scheme: string; rest: string } {
  if (text.startsWith(':')) fail(text, 'missing protocol scheme');
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  const [all = '', scheme = ''] = match ?? [];
  return { scheme: scheme.toLowerCase(), rest: text.slice(all.length) };
}

function checkPort(text: string, port: string): void {
  if (!/^(?::\d*)?$/.test(port)) fail(text, `invalid port "${port}" after host`);
}

function parseHost(text: string, host: string): string {
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) fail(text, "missing ']' in host");
    checkPort(text, host.slice(end + 1));
    return host;
  }
  const colon = host.lastIndexOf(':');
  if (colon >= 0) checkPort(text, host.slice(colon));
  if (badHost.test(host)) fail(text, 'invalid character in host name');
  return host;
}

function parseAuthority(text: string, authority: string): string {
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(0, at));
  if (badUser.test(user) || badEscape.test(user)) fail(text, 'invalid user information');
  return parseHost(text, authority.slice(at + 1));
}

function checkEscapes(text: string, part: string): void {
  if (badEscape.test(part)) fail(text, 'invalid URL escape');
}

/** What stands behind the scheme, without query and fragment. */
function parsePath(text: string, scheme: string, path: string): GoUrl {
  if (!path.startsWith('/')) {
    if (scheme === '' && /^[^/]*:/.test(path)) fail(text, 'first path segment in URL cannot contain colon');
    // Behind a scheme this is opaque: Go does not look into it.
    if (scheme === '') checkEscapes(text, path);
    return { scheme, host: '' };
  }
  const hasAuthority = path.startsWith('//') && (scheme !== '' || !path.startsWith('///'));
  const end = hasAuthority ? `${path}/`.indexOf('/', 2) : 0;
  checkEscapes(text, path.slice(end));
  return { scheme, host: hasAuthority ? parseAuthority(text, path.slice(2, end)) : '' };
}

/** @throws {GoUrlError} where Go's `url.Parse` gives an error. */
export function parseGoUrl(text: string): GoUrl {
  if (controlCharacter.test(text)) fail(text, 'invalid control character');
  const [beforeFragment = '', fragment = ''] = text.split(/#(.*)/s);
  checkEscapes(text, fragment);
  const { scheme, rest } = splitScheme(beforeFragment);
  const [path = ''] = rest.split('?');
  return parsePath(text, scheme, path);
}
