/**
 * In the place of kubelets and drivers of volumes: pods are ready and claims have what they ask for as soon as they are seen. Pods are on no
 * node, so that deleting one takes no time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { podType, volumeClaimType } from '../../../../src/api/builtin-types.ts';
import { keyOf } from '../../../../src/api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import type { VolumeClaimObject } from '../../../../src/core/status/volume-claims.ts';
import { renderPodStatus } from '../../../../src/sandbox/controllers/kubelet/pod-status.ts';
import type { Pod } from '../../../../src/sandbox/controllers/shapes.ts';
import type { Api } from '../api.ts';
import { RefusedError } from '../api.ts';

const lookMs = 100;

/** Makes pods ready until it is stopped. */
export class ReadyPods {
  readonly #api: Api;
  #isStopped = false;
  #work: Promise<void> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  start(): void {
    this.#work = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const pods = await this.#api.list<Pod>(podType);
      await Promise.all(pods.filter(({ status }) => status?.phase !== 'Running').map((pod) => this.#ready(pod)));
      const claims = await this.#api.list<VolumeClaimObject>(volumeClaimType);
      await Promise.all(claims.filter((claim) => !hasSize(claim)).map((claim) => this.#bind(claim)));
      await delay(lookMs);
    }
  }

  async #bind(claim: VolumeClaimObject): Promise<void> {
    await this.#tell(volumeClaimType, claim, { phase: 'Bound', capacity: claim.spec.resources?.requests });
  }

  async #ready(pod: Pod): Promise<void> {
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    const status = renderPodStatus(pod, { state: 'ready', podIP: '198.51.100.1', hostIP: '192.0.2.1', time });
    await this.#tell(podType, pod, status);
  }

  /** One that is gone meanwhile needs nothing. */
  async #tell(type: ResourceType, object: KubernetesObject, status: object): Promise<void> {
    try {
      await this.#api.patch(type, keyOf(object), { status }, 'status');
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  }
}

const hasSize = ({ spec, status }: VolumeClaimObject): boolean =>
  status?.phase === 'Bound' && status.capacity?.storage === spec.resources?.requests?.storage;
