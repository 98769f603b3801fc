import type { SafeTLSConfig, TLSConfig } from '../../../../api/parts/tls.ts';
import type { Authorization, BasicAuth, OAuth2 } from '../../../../api/parts/http-client.ts';
import type { ProxyConfig } from '../../../../api/parts/proxy.ts';
import type { SecretKeySelector } from '../../../../api/parts/references.ts';
import type { Sigv4 } from '../../../../api/parts/cloud-auth.ts';
import { compareBytes, sortEntries } from '../../../../base/order.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { nameTlsAsset } from '../../../assets/tls-assets.ts';
import type { KeyReference } from '../../../assets/references.ts';
import { referTo, referToEither } from '../../../field-checks/check-scope.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { tlsAssetFolder } from '../prometheus-paths.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** Blocks of HTTP clients that many parts of the configuration share (docs/reference/rendering.md 1.12). */

/** The text of a key in a Secret, or undefined when it cannot be read. */
export function readSecret(selector: SecretKeySelector | undefined, scope: RenderScope): string | undefined {
  return selector === undefined ? undefined : scope.assets.readText(referTo('Secret', selector, scope.namespace));
}

/** Both keys are always written. */
export function renderBasicAuth(basicAuth: BasicAuth | undefined, scope: RenderScope): YamlFields | undefined {
  if (basicAuth === undefined) return undefined;
  return {
    username: readSecret(basicAuth.username, scope) ?? '',
    password: readSecret(basicAuth.password, scope) ?? '',
  };
}

/** `credentials_file` is for those parts of the API whose authorization has one. */
export function renderAuthorization(auth: Authorization | undefined, scope: RenderScope): YamlFields | undefined {
  if (gated(scope, 'authorization', auth) === undefined || auth === undefined) return undefined;
  return {
    type: unlessBlank(auth.type?.trim()) ?? 'Bearer',
    credentials: readSecret(auth.credentials, scope),
    credentials_file: unlessBlank(auth.credentialsFile),
  };
}

/** Nothing when the client's ID or secret cannot be read. */
export function renderOAuth2(oauth2: OAuth2 | undefined, scope: RenderScope): YamlFields | undefined {
  if (gated(scope, 'oauth2', oauth2) === undefined || oauth2 === undefined) return undefined;
  const client = referToEither(oauth2.clientId, scope.namespace);
  const id = client && scope.assets.readText(client);
  const secret = readSecret(oauth2.clientSecret, scope);
  if (id === undefined || secret === undefined) return undefined;
  const params = oauth2.endpointParams ?? {};
  return {
    client_id: id,
    client_secret: secret,
    token_url: oauth2.tokenUrl,
    scopes: unlessNone(oauth2.scopes),
    endpoint_params: Object.keys(params).length === 0 ? undefined : sortEntries(params),
    ...gated(scope, 'oauth2.proxy', renderProxy(oauth2, scope)),
    tls_config: gated(scope, 'oauth2.tls_config', renderTls(oauth2.tlsConfig, scope)),
  };
}

/** Four keys beside others, not a block. Undefined when none is set, so that no gate warns of nothing. */
export function renderProxy(proxy: ProxyConfig | undefined, scope: RenderScope): YamlFields | undefined {
  const { proxyUrl, noProxy, proxyFromEnvironment, proxyConnectHeader } = proxy ?? {};
  if ((proxyUrl ?? noProxy ?? proxyFromEnvironment ?? proxyConnectHeader) === undefined) return undefined;
  return {
    proxy_url: proxyUrl,
    no_proxy: gated(scope, 'no_proxy', noProxy),
    proxy_from_environment: gated(scope, 'proxy_from_environment', proxyFromEnvironment),
    proxy_connect_header: gated(scope, 'proxy_connect_header', renderHeaders(proxyConnectHeader ?? {}, scope)),
  };
}

function renderHeaders(
  headers: Readonly<Record<string, SecretKeySelector[]>>,
  scope: RenderScope,
): YamlValue | undefined {
  const entries = Object.entries(headers).sort(([a], [b]) => compareBytes(a, b));
  if (entries.length === 0) return undefined;
  return new Map(entries.map(([name, values]) => [name, values.map((value) => readSecret(value, scope) ?? '')]));
}

function renderAssetPath(reference: KeyReference | undefined, scope: RenderScope): string | undefined {
  if (reference === undefined) return undefined;
  scope.traces.useTlsAsset(reference);
  return `${scope.tlsAssetFolder ?? tlsAssetFolder}/${nameTlsAsset(reference)}`;
}

function renderAssetPaths(tls: SafeTLSConfig, scope: RenderScope): YamlFields {
  const key = tls.keySecret && referTo('Secret', tls.keySecret, scope.namespace);
  return {
    ca_file: renderAssetPath(referToEither(tls.ca, scope.namespace), scope),
    cert_file: renderAssetPath(referToEither(tls.cert, scope.namespace), scope),
    key_file: renderAssetPath(key, scope),
  };
}

/** Paths that users give; they never stand beside a reference to the same thing. */
function renderUserPaths(tls: TLSConfig): YamlFields {
  const paths = { ca_file: tls.caFile, cert_file: tls.certFile, key_file: tls.keyFile };
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => unlessBlank(path) !== undefined));
}

/** References become files of the tls-assets Secrets; paths are for those parts of the API that have them. */
export function renderTls(tls: TLSConfig | undefined, scope: RenderScope): YamlFields | undefined {
  if (tls === undefined) return undefined;
  const paths = Object.entries(renderAssetPaths(tls, scope)).filter(([, path]) => path !== undefined);
  return {
    insecure_skip_verify: tls.insecureSkipVerify,
    ...Object.fromEntries(paths),
    server_name: unlessBlank(tls.serverName),
    min_version: gated(scope, 'tls_config.min_version', tls.minVersion),
    max_version: gated(scope, 'tls_config.max_version', tls.maxVersion),
    ...renderUserPaths(tls),
  };
}

/** AWS Signature Version 4. Keys are written only as a pair. */
export function renderSigv4(sigv4: Sigv4 | undefined, scope: RenderScope): YamlFields | undefined {
  if (sigv4 === undefined) return undefined;
  const [accessKey, secretKey] = [readSecret(sigv4.accessKey, scope), readSecret(sigv4.secretKey, scope)];
  const hasKeys = unlessBlank(accessKey) !== undefined && unlessBlank(secretKey) !== undefined;
  return {
    region: unlessBlank(sigv4.region),
    access_key: hasKeys ? accessKey : undefined,
    secret_key: hasKeys ? secretKey : undefined,
    profile: unlessBlank(sigv4.profile),
    role_arn: unlessBlank(sigv4.roleArn),
    external_id: gated(scope, 'sigv4.external_id', sigv4.externalId),
    use_fips_sts_endpoint: gated(scope, 'sigv4.use_fips_sts_endpoint', sigv4.useFIPSSTSEndpoint),
  };
}

/** The list, or undefined when it is empty. */
export function unlessNone<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** The map in byte order, or undefined when it is empty. */
export function unlessNoEntries<T extends YamlValue>(
  map: Readonly<Record<string, T>> | undefined,
): Map<string, T> | undefined {
  return map === undefined || Object.keys(map).length === 0 ? undefined : sortEntries(map);
}
