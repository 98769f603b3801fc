import type { YamlValue } from '../../base/yaml-writer.ts';
import { RawScalar } from '../../base/yaml-writer.ts';
import type { HttpClientConfig } from '../targets/sd-config.ts';
import { ConfigError, isNull } from './values.ts';
import type { Section } from './section.ts';

/** Keys of the HTTP client block, which stands among the keys of whatever needs one. */
const httpClientKeys = [
  'basic_auth',
  'authorization',
  'oauth2',
  'bearer_token',
  'bearer_token_file',
  'follow_redirects',
  'enable_http2',
  'tls_config',
  'proxy_url',
  'no_proxy',
  'proxy_from_environment',
  'proxy_connect_header',
  'http_headers',
];

/** True for what counts as not written: null, false, "", {} and [], also all the way down. */
function isZero(value: YamlValue | undefined): boolean {
  if (isNull(value) || value === '') return true;
  if (value instanceof RawScalar) return /^(?:n|no|off|false)$/i.test(value.source);
  return typeof value === 'object' && Object.values(value).every((one: YamlValue) => isZero(one));
}

/**
 * Reads the block and checks that its kinds of authentication go together (docs/reference/discovery.md 2.2).
 * What is at its default is left out: an empty result means that nothing is asked for.
 */
export function readHttpClient(section: Section): HttpClientConfig {
  const found = httpClientKeys.map((key) => [key, section.get(key)] as const);
  const isOff = (value: YamlValue | undefined): boolean => value !== undefined && isZero(value);
  const config = found.filter(([key, value]) =>
    key === 'follow_redirects' || key === 'enable_http2' ? isOff(value) : !isZero(value),
  );
  // Blocks of authentication count as soon as they are there.
  const auth = ['basic_auth', 'authorization', 'oauth2'];
  const present = new Set(
    found.flatMap(([key, value]) => (isNull(value) || (!auth.includes(key) && isZero(value)) ? [] : [key])),
  );
  checkAuthentication(present);
  return Object.fromEntries(config.map(([key, value]) => [key, simplify(value)]));
}

function checkAuthentication(present: ReadonlySet<string>): void {
  const [basic, oauth2, authorization] = ['basic_auth', 'oauth2', 'authorization'].map((key) => present.has(key));
  const token = present.has('bearer_token');
  const tokenFile = present.has('bearer_token_file');
  if (token && tokenFile) throw new ConfigError('at most one of bearer_token & bearer_token_file must be configured');
  const hasToken = token || tokenFile;
  if ((basic === true || oauth2 === true) && hasToken)
    throw new ConfigError('at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured');
  if (authorization === true && hasToken)
    throw new ConfigError('authorization is not compatible with bearer_token & bearer_token_file');
  if ([basic, oauth2, authorization].filter((one) => one === true).length > 1)
    throw new ConfigError('at most one of basic_auth, oauth2 & authorization must be configured');
}

/** Scalars as text, so that equal configurations are equal whatever they were read from. */
function simplify(value: YamlValue | undefined): unknown {
  if (value instanceof RawScalar) return value.source;
  if (Array.isArray(value)) return value.map(simplify);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, YamlValue]) => [key, simplify(one)]));
}
