import type { Clock } from '../../base/clock.ts';
import type { HttpClientConfig } from '../../core/targets/sd-config.ts';
import type { ClientConfig } from '../../kubernetes/client/client-config.ts';
import { chooseProxy } from '../../kubernetes/client/proxy.ts';
import { blockOf, listOf, readSecret, readText, readTls, textOf } from './block.ts';
import type { Block } from './block.ts';
import { OAuth2Source } from './oauth2.ts';

export interface HttpClientDeps {
  readonly clock: Clock;
  /** For `proxy_from_environment`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * How to reach a server as an HTTP client block says. HTTP/2 is not used, whatever `enable_http2` says: answers are the same.
 *
 * @param server URL without a slash at the end.
 * @throws {Error} for what is not done here; the sentence names the key. No message holds a credential.
 */
export function createClientConfig(server: string, config: HttpClientConfig, deps: HttpClientDeps): ClientConfig {
  refuseUnsupported(config);
  const tokens = config['oauth2'] === undefined ? undefined : new OAuth2Source(blockOf(config, 'oauth2'), deps.clock);
  return {
    server,
    namespace: 'default',
    proxyUrl: findProxy(server, config, deps.env ?? process.env),
    applyAuth: async ({ refresh = false } = {}) => {
      const authorization = await (tokens === undefined ? readAuthorization(config) : tokens.get(refresh));
      const headers = await readHeaders(blockOf(config, 'http_headers'));
      return {
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
        tls: await readTls(config),
      };
    },
  };
}

function refuseUnsupported(config: HttpClientConfig): void {
  if (Object.keys(blockOf(config, 'proxy_connect_header')).length > 0)
    throw new Error('Cannot use proxy_connect_header: headers for a proxy are not sent here');
  const { client_certificate_key: key, client_certificate_key_file: file } = blockOf(config, 'oauth2');
  if (textOf(key) !== '' || textOf(file) !== '')
    throw new Error('Cannot use oauth2 with a client certificate key: only client secrets are sent here');
}

/** A proxy that is named is always used, unless `no_proxy` says otherwise; then this machine is asked directly, too. */
function findProxy(
  server: string,
  config: HttpClientConfig,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (config['proxy_from_environment'] === true) return chooseProxy(server, env);
  const proxy = textOf(config['proxy_url']);
  const exceptions = textOf(config['no_proxy']);
  if (proxy === '') return undefined;
  if (exceptions === '') return proxy;
  return chooseProxy(server, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: exceptions });
}

async function readAuthorization(config: HttpClientConfig): Promise<string | undefined> {
  if (config['basic_auth'] !== undefined) {
    const basic = blockOf(config, 'basic_auth');
    const [user, password] = await Promise.all([readSecret(basic, 'username'), readSecret(basic, 'password')]);
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const block = blockOf(config, 'authorization');
  const credentials = await readSecret(block, 'credentials');
  if (credentials !== '') return `${textOf(block['type']).trim() || 'Bearer'} ${credentials}`;
  const token = await readSecret(config, 'bearer_token');
  return token === '' ? undefined : `Bearer ${token}`;
}

/** Values of a header in the order of Prometheus: plain ones, secret ones, those in files. */
async function readHeaders(headers: Block): Promise<Record<string, string[]>> {
  const read = async ([name, value]: readonly [string, unknown]): Promise<[string, string[]]> => {
    const { values, secrets, files } = value as Block;
    const fromFiles = await Promise.all(listOf(files).map(async (path) => (await readText(path)).trim()));
    return [name.toLowerCase(), [...listOf(values), ...listOf(secrets), ...fromFiles]];
  };
  return Object.fromEntries(await Promise.all(Object.entries(headers).map(read)));
}
