import type { RemoteReadSpec } from '../../../../api/parts/remote-read.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { checkAuthorization, checkBasicAuth, checkOAuth2 } from '../../../field-checks/check-authentication.ts';
import { checkProxy } from '../../../field-checks/check-proxy.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import { checkTls } from '../../../field-checks/check-tls.ts';
import type { Findings } from '../../../findings.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import {
  renderAuthorization,
  renderBasicAuth,
  renderOAuth2,
  renderProxy,
  renderTls,
  unlessNoEntries,
} from './blocks.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** One item of `remote_read` (docs/reference/rendering.md 1.9). */
export function renderRemoteRead(spec: RemoteReadSpec, scope: RenderScope): YamlFields {
  return {
    url: spec.url,
    remote_timeout: spec.remoteTimeout,
    headers: gated(scope, 'remote_read.headers', unlessNoEntries(spec.headers)),
    name: gated(scope, 'remote_read.name', unlessBlank(spec.name)),
    required_matchers: unlessNoEntries(spec.requiredMatchers),
    read_recent: spec.readRecent === true ? true : undefined,
    basic_auth: renderBasicAuth(spec.basicAuth, scope),
    bearer_token: unlessBlank(spec.bearerToken),
    bearer_token_file: unlessBlank(spec.bearerTokenFile),
    oauth2: renderOAuth2(spec.oauth2, scope),
    tls_config: renderTls(spec.tlsConfig, scope),
    authorization: renderAuthorization(spec.authorization, scope),
    ...renderProxy(spec, scope),
    follow_redirects: gated(scope, 'follow_redirects', spec.followRedirects),
    filter_external_labels: gated(scope, 'filter_external_labels', spec.filterExternalLabels),
  };
}

/** What makes an item impossible (docs/reference/rendering.md 1.13). */
export function* checkRemoteRead(spec: RemoteReadSpec, field: string, scope: CheckScope): Findings {
  yield* checkBasicAuth(spec.basicAuth, `${field}.basicAuth`, scope);
  yield* checkOAuth2(spec.oauth2, `${field}.oauth2`, scope);
  yield* checkTls(spec.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkAuthorization(spec.authorization, `${field}.authorization`, scope);
  yield* checkProxy(spec, field, scope);
}
