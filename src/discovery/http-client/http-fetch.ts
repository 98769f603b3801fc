import type { HttpClientConfig } from '../../core/targets/sd-config.ts';
import { createHttpClient } from '../../kubernetes/client/http-client.ts';
import type { HttpAnswer } from '../../kubernetes/client/http-client.ts';
import type { ClientConfig } from '../../kubernetes/client/client-config.ts';
import { createClientConfig } from './client-config.ts';
import type { HttpClientDeps } from './client-config.ts';
import { longestRedirect } from '../limits.ts';

export interface HttpGet {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Gets an URL. @throws {Error} when no answer came. */
export type HttpFetch = (url: string, get: HttpGet) => Promise<HttpAnswer>;

/**
 * Gets URLs as an HTTP client block says: credentials, TLS, headers, proxy, redirects. Credentials stay on the server
 * that they were given for.
 *
 * @throws {Error} for what is not done here; the sentence names the key.
 */
export function createHttpFetch(config: HttpClientConfig, deps: HttpClientDeps): HttpFetch {
  // Says at once what cannot be used.
  createClientConfig('http://localhost', config, deps);
  const homes = new Map<string, ClientConfig>();
  /** One for each server, as it keeps tokens. */
  const openHome = (origin: string): ClientConfig => {
    const known = homes.get(origin) ?? createClientConfig(origin, config, deps);
    homes.set(origin, known);
    return known;
  };
  const followsRedirects = config['follow_redirects'] === undefined;
  return async (first, get) => {
    const home = new URL(first).origin;
    let url = first;
    for (let redirects = 0; ; redirects += 1) {
      const { origin } = new URL(url);
      const client = origin === home ? openHome(origin) : createClientConfig(origin, keepTls(config), deps);
      const answer = await fetchOnce(url, client, get);
      const next = followsRedirects ? findRedirect(url, answer) : undefined;
      if (next === undefined) return answer;
      if (redirects === longestRedirect) throw new Error(`Cannot follow more than ${longestRedirect} redirects`);
      url = next;
    }
  };
}

/** What of a block is no secret of one server. */
function keepTls({ tls_config: tls, proxy_url: proxy, no_proxy: exceptions }: HttpClientConfig): HttpClientConfig {
  return { tls_config: tls, proxy_url: proxy, no_proxy: exceptions };
}

async function fetchOnce(url: string, config: ClientConfig, get: HttpGet): Promise<HttpAnswer> {
  const client = createHttpClient(config);
  try {
    return await client.send({ method: 'GET', url, ...get, headers: { ...get.headers, ...readUser(url) } });
  } finally {
    await client.close();
  }
}

/** A user in the URL is sent as basic authentication; what the block says is stronger. */
function readUser(url: string): Readonly<Record<string, string>> {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function findRedirect(url: string, { status, headers }: HttpAnswer): string | undefined {
  const { location } = headers;
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  return isRedirect && location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : undefined;
}
