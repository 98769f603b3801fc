import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import type { KubernetesClient } from '../client/client.ts';
import { isNotFound } from '../client/errors.ts';

/** Who holds a lease; times are RFC 3339 with microseconds. */
export interface LeaseSpec {
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  acquireTime?: string;
  renewTime?: string;
  leaseTransitions?: number;
}

export interface Lease extends KubernetesObject {
  spec?: LeaseSpec;
}

export const leaseType: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
};

/** The object behind an election. Every write names the state that it replaces: of two writers one gets a conflict. */
export class LeaseLock {
  readonly #client: KubernetesClient;
  readonly #name: NamespacedName;

  constructor(client: KubernetesClient, name: NamespacedName) {
    this.#client = client;
    this.#name = name;
  }

  async get(signal: AbortSignal): Promise<Lease | undefined> {
    try {
      return await this.#client.get<Lease>(leaseType, this.#name, { signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  create(spec: LeaseSpec, signal: AbortSignal): Promise<Lease> {
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { ...this.#name }, spec };
    return this.#client.create<Lease>(leaseType, lease, { signal });
  }

  /** Replaces `lease` with the same but for `spec`; 409 when it is not the newest state. */
  update(lease: Lease, spec: LeaseSpec, signal: AbortSignal): Promise<Lease> {
    return this.#client.update<Lease>(leaseType, { ...lease, spec: { ...lease.spec, ...spec } }, { signal });
  }
}
