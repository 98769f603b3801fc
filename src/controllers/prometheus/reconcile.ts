import { apiVersionOf, keyOf, splitKey } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import type { DesiredPrometheus, PrometheusCaches } from '../../core/desired/prometheus.ts';
import {
  createPrometheusCaches,
  hasSelected,
  matchPrometheus,
  renderPrometheus,
} from '../../core/desired/prometheus.ts';
import { listNames } from '../../core/render/prometheus/names.ts';
import { countReplicas, countShards } from '../../core/render/prometheus/shards.ts';
import { isUnmanaged } from '../../core/render/prometheus/workload.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { SyncOutcome } from '../../core/status/conditions.ts';
import { listDeprecatedFields } from '../../core/status/deprecated-fields.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { Outcome, Reconcile } from '../../runtime/controller.ts';
import { FencedError } from '../../runtime/controller.ts';
import type { AssetFetcher } from '../workload/asset-fetcher.ts';
import type { BindingFailures, BindingVerdict } from '../workload/binding-failures.ts';
import { writeBindings } from '../workload/bindings.ts';
import type { BindingReport } from '../workload/bindings.ts';
import { hasFinalizer, setFinalizer } from '../workload/finalizer.ts';
import { SurplusFinder, followAssets } from '../workload/follow.ts';
import type { DesiredObserver } from '../workload/desired-observer.ts';
import type { Ledger } from '../workload/ledger.ts';
import type { WorkloadMetrics } from '../workload/metrics.ts';
import type { RejectionReporter } from '../workload/rejections.ts';
import type { RemarkReporter } from '../workload/remarks.ts';
import { RivalWatch } from '../workload/rivals.ts';
import { requireStorageClass } from '../workload/storage-class.ts';
import { formatTime } from '../../base/time.ts';
import { applyPrometheus, userOfOwned } from './apply.ts';
import type { ApplyDeps } from './apply.ts';
import type { Instance } from './kind.ts';
import { assessReadiness } from './readiness.ts';
import { countManaged, listBindings, listRejected, referToInstance, withType } from './verdicts.ts';

export interface ReconcileDeps extends Omit<ApplyDeps, 'observeRecreate' | 'surplus' | 'rivals' | 'observeRival'> {
  readonly settings: OperatorSettings;
  readonly metrics: WorkloadMetrics;
  readonly fetcher: AssetFetcher;
  readonly rejections: RejectionReporter;
  readonly remarks: RemarkReporter;
  readonly bindingFailures: BindingFailures;
  readonly ledger: Ledger;
  readonly wakeStatus: (key: string) => void;
  /** Keys that wait for a cache to be filled; whoever fills one wakes them. */
  readonly heldUp: Set<string>;
  readonly observer?: DesiredObserver | undefined;
  /** Whether RBAC grants a request that is not worth a refusal. */
  readonly isAllowed: (request: AccessRequest) => Promise<boolean>;
}

/** A cache that is filled wakes those that wait for it; so often they look whether it has come to fail. */
const fillingMs = 1000;

/** Brings one Prometheus or PrometheusAgent to what its spec and all that it selects ask for (docs/reference/operator-runtime.md 3.3). */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const reconciler = new PrometheusReconciler(deps);
  return (key) => reconciler.reconcile(key);
}

class PrometheusReconciler {
  readonly #deps: ReconcileDeps;
  readonly #apply: ApplyDeps;
  readonly #caches = new Map<string, PrometheusCaches>();
  readonly #surplus = new SurplusFinder();
  readonly #rivals: RivalWatch;

  constructor(deps: ReconcileDeps) {
    this.#deps = deps;
    this.#rivals = new RivalWatch(deps.clock);
    this.#apply = {
      ...deps,
      surplus: this.#surplus,
      rivals: this.#rivals,
      observeRecreate: () => deps.metrics.observeRecreate(),
      observeRival: (owner, set) => {
        deps.metrics.observeRival();
        const { apiVersion, kind } = { apiVersion: apiVersionOf(deps.kind.type), kind: deps.kind.type.kind };
        deps.remarks.contest({ ...owner, apiVersion, kind }, set);
      },
    };
  }

  async reconcile(key: string): Promise<Outcome> {
    const { kind, watches, isOurs, ledger, remarks, wakeStatus, heldUp } = this.#deps;
    const { namespace, name } = splitKey(key);
    const instance = watches.instances.store.get(namespace, name);
    if (instance === undefined || !isOurs(instance)) return this.#forget(key);
    if (instance.metadata.deletionTimestamp !== undefined) return await this.#finalize(instance);
    const readiness = assessReadiness(instance.spec, watches);
    if (readiness.kind === 'ready') heldUp.delete(key);
    else heldUp.add(key);
    if (readiness.kind === 'filling') return { requeueAfterMs: fillingMs };
    try {
      if (readiness.kind === 'blocked') throw new Error(readiness.message);
      const dueMs = await this.#sync(instance);
      return dueMs === undefined ? undefined : { requeueAfterMs: dueMs };
    } catch (error) {
      if (!(error instanceof FencedError)) ledger.record(key, { kind: 'failed', message: describeError(error) });
      if (error instanceof InvalidFieldError) remarks.refuse(withType(kind, instance), error.rejection);
      throw error;
    } finally {
      wakeStatus(key);
    }
  }

  /** Everything but deletion. Resolves with the time until a retained shard is due or bindings are tried again. */
  async #sync(instance: Instance): Promise<number | undefined> {
    const { kind, settings, ledger, metrics, logger } = this.#deps;
    const key = keyOf(instance);
    // With the gate off nobody needs the finalizer any more: it would keep the object for ever.
    await setFinalizer(this.#deps, kind.type, instance, settings.gates.StatusForConfigurationResources);
    metrics.setSpec(splitKey(key), {
      replicas: countReplicas(instance.spec),
      shards: countShards(instance.spec),
      enforcedSampleLimit: instance.spec.enforcedSampleLimit,
    });
    if (instance.spec.paused === true) {
      logger.info('Paused: nothing is changed', { key });
      ledger.record(key, { kind: 'synced' });
      return undefined;
    }
    await requireStorageClass(this.#deps, instance.spec.storage?.volumeClaimTemplate?.spec?.storageClassName);
    const desired = await this.#render(instance);
    this.#report(instance, desired);
    this.#deps.observer?.observe(desired);
    const { dueMs, bindings } = await this.#write(instance, desired);
    ledger.record(key, describeOutcome(desired, bindings));
    return findSooner(dueMs, bindings.retryMs);
  }

  /** Gather, read the assets, decide. */
  async #render(instance: Instance): Promise<DesiredPrometheus> {
    const { kind, watches, settings, fetcher } = this.#deps;
    const key = keyOf(instance);
    const caches = this.#caches.get(key) ?? createPrometheusCaches();
    this.#caches.set(key, caches);
    const sources = {
      ServiceMonitor: watches.serviceMonitors.store,
      PodMonitor: watches.podMonitors.store,
      Probe: watches.probes.store,
      ScrapeConfig: watches.scrapeConfigs.store,
      PrometheusRule: watches.prometheusRules.store,
      namespaces: watches.namespaces.store,
    };
    const match = matchPrometheus(kind.asWorkload(instance, settings), sources, caches);
    const assets = new AssetStore(await fetcher.fetch(key, match.references));
    return renderPrometheus(match, assets, caches);
  }

  /** Bindings tell what was decided, so they are written whether or not the objects could be; they fail nothing. */
  async #write(
    instance: Instance,
    desired: DesiredPrometheus,
  ): Promise<{ dueMs: number | undefined; bindings: BindingVerdict }> {
    const [applied, bound] = await Promise.allSettled([
      applyPrometheus(this.#apply, desired),
      this.#bind(instance, desired),
    ]);
    if (bound.status === 'rejected') throw bound.reason;
    const bindings = this.#deps.bindingFailures.report(withType(this.#deps.kind, instance), bound.value);
    if (applied.status === 'rejected') throw applied.reason;
    return { dueMs: applied.value, bindings };
  }

  async #bind(instance: Instance, desired: DesiredPrometheus | undefined): Promise<BindingReport> {
    const { kind, client, clock, fence, settings, watches, bindingFailures } = this.#deps;
    if (!settings.gates.StatusForConfigurationResources && desired !== undefined) return { failures: [], untried: 0 };
    const skip = bindingFailures.countVain(keyOf(instance));
    const deps = { client, fence, now: formatTime(clock.now()), skip };
    return await writeBindings(deps, referToInstance(kind, instance), listBindings(kind, watches, desired));
  }

  #report(instance: Instance, desired: DesiredPrometheus): void {
    const { kind, ledger, rejections, remarks } = this.#deps;
    const workload = withType(kind, instance);
    rejections.report(workload, listRejected(desired));
    remarks.warn(workload, desired.config?.warnings ?? []);
    ledger.recordManaged(keyOf(instance), countManaged(desired));
  }

  /**
   * The bindings go first, then the finalizer; the objects go by garbage collection. An object that can never be written
   * keeps its binding: the workload would be kept for ever else.
   */
  async #finalize(instance: Instance): Promise<Outcome> {
    if (hasFinalizer(instance)) {
      const { failures } = await this.#bind(instance, undefined);
      const first = failures.find(({ isLasting }) => !isLasting);
      if (first !== undefined) throw new Error('Cannot take all bindings back', { cause: first.error });
      await setFinalizer(this.#deps, this.#deps.kind.type, instance, false);
    }
    return undefined;
  }

  #forget(key: string): Outcome {
    const { kind, fetcher, rejections, remarks, bindingFailures, ledger, metrics, applier, watches } = this.#deps;
    const { namespace, name } = splitKey(key);
    const { prefix } = listNames(kind.role, name);
    this.#caches.delete(key);
    this.#deps.heldUp.delete(key);
    this.#deps.observer?.forget(kind.type.kind, key);
    fetcher.forget(key);
    rejections.forget(key);
    remarks.forget(key);
    bindingFailures.forget(key);
    ledger.forget(key);
    metrics.forgetSpec({ namespace, name });
    applier.forget(namespace, prefix);
    this.#surplus.forget(namespace, prefix);
    this.#rivals.forget(namespace, prefix);
    followAssets(watches, userOfOwned(kind, { metadata: { namespace, name } }), []);
    return undefined;
  }
}

/** The smaller one of two times of which either may not be. */
function findSooner(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function describeOutcome(desired: DesiredPrometheus, bindings: BindingVerdict): SyncOutcome {
  const { workload } = desired;
  return {
    kind: 'synced',
    deprecatedFields: listDeprecatedFields(workload),
    unmanaged: isUnmanaged(workload),
    nothingSelected: !hasSelected(desired),
    unwrittenBindings: bindings.message,
  };
}
