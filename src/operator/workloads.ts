import type { AssetObjects } from '../core/assets/store.ts';
import type { CacheHealth, WorkloadControllerDeps } from '../controllers/workload/controller.ts';
import { WorkloadController } from '../controllers/workload/controller.ts';
import type { WorkloadKind } from '../core/kinds/kind.ts';
import { workloadKinds } from '../core/kinds/registry.ts';
import type { WorkloadReference } from '../core/status/bindings.ts';
import type { AnyInformer, InformerParts } from '../controllers/workload/watches.ts';
import { createSharedWatches, createWorkloadWatches, listInformers } from '../controllers/workload/watches.ts';
import { checkReadiness } from './health.ts';
import type { ControllerLabel, ControllerMetricSet } from './metrics/operator-metrics.ts';
import type { Options } from './options/options.ts';

/** What metrics call the controllers of the kinds. */
const labels: Readonly<Record<WorkloadReference['resource'], ControllerLabel>> = {
  prometheuses: 'prometheus',
  prometheusagents: 'prometheus-agent',
  alertmanagers: 'alertmanager',
  thanosrulers: 'thanos',
};

interface ControllerDeps extends Omit<WorkloadControllerDeps, 'kind' | 'watches' | 'metrics'> {
  /** How the namespaces of an allow list are followed. */
  readonly namespaceAccess: 'watch' | 'get';
}

/**
 * The controllers of all kinds of workloads, on one set of caches of what they select. Metrics are there from the
 * beginning, controllers once the API server was reached.
 */
export class Workloads {
  readonly #metrics: Readonly<Record<ControllerLabel, ControllerMetricSet>>;
  #controllers: ReadonlyMap<WorkloadKind, WorkloadController> = new Map();
  #informers: readonly AnyInformer[] = [];

  constructor(metrics: Readonly<Record<ControllerLabel, ControllerMetricSet>>) {
    this.#metrics = metrics;
  }

  /** Makes caches and controllers; returns the caches, for the caller to run. */
  create(options: Options, parts: Omit<InformerParts, 'metrics'>, deps: ControllerDeps): readonly AnyInformer[] {
    const scope = { ...options.scope, namespaceAccess: deps.namespaceAccess };
    const withMetrics = (label: ControllerLabel) => ({ ...parts, metrics: this.#metrics[label].reflector });
    const shared = createSharedWatches(scope, withMetrics('prometheus'));
    const all = workloadKinds.map((kind) => {
      const label = labels[kind.resource];
      const daemonSets = options.gates.PrometheusAgentDaemonSet;
      const watches = createWorkloadWatches(shared, kind, { scope, parts: withMetrics(label), daemonSets });
      const logger = deps.logger.child({ component: kind.reportingController });
      return { kind, watches, logger, metrics: this.#metrics[label].workload };
    });
    this.#controllers = new Map(all.map((one) => [one.kind, new WorkloadController({ ...deps, ...one })]));
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
      const label = labels[kind.resource];
      const caches = this.#controllers.get(kind)?.listCaches() ?? [];
      const isReady = caches.length > 0 && checkReadiness(caches).every(({ ok }) => ok);
      this.#metrics[label].workload.setReady(isReady);
    }
  }
}
