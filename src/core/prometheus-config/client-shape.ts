import type { YamlValue } from '../../base/yaml-writer.ts';
import { boolean, oneOf, plain, text, textMap, texts, textsMapOf, url } from './scalars.ts';
import { describe, keysOf, mapping, readShape, refuseIf, within } from './shape.ts';
import type { Fields, KeyReader } from './shape.ts';
import { asMapping } from './values.ts';

/** The HTTP client block of Prometheus (github.com/prometheus/common/config), which stands among the keys of its user. */

const tlsVersion = oneOf(['TLS10', 'TLS11', 'TLS12', 'TLS13'], (found) => `unknown TLS version: ${found}`);

/** What a block says, without what is at the zero of its type: that is as good as absent. */
const writtenOf = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, one]) => one !== null && one !== '' && one !== false));

const countSet = (fields: Fields, keys: readonly string[]): number =>
  keys.filter((key) => fields.text(key) !== '').length;

const tlsShape = describe('config.plain', {
  keys: [
    ...keysOf(text, 'ca', 'cert', 'key', 'ca_file', 'cert_file', 'key_file', 'ca_ref', 'cert_ref', 'key_ref'),
    ...keysOf(text, 'server_name'),
    ...keysOf(boolean, 'insecure_skip_verify'),
    ...keysOf(tlsVersion, 'min_version', 'max_version'),
  ],
  check(fields) {
    for (const name of ['ca', 'cert', 'key'])
      refuseIf(
        countSet(fields, [name, `${name}_file`, `${name}_ref`]) > 1,
        `at most one of ${name}, ${name}_file & ${name}_ref must be configured`,
      );
    const hasCert = countSet(fields, ['cert', 'cert_file', 'cert_ref']) > 0;
    const hasKey = countSet(fields, ['key', 'key_file', 'key_ref']) > 0;
    refuseIf(
      hasCert && !hasKey,
      'exactly one of key or key_file must be configured when a client certificate is configured',
    );
    refuseIf(hasKey && !hasCert, 'exactly one of cert or cert_file must be configured when a client key is configured');
  },
  read: writtenOf,
});

export const tls = mapping(tlsShape);

const proxyKeys = [
  ...keysOf(url, 'proxy_url'),
  ...keysOf(text, 'no_proxy'),
  ...keysOf(boolean, 'proxy_from_environment'),
  ...keysOf(textsMapOf('config.ProxyHeader'), 'proxy_connect_header'),
];

function checkProxy(fields: Fields): void {
  const hasUrl = fields.text('proxy_url') !== '';
  const fromEnvironment = fields.isTrue('proxy_from_environment');
  const noProxy = fields.text('no_proxy') !== '';
  const hasHeaders = Object.keys(asMapping(fields.get('proxy_connect_header') ?? null, '')).length > 0;
  refuseIf(
    hasHeaders && !fromEnvironment && !hasUrl,
    'if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured',
  );
  refuseIf(fromEnvironment && hasUrl, 'if proxy_from_environment is configured, proxy_url must not be configured');
  refuseIf(fromEnvironment && noProxy, 'if proxy_from_environment is configured, no_proxy must not be configured');
  // An empty URL counts as one here.
  refuseIf(noProxy && !fields.has('proxy_url'), 'if no_proxy is configured, proxy_url must also be configured');
}

const oauth2Shape = describe('config.plain', {
  keys: [
    ...keysOf(text, 'client_id', 'client_secret', 'client_secret_file', 'client_secret_ref', 'token_url'),
    ...keysOf(text, 'client_certificate_key_id', 'client_certificate_key', 'client_certificate_key_file'),
    ...keysOf(text, 'client_certificate_key_ref', 'grant_type', 'signature_algorithm', 'iss', 'audience'),
    ...keysOf(plain, 'claims'),
    ...keysOf(texts, 'scopes'),
    ...keysOf(textMap, 'endpoint_params'),
    ...keysOf(tls, 'tls_config'),
    ...proxyKeys,
  ],
  check(fields) {
    checkProxy(fields);
    refuseIf(fields.text('client_id') === '', 'oauth2 client_id must be configured');
    refuseIf(fields.text('token_url') === '', 'oauth2 token_url must be configured');
    if (fields.text('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer') checkJwt(fields);
    else
      refuseIf(
        countSet(fields, ['client_secret', 'client_secret_file', 'client_secret_ref']) > 1,
        'at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using grant-type=client_credentials',
      );
  },
  read: writtenOf,
});

function checkJwt(fields: Fields): void {
  refuseIf(
    countSet(fields, ['client_certificate_key', 'client_certificate_key_file', 'client_certificate_key_ref']) > 1,
    'at most one of oauth2 client_certificate_key, client_certificate_key_file & client_certificate_key_ref must be configured using grant-type=urn:ietf:params:oauth:grant-type:jwt-bearer',
  );
  refuseIf(
    !['', 'RS256', 'RS384', 'RS512'].includes(fields.text('signature_algorithm')),
    'valid signature algorithms are RS256, RS384 and RS512',
  );
}

const basicAuthShape = describe('config.BasicAuth', {
  keys: keysOf(text, 'username', 'username_file', 'username_ref', 'password', 'password_file', 'password_ref'),
  check(fields) {
    for (const name of ['username', 'password'])
      refuseIf(
        countSet(fields, [name, `${name}_file`, `${name}_ref`]) > 1,
        `at most one of basic_auth ${name}, ${name}_file & ${name}_ref must be configured`,
      );
  },
  read: writtenOf,
});

const authorizationShape = describe('config.Authorization', {
  keys: keysOf(text, 'type', 'credentials', 'credentials_file', 'credentials_ref'),
  check(fields) {
    refuseIf(
      countSet(fields, ['credentials', 'credentials_file', 'credentials_ref']) > 1,
      'at most one of authorization credentials & credentials_file must be configured',
    );
    refuseIf(
      fields.text('type').trim().toLowerCase() === 'basic',
      'authorization type cannot be set to "basic", use "basic_auth" instead',
    );
  },
  read: writtenOf,
});

/** Headers that Prometheus sets itself; names in lower case. */
const reservedHeaders = new Set([
  ...['authorization', 'host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection'],
  ...['keep-alive', 'proxy-authenticate', 'proxy-authorization', 'www-authenticate', 'accept-encoding'],
  ...['x-prometheus-remote-write-version', 'x-prometheus-remote-read-version', 'x-prometheus-scrape-timeout-seconds'],
  ...['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'],
]);

const headerShape = describe('config.Header', {
  keys: keysOf(texts, 'values', 'secrets', 'files'),
  read: writtenOf,
});

export const headers: KeyReader<Readonly<Record<string, unknown>>> = (value, context) => {
  const read = ([name, header]: readonly [string, YamlValue | undefined]): readonly [string, unknown] => {
    refuseIf(reservedHeaders.has(name.toLowerCase()), `setting header "${name}" is not allowed`);
    return [name, within([name], () => readShape(header ?? null, headerShape, context))];
  };
  return Object.fromEntries(Object.entries(asMapping(value, 'config.Headers')).map(read));
};

/** Keys of the block. */
export const clientKeys = [
  ...keysOf(mapping(basicAuthShape), 'basic_auth'),
  ...keysOf(mapping(authorizationShape), 'authorization'),
  ...keysOf(mapping(oauth2Shape), 'oauth2'),
  ...keysOf(text, 'bearer_token', 'bearer_token_file'),
  ...keysOf(tls, 'tls_config'),
  ...keysOf(boolean, 'follow_redirects', 'enable_http2'),
  ...proxyKeys,
  ...keysOf(headers, 'http_headers'),
];

/** What must hold between the keys of the block; blocks of authentication count as soon as they are there. */
export function checkClient(fields: Fields): void {
  const basic = fields.has('basic_auth');
  const oauth2 = fields.has('oauth2');
  const authorization = fields.has('authorization');
  const tokens = countSet(fields, ['bearer_token', 'bearer_token_file']);
  refuseIf(tokens > 1, 'at most one of bearer_token & bearer_token_file must be configured');
  refuseIf(
    (basic || oauth2) && tokens > 0,
    'at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured',
  );
  refuseIf(authorization && tokens > 0, 'authorization is not compatible with bearer_token & bearer_token_file');
  refuseIf(
    [basic, oauth2, authorization].filter(Boolean).length > 1,
    'at most one of basic_auth, oauth2 & authorization must be configured',
  );
  checkProxy(fields);
}
