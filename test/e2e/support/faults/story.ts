/** What users do in each namespace of the fault table, and what the operator makes of it. */
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { secretType } from '../../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { prometheusType } from '../../../../src/api/prometheus.ts';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import { prometheusRuleType } from '../../../../src/api/prometheus-rule.ts';
import { serviceMonitorType } from '../../../../src/api/service-monitor.ts';
import { inputHashAnnotation } from '../../../../src/core/render/shared/input-hash.ts';
import type { Cluster } from '../cluster.ts';
import { makePrometheus, makeRule, makeSecret, makeServiceMonitor } from '../objects.ts';
import { World } from '../world.ts';

/** By "Kind name": all that the operator wrote, without what differs from namespace to namespace. */
export type Snapshot = Readonly<Record<string, unknown>>;

const login = 'login';
const basicAuth = { username: { name: login, key: 'user' }, password: { name: login, key: 'password' } };

export class Story {
  readonly namespace: string;
  readonly cluster: Cluster;
  readonly #world: World;

  constructor(cluster: Cluster, namespace: string) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.#world = new World(() => cluster, namespace);
  }

  keyOf(name: string): string {
    return `${this.namespace}/${name}`;
  }

  get world(): World {
    return this.#world;
  }

  /** The first chapter: a Prometheus of two shards, three monitors, one with a password, and a rule. */
  async begin(spec: PrometheusSpec = {}): Promise<void> {
    const { cluster, namespace } = this;
    await cluster.createNamespace(namespace);
    await this.createLogin('first');
    const monitors = [
      makeServiceMonitor(namespace, 'stays'),
      makeServiceMonitor(namespace, 'goes'),
      makeServiceMonitor(namespace, 'logs-in', { basicAuth }),
    ];
    for (const monitor of monitors) await cluster.api.create(serviceMonitorType, monitor);
    await cluster.api.create(prometheusRuleType, makeRule(namespace, 'rules', 'sum(up)'));
    await cluster.api.create(prometheusType, makePrometheus(namespace, 'main', { shards: 2, ...spec }));
  }

  /** The second: something of every kind is made, changed and deleted. */
  async change(): Promise<void> {
    const { api } = this.cluster;
    await api.create(serviceMonitorType, makeServiceMonitor(this.namespace, 'comes'));
    await api.remove(serviceMonitorType, this.keyOf('goes'));
    const { spec } = makeRule(this.namespace, 'rules', 'sum by (job) (up)');
    await api.patch(prometheusRuleType, this.keyOf('rules'), { spec });
    await api.patch(secretType, this.keyOf(login), { stringData: { password: 'second' } });
    await this.#world.patchSpec({ replicas: 2 });
  }

  async createLogin(password: string): Promise<void> {
    await this.cluster.api.create(secretType, makeSecret(this.namespace, login, { user: 'me', password }));
  }

  async removeLogin(): Promise<void> {
    await this.cluster.api.remove(secretType, this.keyOf(login));
  }

  /** @throws {assert.AssertionError} while the status does not say that the newest generation was synced. */
  async assertSynced(): Promise<void> {
    const { metadata } = await this.#world.readPrometheus();
    const { status, observedGeneration, message } = await this.#world.readCondition('Reconciled');
    assert.deepEqual([status, observedGeneration], ['True', metadata.generation], message);
  }

  /** What the operator has written, as far as it can be the same in another namespace. */
  async read(): Promise<Snapshot> {
    const children = Object.entries(await this.#world.listChildren());
    return Object.fromEntries(
      children.map(([what, child]) => [what, this.#normalise(child, what.startsWith('Secret '))]),
    );
  }

  #normalise(child: KubernetesObject & { spec?: unknown; data?: Record<string, string> }, isSecret: boolean): unknown {
    const { metadata, spec, data } = child;
    const { [inputHashAnnotation]: _, ...annotations } = metadata.annotations ?? {};
    const { labels, deletionTimestamp } = metadata;
    const texts = Object.entries(data ?? {}).map(([key, text]) => [key, isSecret ? decode(key, text) : text]);
    const kept = { labels, annotations, deletionTimestamp, spec, data: Object.fromEntries(texts) as unknown };
    const text = JSON.stringify(kept).replaceAll(new RegExp(`\\b${this.namespace}\\b`, 'g'), 'NAMESPACE');
    return JSON.parse(text.replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, 'UID'));
  }
}

function decode(key: string, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The objects that are missing, too many, or not the same; none is what is wanted. */
export function listDifferences(found: Snapshot, wanted: Snapshot): string[] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  return names.filter((name) => JSON.stringify(found[name]) !== JSON.stringify(wanted[name]));
}
