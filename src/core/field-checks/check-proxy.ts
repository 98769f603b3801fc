import type { ProxyConfig } from '../../api/parts/proxy.ts';
import { parseGoUrl } from '../../base/go-url.ts';
import type { GoUrl } from '../../base/go-url.ts';
import { checkSecretKey, reject } from './check-scope.ts';
import type { CheckScope, Place } from './check-scope.ts';
import type { Findings } from '../findings.ts';

const reason = 'InvalidProxyConfig';

function parse(url: string): GoUrl | Error {
  try {
    return parseGoUrl(url);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** The URL must be one that Go parses. Undefined is nothing to check. */
export function* checkUrl(url: string | undefined, at: Place): Findings {
  const parsed = url === undefined ? undefined : parse(url);
  if (parsed instanceof Error) yield reject(at, parsed.message);
}

/** The URL must have a scheme, one of `schemes` if given, and a host. */
export function* checkServerUrl(url: string, at: Place, schemes?: readonly string[]): Findings {
  const parsed = parse(url);
  if (parsed instanceof Error) {
    yield reject(at, parsed.message);
    return;
  }
  if (parsed.scheme === '' || (schemes !== undefined && !schemes.includes(parsed.scheme)))
    yield reject(at, `Cannot use URL "${url}": want scheme ${schemes?.join(' or ') ?? 'such as http'}`);
  if (parsed.host === '') yield reject(at, `Cannot use URL "${url}": it has no host`);
}

/** The keys that proxy headers are read from. */
export function* checkProxyHeaders(proxy: ProxyConfig, field: string, scope: CheckScope): Findings {
  for (const [header, selectors] of Object.entries(proxy.proxyConnectHeader ?? {})) {
    const at = `${field}.proxyConnectHeader.${header}`;
    if (selectors.length === 0) yield reject({ field: at, reason }, 'Cannot send a header without values');
    for (const [index, selector] of selectors.entries()) yield* checkSecretKey(selector, `${at}[${index}]`, scope);
  }
}

/** Which fields can stand together. */
function* checkProxyFields(proxy: ProxyConfig, field: string): Findings {
  const { proxyUrl, noProxy, proxyFromEnvironment } = proxy;
  const at = (name: string): Place => ({ field: `${field}.${name}`, reason });
  const hasHeaders = Object.keys(proxy.proxyConnectHeader ?? {}).length > 0;
  if (proxyFromEnvironment === true) {
    for (const name of ['proxyUrl', 'noProxy'] as const)
      if (proxy[name] !== undefined)
        yield reject(at(name), `Cannot use both "${name}" and "proxyFromEnvironment": set one of them`);
  } else if (proxyUrl === undefined) {
    if (noProxy !== undefined) yield reject(at('noProxy'), 'Cannot use "noProxy" without "proxyUrl"');
    if (hasHeaders)
      yield reject(
        at('proxyConnectHeader'),
        'Cannot send headers without a proxy: set "proxyUrl" or "proxyFromEnvironment"',
      );
  }
}

/** Proxy settings (docs/reference/rendering.md 3.2, "proxy"). `field` is the path of the object that carries them. */
export function* checkProxy(proxy: ProxyConfig, field: string, scope: CheckScope): Findings {
  yield* checkProxyFields(proxy, field);
  yield* checkUrl(proxy.proxyUrl, { field: `${field}.proxyUrl`, reason });
  yield* checkProxyHeaders(proxy, field, scope);
}
