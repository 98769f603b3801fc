import type { Role } from '../targets/groups/discovered-objects.ts';
import type { KubernetesSdConfig, RoleSelector } from '../targets/sd-config.ts';
import { parseFieldSelector } from '../targets/selectors/field-selector.ts';
import { parseLabelSelector } from '../selectors/label-query.ts';
import { checkClient, clientKeys } from './client-shape.ts';
import { clientOf } from './http-client.ts';
import { boolean, oneOf, text, texts, url } from './scalars.ts';
import { describe, keysOf, listOf, mapping, readShape, refuseIf } from './shape.ts';
import type { KeyReader } from './shape.ts';
import { ConfigError } from './values.ts';

/** Which selectors a role may have, in the order of Prometheus' messages (docs/reference/discovery.md 2.4). */
const selectorRoles: Readonly<Record<Role, readonly Role[]>> = {
  node: ['node'],
  pod: ['pod', 'node'],
  service: ['service'],
  endpoints: ['pod', 'service', 'endpoints'],
  endpointslice: ['pod', 'service', 'endpointslice'],
  ingress: ['ingress'],
};

const roleWord = oneOf(Object.keys(selectorRoles) as Role[], (found) => `unknown Kubernetes SD role "${found}"`);

const selectorShape = describe('kubernetes.SelectorConfig', {
  keys: [...keysOf(roleWord, 'role'), ...keysOf(text, 'label', 'field')],
  read: ({ role, label, field }) => ({ role, label: label ?? '', field: field ?? '' }),
});

const namespacesShape = describe('kubernetes.plain', {
  keys: [...keysOf(boolean, 'own_namespace'), ...keysOf(texts, 'names')],
  read: ({ own_namespace: own, names }) => ({ ownNamespace: own ?? false, names: names ?? undefined }),
});

const attachShape = describe('kubernetes.AttachMetadataConfig', {
  keys: keysOf(boolean, 'node', 'namespace', 'deployment', 'job', 'cronjob'),
  read: ({ node, namespace, deployment, job, cronjob }) => ({
    node: node ?? false,
    namespace: namespace ?? false,
    deployment: deployment ?? false,
    job: job ?? false,
    cronjob: cronjob ?? false,
  }),
});

/** One entry of kubernetes_sd_configs (docs/reference/discovery.md 2.1, 2.2). */
const kubernetesShape = describe('kubernetes.SDConfig', {
  keys: [
    ...keysOf(roleWord, 'role'),
    ...keysOf(listOf(mapping(selectorShape)), 'selectors'),
    ...keysOf(mapping(namespacesShape), 'namespaces'),
    ...keysOf(mapping(attachShape), 'attach_metadata'),
    ...keysOf(url, 'api_server'),
    ...keysOf(text, 'kubeconfig_file'),
    ...clientKeys,
  ],
  check: checkClient,
  read(values, context): KubernetesSdConfig {
    const { role, selectors, namespaces, attach_metadata: attach, api_server: server, kubeconfig_file: file } = values;
    if (role === undefined || role === null)
      throw new ConfigError('role missing (one of: pod, service, endpoints, endpointslice, node, ingress)');
    const config: Omit<KubernetesSdConfig, 'selectors'> = {
      mechanism: 'kubernetes',
      role,
      apiServer: server ?? undefined,
      kubeconfigFile: file ?? '',
      namespaces: namespaces ?? readShape(null, namespacesShape, context),
      attachMetadata: attach ?? readShape(null, attachShape, context),
      httpClient: clientOf(values),
    };
    checkAccess(config);
    return { ...config, selectors: checkSelectors(role, selectors ?? []) };
  },
});

/** Thousands of jobs look for the same: equal items are looked at once. */
export const kubernetesSdConfig: KeyReader<KubernetesSdConfig> = (value, context) => {
  const id = JSON.stringify(value);
  let known = context.knownItems.get(id);
  if (known === undefined) {
    known = readShape(value, kubernetesShape, context);
    context.knownItems.set(id, known);
  }
  return known;
};

function checkAccess({
  apiServer,
  kubeconfigFile,
  httpClient,
  namespaces: { ownNamespace },
}: Omit<KubernetesSdConfig, 'selectors'>): void {
  const hasServer = apiServer !== undefined;
  const hasFile = kubeconfigFile !== '';
  const hasClient = Object.keys(httpClient).length > 0;
  refuseIf(hasServer && hasFile, "cannot use 'kubeconfig_file' and 'api_server' simultaneously");
  refuseIf(hasFile && hasClient, "cannot use a custom HTTP client configuration together with 'kubeconfig_file'");
  refuseIf(
    !hasServer && hasClient,
    "to use custom HTTP client configuration please provide the 'api_server' URL explicitly",
  );
  refuseIf(hasServer && ownNamespace, "cannot use 'api_server' and 'namespaces.own_namespace' simultaneously");
  refuseIf(hasFile && ownNamespace, "cannot use 'kubeconfig_file' and 'namespaces.own_namespace' simultaneously");
}

type WrittenSelector = {
  readonly [K in keyof RoleSelector]: RoleSelector[K] | (K extends 'role' ? null | undefined : never);
};

/** Those of a role: one without a role of its own is none of them. */
function checkSelectors(role: Role, selectors: readonly (WrittenSelector | null)[]): RoleSelector[] {
  const allowed = selectorRoles[role];
  const seen = new Set<Role>();
  return selectors.map((selector) => {
    const own = selector?.role ?? undefined;
    refuseIf(own !== undefined && seen.has(own), `duplicated selector role: ${own}`);
    if (selector === null || own === undefined || !allowed.includes(own))
      throw new ConfigError(`${role} role supports only ${allowed.join(', ')} selectors`);
    seen.add(own);
    checkSyntax(selector);
    return { ...selector, role: own };
  });
}

function checkSyntax({ label, field }: Pick<RoleSelector, 'label' | 'field'>): void {
  try {
    parseFieldSelector(field);
    parseLabelSelector(label);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(error.message, { cause: error });
  }
}
