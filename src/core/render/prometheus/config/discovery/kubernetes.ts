import type { KubernetesSDConfig } from '../../../../../api/scrape-config/kubernetes.ts';
import type { YamlFields } from '../../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../../shared/rendered-objects.ts';
import { reject } from '../../../../field-checks/check-scope.ts';
import type { Findings } from '../../../../findings.ts';
import { explainInvalidFieldSelector, explainInvalidSelectorText } from '../../../../selectors/selector-text.ts';
import { gates } from '../gates.ts';
import type { GateName } from '../gates.ts';
import { gated } from '../render-scope.ts';
import type { RenderScope } from '../render-scope.ts';
import { unlessNone } from '../blocks.ts';
import { checkClient, checkSince, renderClientParts } from './mechanism.ts';
import type { Mechanism } from './mechanism.ts';

/** What may be selected besides, by the role that is discovered. */
const selectable: Readonly<Record<string, readonly string[]>> = {
  pod: ['pod'],
  service: ['service'],
  endpoints: ['pod', 'service', 'endpoints'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  node: ['node'],
  ingress: ['ingress'],
};

const attachGates: Readonly<Record<string, GateName>> = {
  pod: 'attach_metadata of pods',
  endpoints: 'attach_metadata of endpoints',
  endpointslice: 'attach_metadata of endpoints',
};

function* checkSelectors(item: KubernetesSDConfig, field: string): Findings {
  const role = item.role.toLowerCase();
  const allowed = selectable[role] ?? [];
  for (const [at, selector] of (item.selectors ?? []).entries()) {
    const path = `${field}.selectors[${at}]`;
    const reason = 'InvalidSelector';
    if (!allowed.includes(selector.role.toLowerCase()))
      yield reject(
        { field: `${path}.role`, reason },
        `Cannot select "${selector.role}" with role "${item.role}": want ${allowed.join(', ')}`,
      );
    const faults = {
      field: explainInvalidFieldSelector(selector.field ?? ''),
      label: explainInvalidSelectorText(selector.label ?? ''),
    };
    for (const [name, fault] of Object.entries(faults))
      if (fault !== undefined) yield reject({ field: `${path}.${name}`, reason }, fault);
  }
}

/** Settings of a client that differ from what Prometheus takes without `api_server`. */
const clientFields = [
  'basicAuth',
  'authorization',
  'oauth2',
  'tlsConfig',
  'proxyUrl',
  'noProxy',
  'proxyConnectHeader',
] as const;

/** Prometheus refuses the whole configuration when it is to reach the API server around it in a special way. */
function* checkApiServer(item: KubernetesSDConfig, field: string): Findings {
  const reason = 'InvalidServiceDiscovery';
  const hasServer = unlessBlank(item.apiServer) !== undefined;
  if (hasServer && item.namespaces?.ownNamespace === true)
    yield reject(
      { field: `${field}.namespaces.ownNamespace`, reason },
      'Cannot use the own namespace with "apiServer"',
    );
  if (hasServer) return;
  const used =
    clientFields.find((name) => item[name] !== undefined) ??
    (['followRedirects', 'enableHTTP2'] as const).find((name) => item[name] === false) ??
    (item.proxyFromEnvironment === true ? 'proxyFromEnvironment' : undefined);
  if (used !== undefined)
    yield reject(
      { field: `${field}.${used}`, reason },
      `Cannot use "${used}" without "apiServer": set it or leave both out`,
    );
}

function renderAttach(item: KubernetesSDConfig, scope: RenderScope): YamlFields | undefined {
  if (item.attachMetadata === undefined) return undefined;
  const gate = attachGates[item.role.toLowerCase()];
  const attach = { node: item.attachMetadata.node ?? null };
  if (gate !== undefined) return gated(scope, gate, attach);
  scope.traces.warn(`Left out "attachMetadata": role "${item.role}" has none`);
  return undefined;
}

export const kubernetesDiscovery: Mechanism<'kubernetesSDConfigs'> = {
  field: 'kubernetesSDConfigs',
  section: 'kubernetes_sd_configs',
  *check(item, field, scope) {
    if (item.role.toLowerCase() === 'endpointslice')
      yield* checkSince({ value: item.role, since: gates['role: endpointslice'].since }, `${field}.role`, scope);
    yield* checkApiServer(item, field);
    yield* checkSelectors(item, field);
    yield* checkClient(item, field, scope);
  },
  render(item, scope) {
    const client = renderClientParts(item, scope);
    const selectors = (item.selectors ?? []).map((one) => ({
      role: one.role.toLowerCase(),
      label: one.label,
      field: one.field,
    }));
    return {
      api_server: item.apiServer,
      role: item.role.toLowerCase(),
      ...client.basicAuth,
      ...client.authorization,
      ...client.oauth2,
      ...client.proxy,
      ...client.followRedirects,
      ...client.enableHttp2,
      ...client.tls,
      namespaces: item.namespaces && {
        names: item.namespaces.names ?? [],
        own_namespace: item.namespaces.ownNamespace,
      },
      selectors: gated(scope, 'kubernetes_sd_configs.selectors', unlessNone(selectors)),
      attach_metadata: renderAttach(item, scope),
    };
  },
};
