/** What tests ask about one workload of a cluster, of whichever kind, in their own words. */
import assert from 'node:assert/strict';
import { statefulSetType } from '../../../src/api/builtin-types.ts';
import type { Condition, KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { describeError } from '../../../src/base/errors.ts';
import type { Api } from './api.ts';
import type { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import type { Event } from './types.ts';
import { eventType, managedTypes } from './types.ts';

/** A kind of workload. */
export interface Subject {
  readonly type: ResourceType;
  /** What the names of its objects begin with; its main container has the same name. */
  readonly program: string;
  /** A small one that selects everything in its namespace. */
  make(namespace: string, name: string, spec: Readonly<Record<string, unknown>>): KubernetesObject;
}

interface Workload extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly replicas?: number;
    readonly paused?: boolean;
  };
}

export class WorkloadWorld {
  readonly namespace: string;
  readonly name: string;
  readonly #subject: Subject;
  readonly #cluster: () => Cluster;

  /** @param cluster asked for late: tests are named before it runs. */
  constructor(cluster: () => Cluster, subject: Subject, namespace: string, name = 'main') {
    this.#cluster = cluster;
    this.#subject = subject;
    this.namespace = namespace;
    this.name = name;
  }

  get api(): Api {
    return this.#cluster().api;
  }

  keyOf(name: string): string {
    return `${this.namespace}/${name}`;
  }

  /** The name of the StatefulSet, and the beginning of all others: "alertmanager-main". */
  get prefix(): string {
    return `${this.#subject.program}-${this.name}`;
  }

  /** Makes the namespace and the workload, and waits until its StatefulSet is there. */
  async begin(spec: Readonly<Record<string, unknown>> = {}): Promise<KubernetesObject> {
    await this.#cluster().createNamespace(this.namespace);
    const { type } = this.#subject;
    const created = await this.api.create(type, this.#subject.make(this.namespace, this.name, spec));
    await this.whenSynced();
    return created;
  }

  async patchSpec(spec: Readonly<Record<string, unknown>>): Promise<void> {
    await this.api.patch(this.#subject.type, this.keyOf(this.name), { spec });
  }

  async read(): Promise<Workload> {
    return await this.api.get<Workload>(this.#subject.type, this.keyOf(this.name));
  }

  async remove(): Promise<void> {
    await this.api.remove(this.#subject.type, this.keyOf(this.name));
  }

  async readStatefulSet(suffix = ''): Promise<StatefulSet> {
    return await this.api.get<StatefulSet>(statefulSetType, this.keyOf(this.prefix + suffix));
  }

  /** The image of the main container. */
  async readImage(): Promise<string | undefined> {
    const { template } = (await this.readStatefulSet()).spec;
    return template.spec.containers.find(({ name }) => name === this.#subject.program)?.image;
  }

  async readCondition(type: string): Promise<Condition> {
    const { status } = await this.read();
    const found = status?.conditions?.find((condition) => condition.type === type);
    if (found === undefined) throw new Error(`The status has no condition ${type}: ${JSON.stringify(status)}`);
    return found;
  }

  /** The status says that the newest generation was synced. */
  async whenSynced(): Promise<void> {
    const key = this.keyOf(this.name);
    try {
      await eventually(`${key} is synced`, async () => {
        const { metadata } = await this.read();
        const { status, observedGeneration, message } = await this.readCondition('Reconciled');
        assert.deepEqual([status, observedGeneration], ['True', metadata.generation], message);
        await this.readStatefulSet();
      });
    } catch (error) {
      throw new Error(`${this.#cluster().readLog(this.namespace).join('\n')}\n${describeError(error)}`, {
        cause: error,
      });
    }
  }

  /** The condition that says why it was not synced. */
  async whenFailed(): Promise<Condition> {
    return await eventually(`${this.keyOf(this.name)} says why it is not synced`, async () => {
      const condition = await this.readCondition('Reconciled');
      return condition.status === 'False' && condition;
    });
  }

  /** The warning about the object. */
  async whenWarned(kind: string, name: string): Promise<Event> {
    return await eventually(`there is an event about ${kind} ${name}`, async () => {
      const events = await this.api.list<Event>(eventType, this.namespace);
      const isAbout = ({ kind: of, name: its }: Event['regarding']) => of === kind && its === name;
      return events.find(({ type, regarding }) => type === 'Warning' && isAbout(regarding)) ?? false;
    });
  }

  /** All objects in the namespace that the workload owns, by "Kind name". */
  async listChildren(): Promise<Record<string, KubernetesObject>> {
    const lists = await Promise.all(
      managedTypes.map(async ({ kind, ...type }) =>
        (await this.api.list({ kind, ...type }, this.namespace)).map((item) => ({ kind, item })),
      ),
    );
    const isOwner = ({ kind, name }: { kind: string; name: string }): boolean =>
      kind === this.#subject.type.kind && name === this.name;
    const owned = lists.flat().filter(({ item }) => (item.metadata.ownerReferences ?? []).some(isOwner));
    return Object.fromEntries(owned.map(({ kind, item }) => [`${kind} ${item.metadata.name ?? ''}`, item]));
  }
}
