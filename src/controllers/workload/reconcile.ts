import { apiVersionOf, keyOf, splitKey } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import { hasSelected, listRejected, requireComplete } from '../../core/desired/steps.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { SyncOutcome } from '../../core/status/conditions.ts';
import { describeIgnoredFields } from '../../core/status/ignored-fields.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import type { Outcome, Reconcile } from '../../runtime/controller.ts';
import { FencedError } from '../../runtime/controller.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { AssetFetcher } from './asset-fetcher.ts';
import type { BindingFailures, BindingVerdict } from './binding-failures.ts';
import { writeBindings } from './bindings.ts';
import { WrittenObjects } from './written-objects.ts';
import type { BindingReport, Bound } from './bindings.ts';
import { hasFinalizer, setFinalizer } from './finalizer.ts';
import { SurplusFinder, followAssets } from './follow.ts';
import type { DesiredObserver } from './desired-observer.ts';
import type { Ledger } from './ledger.ts';
import type { WorkloadMetrics } from './metrics.ts';
import type { RejectionReporter } from './rejections.ts';
import type { RemarkReporter } from './remarks.ts';
import { RivalWatch } from './rivals.ts';
import { requireStorageClass } from './storage-class.ts';
import { formatTime } from '../../base/time.ts';
import { applyDesired, userOfOwned } from './apply.ts';
import type { ApplyDeps } from './apply.ts';
import { mapSources, referToWorkload, withType } from '../../core/kinds/kind.ts';
import type { WorkloadMatcher, WorkloadObject } from '../../core/kinds/kind.ts';
import { assessReadiness } from '../../core/kinds/readiness.ts';
import { countManaged, listBindings } from './verdicts.ts';
import { fillingLookMs } from '../limits.ts';
import { isGone, listGone } from './gone.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';

export interface ReconcileDeps extends Omit<ApplyDeps, 'observeRecreate' | 'surplus' | 'rivals' | 'observeRival'> {
  readonly settings: OperatorSettings;
  readonly metrics: WorkloadMetrics;
  readonly fetcher: AssetFetcher;
  /** In which all syncs of the process compute. */
  readonly turns: Turns;
  readonly rejections: RejectionReporter;
  readonly remarks: RemarkReporter;
  readonly bindingFailures: BindingFailures;
  readonly ledger: Ledger;
  readonly wakeStatus: (key: string) => void;
  /** Syncs the key again in so many milliseconds, however the sync that is under way ends. */
  readonly wakeLater: (key: string, ms: number) => void;
  /** Keys that wait for a cache to be filled; whoever fills one wakes them. */
  readonly heldUp: Set<string>;
  readonly observer?: DesiredObserver | undefined;
  /** Whether RBAC grants a request that is not worth a refusal. */
  readonly isAllowed: (request: AccessRequest) => Promise<boolean>;
}

/** Brings one workload to what its spec and all that it selects ask for (docs/reference/operator-runtime.md 3.3). */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const reconciler = new WorkloadReconciler(deps);
  return (key) => reconciler.reconcile(key);
}

class WorkloadReconciler {
  readonly #deps: ReconcileDeps;
  readonly #apply: ApplyDeps;
  readonly #matchers = new Map<string, WorkloadMatcher<WorkloadObject>>();
  readonly #writtenBindings = new Map<string, WrittenObjects<Bound>>();
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
    if (instance === undefined) return await this.#release(key);
    if (!isOurs(instance)) return this.#forget(key);
    if (instance.metadata.deletionTimestamp !== undefined) return await this.#finalize(instance);
    const readiness = assessReadiness(kind, instance, { caches: watches, now: this.#deps.clock.now() });
    if (readiness.kind === 'ready') heldUp.delete(key);
    else heldUp.add(key);
    if (readiness.kind === 'filling') return { requeueAfterMs: fillingLookMs };
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
  async #sync(instance: WorkloadObject): Promise<number | undefined> {
    const { kind, settings, ledger, metrics, logger } = this.#deps;
    const key = keyOf(instance);
    const { StatusForConfigurationResources: binds } = settings.gates;
    // With the gate off nobody needs the finalizer any more: it would keep the object for ever.
    if (!binds || kind.isKeptWhileBound !== true) await this.#keep(instance, binds);
    metrics.setSpec(splitKey(key), kind.countSpec(instance.spec));
    if (instance.spec.paused === true) {
      logger.info('Paused: nothing is changed', { key });
      ledger.record(key, { kind: 'synced' });
      // Nobody follows them meanwhile.
      this.#deps.fetcher.forget(key);
      return undefined;
    }
    await requireStorageClass(this.#deps, instance.spec.storage?.volumeClaimTemplate?.spec?.storageClassName);
    const desired = await this.#render(instance);
    // Who is deleted meanwhile must not be bound any more; the event of that has woken the key again.
    if (!this.#isWanted(instance)) return undefined;
    this.#report(instance, desired);
    this.#deps.observer?.observe(desired);
    const { dueMs, bindings } = await this.#write(instance, desired);
    const retryMs = findSooner(dueMs, bindings.retryMs);
    if (desired.failures.length > 0) this.#wakeIn(key, retryMs);
    requireComplete(desired);
    ledger.record(key, this.#describeOutcome(desired, bindings));
    return retryMs;
  }

  /** Gather, read the assets, decide. */
  async #render(instance: WorkloadObject): Promise<Desired> {
    const { watches, settings, fetcher, turns } = this.#deps;
    const key = keyOf(instance);
    const matching = this.#matcherOf(key)(instance, settings, {
      ...mapSources((selected) => watches.selected[selected].store),
      namespaces: watches.namespaces.store,
    });
    const match = await turns.run(matching);
    const assets = new AssetStore(await fetcher.fetch(key, match.references));
    return await turns.run(match.render(assets));
  }

  /** Whether the workload is still there, and is not being deleted. */
  #isWanted({ metadata }: WorkloadObject): boolean {
    const { namespace = '', name = '', uid } = metadata;
    const current = this.#deps.watches.instances.store.get(namespace, name);
    return current?.metadata.uid === uid && current?.metadata.deletionTimestamp === undefined;
  }

  #matcherOf(key: string): WorkloadMatcher<WorkloadObject> {
    const matcher = this.#matchers.get(key) ?? this.#deps.kind.createMatcher();
    this.#matchers.set(key, matcher);
    return matcher;
  }

  /** Bindings tell what was decided, so they are written whether or not the objects could be; they fail nothing. */
  async #write(
    instance: WorkloadObject,
    desired: Desired,
  ): Promise<{ dueMs: number | undefined; bindings: BindingVerdict }> {
    const [applied, bound] = await Promise.allSettled([
      applyDesired(this.#apply, desired),
      this.#bindKept(instance, desired),
    ]);
    if (bound.status === 'rejected') throw bound.reason;
    const bindings = this.#deps.bindingFailures.report(withType(this.#deps.kind, instance), bound.value);
    if (applied.status === 'rejected') {
      this.#wakeIn(keyOf(instance), bindings.retryMs);
      throw applied.reason;
    }
    return { dueMs: applied.value, bindings };
  }

  /** What is due is due also where the sync fails for a reason that waits for a change. */
  #wakeIn(key: string, ms: number | undefined): void {
    if (ms !== undefined) this.#deps.wakeLater(key, ms);
  }

  /** A kind that is kept only while it is bound has the finalizer before its first binding, and not after its last. */
  async #bindKept(instance: WorkloadObject, desired: Desired): Promise<BindingReport> {
    const { kind, settings } = this.#deps;
    const decides = settings.gates.StatusForConfigurationResources && kind.isKeptWhileBound === true;
    const isBound = hasSelected(desired);
    if (decides && isBound) await this.#keep(instance, true);
    const report = await this.#bind(instance, desired);
    const isFree = desired.failures.length === 0 && report.failures.length === 0 && report.untried === 0;
    if (decides && !isBound && isFree) await this.#keep(instance, false);
    return report;
  }

  /** With the finalizer, or without. */
  async #keep(instance: WorkloadObject, wanted: boolean): Promise<void> {
    await setFinalizer(this.#deps, { type: this.#deps.kind.type, object: instance }, wanted);
  }

  async #bind(instance: KubernetesObject, desired: Desired | undefined): Promise<BindingReport> {
    const { kind, client, clock, fence, settings, watches, bindingFailures } = this.#deps;
    if (!settings.gates.StatusForConfigurationResources && desired !== undefined) return { failures: [], untried: 0 };
    const key = keyOf(instance);
    const written = this.#writtenBindings.get(key) ?? new WrittenObjects<Bound>();
    this.#writtenBindings.set(key, written);
    const deps = { client, fence, now: formatTime(clock.now()), skip: bindingFailures.countVain(key), written };
    return await writeBindings(deps, referToWorkload(kind, instance), listBindings(kind, watches, desired));
  }

  #report(instance: WorkloadObject, desired: Desired): void {
    const { kind, ledger, rejections, remarks } = this.#deps;
    const workload = withType(kind, instance);
    rejections.report(workload, listRejected(desired));
    // While something fails, what was told of it last is not forgotten: it would be told again at every sync.
    if (desired.failures.length === 0) remarks.warn(workload, desired.warnings);
    ledger.recordManaged(keyOf(instance), countManaged(desired));
  }

  /**
   * The bindings go first, then the finalizer; the objects go by garbage collection. An object that can never be written
   * keeps its binding: the workload would be kept for ever else. While caches are being filled nobody knows what is bound.
   */
  async #finalize(instance: WorkloadObject): Promise<Outcome> {
    if (hasFinalizer(instance)) {
      if (!this.#knowsBound()) return { requeueAfterMs: fillingLookMs };
      await this.#unbind(instance);
      await this.#keep(instance, false);
    }
    return undefined;
  }

  /** @throws when some bindings may be taken back later. */
  async #unbind(workload: KubernetesObject): Promise<void> {
    const { failures } = await this.#bind(workload, undefined);
    const first = failures.find(({ isLasting }) => !isLasting);
    if (first !== undefined) throw new Error('Cannot take all bindings back', { cause: first.error });
  }

  /** Objects may still be bound to a workload that is gone; most of the time none is. */
  async #release(key: string): Promise<undefined> {
    const { kind, client, settings, watches } = this.#deps;
    const isBound = (selected: SelectedKind): boolean =>
      listGone(kind, watches, { selected, namespace: '' }).includes(key);
    const metadata = splitKey(key);
    try {
      if (!settings.gates.StatusForConfigurationResources || !kind.selects.some(isBound)) return;
      if (await isGone(client, kind, metadata)) await this.#unbind({ metadata });
    } finally {
      this.#forget(key);
    }
  }

  /** Whether all that may be bound is in the caches, but for kinds that this operator may not list, or that are not served. */
  #knowsBound(): boolean {
    const { kind, watches } = this.#deps;
    return kind.selects.every((selected) => {
      const { synced, refusals } = watches.selected[selected].health();
      return synced || refusals.length > 0;
    });
  }

  #describeOutcome(desired: Desired, bindings: BindingVerdict): SyncOutcome {
    const { kind } = this.#deps;
    return {
      kind: 'synced',
      deprecatedFields: kind.listDeprecatedFields(desired.workload),
      ignoredFields: describeIgnoredFields(desired.warnings),
      unmanaged: desired.unmanaged,
      ...(kind.mayChooseNothing === true || hasSelected(desired) ? {} : { nothingSelected: kind.selects }),
      unwrittenBindings: bindings.message,
    };
  }

  #forget(key: string): Outcome {
    const { kind, fetcher, rejections, remarks, bindingFailures, ledger, metrics, applier, watches } = this.#deps;
    const { namespace, name } = splitKey(key);
    const { prefix } = kind.names(name);
    this.#matchers.delete(key);
    this.#writtenBindings.delete(key);
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
