import type { Authorization, BasicAuth, OAuth2 } from '../../../../../api/parts/http-client.ts';
import type { ProxyConfig } from '../../../../../api/parts/proxy.ts';
import type { SecretKeySelector } from '../../../../../api/parts/references.ts';
import type { SafeTLSConfig } from '../../../../../api/parts/tls.ts';
import type { ScrapeConfigSpec } from '../../../../../api/scrape-config.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import {
  checkAuthorization,
  checkBasicAuth,
  checkExclusive,
  checkOAuth2,
} from '../../../../field-checks/check-authentication.ts';
import { checkProxy } from '../../../../field-checks/check-proxy.ts';
import { referTo, reject } from '../../../../field-checks/check-scope.ts';
import type { CheckScope } from '../../../../field-checks/check-scope.ts';
import { checkTls } from '../../../../field-checks/check-tls.ts';
import { InvalidFieldError } from '../../../../findings.ts';
import type { Findings } from '../../../../findings.ts';
import { renderAuthorization, renderBasicAuth, renderOAuth2, renderProxy, renderTls } from '../blocks.ts';
import type { RenderScope } from '../render-scope.ts';

/** Fields of a ScrapeConfig that hold the items of one mechanism. */
export type DiscoveryField = Extract<keyof ScrapeConfigSpec, `${string}Configs`>;

type ItemOf<F extends DiscoveryField> = NonNullable<ScrapeConfigSpec[F]>[number];

/** One service discovery mechanism of a ScrapeConfig: what it may hold and how it is written (docs/reference/rendering.md 2.6, 3.6). */
export interface Mechanism<F extends DiscoveryField = DiscoveryField> {
  readonly field: F;
  /** Key of the job that holds the items. */
  readonly section: string;
  /** First Prometheus that knows the mechanism. */
  readonly since?: string;
  readonly check: (item: ItemOf<F>, field: string, scope: CheckScope) => Findings;
  /** @throws {InvalidFieldError} when a key that it cannot do without cannot be read. */
  readonly render: (item: ItemOf<F>, scope: RenderScope) => YamlFields;
}

/** The settings of an HTTP client, of which each mechanism has some. */
export interface HttpClient extends ProxyConfig {
  basicAuth?: BasicAuth;
  authorization?: Authorization;
  oauth2?: OAuth2;
  tlsConfig?: SafeTLSConfig;
  followRedirects?: boolean;
  enableHTTP2?: boolean;
}

/** The blocks of a client as parts of an item, so that each mechanism can put them in its own order. */
export interface ClientParts {
  readonly basicAuth: YamlFields;
  readonly authorization: YamlFields;
  readonly oauth2: YamlFields;
  readonly proxy: YamlFields;
  readonly tls: YamlFields;
  readonly followRedirects: YamlFields;
  readonly enableHttp2: YamlFields;
}

export function renderClientParts(client: HttpClient, scope: RenderScope): ClientParts {
  return {
    basicAuth: { basic_auth: renderBasicAuth(client.basicAuth, scope) },
    authorization: { authorization: renderAuthorization(client.authorization, scope) },
    oauth2: { oauth2: renderOAuth2(client.oauth2, scope) },
    proxy: renderProxy(client, scope) ?? {},
    tls: { tls_config: renderTls(client.tlsConfig, scope) },
    followRedirects: { follow_redirects: client.followRedirects },
    enableHttp2: { enable_http2: client.enableHTTP2 },
  };
}

/** Everything about the client of an item. Prometheus refuses the whole configuration when there are two ways to authenticate. */
export function* checkClient(client: HttpClient, field: string, scope: CheckScope): Findings {
  yield* checkExclusive(client, ['authorization', 'basicAuth', 'oauth2'], field);
  yield* checkBasicAuth(client.basicAuth, `${field}.basicAuth`, scope);
  yield* checkAuthorization(client.authorization, `${field}.authorization`, scope);
  yield* checkOAuth2(client.oauth2, `${field}.oauth2`, scope);
  yield* checkTls(client.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkProxy(client, field, scope);
}

/** A field of an item that only newer versions know: using it is refused, not ignored. */
export function* checkSince(
  { value, since }: { readonly value: unknown; readonly since: string },
  field: string,
  { version }: CheckScope,
): Findings {
  if (value === undefined || version.isAtLeast(since)) return;
  yield reject(
    { field, reason: 'UnsupportedVersion' },
    `Cannot use it with Prometheus ${version.toString()}: it needs ${since}`,
  );
}

/**
 * The text of a key without which the item cannot be written; undefined for no selector.
 * @throws {InvalidFieldError} when it cannot be read.
 */
export function requireSecret(
  selector: SecretKeySelector | undefined,
  field: string,
  scope: RenderScope,
): string | undefined {
  if (selector === undefined) return undefined;
  const reference = referTo('Secret', selector, scope.namespace);
  const missing = scope.assets.explainMissing(reference, field);
  if (missing !== undefined) throw new InvalidFieldError(missing);
  return scope.assets.readText(reference);
}
