import {
  endpointSliceType,
  endpointsType,
  ingressType,
  jobType,
  namespaceType,
  nodeType,
  podType,
  replicaSetType,
  serviceType,
} from '../../api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { collectMonitorReferences } from '../assets/plans.ts';
import { monitorKinds } from '../monitor.ts';
import { AssetStore, objectKeyOf } from '../assets/store.ts';
import type { AssetObject, ObjectReference } from '../assets/store.ts';
import { mapSources } from '../kinds/kind.ts';
import type { Lister } from '../listers.ts';
import { createLister, listNamespaces } from '../manifests/sources.ts';
import type { Refusal } from '../refusal.ts';
import { selectedKinds } from '../select/selected-kinds.ts';
import type { ExplainFacts, Premises } from './facts.ts';
import { createRegister } from './questions.ts';
import type { AnswerOf, Answers, QuestionKind, QuestionOf, ReplicasQuestion } from './questions.ts';
import { rbacTypes, readRbac } from './rbac.ts';
import { findReplicas } from './find-replicas.ts';
import { listTemplates, templateTypes } from './suppose.ts';

const nothing = createLister<KubernetesObject>([]);

/** Types that only make proposals better: that they cannot be read is not told. */
const proposalTypes: readonly ResourceType[] = [...rbacTypes, ...templateTypes];

interface KnownReplicas {
  readonly key: string;
  readonly replicas: ReplicasQuestion;
}

/**
 * One pass over what is known: what is not is noted as a question, and taken for nothing at all until the next pass. Objects
 * and assets are asked for as they are met; what costs more waits until all that it depends on is known.
 */
export class Inquiry {
  readonly open = createRegister<'question'>();
  readonly #answers: Answers;
  readonly #replicas = new Map<KubernetesObject, KnownReplicas>();
  #namespaces: Lister<KubernetesObject> | undefined;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Whether the pass was made with all that it needed: only then its outcome counts. */
  get isComplete(): boolean {
    return this.size === 0;
  }

  /** How many questions are open. */
  get size(): number {
    return Object.values(this.open).reduce((sum, { size }) => sum + size, 0);
  }

  /** Begins the next pass: what was asked is answered. */
  forget(): void {
    for (const questions of Object.values(this.open)) questions.clear();
  }

  /** What the work comes to; undefined while questions are open: what goes wrong with something missing may be right with it. */
  *attempt<T>(work: Interruptible<T | undefined>): Interruptible<T | undefined> {
    try {
      const result = yield* work;
      if (this.isComplete) return result;
    } catch (error) {
      if (this.isComplete) throw error;
    }
    return undefined;
  }

  openFacts(premises: Premises): ExplainFacts {
    const list = <T extends KubernetesObject>(type: ResourceType): Lister<T> => this.#list(type) as Lister<T>;
    const namespaces: Lister<KubernetesObject> = {
      list: () => this.#listNamespaces().list(),
      get: (namespace, name) => this.#listNamespaces().get(namespace, name),
    };
    return {
      ...premises,
      hasOpen: () => !this.isComplete,
      instancesOf: ({ type }) => list<never>(type).list(),
      sources: { ...mapSources((kind) => list(selectedKinds[kind].type)), namespaces },
      cluster: {
        ...{ pod: list(podType), service: list(serviceType), endpoints: list(endpointsType) },
        ...{ endpointslice: list(endpointSliceType), ingress: list(ingressType), node: list(nodeType) },
        ...{ namespaces, replicaSets: list(replicaSetType), jobs: list(jobType) },
      },
      readAssets: (references) => this.#readAssets(references),
      findAsset: (reference) => this.#readAsset(reference),
      listAssets: (kind) => this.#listAssets(kind),
      review: (account, request) =>
        this.#askLate('access', JSON.stringify([account, request]), { account, request }) ?? 'unknown',
      askReplicas: (workload, object) => this.#askRunning('replicas', workload, object),
      askRulers: (workload, object) => this.#askRunning('rulers', workload, object),
      askAlertmanagers: (workload, object) => this.#askRunning('alertmanagers', workload, object),
      askSeries: (workload, object, selectors) => this.#askSeries(workload, object, selectors),
      series: new Map(),
      listUnread: () => this.#listUnread(),
      readRbac: () => readRbac(this.#listLate(rbacTypes)),
      listTemplates: () => listTemplates(this.#listLate(templateTypes)),
    };
  }

  #ask<K extends QuestionKind>(kind: K, key: string, question: QuestionOf<K>): AnswerOf<K> | undefined {
    const known: ReadonlyMap<string, AnswerOf<K>> = this.#answers[kind];
    if (!known.has(key)) this.open[kind].set(key, question);
    return known.get(key);
  }

  /** Whether all objects and assets are known that were looked at: only then the rest is asked for. */
  get isSettled(): boolean {
    return this.open.objects.size === 0 && this.open.assets.size === 0;
  }

  #askLate<K extends QuestionKind>(kind: K, key: string, question: QuestionOf<K>): AnswerOf<K> | undefined {
    return this.isSettled ? this.#ask(kind, key, question) : undefined;
  }

  /** Nothing is asked before somebody looks. */
  #list(type: ResourceType): Lister<KubernetesObject> {
    const read = (): Lister<KubernetesObject> => this.#ask('objects', keyOfType(type), type)?.found ?? nothing;
    return { list: (namespace) => read().list(namespace), get: (namespace, name) => read().get(namespace, name) };
  }

  /** Where they may not be listed, what lies in them tells their names. */
  #listNamespaces(): Lister<KubernetesObject> {
    const answer = this.#ask('objects', keyOfType(namespaceType), namespaceType);
    if (answer === undefined || answer.refusals.length === 0) return answer?.found ?? nothing;
    this.#namespaces ??= createLister(
      listNamespaces([...this.#answers.objects.values()].flatMap(({ found }) => found.list())),
    );
    return this.#namespaces;
  }

  #listLate(types: readonly ResourceType[]): KubernetesObject[] {
    return this.isSettled ? types.flatMap((type) => this.#list(type).list()) : [];
  }

  #readAsset(reference: ObjectReference): AssetObject | undefined {
    return this.#ask('assets', objectKeyOf(reference), reference)?.found;
  }

  #readAssets(references: readonly ObjectReference[]): AssetStore {
    const found = (kind: ObjectReference['kind']): AssetObject[] =>
      references.flatMap((one) => (one.kind === kind ? (this.#readAsset(one) ?? []) : []));
    return new AssetStore({ secrets: found('Secret'), configMaps: found('ConfigMap') });
  }

  /** All of a kind that monitors refer to, and those that are known besides. */
  #listAssets(kind: ObjectReference['kind']): AssetObject[] {
    if (!this.isSettled) return [];
    const references = monitorKinds.flatMap((one) =>
      this.#list(selectedKinds[one].type)
        .list()
        .flatMap((monitor) => collectMonitorReferences(one, monitor as Parameters<typeof collectMonitorReferences>[1])),
    );
    const own = references.filter((one) => one.kind === kind);
    const answers = own.flatMap((one) => this.#ask('assets', objectKeyOf(one), one) ?? []);
    return [...new Set(answers.flatMap(({ found, beside }) => [...beside, ...(found === undefined ? [] : [found])]))];
  }

  #askRunning<K extends 'replicas' | 'rulers' | 'alertmanagers'>(
    kind: K,
    ...[workload, object]: Parameters<ExplainFacts['askReplicas']>
  ): AnswerOf<K> | readonly [] {
    if (!this.isSettled) return [];
    const { key, replicas } = this.#findReplicas(workload, object);
    return this.#askLate(kind, key, replicas) ?? [];
  }

  /** Pods are looked through once for each workload, however many ask. */
  #findReplicas(...[workload, object]: Parameters<ExplainFacts['askReplicas']>): KnownReplicas {
    const known = this.#replicas.get(object);
    if (known !== undefined) return known;
    const replicas = findReplicas(workload, object, this.#list(podType));
    const found = { key: JSON.stringify(replicas), replicas };
    if (this.isSettled) this.#replicas.set(object, found);
    return found;
  }

  #askSeries(...[workload, object, selectors]: Parameters<ExplainFacts['askSeries']>): AnswerOf<'series'> {
    if (!this.isSettled) return [];
    const { replicas } = this.#findReplicas(workload, object);
    const question = { replicas, selectors };
    return this.#askLate('series', JSON.stringify(question), question) ?? [];
  }

  #listUnread(): Refusal[] {
    const objects = [...this.#answers.objects.values()].flatMap(({ refusals }) => refusals);
    const told = objects.filter(({ type }) => !proposalTypes.some((one) => keyOfType(one) === keyOfType(type)));
    return [...told, ...[...this.#answers.assets.values()].flatMap(({ refusals }) => refusals)];
  }
}

const keyOfType = ({ group, plural }: ResourceType): string => `${plural}.${group}`;
