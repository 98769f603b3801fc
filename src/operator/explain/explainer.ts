import { createTimeoutSignal } from '../../base/clock.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { namespaceType } from '../../api/builtin-types.ts';
import type { Clock } from '../../base/clock.ts';
import type { AssetObjects } from '../../core/assets/store.ts';
import { explain } from '../../core/explain/explain.ts';
import type { ExplainFacts, Question } from '../../core/explain/facts.ts';
import type { Explanation } from '../../core/explain/model.ts';
import { readRbac } from '../../core/explain/rbac.ts';
import { mapSources } from '../../core/kinds/kind.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { Lister } from '../../core/listers.ts';
import { readClusterObjects } from '../../core/manifests/cluster-objects.ts';
import { createLister } from '../../core/manifests/sources.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { roleTypes } from '../../discovery/kubernetes/resources.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Options } from '../options/options.ts';
import type { Cache } from '../webhook/cluster-view.ts';
import { discoveredFreshMs, discoveredTimeoutMs } from '../limits.ts';

interface DiscoveredObjects {
  readonly objects: readonly KubernetesObject[];
  readonly refusals: readonly Refusal[];
}

export interface ExplainerDeps {
  readonly options: Pick<Options, 'scope' | 'controllerId' | 'targetDiscovery'>;
  readonly settings: OperatorSettings;
  readonly clock: Clock;
  readonly client: KubernetesClient;
  readonly caches: () => readonly Cache[];
  /** Contents as the last syncs saw them. */
  readonly assets: () => AssetObjects;
}

const discoveredTypes: readonly ResourceType[] = Object.values(roleTypes);
/** What is said instead of asking. */
const off: readonly Refusal[] = discoveredTypes.map((type) => ({ verb: 'list', type, namespace: '', why: 'off' }));

/**
 * Explains from the operator's own caches. Pods, Services and so on are in none of them: they are listed for the answer,
 * where `--target-discovery` asks for the permission; else what depends on them is unknown. Rights of ServiceAccounts and
 * running replicas are not asked about.
 */
export class Explainer {
  readonly #deps: ExplainerDeps;
  #discovered: Promise<DiscoveredObjects> | undefined;
  #readAt = 0;

  constructor(deps: ExplainerDeps) {
    this.#deps = deps;
  }

  /** @throws {SubjectNotFoundError} when there is no such object. @throws {ApiError | TransportError} when lists fail. */
  async explain(question: Question): Promise<Explanation> {
    return explain(question, this.#gather(await this.#discover()));
  }

  #gather({ objects, refusals }: DiscoveredObjects): ExplainFacts {
    const { options, settings, assets } = this.#deps;
    const { namespaces, alertmanagerConfigNamespaces, deniedNamespaces, instances } = options.scope;
    const known = this.#lister<KubernetesObject>(namespaceType);
    return {
      scope: {
        ...{ namespaces, alertmanagerConfigNamespaces, deniedNamespaces, instances },
        controllerId: options.controllerId,
      },
      settings,
      instancesOf: <T extends WorkloadObject>({ type }: Pick<WorkloadKind<T>, 'type'>) => this.#lister<T>(type).list(),
      sources: {
        ...mapSources((kind) => this.#lister(selectedKinds[kind].type)),
        namespaces: known,
      },
      assets: assets(),
      cluster: readClusterObjects(objects, known),
      access: { review: () => 'unknown', rbac: readRbac([]) },
      replicas: [],
      unread: refusals,
      supposed: [],
      templates: [],
    };
  }

  #lister<T extends KubernetesObject>({ group, plural }: ResourceType): Lister<T> {
    const cache = this.#deps.caches().find(({ type }) => type.group === group && type.plural === plural);
    // The type decides what the cache holds.
    return (cache?.store ?? createLister([])) as Lister<T>;
  }

  /** One list at a time for all who ask. */
  #discover(): Promise<DiscoveredObjects> {
    const { clock, client, options } = this.#deps;
    if (!options.targetDiscovery) return Promise.resolve({ objects: [], refusals: off });
    const now = clock.monotonic();
    if (this.#discovered !== undefined && now - this.#readAt < discoveredFreshMs) return this.#discovered;
    this.#readAt = now;
    const { namespaces } = options.scope;
    const reading = listObjects(
      { client, namespaces, signal: createTimeoutSignal(discoveredTimeoutMs) },
      discoveredTypes,
    );
    this.#discovered = reading;
    reading.catch(() => {
      if (this.#discovered === reading) this.#discovered = undefined;
    });
    return reading;
  }
}
