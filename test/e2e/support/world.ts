/** What tests ask about one Prometheus of a cluster, in their own words. */
import assert from 'node:assert/strict';
import { secretType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { Condition, KubernetesObject } from '../../../src/api/meta.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import type { Secret, StatefulSet } from '../../../src/core/render/shared/objects.ts';
import type { Cluster } from './cluster.ts';
import { decodeConfig, listJobs } from './config.ts';
import { eventually } from './eventually.ts';
import { makePrometheus } from './objects.ts';
import type { Event } from './types.ts';
import { eventType, managedTypes } from './types.ts';

export class World {
  readonly namespace: string;
  readonly name: string;
  readonly #cluster: () => Cluster;

  /** @param cluster asked for late: tests are named before it runs. */
  constructor(cluster: () => Cluster, namespace: string, name = 'main') {
    this.#cluster = cluster;
    this.namespace = namespace;
    this.name = name;
  }

  get #api() {
    return this.#cluster().api;
  }

  keyOf(name: string): string {
    return `${this.namespace}/${name}`;
  }

  /** Makes the namespace and the Prometheus, and waits until its StatefulSet is there. */
  async begin(spec: Prometheus['spec'] = {}): Promise<Prometheus> {
    await this.#cluster().createNamespace(this.namespace);
    const created = await this.#api.create(prometheusType, makePrometheus(this.namespace, this.name, spec));
    await this.whenSynced();
    return created;
  }

  async patchSpec(spec: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#api.patch(prometheusType, this.keyOf(this.name), { spec });
  }

  async readPrometheus(): Promise<Prometheus> {
    return await this.#api.get<Prometheus>(prometheusType, this.keyOf(this.name));
  }

  async readStatefulSet(suffix = ''): Promise<StatefulSet> {
    return await this.#api.get<StatefulSet>(statefulSetType, this.keyOf(`prometheus-${this.name}${suffix}`));
  }

  /** The text of prometheus.yml. */
  async readConfig(): Promise<string> {
    const secret = await this.#api.get<Secret>(secretType, this.keyOf(`prometheus-${this.name}`));
    return decodeConfig(secret) ?? '';
  }

  async readCondition(type: string): Promise<Condition> {
    const { status } = await this.readPrometheus();
    const found = status?.conditions?.find((condition) => condition.type === type);
    if (found === undefined) throw new Error(`The status has no condition ${type}: ${JSON.stringify(status)}`);
    return found;
  }

  /** The status says that the newest generation was synced. */
  async whenSynced(): Promise<void> {
    await eventually(`${this.keyOf(this.name)} is synced`, async () => {
      const { metadata } = await this.readPrometheus();
      const { status, observedGeneration, message } = await this.readCondition('Reconciled');
      assert.deepEqual([status, observedGeneration], ['True', metadata.generation], message);
      await this.readStatefulSet();
    });
  }

  /** The config has exactly these jobs, named without the kind and the namespace: "web/0". */
  async whenJobsAre(...jobs: readonly string[]): Promise<string> {
    const prefix = `serviceMonitor/${this.namespace}/`;
    return await eventually(`the jobs are ${jobs.join(', ')}`, async () => {
      const config = await this.readConfig();
      assert.deepEqual(
        listJobs(config),
        jobs.map((job) => prefix + job),
      );
      return config;
    });
  }

  /** The warning about the object. */
  async whenWarned(kind: string, name: string): Promise<Event> {
    return await eventually(`there is an event about ${kind} ${name}`, async () => {
      const events = await this.#api.list<Event>(eventType, this.namespace);
      const isAbout = ({ kind: of, name: its }: Event['regarding']) => of === kind && its === name;
      return events.find(({ type, regarding }) => type === 'Warning' && isAbout(regarding)) ?? false;
    });
  }

  /** All objects in the namespace that the Prometheus owns, by "Kind name". */
  async listChildren(): Promise<Record<string, KubernetesObject>> {
    const lists = await Promise.all(
      managedTypes.map(async ({ kind, ...type }) =>
        (await this.#api.list({ kind, ...type }, this.namespace)).map((item) => ({ kind, item })),
      ),
    );
    const owned = lists
      .flat()
      .filter(({ item }) =>
        (item.metadata.ownerReferences ?? []).some(({ kind, name }) => kind === 'Prometheus' && name === this.name),
      );
    return Object.fromEntries(owned.map(({ kind, item }) => [`${kind} ${item.metadata.name ?? ''}`, item]));
  }
}
