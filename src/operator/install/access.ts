import type { PolicyRule } from './access-plan.ts';
import { listRules } from './access-plan.ts';
import { installName as name } from './defaults.ts';
import { labels } from './labels.ts';
import type { InstallOptions, Manifest } from './options.ts';
import { installFeatures } from './options.ts';

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

/** The service account and exactly what it may do. */
export function renderAccess({ namespace, namespaces, assetAccess }: InstallOptions): Manifest[] {
  const { cluster, roles } = listRules({
    namespaces,
    watchAssetsEverywhere: true,
    operatorNamespace: namespace,
    assetAccess,
    features: installFeatures,
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels } },
    ...(cluster.length > 0 ? renderRole(cluster, namespace) : []),
    ...roles.flatMap((role) => renderRole(role.rules, namespace, role.namespace)),
  ];
}
