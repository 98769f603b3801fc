import type { GlobalHTTPConfig } from '../../../../../api/alertmanager-configuration.ts';
import type { NotifierOf } from '../../../../../api/alertmanager-config.ts';
import type { BasicAuth, OAuth2, SafeAuthorization } from '../../../../../api/parts/http-client.ts';
import type { ProxyConfig } from '../../../../../api/parts/proxy.ts';
import type { SecretOrConfigMap } from '../../../../../api/parts/references.ts';
import type { SafeTLSConfig } from '../../../../../api/parts/tls.ts';
import { sortEntries } from '../../../../../base/order.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { nameTlsAsset } from '../../../../assets/tls-assets.ts';
import type { KeyReference } from '../../../../assets/references.ts';
import { referTo, referToEither } from '../../../../field-checks/check-scope.ts';
import { unlessBlank } from '../../../shared/rendered-objects.ts';
import { tlsAssetFolder } from '../../alertmanager-paths.ts';
import { ifTrue, readEither, readKey } from './convert-scope.ts';
import type { ConvertScope } from './convert-scope.ts';

/** HTTP settings of receivers and of `global` (docs/reference/rendering.md 5.9). Keys are put in order by `sanitizeSection`. */

type HttpConfig = GlobalHTTPConfig & NonNullable<NotifierOf<'webhookConfigs'>['httpConfig']>;

export function convertHttpConfig(config: HttpConfig | undefined, scope: ConvertScope): YamlFields | undefined {
  if (config === undefined) return undefined;
  return {
    authorization: convertAuthorization(config.authorization, scope),
    basic_auth: convertBasicAuth(config.basicAuth, scope),
    oauth2: convertOAuth2(config.oauth2, scope),
    bearer_token: readKey(config.bearerTokenSecret, scope),
    tls_config: convertTls(config.tlsConfig, scope),
    follow_redirects: config.followRedirects,
    enable_http2: config.enableHttp2,
    ...convertProxy(config, scope),
    proxy_url: unlessBlank(config.proxyURL) ?? unlessBlank(config.proxyUrl),
  };
}

/** Nothing when there is nothing to send. */
function convertAuthorization(auth: SafeAuthorization | undefined, scope: ConvertScope): YamlFields | undefined {
  const credentials = unlessBlank(readKey(auth?.credentials, scope));
  return credentials === undefined ? undefined : { type: unlessBlank(auth?.type?.trim()) ?? 'Bearer', credentials };
}

function convertBasicAuth(basicAuth: BasicAuth | undefined, scope: ConvertScope): YamlFields | undefined {
  const username = unlessBlank(readKey(basicAuth?.username, scope));
  const password = unlessBlank(readKey(basicAuth?.password, scope));
  return username === undefined && password === undefined ? undefined : { username, password };
}

/** Its TLS settings are not taken over, as in the reference (docs/reference/rendering.md 9.1, 8). */
function convertOAuth2(oauth2: OAuth2 | undefined, scope: ConvertScope): YamlFields | undefined {
  if (oauth2 === undefined) return undefined;
  return {
    client_id: readEither(oauth2.clientId, scope),
    client_secret: readKey(oauth2.clientSecret, scope),
    scopes: oauth2.scopes,
    token_url: oauth2.tokenUrl,
    endpoint_params: oauth2.endpointParams && sortEntries(oauth2.endpointParams),
    ...convertProxy(oauth2, scope),
    proxy_url: unlessBlank(oauth2.proxyUrl),
  };
}

function convertProxy(proxy: ProxyConfig, scope: ConvertScope): YamlFields {
  const sent = [...sortEntries(proxy.proxyConnectHeader ?? {})].map(
    ([name, selectors]) => [name, selectors.map((selector) => readKey(selector, scope) ?? '')] as const,
  );
  return {
    no_proxy: unlessBlank(proxy.noProxy),
    proxy_from_environment: ifTrue(proxy.proxyFromEnvironment),
    proxy_connect_header: sent.length === 0 ? undefined : new Map(sent),
  };
}

/** Files are those of the tls-assets Secrets. */
export function convertTls(tls: SafeTLSConfig | undefined, scope: ConvertScope): YamlFields | undefined {
  if (tls === undefined) return undefined;
  const file = (reference: KeyReference | undefined): string | undefined => {
    if (reference === undefined) return undefined;
    scope.tlsAssets.push(reference);
    return `${tlsAssetFolder}/${nameTlsAsset(reference)}`;
  };
  const either = (value: SecretOrConfigMap | undefined): string | undefined =>
    file(referToEither(value, scope.namespace));
  return {
    ca_file: either(tls.ca),
    cert_file: either(tls.cert),
    key_file: tls.keySecret && file(referTo('Secret', tls.keySecret, scope.namespace)),
    server_name: unlessBlank(tls.serverName),
    insecure_skip_verify: tls.insecureSkipVerify ?? false,
    min_version: tls.minVersion,
    max_version: tls.maxVersion,
  };
}
