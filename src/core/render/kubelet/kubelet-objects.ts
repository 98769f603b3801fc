import type { KubernetesObject, NamespacedName, ObjectMeta } from '../../../api/meta.ts';
import { compareBytes } from '../../../base/order.ts';
import type { OperatorSettings } from '../../settings.ts';
import { compareJson } from '../shared/differences.ts';
import { mergeMetadata } from '../shared/merge-metadata.ts';
import { renderMetadata } from '../shared/metadata.ts';
import type { Service } from '../shared/rendered-objects.ts';
import type { Revision } from '../shared/revision.ts';
import type { KubeletAddress } from './addresses.ts';

export interface TargetReference {
  apiVersion?: string;
  kind?: string;
  name?: string;
  uid?: string;
}

export interface EndpointPort {
  name?: string;
  port?: number;
  protocol?: string;
}

export interface Endpoints extends KubernetesObject {
  subsets?: {
    addresses?: { ip: string; nodeName?: string; targetRef?: TargetReference }[];
    ports?: EndpointPort[];
  }[];
}

/** What is kept for the kubelets of a cluster, from the flags. */
export interface KubeletPlan {
  readonly service: NamespacedName;
  /** Publish the read-only port 10255 too. */
  readonly httpMetrics: boolean;
  readonly endpointSlices: boolean;
}

const skipMirrorLabel = 'endpointslice.kubernetes.io/skip-mirror';
const applicationLabels = { 'k8s-app': 'kubelet', 'app.kubernetes.io/name': 'kubelet' };

/** Ports of every kubelet (docs/reference/operator-runtime.md 3.12). */
export function listKubeletPorts({ httpMetrics }: KubeletPlan): { name: string; port: number }[] {
  const ports = [
    { name: 'https-metrics', port: 10250 },
    { name: 'cadvisor', port: 4194 },
  ];
  return httpMetrics ? [...ports, { name: 'http-metrics', port: 10255 }] : ports;
}

export function referToNode({ node }: KubeletAddress): TargetReference {
  return { apiVersion: 'v1', kind: 'Node', name: node.name, uid: node.uid };
}

/** Metadata of the three kinds of objects; labels of one kind go over the common ones. */
export function describeKubelets(
  { service: { namespace, name } }: KubeletPlan,
  labels: Readonly<Record<string, string>>,
  settings: OperatorSettings,
): ObjectMeta {
  const all = { ...applicationLabels, ...labels };
  return renderMetadata({ name, namespace, labels: all, ownerReferences: [] }, settings);
}

/** Headless and without a selector: its endpoints are the operator's. */
export function renderKubeletService(plan: KubeletPlan, settings: OperatorSettings): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: describeKubelets(plan, {}, settings),
    spec: { clusterIP: 'None', ports: listKubeletPorts(plan).map((port) => ({ ...port, targetPort: port.port })) },
  };
}

/** With EndpointSlices of our own beside it, the control plane is told not to mirror it into further ones. */
export function renderKubeletEndpoints(
  plan: KubeletPlan,
  addresses: readonly KubeletAddress[],
  settings: OperatorSettings,
): Endpoints {
  const labels: Record<string, string> = plan.endpointSlices ? { [skipMirrorLabel]: 'true' } : {};
  const subset = {
    addresses: addresses.map((address) => ({
      ip: address.ip,
      nodeName: address.node.name,
      targetRef: referToNode(address),
    })),
    ports: listKubeletPorts(plan).map((port) => ({ ...port, protocol: 'TCP' })),
  };
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: describeKubelets(plan, labels, settings),
    subsets: addresses.length === 0 ? [] : [subset],
  };
}

/** In the order in which the API server writes them: it sorts addresses and ports. */
function normalizeSubsets({ subsets = [] }: Endpoints): unknown {
  return subsets.map(({ addresses = [], ports = [] }) => ({
    addresses: [...addresses].sort((a, b) => compareBytes(a.ip, b.ip)),
    ports: [...ports].sort((a, b) => (a.port ?? 0) - (b.port ?? 0)),
  }));
}

export function reviseEndpoints(live: Endpoints, desired: Endpoints): Revision<Endpoints> {
  const merged = mergeMetadata(live.metadata, desired.metadata);
  const { [skipMirrorLabel]: _skipMirror, ...foreign } = merged.labels ?? {};
  const metadata = { ...merged, labels: { ...foreign, ...desired.metadata.labels } };
  const { labels, annotations = {} } = metadata;
  const seen = { labels: live.metadata.labels ?? {}, annotations: live.metadata.annotations ?? {} };
  const differences = [
    ...compareJson({ labels, annotations }, seen, 'metadata'),
    ...compareJson(normalizeSubsets(desired), normalizeSubsets(live), 'subsets'),
  ];
  return { object: { ...desired, metadata }, differences };
}
