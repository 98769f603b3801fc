import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { jobType, namespaceType, replicaSetType, roleTypes } from '../../../src/discovery/kubernetes/resources.ts';
import { isNotFound } from '../../../src/kubernetes/client/errors.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { ClusterPlanner } from './random-objects.ts';
import type { PlannedCluster, PlannedObject } from './random-objects.ts';
import type { SeededRandom } from './seeded-random.ts';

const types = new Map<string, ResourceType>(
  [...Object.values(roleTypes), namespaceType, replicaSetType, jobType].map((type) => [type.kind, type]),
);

function typeOf(object: PlannedObject): ResourceType {
  const type = types.get(object.kind);
  if (type === undefined) throw new Error(`Cannot write a ${object.kind}`);
  return type;
}

/** Creates an object, and its status where it has one. */
export async function create(client: KubernetesClient, object: PlannedObject): Promise<void> {
  const type = typeOf(object);
  const { status, ...rest } = object;
  const created = await client.create(type, rest);
  if (status !== undefined) await client.update(type, { ...created, status }, { subresource: 'status' });
}

/** Changes a generated cluster as time changes real ones: one object at a time. */
export class ClusterChanger {
  readonly #client: KubernetesClient;
  readonly #random: SeededRandom;
  readonly #planner: ClusterPlanner;
  readonly #objects: PlannedObject[];
  #made = 0;

  constructor(client: KubernetesClient, random: SeededRandom, cluster: PlannedCluster) {
    this.#client = client;
    this.#random = random;
    this.#planner = new ClusterPlanner(random, cluster.name);
    this.#objects = [...cluster.objects];
  }

  /** Does one change and tells which. */
  async change(): Promise<string> {
    const object = this.#random.pick(this.#objects);
    const place = `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;
    switch (object.kind) {
      case 'Pod':
        return `${await this.#changePod(object)} ${place}`;
      case 'Endpoints':
      case 'EndpointSlice':
        return `${await this.#changeEndpoints(object)} ${place}`;
      default:
        await this.#relabel(object);
        return `relabel ${place}`;
    }
  }

  async #changePod(pod: PlannedObject): Promise<string> {
    const { namespace = '', name = '' } = pod.metadata;
    const next = this.#planner.pod(namespace, name);
    const action = this.#random.pick(['status', 'status', 'relabel', 'replace', 'add']);
    if (action === 'relabel') await this.#relabel(pod);
    else if (action === 'status') await this.#patchStatus(pod, next.status);
    else if (action === 'add') await this.#add(this.#planner.pod(namespace, `new${this.#made++}`));
    else {
      await this.#remove(pod);
      await this.#add(next);
    }
    return action;
  }

  async #changeEndpoints(object: PlannedObject): Promise<string> {
    const { namespace = '', name = '' } = object.metadata;
    const pods = this.#objects.filter((one) => one.kind === 'Pod' && one.metadata.namespace === namespace);
    const next = this.#planner[object.kind === 'Endpoints' ? 'endpoints' : 'slice'](namespace, name, pods);
    await this.#remove(object);
    if (this.#random.chance(0.2)) return 'remove';
    await this.#add(next);
    return 'replace';
  }

  async #relabel(object: PlannedObject): Promise<void> {
    const labels = { changed: `v${this.#made++}`, tier: this.#random.chance(0.5) ? 'front' : null };
    await this.#patch(object, { metadata: { labels } });
  }

  async #patch(object: PlannedObject, body: unknown): Promise<void> {
    const { namespace = '', name = '' } = object.metadata;
    await this.#client.patch(typeOf(object), { namespace, name }, { kind: 'merge', body });
  }

  async #patchStatus(pod: PlannedObject, status: unknown): Promise<void> {
    const { namespace = '', name = '' } = pod.metadata;
    const current = await this.#client.get<KubernetesObject>(roleTypes.pod, { namespace, name });
    const body = { ...current, status };
    await this.#client.update(roleTypes.pod, body, { subresource: 'status' });
  }

  async #remove(object: PlannedObject): Promise<void> {
    const { namespace = '', name = '' } = object.metadata;
    this.#objects.splice(this.#objects.indexOf(object), 1);
    const options = { gracePeriodSeconds: 0 };
    await this.#client.delete(typeOf(object), { namespace, name }, options).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  async #add(object: PlannedObject): Promise<void> {
    this.#objects.push(object);
    await create(this.#client, object);
  }
}
