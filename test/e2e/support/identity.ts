/** Who an operator is: the service account of an installation, with exactly the rules that are generated for it. */
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { AccessOptions, PolicyRule } from '../../../src/operator/install/access-plan.ts';
import { listRules } from '../../../src/operator/install/access-plan.ts';
import type { Feature } from '../../../src/operator/install/rules.ts';
import { baseFeatures } from '../../../src/operator/install/rules.ts';
import type { Cluster, ClusterOptions, OperatorSettings } from './cluster.ts';
import { rbacType } from './rbac-type.ts';

const roleType = rbacType('Role');
const clusterRoleType = rbacType('ClusterRole');
const roleBindingType = rbacType('RoleBinding');
const clusterRoleBindingType = rbacType('ClusterRoleBinding');

const serviceAccountType: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};

const home = 'stoker';
const name = 'stoker';

/** The service account, as the audit log names it. */
export const serviceAccountUser = `system:serviceaccount:${home}:${name}`;

/** One way to grant permissions. */
export interface AccessMode {
  readonly title: string;
  /** Roles in the namespaces that a suite uses, and nothing for the whole cluster. */
  readonly byNamespace: boolean;
  readonly assetAccess: AccessOptions['assetAccess'];
}

/** What is installed when nothing else is said. */
export const wholeCluster: AccessMode = { title: 'a ClusterRole', byNamespace: false, assetAccess: 'watch' };

export const otherModes: readonly AccessMode[] = [
  { title: 'Roles alone', byNamespace: true, assetAccess: 'watch' },
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
export function listModeFlags(mode: AccessMode, namespaces: readonly string[]): string[] {
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
  readonly kubeconfig: string;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, kubeconfig: string) {
    this.#cluster = cluster;
    this.kubeconfig = kubeconfig;
  }

  /** Leaves the resource out of all rules of the ClusterRole; resolves with how to undo it. */
  async revoke(resource: string): Promise<() => Promise<void>> {
    return await this.#change((rules) =>
      rules
        .map((rule) => ({ ...rule, resources: rule.resources.filter((one) => one !== resource) }))
        .filter(({ resources }) => resources.length > 0),
    );
  }

  /** Leaves nothing of the ClusterRole; resolves with how to undo it. */
  async revokeAll(): Promise<() => Promise<void>> {
    return await this.#change(() => []);
  }

  async #change(fewer: (rules: readonly PolicyRule[]) => readonly PolicyRule[]): Promise<() => Promise<void>> {
    const { api } = this.#cluster;
    const { rules } = await api.get<Role>(clusterRoleType, name);
    await api.patch(clusterRoleType, name, { rules: fewer(rules) });
    return async () => {
      await api.patch(clusterRoleType, name, { rules });
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
  return new Permissions(cluster, await cluster.kubeconfigOfServiceAccount(home, name));
}

/** As `grantAccess`; what an operator of the mode is started with. */
export async function installAs(
  cluster: Cluster,
  mode: AccessMode,
  needs: { namespaces: readonly string[]; features?: readonly Feature[] },
): Promise<OperatorSettings> {
  const { kubeconfig } = await grantAccess(cluster, mode, needs);
  return { kubeconfig, args: listModeFlags(mode, needs.namespaces) };
}
