import type { Registry } from 'prom-client';
import type { CacheHealth, PrometheusControllerDeps } from '../controllers/prometheus/controller.ts';
import { PrometheusController } from '../controllers/prometheus/controller.ts';
import type { InstanceKind } from '../controllers/prometheus/kind.ts';
import { serverKind } from '../controllers/prometheus/kind.ts';
import type { AnyInformer, InformerParts } from '../controllers/prometheus/watches.ts';
import { createPrometheusWatches, createSharedWatches, listInformers } from '../controllers/prometheus/watches.ts';
import { agentKind } from '../controllers/prometheus-agent/kind.ts';
import type { WorkloadMetrics } from '../controllers/workload/metrics.ts';
import { checkReadiness } from './health.ts';
import { createReflectorMetrics } from './metrics/client.ts';
import { createWorkloadMetrics } from './metrics/controller.ts';
import type { Options } from './options/options.ts';

/** The kinds that this operator looks after, and what metrics and logs call their controllers. */
const kinds: readonly { readonly kind: InstanceKind; readonly label: string; readonly component: string }[] = [
  { kind: serverKind, label: 'prometheus', component: 'prometheus-controller' },
  { kind: agentKind, label: 'prometheus-agent', component: 'prometheusagent-controller' },
];

type ControllerDeps = Omit<PrometheusControllerDeps, 'kind' | 'watches' | 'metrics'>;

/**
 * The controllers of all kinds of workloads, on one set of caches of what they select. Metrics are there from the
 * beginning, controllers once the API server was reached.
 */
export class Workloads {
  readonly #registry: Registry;
  readonly #metrics: ReadonlyMap<InstanceKind, WorkloadMetrics>;
  #controllers: ReadonlyMap<InstanceKind, PrometheusController> = new Map();
  #informers: readonly AnyInformer[] = [];

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#metrics = new Map(kinds.map(({ kind, label }) => [kind, createWorkloadMetrics(registry, label)]));
  }

  /** Makes caches and controllers; returns the caches, for the caller to run. */
  create(options: Options, parts: Omit<InformerParts, 'metrics'>, deps: ControllerDeps): readonly AnyInformer[] {
    const { prometheusNamespaces, prometheusSelector, ...rest } = options.scope;
    const scope = { ...rest, instanceNamespaces: prometheusNamespaces, instanceSelector: prometheusSelector };
    const withMetrics = (label: string) => ({ ...parts, metrics: createReflectorMetrics(this.#registry, label) });
    const shared = createSharedWatches(scope, withMetrics('prometheus'));
    const all = kinds.map(({ kind, label, component }) => {
      const daemonSets = kind.role === 'agent' && options.gates.PrometheusAgentDaemonSet;
      const watches = createPrometheusWatches(shared, kind, { scope, parts: withMetrics(label), daemonSets });
      const logger = deps.logger.child({ component });
      return { kind, watches, logger, metrics: this.#metricsOf(kind) };
    });
    this.#controllers = new Map(all.map((one) => [one.kind, new PrometheusController({ ...deps, ...one })]));
    this.#informers = listInformers(...all.map(({ watches }) => watches));
    return this.#informers;
  }

  /** Starts the workers of all controllers. */
  start(signal: AbortSignal): void {
    for (const controller of this.#controllers.values()) controller.start(signal);
  }

  /** Lets syncs that are under way end. */
  async stop(): Promise<void> {
    await Promise.all([...this.#controllers.values()].map((controller) => controller.stop()));
  }

  /** All caches, each once; none before `create`. */
  listCaches(): CacheHealth[] {
    return this.#informers.map((informer) => ({ type: informer.type, health: informer.health() }));
  }

  /** Brings the metric of each controller's readiness up to date. */
  publishReadiness(): void {
    for (const { kind } of kinds) {
      const caches = this.#controllers.get(kind)?.listCaches() ?? [];
      this.#metricsOf(kind).setReady(caches.length > 0 && checkReadiness(caches).every(({ ok }) => ok));
    }
  }

  #metricsOf(kind: InstanceKind): WorkloadMetrics {
    const metrics = this.#metrics.get(kind);
    if (metrics === undefined) throw new RangeError(`No metrics for ${kind.type.kind}`);
    return metrics;
  }
}
