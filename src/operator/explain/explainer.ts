import { createTimeoutSignal } from '../../base/clock.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { objectKeyOf } from '../../core/assets/store.ts';
import type { Premises, Question } from '../../core/explain/facts.ts';
import type { AlertmanagerRoutes } from '../../core/explain/open-routes.ts';
import type { Explanation, ObjectName } from '../../core/explain/model.ts';
import type { AssetAnswer, ObjectsAnswer } from '../../core/explain/questions.ts';
import type { ObservedLoad } from '../../core/loaded/observed-load.ts';
import { fillIn } from '../../core/manifests/cluster-objects.ts';
import { createLister } from '../../core/manifests/sources.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { SurveyedTargets } from '../../core/overview/target-survey.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { roleTypes } from '../../discovery/kubernetes/resources.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { Options } from '../options/options.ts';
import type { Cache } from '../webhook/cluster-view.ts';
import { assetFreshMs, discoveredFreshMs, discoveredTimeoutMs } from '../limits.ts';
import { answerOverview, answerQuestion, answerRoutes, answerTargets } from './answer.ts';
import type { AnswerGround, Gatherer } from './answer.ts';
import { fetchAsset } from './fetch-asset.ts';
import { findObject } from './find-object.ts';
import { Readings } from './readings.ts';
import { searchObjects } from './search-objects.ts';
import type { Found } from './search-objects.ts';
import { takeOnce } from './take-once.ts';

export interface ExplainerDeps {
  readonly options: Pick<Options, 'scope' | 'controllerId' | 'targetDiscovery'>;
  readonly settings: OperatorSettings;
  readonly clock: Clock;
  readonly client: KubernetesClient;
  readonly turns: Turns;
  readonly caches: () => readonly Cache[];
  /** Contents as the last syncs saw them; undefined where another replica does the syncs: they are read by name then. */
  readonly assets: () => AssetObjects | undefined;
  /** What is known of replicas, by "Kind namespace/name" of their workload. */
  readonly loads: () => ReadonlyMap<string, ObservedLoad>;
}

const isSame = (a: ResourceType, b: ResourceType): boolean => a.group === b.group && a.plural === b.plural;

const isDiscovered = (type: ResourceType): boolean => Object.values(roleTypes).some((one) => isSame(one, type));

/**
 * Explains from the operator's own caches. Pods, Services and so on are in none of them: they are listed for the answer,
 * where `--target-discovery` asks for the permission; else what depends on them is unknown. Rights of ServiceAccounts and
 * running replicas are not asked about: of those it says what the operator has seen by itself (`--observe-replicas`).
 */
export class Explainer {
  readonly #deps: ExplainerDeps;
  readonly #readings: Readings<ObjectsAnswer>;
  readonly #assets: Readings<AssetAnswer>;

  constructor(deps: ExplainerDeps) {
    this.#deps = deps;
    this.#readings = new Readings({ ...deps, freshMs: discoveredFreshMs });
    this.#assets = new Readings({ ...deps, freshMs: assetFreshMs });
  }

  /** @throws {SubjectNotFoundError} when there is no such object. @throws {ApiError | TransportError} when lists fail. */
  async explain(question: Question): Promise<Explanation> {
    return answerQuestion(question, this.#openGround());
  }

  /** What it says of everything. @throws {ApiError | TransportError} when lists fail. */
  async survey(): Promise<Overview> {
    return answerOverview(this.#openGround());
  }

  /** In turns with what else computes: what the caches hold is taken before the first rest. */
  #openGround(): AnswerGround {
    const { turns } = this.#deps;
    return {
      premises: this.#describePremises(),
      gatherer: takeOnce(this.#openGatherer()),
      run: (work) => turns.run(work),
    };
  }

  /** The targets of all workloads, likewise. @throws {ApiError | TransportError} when lists fail. */
  async findTargets(): Promise<SurveyedTargets> {
    return answerTargets(this.#openGround());
  }

  /** The routes of all Alertmanagers. @throws {ApiError | TransportError} when lists fail. */
  async openRoutes(): Promise<readonly AlertmanagerRoutes[]> {
    return answerRoutes(this.#openGround());
  }

  /** All that a query may mean, and what could not be searched. @throws {ApiError | TransportError} when lists fail. */
  async search(query: string): Promise<Found> {
    return searchObjects(query, this.#openGatherer(), this.#deps.turns);
  }

  /** An object that an answer may be about. @throws {ApiError | TransportError} when a list fails. */
  find(name: ObjectName): Promise<KubernetesObject | undefined> {
    return findObject(name, this.#openGatherer());
  }

  #describePremises(): Premises {
    const { scope, controllerId } = this.#deps.options;
    return {
      scope: { ...scope, controllerId },
      settings: this.#deps.settings,
      isOffline: false,
      asks: { replicas: false, alertmanagers: false },
      loads: { now: this.#deps.clock.now(), byWorkload: this.#deps.loads() },
      supposed: [],
    };
  }

  #openGatherer(): Gatherer {
    return {
      objects: (type) => (isDiscovered(type) ? this.#discover(type) : Promise.resolve(this.#readCache(type))),
      assets: this.#openAssets(),
      access: () => Promise.resolve('unknown'),
      replicas: () => Promise.resolve([]),
      rulers: () => Promise.resolve([]),
      series: () => Promise.resolve([]),
      alertmanagers: () => Promise.resolve([]),
    };
  }

  #openAssets(): Gatherer['assets'] {
    const seen = this.#deps.assets();
    if (seen === undefined) return (reference) => this.#fetchAsset(reference);
    const all = { Secret: createLister(seen.secrets), ConfigMap: createLister(seen.configMaps) };
    return ({ kind, namespace, name }) =>
      Promise.resolve({ found: all[kind].get(namespace, name), refusals: [], beside: all[kind].list() });
  }

  #fetchAsset(reference: ObjectReference): Promise<AssetAnswer> {
    const fetch = (): Promise<AssetAnswer> =>
      fetchAsset(this.#deps.client, reference, createTimeoutSignal(discoveredTimeoutMs));
    return this.#assets.read(objectKeyOf(reference), fetch);
  }

  #readCache(type: ResourceType): ObjectsAnswer {
    const cache = this.#deps.caches().find((one) => isSame(one.type, type));
    return { found: cache?.store ?? createLister([]), refusals: [] };
  }

  /** One list of a type at a time for all who ask. */
  #discover(type: ResourceType): Promise<ObjectsAnswer> {
    const { options } = this.#deps;
    if (!options.targetDiscovery)
      return Promise.resolve({
        found: createLister([]),
        refusals: [{ verb: 'list', type, namespace: '', why: 'off' }],
      });
    return this.#readings.read(type.plural, () => this.#list(type));
  }

  async #list(type: ResourceType): Promise<ObjectsAnswer> {
    const { client, options } = this.#deps;
    const { namespaces } = options.scope;
    const signal = createTimeoutSignal(discoveredTimeoutMs);
    const { objects, refusals } = await listObjects({ client, namespaces, signal }, [type]);
    return { found: createLister(objects.map(fillIn)), refusals };
  }
}
