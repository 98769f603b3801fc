/** Nodes without machines: what scheduler and kubelets would do to the Pods of a real API server. */
import assert from 'node:assert/strict';
import { daemonSetType, podType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { keyOf } from '../../../src/api/meta.ts';
import { renderPodStatus } from '../../../src/sandbox/controllers/kubelet/pod-status.ts';
import type { Pod } from '../../../src/sandbox/controllers/shapes.ts';
import type { Api } from './api.ts';
import { eventually } from './eventually.ts';

const nodeType: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const deploymentType: ResourceType = { ...statefulSetType, plural: 'deployments', kind: 'Deployment' };
const zones = ['a', 'b', 'c'];
const patienceMs = 90_000;

interface Workload extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly numberReady?: number;
  };
}

interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms: readonly {
        readonly matchFields?: readonly { readonly values?: readonly string[] }[];
      }[];
    };
  };
}

/** Throws while a Pod of a Deployment, StatefulSet or DaemonSet is missing or not ready. */
async function assertAllReady(api: Api): Promise<void> {
  const replicated = [...(await api.list<Workload>(deploymentType)), ...(await api.list<Workload>(statefulSetType))];
  for (const { metadata, spec, status } of replicated)
    assert.equal(status?.readyReplicas ?? 0, spec.replicas ?? 1, metadata.name);
  for (const { metadata, status } of await api.list<Workload>(daemonSetType)) {
    assert.ok((status?.desiredNumberScheduled ?? 0) > 0, metadata.name);
    assert.equal(status?.numberReady, status?.desiredNumberScheduled, metadata.name);
  }
}

/** Waits until somebody else has brought all Pods up. */
export async function whenAllReady(api: Api): Promise<void> {
  await eventually('all Pods are ready', () => assertAllReady(api), patienceMs);
}

export class Machines {
  readonly #api: Api;
  readonly #names: readonly string[];
  #scheduled = 0;
  #addresses = 0;

  constructor(api: Api, count: number) {
    this.#api = api;
    this.#names = Array.from({ length: count }, (_, index) => `machine-${index + 1}`);
  }

  /** Makes the Nodes, one in each zone. */
  async create(): Promise<void> {
    for (const [index, name] of this.#names.entries()) {
      const zone = zones[index % zones.length] ?? '';
      const labels = {
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': zone,
      };
      await this.#api.create(nodeType, { metadata: { name, labels } });
      const addresses = [
        { type: 'InternalIP', address: this.#addressOf(name) },
        { type: 'Hostname', address: name },
      ];
      const conditions = [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }];
      // The API server takes a new Node for one that is not ready; the controller that would take that back is not there.
      await this.#api.patch(nodeType, name, { spec: { taints: null } });
      const daemonEndpoints = { kubeletEndpoint: { Port: 10250 } };
      await this.#api.patch(nodeType, name, { status: { addresses, conditions, daemonEndpoints } }, 'status');
    }
  }

  /** Brings all Pods up until every workload has what it wants. */
  async whenAllReady(): Promise<void> {
    await eventually(
      'all Pods are ready',
      async () => {
        const pods = await this.#api.list<Pod>(podType);
        await Promise.all(pods.filter(({ status }) => status?.phase !== 'Running').map((pod) => this.#run(pod)));
        await assertAllReady(this.#api);
      },
      patienceMs,
    );
  }

  async #run(pod: Pod): Promise<void> {
    const node = pod.spec.nodeName ?? this.#schedule(pod);
    if (pod.spec.nodeName === undefined) await this.#api.bind(keyOf(pod), node);
    const hostIP = this.#addressOf(node);
    const podIP = pod.spec.hostNetwork === true ? hostIP : `198.51.100.${(this.#addresses += 1)}`;
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    const status = renderPodStatus(pod, { state: 'ready', podIP, hostIP, time });
    await this.#api.patch(podType, keyOf(pod), { status }, 'status');
  }

  /** DaemonSets name the node of each Pod, other Pods are dealt out. */
  #schedule({ spec }: Pod): string {
    const required = (spec['affinity'] as Affinity | undefined)?.nodeAffinity
      ?.requiredDuringSchedulingIgnoredDuringExecution;
    const wanted = required?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0];
    if (wanted !== undefined) return wanted;
    this.#scheduled += 1;
    return this.#names[this.#scheduled % this.#names.length] ?? '';
  }

  /** Of the networks for documentation: nobody is at home there. */
  #addressOf(node: string): string {
    return `192.0.2.${this.#names.indexOf(node) + 1}`;
  }
}
