import type { AlertmanagerEndpoints } from '../../../../api/prometheus.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import {
  checkAuthorization,
  checkBasicAuth,
  checkExclusive,
  checkSigv4,
} from '../../../field-checks/check-authentication.ts';
import { checkProxyHeaders } from '../../../field-checks/check-proxy.ts';
import { checkRelabelings } from '../../../field-checks/check-relabelings.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import { checkTls } from '../../../field-checks/check-tls.ts';
import type { Findings } from '../../../findings.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { renderAuthorization, renderBasicAuth, renderProxy, renderSigv4, renderTls } from './blocks.ts';
import { listAnyRules } from './job.ts';
import { chooseEndpointsRole, renderDiscovery } from './kubernetes-discovery.ts';
import type { EndpointsRole } from './kubernetes-discovery.ts';
import { listRules, makeRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

const portLabels = {
  endpoints: '__meta_kubernetes_endpoint_port_name',
  endpointslice: '__meta_kubernetes_endpointslice_port_name',
};

function renderPortRule(port: AlertmanagerEndpoints['port'], role: EndpointsRole): RelabelRule[] {
  // Objects from before the schema may have none.
  const chosen = (port as typeof port | undefined) ?? '';
  if (chosen === '' || chosen === 0) return [];
  const label = typeof chosen === 'number' ? '__meta_kubernetes_pod_container_port_number' : portLabels[role];
  return [makeRule('', { action: 'keep', source_labels: [label], regex: String(chosen) })];
}

function renderRules(alertmanager: AlertmanagerEndpoints, role: EndpointsRole): YamlValue[] {
  const source = '__meta_kubernetes_service_name';
  return listRules([
    makeRule('', { action: 'keep', source_labels: [source], regex: alertmanager.name }),
    ...renderPortRule(alertmanager.port, role),
    ...renderRelabelConfigs(alertmanager.relabelings, ''),
  ]);
}

/** "v1" is gone since Prometheus 3; what is neither is not written. */
function renderApiVersion(version: string | undefined, scope: RenderScope): string | undefined {
  const known = version?.toLowerCase();
  if (known !== 'v1' && known !== 'v2') return undefined;
  const usable = known === 'v1' ? gated(scope, 'alertmanagers.api_version: v1', known) : known;
  return gated(scope, 'alertmanagers.api_version', usable);
}

/** One item of `alertmanagers` (docs/reference/rendering.md 1.7). */
export function renderAlertmanager(
  alertmanager: AlertmanagerEndpoints,
  context: ScrapeContext,
  scope: RenderScope,
): YamlFields {
  const role = chooseEndpointsRole(undefined, context);
  const namespaces = [unlessBlank(alertmanager.namespace) ?? context.namespace];
  return {
    scheme: alertmanager.scheme?.toLowerCase(),
    path_prefix: unlessBlank(alertmanager.pathPrefix),
    timeout: alertmanager.timeout,
    enable_http2: gated(scope, 'enable_http2', alertmanager.enableHttp2),
    tls_config: renderTls(alertmanager.tlsConfig, scope),
    ...renderProxy(alertmanager, scope),
    kubernetes_sd_configs: [renderDiscovery({ role, namespaces }, context.spec.apiserverConfig, scope)],
    bearer_token_file: unlessBlank(alertmanager.bearerTokenFile),
    basic_auth: gated(scope, 'alertmanagers.basic_auth', renderBasicAuth(alertmanager.basicAuth, scope)),
    authorization: renderAuthorization(alertmanager.authorization, scope),
    sigv4: gated(scope, 'alertmanagers.sigv4', renderSigv4(alertmanager.sigv4, scope)),
    api_version: renderApiVersion(alertmanager.apiVersion, scope),
    relabel_configs: renderRules(alertmanager, role),
    alert_relabel_configs: gated(
      scope,
      'alertmanagers.alert_relabel_configs',
      listAnyRules(renderRelabelConfigs(alertmanager.alertRelabelings, '')),
    ),
  };
}

/** What makes an item impossible (docs/reference/rendering.md 1.13). */
export function* checkAlertmanager(alertmanager: AlertmanagerEndpoints, field: string, scope: CheckScope): Findings {
  const used = { ...alertmanager, bearerTokenFile: unlessBlank(alertmanager.bearerTokenFile) };
  yield* checkExclusive(used, ['bearerTokenFile', 'basicAuth', 'authorization', 'sigv4'], field);
  yield* checkBasicAuth(alertmanager.basicAuth, `${field}.basicAuth`, scope);
  yield* checkAuthorization(alertmanager.authorization, `${field}.authorization`, scope);
  yield* checkSigv4(alertmanager.sigv4, `${field}.sigv4`, scope);
  yield* checkTls(alertmanager.tlsConfig, `${field}.tlsConfig`, scope);
  yield* checkProxyHeaders(alertmanager, field, scope);
  yield* checkRelabelings(alertmanager.relabelings, `${field}.relabelings`, scope);
  yield* checkRelabelings(alertmanager.alertRelabelings, `${field}.alertRelabelings`, scope);
}
