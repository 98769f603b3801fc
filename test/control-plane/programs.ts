/** The command lines of the control plane's programs. All listen on 127.0.0.1 only. */
import type { Workspace } from './workspace.ts';

/** The controllers that work without nodes; the rest wait for kubelets or a cloud that are not there. */
const controllers = [
  'clusterrole-aggregation-controller',
  'daemonset-controller',
  'deployment-controller',
  'disruption-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'endpointslice-mirroring-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'persistentvolumeclaim-protection-controller',
  'pod-garbage-collector-controller',
  'replicaset-controller',
  'resourcequota-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'statefulset-controller',
];

/** Files of the workspace that programs share. */
export function workspaceFiles(workspace: Workspace) {
  return {
    certificates: workspace.path('certificates'),
    /** Written by kube-apiserver at its first start: self-signed, with its issuer behind it. */
    ca: workspace.path('certificates', 'apiserver.crt'),
    tokens: workspace.path('tokens.csv'),
    serviceAccounts: {
      privateKey: workspace.path('service-account.key'),
      publicKey: workspace.path('service-account.pub'),
    },
    controllerManagerKubeconfig: workspace.path('controller-manager.kubeconfig'),
  };
}

/** The peer port is 0: a lone member has no peers, but etcd insists on listening. */
export function etcdArgs(workspace: Workspace, url: string): string[] {
  return [
    `--data-dir=${workspace.path('etcd')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    '--listen-peer-urls=http://127.0.0.1:0',
    '--unsafe-no-fsync',
    '--log-level=warn',
  ];
}

export interface ApiServerArgs {
  readonly etcdUrl: string;
  readonly port: number;
  readonly extra: readonly string[];
}

/** `extra` comes last, so that a test can change any of the flags before it. */
export function apiServerArgs(workspace: Workspace, { etcdUrl, port, extra }: ApiServerArgs): string[] {
  const files = workspaceFiles(workspace);
  return [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${files.certificates}`,
    `--token-auth-file=${files.tokens}`,
    '--authorization-mode=RBAC',
    `--service-account-key-file=${files.serviceAccounts.publicKey}`,
    `--service-account-signing-key-file=${files.serviceAccounts.privateKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--allow-privileged=true',
    // Pods need no token here, and without a controller manager no ServiceAccount "default" would let them in.
    '--disable-admission-plugins=ServiceAccount',
    ...extra,
  ];
}

/** The admin's kubeconfig stands in for a service account a controller. */
export function controllerManagerArgs(workspace: Workspace, port: number): string[] {
  const files = workspaceFiles(workspace);
  return [
    `--kubeconfig=${files.controllerManagerKubeconfig}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${workspace.path('controller-manager')}`,
    '--leader-elect=false',
    `--controllers=${controllers.join(',')}`,
    `--root-ca-file=${files.ca}`,
    `--service-account-private-key-file=${files.serviceAccounts.privateKey}`,
  ];
}
