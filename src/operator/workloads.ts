import type { AssetObjects } from '../core/assets/store.ts';
import type { CacheHealth, WorkloadControllerDeps } from '../controllers/workload/controller.ts';
import { WorkloadController } from '../controllers/workload/controller.ts';
import { Fleet } from '../controllers/workload/fleet.ts';
import type { WorkloadKind } from '../core/kinds/kind.ts';
import type { ObservedLoad } from '../core/loaded/observed-load.ts';
import type { Verdict } from '../core/status/conditions.ts';
import { serverKind } from '../core/kinds/prometheus.ts';
import { workloadKinds } from '../core/kinds/registry.ts';
import type { ScrapingsOf } from '../controllers/workload/scrapings.ts';
import type { AnyInformer, InformerParts } from '../controllers/workload/watches.ts';
import { createSharedWatches, createWorkloadWatches, listInformers } from '../controllers/workload/watches.ts';
import { checkReadiness } from './health.ts';
import type { ControllerMetricSet, ControllerMetrics } from './metrics/operator-metrics.ts';
import type { Options } from './options/options.ts';

type Manners = 'workers' | 'repairPolicy' | 'disruption' | 'controllerId' | 'fleet';

interface ControllerDeps extends Omit<WorkloadControllerDeps, 'kind' | 'watches' | 'metrics' | Manners> {
  /** How the namespaces of an allow list are followed. */
  readonly namespaceAccess: 'watch' | 'get';
}

/** How workloads are worked on, whatever their kind. */
const chooseManners = ({
  workers,
  repairPolicy,
  disruption,
  controllerId,
}: Options): Pick<WorkloadControllerDeps, Manners> => ({
  ...{ workers, repairPolicy, disruption, controllerId },
  fleet: new Fleet(disruption.limit),
});

/**
 * The controllers of all kinds of workloads, on one set of caches of what they select. Metrics are there from the
 * beginning, controllers once the API server was reached.
 */
export class Workloads {
  readonly #metrics: ControllerMetrics;
  #controllers: ReadonlyMap<WorkloadKind, WorkloadController> = new Map();
  #informers: readonly AnyInformer[] = [];
  readonly #loads = new Map<string, ObservedLoad>();

  constructor(metrics: ControllerMetrics) {
    this.#metrics = metrics;
  }

  /** Makes caches and controllers; returns the caches, for the caller to run. */
  create(options: Options, parts: Omit<InformerParts, 'metrics'>, deps: ControllerDeps): readonly AnyInformer[] {
    const scope = { ...options.scope, namespaceAccess: deps.namespaceAccess };
    const withMetrics = (kind: WorkloadKind) => ({ ...parts, metrics: this.#metricsOf(kind).reflector });
    const shared = createSharedWatches(scope, withMetrics(serverKind));
    const all = workloadKinds.map((kind) => {
      const daemonSets = options.gates.PrometheusAgentDaemonSet;
      const watches = createWorkloadWatches(shared, kind, {
        scope,
        parts: withMetrics(kind),
        daemonSets,
        guards: options.guards,
      });
      const logger = deps.logger.child({ component: kind.reportingController });
      return { kind, watches, logger, metrics: this.#metricsOf(kind).workload };
    });
    const manners = chooseManners(options);
    this.#controllers = new Map(all.map((one) => [one.kind, new WorkloadController({ ...deps, ...manners, ...one })]));
    this.#informers = listInformers(...all.map(({ watches }) => watches));
    return this.#informers;
  }

  /** The caches themselves, for who reads them beside the controllers; none before `create`. */
  get informers(): readonly AnyInformer[] {
    return this.#informers;
  }

  /** Contents of Secrets and ConfigMaps as the last syncs saw them. */
  listAssets(): AssetObjects {
    const all = [...this.#controllers.values()].map((controller) => controller.listAssets());
    return {
      secrets: all.flatMap(({ secrets }) => secrets),
      configMaps: all.flatMap(({ configMaps }) => configMaps),
    };
  }

  /** Puts the condition Loaded into the status of a workload, or takes it out. @param kind "Prometheus" and so on */
  tellLoaded(kind: string, key: string, verdict: Verdict | undefined): void {
    this.#controllerOf(kind)?.tell(key, 'Loaded', verdict);
  }

  /** Puts the condition ShardsFit into the status of a workload, or takes it out. */
  tellShards(kind: string, key: string, verdict: Verdict | undefined): void {
    this.#controllerOf(kind)?.tell(key, 'ShardsFit', verdict);
  }

  /** What the status of a workload says of its number of shards. */
  recallShards(kind: string, key: string): Verdict | undefined {
    return this.#controllerOf(kind)?.recall(key, 'ShardsFit');
  }

  /** What is known of the replicas of a workload; undefined: nothing any more. */
  publishLoad(kind: string, key: string, load: ObservedLoad | undefined): void {
    const name = `${kind} ${key}`;
    if (load === undefined) this.#loads.delete(name);
    else this.#loads.set(name, load);
  }

  /** By "Kind namespace/name". */
  get loads(): ReadonlyMap<string, ObservedLoad> {
    return this.#loads;
  }

  /** What bindings say of the targets of what a workload selects. */
  tellScraping(kind: string, key: string, scrapings: ScrapingsOf): void {
    this.#controllerOf(kind)?.tellScraping(key, scrapings);
  }

  /** What the status of a workload says of it. */
  recallLoaded(kind: string, key: string): Verdict | undefined {
    return this.#controllerOf(kind)?.recall(key, 'Loaded');
  }

  #controllerOf(kind: string): WorkloadController | undefined {
    for (const [one, controller] of this.#controllers) if (one.type.kind === kind) return controller;
    return undefined;
  }

  /** Starts the workers of all controllers. */
  start(signal: AbortSignal): void {
    for (const controller of this.#controllers.values()) controller.start(signal);
  }

  /** Lets syncs that are under way end. */
  async stop(): Promise<void> {
    await Promise.all([...this.#controllers.values()].map((controller) => controller.stop()));
  }

  /** Other permissions than before. */
  refresh(): void {
    for (const controller of this.#controllers.values()) controller.refresh();
  }

  /** All caches, each once; none before `create`. */
  listCaches(): CacheHealth[] {
    return this.#informers.map((informer) => ({ type: informer.type, health: informer.health() }));
  }

  /** Brings the metric of each controller's readiness up to date. */
  publishReadiness(): void {
    for (const kind of workloadKinds) {
      const caches = this.#controllers.get(kind)?.listCaches() ?? [];
      const isReady = caches.length > 0 && checkReadiness(caches).every(({ ok }) => ok);
      this.#metricsOf(kind).workload.setReady(isReady);
    }
  }

  #metricsOf({ controller }: WorkloadKind): ControllerMetricSet {
    const found = this.#metrics.get(controller);
    if (found === undefined) throw new RangeError(`Controller ${controller} has no metrics`);
    return found;
  }
}
