import type { LabelSelector } from '../../../../api/meta.ts';
import type { APIServerConfig } from '../../../../api/parts/prometheus-server.ts';
import type { AttachMetadata, NamespaceSelector } from '../../../../api/parts/selectors.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { writeLabelSelector } from '../../../selectors/label-selector.ts';
import type { ScrapeContext } from './scrape-context.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { renderAuthorization, renderBasicAuth, renderProxy, renderTls, unlessNone } from './blocks.ts';
import type { RenderScope } from './render-scope.ts';

/** What of Kubernetes an entry discovers. */
export type DiscoveryRole = 'pod' | 'ingress' | EndpointsRole;
export type EndpointsRole = 'endpoints' | 'endpointslice';

/** Endpoints or EndpointSlices, by what is asked for and what cluster and version know (docs/reference/rendering.md 2.1.5). */
export function chooseEndpointsRole(wanted: string | undefined, context: ScrapeContext): EndpointsRole {
  const role = unlessBlank(wanted) ?? context.spec.serviceDiscoveryRole;
  const usable = context.endpointSlices && context.gates.isOpen('role: endpointslice');
  return role === 'EndpointSlice' && usable ? 'endpointslice' : 'endpoints';
}

/** Names of the namespaces to discover; undefined means all. */
export function listNamespaces(
  selector: NamespaceSelector | undefined,
  own: string,
  context: ScrapeContext,
): readonly string[] | undefined {
  if (context.spec.ignoreNamespaceSelectors === true) return [own];
  if (selector?.any === true) return undefined;
  return unlessNone(selector?.matchNames) ?? [own];
}

/** How to reach the API server, when it is not the one around the pod. References are the workload's. */
function renderApiServer(server: APIServerConfig | undefined, scope: RenderScope): YamlFields {
  if (server === undefined) return {};
  return {
    api_server: server.host,
    basic_auth: renderBasicAuth(server.basicAuth, scope),
    bearer_token: unlessBlank(server.bearerToken),
    bearer_token_file: unlessBlank(server.bearerTokenFile),
    authorization: renderAuthorization(server.authorization, scope),
    tls_config: renderTls(server.tlsConfig, scope),
    ...renderProxy(server, scope),
  };
}

function renderAttachMetadata(
  attach: AttachMetadata | undefined,
  role: DiscoveryRole,
  scope: RenderScope,
): YamlFields | undefined {
  if (attach === undefined) return undefined;
  const gate = role === 'pod' ? 'attach_metadata of pods' : 'attach_metadata of endpoints';
  return gatedOff(scope, gate) ? undefined : { node: attach.node ?? false };
}

function gatedOff(scope: RenderScope, gate: 'attach_metadata of pods' | 'attach_metadata of endpoints'): boolean {
  if (scope.gates.isOpen(gate)) return false;
  scope.traces.warn(scope.gates.explainClosed(gate));
  return true;
}

/**
 * Metadata of nodes, when wanted by the monitor or its class, or needed to find the zone of a target
 * (docs/reference/rendering.md 2.1.4).
 */
export function resolveAttachMetadata(
  own: AttachMetadata | undefined,
  fromClass: AttachMetadata | undefined,
  context: ScrapeContext,
): AttachMetadata | undefined {
  const wanted = own ?? fromClass;
  const needed = context.sharding.zones !== undefined && !context.podTopologyLabels;
  return needed ? { ...wanted, node: true } : wanted;
}

/** Label selectors that the API server applies, one a role. */
export interface RoleSelectors {
  readonly selector: LabelSelector;
  readonly roles: readonly string[];
}

export interface DiscoveryInput {
  readonly role: DiscoveryRole;
  /** Undefined means all. */
  readonly namespaces: readonly string[] | undefined;
  readonly attachMetadata?: AttachMetadata | undefined;
  /** Instead of relabel rules. */
  readonly roleSelectors?: RoleSelectors | undefined;
  /** Only what runs on the node of the pod. */
  readonly ownNode?: boolean;
}

/** The field selector of what runs on the node of the pod. */
export const ownNodeSelector = 'spec.nodeName=$(NODE_NAME)';

/**
 * Prometheus takes one selector a role: that of the labels of Pods and that of their node are one (the reference writes two, which are
 * refused: docs/reference/reference-faults.md 12).
 */
export function addOwnNode(selectors: readonly YamlFields[], ownNode: boolean): readonly YamlFields[] {
  if (!ownNode) return selectors;
  const isOfPods = ({ role }: YamlFields): boolean => role === 'pod';
  const ofPods = { role: 'pod', field: ownNodeSelector, ...selectors.find(isOfPods) };
  return [ofPods, ...selectors.filter((one) => !isOfPods(one))];
}

/** The one item of `kubernetes_sd_configs` (docs/reference/rendering.md 2.1.4). `scope` is the workload's. */
export function renderDiscovery(
  input: DiscoveryInput,
  server: APIServerConfig | undefined,
  scope: RenderScope,
): YamlFields {
  const { role, namespaces, roleSelectors } = input;
  const label = roleSelectors === undefined ? '' : writeLabelSelector(roleSelectors.selector);
  const selectors = addOwnNode(
    (roleSelectors?.roles ?? []).map((one) => ({ role: one, label })),
    input.ownNode === true,
  );
  return {
    role,
    namespaces: namespaces === undefined ? undefined : { names: namespaces },
    ...renderApiServer(server, scope),
    attach_metadata: renderAttachMetadata(input.attachMetadata, role, scope),
    selectors: unlessNone(selectors),
  };
}
