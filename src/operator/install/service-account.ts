import type { InstallRules, PolicyRule, RoleRules } from './access-plan.ts';
import { listRules } from './access-plan.ts';
import { installName as name } from './defaults.ts';
import { labels } from './labels.ts';
import type { InstallOptions, Manifest } from './install-options.ts';
import { listInstallFeatures } from './install-options.ts';
import { listSideWebhookRules } from './side-webhook.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const apiVersion = `${apiGroup}/v1`;

/** The role and its binding to the service account; in `namespace`, or for the whole cluster without one. */
function renderRole(rules: readonly PolicyRule[], operator: string, namespace?: string): Manifest[] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels };
  return [
    { apiVersion, kind, metadata, rules },
    {
      apiVersion,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup, kind, name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: operator }],
    },
  ];
}

/** The rules of the table, and those of the webhook where it is on. */
function listAllRules(options: InstallOptions): InstallRules {
  const { namespace, namespaces, assetAccess } = options;
  const { cluster, roles } = listRules({
    namespaces,
    watchAssetsEverywhere: true,
    operatorNamespace: namespace,
    assetAccess,
    features: listInstallFeatures(options),
  });
  const webhook = listSideWebhookRules(options);
  const withWebhook = (role: RoleRules): RoleRules =>
    role.namespace === namespace ? { namespace, rules: [...role.rules, ...webhook.own] } : role;
  return { cluster: [...cluster, ...webhook.cluster], roles: roles.map(withWebhook) };
}

/** The service account and exactly what it may do. */
export function renderAccess(options: InstallOptions): Manifest[] {
  const { namespace } = options;
  const { cluster, roles } = listAllRules(options);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels } },
    ...(cluster.length > 0 ? renderRole(cluster, namespace) : []),
    ...roles.flatMap((role) => renderRole(role.rules, namespace, role.namespace)),
  ];
}
