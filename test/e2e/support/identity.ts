/** Who an operator is: the service account of an installation, with exactly the rules that are generated for it. */
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { AccessOptions, PolicyRule } from '../../../src/operator/install/access-plan.ts';
import { listRules } from '../../../src/operator/install/access-plan.ts';
import type { Feature } from '../../../src/operator/install/rules.ts';
import { baseFeatures } from '../../../src/operator/install/rules.ts';
import type { Cluster, ClusterOptions, OperatorSettings } from './cluster.ts';

const rbac = (plural: string, kind: string, namespaced: boolean): ResourceType => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural,
  kind,
  namespaced,
});
const roleType = rbac('roles', 'Role', true);
const clusterRoleType = rbac('clusterroles', 'ClusterRole', false);
const roleBindingType = rbac('rolebindings', 'RoleBinding', true);
const clusterRoleBindingType = rbac('clusterrolebindings', 'ClusterRoleBinding', false);

const serviceAccountType: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};

const home = 'stoker';
const name = 'stoker';

/** A user and the token by which the API server knows it. */
export interface Identity {
  readonly user: string;
  readonly token: string;
}

/** One way to grant permissions. */
export interface AccessMode {
  readonly title: string;
  /** Roles in the namespaces that a suite uses, and nothing for the whole cluster. */
  readonly byNamespace: boolean;
  readonly assetAccess: AccessOptions['assetAccess'];
}

export const accessModes: readonly AccessMode[] = [
  { title: 'a ClusterRole', byNamespace: false, assetAccess: 'watch' },
  { title: 'Roles alone', byNamespace: true, assetAccess: 'watch' },
  { title: 'a ClusterRole that reads Secrets by name alone', byNamespace: false, assetAccess: 'get' },
  { title: 'Roles that read Secrets by name alone', byNamespace: true, assetAccess: 'get' },
];

/** What the generated rules depend on. */
function planMode(mode: AccessMode, namespaces: readonly string[], features: readonly Feature[]): AccessOptions {
  return {
    namespaces: mode.byNamespace ? namespaces : [],
    operatorNamespace: home,
    assetAccess: mode.assetAccess,
    features: [...baseFeatures, 'leader-election', ...features],
  };
}

/** Options of a cluster where every rule counts: every request is written down, and owner references need their rule. */
export const strict: ClusterOptions = { audit: 'all', admissionPlugins: ['OwnerReferencesPermissionEnforcement'] };

/** The flags that go with the mode. */
function listModeFlags(mode: AccessMode, namespaces: readonly string[]): string[] {
  return [
    '--leader-elect=true',
    `--leader-elect-namespace=${home}`,
    ...(mode.byNamespace ? [`--namespaces=${namespaces.join(',')}`] : []),
    ...(mode.assetAccess === 'get' ? ['--asset-access=get', '--asset-poll-interval=1s'] : []),
  ];
}

interface Role extends KubernetesObject {
  readonly rules: readonly PolicyRule[];
}

/** Permissions of one operator, which a test can take away and give back. */
export class Permissions {
  readonly identity: Identity;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, identity: Identity) {
    this.#cluster = cluster;
    this.identity = identity;
  }

  /** Leaves the resource out of all rules of the ClusterRole, or of the namespace's Role; resolves with how to undo it. */
  async revoke(resource: string, namespace = ''): Promise<() => Promise<void>> {
    const { api } = this.#cluster;
    const [type, key] = namespace === '' ? [clusterRoleType, name] : [roleType, `${namespace}/${name}`];
    const { rules } = await api.get<Role>(type, key);
    const fewer = rules
      .map((rule) => ({ ...rule, resources: rule.resources.filter((one) => one !== resource) }))
      .filter(({ resources }) => resources.length > 0);
    await api.patch(type, key, { rules: fewer });
    return async () => {
      await api.patch(type, key, { rules });
    };
  }
}

/** Makes the namespaces, and a service account that may do there what the mode generates and nothing else. */
export async function grantAccess(
  cluster: Cluster,
  mode: AccessMode,
  { namespaces, features = [] }: { namespaces: readonly string[]; features?: readonly Feature[] },
): Promise<Permissions> {
  for (const namespace of [home, ...namespaces]) await cluster.createNamespace(namespace);
  await cluster.api.create(serviceAccountType, { metadata: { namespace: home, name } });
  const { cluster: clusterRules, roles } = listRules(planMode(mode, namespaces, features));
  const subjects = [{ kind: 'ServiceAccount', namespace: home, name }];
  const bind = async (rules: readonly PolicyRule[], namespace?: string): Promise<void> => {
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    const [type, bindingType] =
      namespace === undefined ? [clusterRoleType, clusterRoleBindingType] : [roleType, roleBindingType];
    const roleRef = { apiGroup: type.group, kind: type.kind, name };
    const role = { metadata, rules };
    const binding = { metadata, roleRef, subjects };
    await cluster.api.create(type, role);
    await cluster.api.create(bindingType, binding);
  };
  if (clusterRules.length > 0) await bind(clusterRules);
  for (const { namespace, rules } of roles) await bind(rules, namespace);
  const token = await cluster.api.requestToken(`${home}/${name}`);
  return new Permissions(cluster, { user: `system:serviceaccount:${home}:${name}`, token });
}

/** As `grantAccess`; what an operator of the mode is started with. */
export async function installAs(
  cluster: Cluster,
  mode: AccessMode,
  needs: { namespaces: readonly string[]; features?: readonly Feature[] },
): Promise<OperatorSettings> {
  const { identity } = await grantAccess(cluster, mode, needs);
  return { identity, args: listModeFlags(mode, needs.namespaces) };
}
