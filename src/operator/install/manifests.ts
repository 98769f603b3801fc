import type { PolicyRule } from './access-plan.ts';
import { listRules } from './access-plan.ts';
import { baseFeatures } from './rules.ts';

export interface InstallOptions {
  readonly namespace: string;
  readonly image: string;
}

const labels = {
  'app.kubernetes.io/name': 'stoker',
  'app.kubernetes.io/component': 'controller',
};

type Manifest = Readonly<Record<string, unknown>>;

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const rbacGroup = 'rbac.authorization.k8s.io';

/** The role and its binding to the service account; in `namespace`, or for the whole cluster without one. */
function renderRole(rules: readonly PolicyRule[], operator: string, namespace?: string): Manifest[] {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = { name: 'stoker', ...(namespace === undefined ? {} : { namespace }), labels };
  return [
    { ...rbac, kind, metadata, rules },
    {
      ...rbac,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: rbacGroup, kind, name: 'stoker' },
      subjects: [{ kind: 'ServiceAccount', name: 'stoker', namespace: operator }],
    },
  ];
}

function renderAccess({ namespace }: InstallOptions): Manifest[] {
  const { cluster, roles } = listRules({
    namespaces: [],
    operatorNamespace: namespace,
    assetAccess: 'watch',
    features: [...baseFeatures, 'leader-election'],
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'stoker', namespace, labels } },
    ...renderRole(cluster, namespace),
    ...roles.flatMap((role) => renderRole(role.rules, namespace, role.namespace)),
  ];
}

function renderContainer({ image }: InstallOptions): Manifest {
  const probe = (path: string) => ({ httpGet: { path, port: 'web' } });
  return {
    name: 'stoker',
    image,
    args: ['run', '--leader-elect'],
    ports: [{ name: 'web', containerPort: 8080 }],
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    livenessProbe: probe('/healthz'),
    readinessProbe: probe('/readyz'),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

function renderDeployment(options: InstallOptions): Manifest {
  const { namespace } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'stoker', namespace, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'kubectl.kubernetes.io/default-container': 'stoker' } },
        spec: {
          serviceAccountName: 'stoker',
          securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [renderContainer(options)],
        },
      },
    },
  };
}

/** Everything but the CRDs that a cluster needs to run the operator, in the order to apply it. */
export function renderInstall(options: InstallOptions): Manifest[] {
  const { namespace } = options;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    ...renderAccess(options),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'stoker', namespace, labels },
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'web', port: 8080, targetPort: 'web' }] },
    },
    renderDeployment(options),
  ];
}
