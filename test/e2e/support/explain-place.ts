/** Where `stoker explain` is asked: API servers, and the objects of golden cases put into them. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespaceType, podType, serviceType } from '../../../src/api/builtin-types.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { parseYamlDocuments } from '../../../src/base/yaml.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { isAlreadyExists, isNotFound } from '../../../src/kubernetes/client/errors.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import { startControlPlane } from '../../control-plane/control-plane.ts';
import type { MachineFix } from '../../golden/explain/apply-fix.ts';
import { readStack } from '../../golden/explain/stacks.ts';

const type = (group: string, plural: string, kind: string, namespaced = true): ResourceType => ({
  group,
  version: 'v1',
  plural,
  kind,
  namespaced,
});
export const rbac = 'rbac.authorization.k8s.io';
export const crdType = type('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', false);
const types: readonly ResourceType[] = [
  namespaceType,
  serviceType,
  podType,
  type('', 'endpoints', 'Endpoints'),
  type('', 'secrets', 'Secret'),
  type('', 'serviceaccounts', 'ServiceAccount'),
  type('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
  type(rbac, 'clusterroles', 'ClusterRole', false),
  type(rbac, 'clusterrolebindings', 'ClusterRoleBinding', false),
  type(rbac, 'roles', 'Role'),
  type(rbac, 'rolebindings', 'RoleBinding'),
  ...customKinds.map((kind) => kind.type),
];
/** What one case may have and the next may not. */
const swept = [
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ServiceMonitor',
  'Prometheus',
  'ScrapeConfig',
];

/** What controllers and the kubelet would make of the Deployment of every case. */
export const running = `
apiVersion: v1
kind: Pod
metadata: { name: checkout-0, namespace: shop, labels: { app: checkout }, annotations: { skip: "yes" } }
spec: { nodeName: n1, containers: [{ name: app, image: x, ports: [{ name: http, containerPort: 8080 }, { name: http-metrics, containerPort: 8081 }] }] }
status: { phase: Running, podIP: 10.9.0.1, podIPs: [{ ip: 10.9.0.1 }], conditions: [{ type: Ready, status: "True" }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: checkout, namespace: shop, labels: { app: checkout } }
subsets:
  - addresses: [{ ip: 10.9.0.1, nodeName: n1, targetRef: { kind: Pod, namespace: shop, name: checkout-0 } }]
    ports: [{ name: http, port: 8080 }, { name: http-metrics, port: 8081 }]
`;

export interface Answer {
  readonly verdict: string;
  readonly reason: string;
  readonly summary: string;
  readonly fixes: readonly MachineFix[];
  readonly notes: readonly string[];
  readonly chain: readonly {
    readonly link: string;
    readonly verdict: string;
    readonly reason: string;
    readonly found: string;
  }[];
}

export interface Server {
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

export interface Place {
  readonly start: (folder: string) => Promise<Server>;
  readonly skipped: string | undefined;
  /** Whether rights are enforced. */
  readonly hasRbac: boolean;
}

export async function startReal(): Promise<Server> {
  const plane = await startControlPlane();
  return { kubeconfig: plane.kubeconfigPath, stop: () => plane.stop() };
}

export async function startSandbox(folder: string): Promise<Server> {
  const sandbox = createSandboxServer();
  await sandbox.listen();
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  return { kubeconfig, stop: () => sandbox.close() };
}

export function typeOf({ kind = '' }: KubernetesObject): ResourceType {
  const found = types.find((one) => one.kind === kind);
  assert.ok(found, `no type for ${kind}`);
  return found;
}

const nameOf = ({ metadata }: KubernetesObject): { namespace: string; name: string } => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});

/** Creates an object, or puts it in the place of what is there. */
export async function put(
  client: KubernetesClient,
  object: KubernetesObject & { status?: unknown; items?: KubernetesObject[] },
): Promise<void> {
  if (object.kind === 'List') {
    for (const item of object.items ?? []) await put(client, item);
    return;
  }
  const { status, ...plain } = object;
  const resource = typeOf(object);
  let stored: KubernetesObject;
  try {
    stored = await client.create(resource, plain);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const { metadata } = await client.get(resource, nameOf(object));
    const { resourceVersion = '' } = metadata;
    // A Pod may hardly be changed, and stays as the first case made it.
    if (object.kind === 'Pod') return;
    stored = await client.update(resource, { ...plain, metadata: { ...plain.metadata, resourceVersion } });
  }
  if (status !== undefined)
    await client.update(resource, { ...stored, status } as KubernetesObject, { subresource: 'status' });
}

export async function sweep(client: KubernetesClient): Promise<void> {
  for (const resource of types.filter(({ kind }) => swept.includes(kind))) {
    for (const object of (await client.list(resource)).items) {
      if (
        (object.metadata.name ?? '').startsWith('system:') ||
        (object.metadata.labels ?? {})['kubernetes.io/bootstrapping'] !== undefined
      )
        continue;
      await client.delete(resource, nameOf(object)).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    }
  }
}

/** The objects of a golden case that an API server without controllers takes. */
export function readCase(name: string): KubernetesObject[] {
  const all = parseYamlDocuments(readStack(name)) as KubernetesObject[];
  return all.filter(({ kind }) => kind !== 'Deployment');
}

export const brokenStacks: readonly {
  readonly name: string;
  readonly link: string;
  readonly reason: string;
  readonly needsRbac?: true;
}[] = [
  { name: 'release-label', link: 'labels', reason: 'LabelsDiffer' },
  { name: 'selector-null', link: 'labels', reason: 'SelectorUnset' },
  { name: 'namespace-label-missing', link: 'namespace', reason: 'NamespaceLabelsDiffer' },
  { name: 'timeout-above-interval', link: 'valid', reason: 'Rejected' },
  { name: 'secret-key-missing', link: 'valid', reason: 'Rejected' },
  { name: 'no-service-matches', link: 'objects', reason: 'NoServiceMatches' },
  { name: 'port-name', link: 'port', reason: 'PortNotFound' },
  { name: 'rbac-role-lacks', link: 'access', reason: 'AccessDenied', needsRbac: true },
  { name: 'rbac-binding-missing', link: 'access', reason: 'AccessDenied', needsRbac: true },
  { name: 'rbac-subject-namespace', link: 'access', reason: 'AccessDenied', needsRbac: true },
  { name: 'relabel-drop', link: 'relabelling', reason: 'DroppedByRule' },
];
