import { any, flag, inside, map, text, texts } from '../section-shape.ts';
import type { Section, SectionFault } from '../section-shape.ts';
import { isOneOf } from './keys.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import type { Version } from '../../../../../base/version.ts';

const tlsVersions = ['TLS10', 'TLS11', 'TLS12', 'TLS13'];

/** File names or contents; `insecure_skip_verify` is always written when there is a section. */
export const tlsConfig: Section = {
  fields: {
    ca: text(),
    cert: text(),
    key: text(),
    ca_file: text(),
    cert_file: text(),
    key_file: text(),
    server_name: text(),
    insecure_skip_verify: flag(),
    min_version: text({ since: '0.25.0' }),
    max_version: text({ since: '0.25.0' }),
  },
  *check({ min_version: min, max_version: max }): Generator<SectionFault> {
    for (const [key, version] of Object.entries({ min_version: min, max_version: max }))
      if (version !== undefined && !isOneOf(version, tlsVersions))
        yield { key, message: `Cannot use this version of TLS: want ${tlsVersions.join(', ')}` };
    if (typeof min === 'string' && typeof max === 'string' && tlsVersions.indexOf(max) < tlsVersions.indexOf(min))
      yield { key: 'max_version', message: 'Cannot use "max_version" below "min_version"' };
  },
};

const basicAuth: Section = {
  fields: { username: text(), username_file: text(), password: text(), password_file: text() },
};

const authorization: Section = { fields: { type: text(), credentials: text(), credentials_file: text() } };

/** Which proxy settings can stand together (docs/reference/rendering.md 3.2). */
function* checkProxy(section: YamlFields, version: Version): Generator<SectionFault> {
  if (version.isBelow('0.26.0')) return;
  const fromEnvironment = section.proxy_from_environment === true;
  for (const key of ['proxy_url', 'no_proxy'] as const)
    if (fromEnvironment && section[key] !== undefined)
      yield { key, message: `Cannot use both "${key}" and "proxy_from_environment": set one of them` };
  if (fromEnvironment || section.proxy_url !== undefined) return;
  for (const key of ['no_proxy', 'proxy_connect_header'] as const)
    if (section[key] !== undefined) yield { key, message: `Cannot use "${key}" without "proxy_url"` };
}

const proxyFields = {
  proxy_url: text(),
  no_proxy: text({ since: '0.26.0' }),
  proxy_from_environment: flag({ since: '0.26.0', onlyTrue: true }),
  proxy_connect_header: any({ since: '0.26.0' }),
};

const oauth2: Section = {
  fields: {
    client_id: text(),
    client_secret: text(),
    client_secret_file: text(),
    scopes: texts(),
    token_url: text(),
    endpoint_params: map(),
    proxy_url: text({ since: '0.25.0' }),
    no_proxy: text({ since: '0.26.0' }),
    proxy_from_environment: flag({ since: '0.26.0', onlyTrue: true }),
    proxy_connect_header: any({ since: '0.26.0' }),
    tls_config: inside(tlsConfig),
  },
  check: checkProxy,
};

/** Settings of HTTP clients. */
export const httpConfig: Section = {
  fields: {
    authorization: inside(authorization, { needs: '0.22.0' }),
    basic_auth: inside(basicAuth),
    oauth2: inside(oauth2, { needs: '0.22.0' }),
    bearer_token: text(),
    bearer_token_file: text(),
    tls_config: inside(tlsConfig),
    follow_redirects: flag({ since: '0.22.0' }),
    enable_http2: flag({ since: '0.25.0' }),
    http_headers: any({ since: '0.28.0' }),
    ...proxyFields,
  },
  check: checkProxy,
};

/** Name and value; `short` stands where the notifier has it. */
export const titledFields = (order: 'last' | 'first'): Section => ({
  fields:
    order === 'first'
      ? { short: flag(), title: text(), value: text() }
      : { title: text(), value: text(), short: flag() },
});

/** What most receivers begin with. */
export const head = { send_resolved: flag(), http_config: inside(httpConfig) };
