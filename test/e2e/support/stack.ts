/** An example stack in a cluster: what it applied, and what the operator made of it. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  configMapType,
  daemonSetType,
  secretType,
  serviceType,
  statefulSetType,
} from '../../../src/api/builtin-types.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import type { Condition, KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { keyOf } from '../../../src/api/meta.ts';
import type { ConfigResourceStatus, WorkloadBinding } from '../../../src/api/parts/status.ts';
import { workloadKinds } from '../../../src/core/kinds/registry.ts';
import { readManifests } from '../../../src/cli/manifests.ts';
import type { ConfigMap, DaemonSet, Secret, StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import type { Api } from './api.ts';
import { decodeAlertmanagerConfig, decodeConfig } from './config.ts';

const root = join(import.meta.dirname, '..', '..', '..', 'stacks');
const workloadTypes: readonly string[] = workloadKinds.map(({ type }) => type.kind);
/** Selected objects that are left out on purpose. */
const leftOut: readonly string[] = ['billing-team/draft'];
/** One that is named by an Alertmanager, and selected by none. */
const named: readonly string[] = ['alert-hub/dead-man'];
const ownedTypes = [statefulSetType, daemonSetType, secretType, configMapType, serviceType];

export function listStackNames(): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** An object of ours, and how the API server calls its kind. */
export interface Custom {
  readonly type: ResourceType;
  /** "namespace/name". */
  readonly key: string;
}

interface Workload extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export class Stack {
  readonly name: string;
  /** The folder with its manifests. */
  readonly folder: string;
  readonly namespaces: readonly string[];
  /** Objects of all kinds that run pods. */
  readonly workloads: readonly Custom[];
  /** What workloads select and take: monitors, probes, scrape configs, rules, AlertmanagerConfigs. */
  readonly selected: readonly Custom[];
  /** What is selected and left out, since it is wrong on purpose. */
  readonly leftOut: readonly Custom[];
  readonly #api: () => Api;

  /** @param api asked for late: tests are named before it is there. */
  constructor(name: string, api: () => Api) {
    this.name = name;
    this.folder = join(root, name);
    this.#api = api;
    const manifests = readManifests([this.folder]);
    this.namespaces = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name ?? '');
    const custom = manifests.flatMap((object) => {
      const type = customKinds.find((one) => one.type.kind === object.kind)?.type;
      return type === undefined ? [] : [{ type, key: keyOf(object) }];
    });
    this.workloads = custom.filter(({ type }) => workloadTypes.includes(type.kind));
    const others = custom.filter(({ type, key }) => !workloadTypes.includes(type.kind) && !named.includes(key));
    this.selected = others.filter(({ key }) => !leftOut.includes(key));
    this.leftOut = others.filter(({ key }) => leftOut.includes(key));
  }

  /** Throws unless the workload's newest generation is reconciled. */
  async assertReconciled({ type, key }: Custom): Promise<void> {
    const { metadata, status } = await this.#api().get<Workload>(type, key);
    const found = status?.conditions?.find((one) => one.type === 'Reconciled');
    assert.deepEqual([found?.status, found?.observedGeneration], ['True', metadata.generation], found?.message ?? key);
  }

  /** The workloads that use the object. Throws unless there is one, and all of them accept its newest generation. */
  async readBindings({ type, key }: Custom): Promise<readonly WorkloadBinding[]> {
    const { metadata, status } = await this.#api().get<KubernetesObject & { status?: ConfigResourceStatus }>(type, key);
    const bindings = status?.bindings ?? [];
    assert.ok(bindings.length > 0, `${type.kind} ${key} is selected by nobody`);
    for (const { conditions = [] } of bindings) {
      const verdicts = conditions.map((one) => [one.status, one.observedGeneration]);
      assert.deepEqual(verdicts, [['True', metadata.generation]], `${type.kind} ${key}: ${JSON.stringify(conditions)}`);
    }
    return bindings;
  }

  /** Throws unless all that select the object leave it out; why. */
  async readRejection({ type, key }: Custom): Promise<string> {
    const { status } = await this.#api().get<KubernetesObject & { status?: ConfigResourceStatus }>(type, key);
    const conditions = (status?.bindings ?? []).flatMap((binding) => binding.conditions ?? []);
    assert.ok(conditions.length > 0, `${type.kind} ${key} is selected by nobody`);
    assert.ok(
      conditions.every((one) => one.status === 'False'),
      JSON.stringify(conditions),
    );
    return conditions[0]?.message ?? '';
  }

  /** The configuration of the workload that a binding names; "" where the kind has none in a Secret. */
  async readConfig({
    resource,
    namespace,
    name,
  }: Pick<WorkloadBinding, 'resource' | 'namespace' | 'name'>): Promise<string> {
    const kind = workloadKinds.find((one) => one.resource === resource);
    const secret = await this.#api().get<Secret>(secretType, `${namespace}/${kind?.names(name).configSecret ?? ''}`);
    return decodeConfig(secret) ?? decodeAlertmanagerConfig(secret) ?? '';
  }

  /** All that the rule files of a Prometheus or ThanosRuler say. */
  async readRules({
    resource,
    namespace,
    name,
  }: Pick<WorkloadBinding, 'resource' | 'namespace' | 'name'>): Promise<string> {
    const prefix = workloadKinds.find((one) => one.resource === resource)?.names(name).prefix ?? '';
    const maps = await this.#api().list<ConfigMap>(configMapType, namespace);
    const own = maps.filter(({ metadata }) => metadata.name?.startsWith(`${prefix}-rulefiles-`) === true);
    return own.flatMap(({ data = {} }) => Object.values(data)).join('\n');
  }

  /** The StatefulSets or DaemonSets that a workload owns. */
  async listPods({ type, key }: Custom): Promise<(StatefulSet | DaemonSet)[]> {
    const owned = await this.listOwned();
    const isOwner = ({ metadata }: KubernetesObject): boolean =>
      (metadata.ownerReferences ?? []).some(({ kind, name }) => kind === type.kind && key.endsWith(`/${name}`));
    const pods = owned.filter(({ kind }) => kind === 'StatefulSet' || kind === 'DaemonSet');
    return (pods as (StatefulSet | DaemonSet)[]).filter(isOwner);
  }

  /** Every object in its namespaces that a workload owns. */
  async listOwned(): Promise<KubernetesObject[]> {
    const all = await this.listObjects(...ownedTypes);
    const isOurs = ({ metadata }: KubernetesObject): boolean =>
      (metadata.ownerReferences ?? []).some(({ kind }) => workloadTypes.includes(kind));
    return all.filter(isOurs);
  }

  /** All objects of the types in its namespaces, with their kinds. */
  async listObjects(...types: readonly ResourceType[]): Promise<KubernetesObject[]> {
    const places = this.namespaces.flatMap((namespace) => types.map((type) => ({ namespace, type })));
    const lists = places.map(async ({ namespace, type }) => {
      const items = await this.#api().list(type, namespace);
      return items.map((item) => ({ ...item, kind: type.kind }));
    });
    return (await Promise.all(lists)).flat();
  }
}
