import type { YamlValue } from '../../base/yaml-writer.ts';
import type { AttachMetadata } from '../targets/groups/context.ts';
import type { Role } from '../targets/groups/objects.ts';
import type { KubernetesSdConfig, RoleSelector } from '../targets/sd-config.ts';
import { parseFieldSelector } from '../targets/selectors/field-selector.ts';
import { parseLabelSelector } from '../selectors/label-query.ts';
import { readHttpClient } from './http-client.ts';
import { Section } from './section.ts';
import { ConfigError, isNull } from './values.ts';

/** Which selectors a role may have, in the order of Prometheus' messages (docs/reference/discovery.md 2.4). */
const selectorRoles: Readonly<Record<Role, readonly Role[]>> = {
  node: ['node'],
  pod: ['pod', 'node'],
  service: ['service'],
  endpoints: ['pod', 'service', 'endpoints'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  ingress: ['ingress'],
};

/**
 * Reads one entry of kubernetes_sd_configs (docs/reference/discovery.md 2.1, 2.2).
 *
 * @throws {ConfigError} with Prometheus' message.
 */
export function readKubernetesSdConfig(value: YamlValue): KubernetesSdConfig {
  if (isNull(value)) throw new ConfigError('empty or null section in kubernetes_sd_configs');
  const section = new Section(value, 'kubernetes.SDConfig');
  const role = readRole(section);
  const selectors = (section.list('selectors') ?? []).map(readSelector);
  const namespaces = readNamespaces(section.section('namespaces', 'kubernetes.plain'));
  const attachMetadata = readAttachMetadata(section.section('attach_metadata', 'kubernetes.AttachMetadataConfig'));
  const apiServer = section.has('api_server') ? section.text('api_server', '') : undefined;
  const kubeconfigFile = section.text('kubeconfig_file', '');
  if (role === undefined)
    throw new ConfigError('role missing (one of: pod, service, endpoints, endpointslice, node, ingress)');
  const httpClient = readHttpClient(section);
  section.finish();
  const config: KubernetesSdConfig = {
    mechanism: 'kubernetes',
    role,
    apiServer,
    kubeconfigFile,
    namespaces,
    selectors,
    attachMetadata,
    httpClient,
  };
  checkClient(config);
  checkSelectors(config);
  return config;
}

function readRole(section: Section): Role | undefined {
  const text = section.text('role', '');
  if (text === '' && isNull(section.get('role'))) return undefined;
  if (!Object.hasOwn(selectorRoles, text)) throw new ConfigError(`unknown Kubernetes SD role "${text}"`);
  return text as Role;
}

/** A selector without a role is refused later, as one that the role does not support. */
function readSelector(value: YamlValue): Omit<RoleSelector, 'role'> & { readonly role: Role } {
  const section = new Section(value, 'kubernetes.SelectorConfig');
  const role = readRole(section) ?? ('' as Role);
  const selector = { role, label: section.text('label', ''), field: section.text('field', '') };
  section.finish();
  return selector;
}

function readNamespaces(section: Section | undefined): KubernetesSdConfig['namespaces'] {
  const ownNamespace = section?.boolean('own_namespace', false) ?? false;
  const names = section?.texts('names');
  section?.finish();
  return { ownNamespace, names };
}

function readAttachMetadata(section: Section | undefined): AttachMetadata {
  const read = (key: string): boolean => section?.boolean(key, false) ?? false;
  const attach = {
    node: read('node'),
    namespace: read('namespace'),
    deployment: read('deployment'),
    job: read('job'),
    cronjob: read('cronjob'),
  };
  section?.finish();
  return attach;
}

function checkClient({ apiServer, kubeconfigFile, httpClient, namespaces }: KubernetesSdConfig): void {
  const hasServer = apiServer !== undefined;
  const hasFile = kubeconfigFile !== '';
  const hasClient = Object.keys(httpClient).length > 0;
  if (hasServer && hasFile) throw new ConfigError("cannot use 'kubeconfig_file' and 'api_server' simultaneously");
  if (hasFile && hasClient)
    throw new ConfigError("cannot use a custom HTTP client configuration together with 'kubeconfig_file'");
  if (!hasServer && hasClient)
    throw new ConfigError("to use custom HTTP client configuration please provide the 'api_server' URL explicitly");
  if (hasServer && namespaces.ownNamespace)
    throw new ConfigError("cannot use 'api_server' and 'namespaces.own_namespace' simultaneously");
  if (hasFile && namespaces.ownNamespace)
    throw new ConfigError("cannot use 'kubeconfig_file' and 'namespaces.own_namespace' simultaneously");
}

function checkSelectors({ role, selectors }: KubernetesSdConfig): void {
  const seen = new Set<Role>();
  for (const selector of selectors) {
    if (seen.has(selector.role)) throw new ConfigError(`duplicated selector role: ${selector.role}`);
    seen.add(selector.role);
    const allowed = selectorRoles[role];
    if (!allowed.includes(selector.role))
      throw new ConfigError(`${role} role supports only ${allowed.join(', ')} selectors`);
    checkSyntax(selector);
  }
}

function checkSyntax({ label, field }: RoleSelector): void {
  try {
    parseFieldSelector(field);
    parseLabelSelector(label);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(error.message, { cause: error });
  }
}
