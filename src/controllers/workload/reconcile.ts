import { apiVersionOf, keyOf, splitKey } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import { hasSelected, listRejected, requireComplete } from '../../core/desired/steps.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { InvalidFieldError } from '../../core/findings.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { SyncOutcome } from '../../core/status/conditions.ts';
import { judgeRoom } from '../../core/status/room-verdict.ts';
import { describeIgnoredFields } from '../../core/status/ignored-fields.ts';
import type { Outcome, Reconcile } from '../../runtime/controller.ts';
import { FencedError } from '../../runtime/controller.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { AssetFetcher } from './asset-fetcher.ts';
import type { BindingFailures, BindingVerdict } from './binding-failures.ts';
import { Binder } from './binder.ts';
import type { ChangeGate } from './change-gate.ts';
import { SurplusFinder, followAssets } from './follow.ts';
import type { DesiredObserver } from './desired-observer.ts';
import type { Ledger } from './ledger.ts';
import type { Scrapings } from './scrapings.ts';
import type { Situations } from './situations.ts';
import type { WorkloadMetrics } from './metrics.ts';
import type { RejectionReporter } from './rejections.ts';
import type { RemarkReporter } from './remarks.ts';
import { requireStorageClass } from './storage-class.ts';
import { applyDesired, userOfOwned } from './apply.ts';
import type { ApplyDeps } from './apply.ts';
import { mapSources, withType } from '../../core/kinds/kind.ts';
import type { WorkloadMatcher, WorkloadObject } from '../../core/kinds/kind.ts';
import { assessReadiness } from '../../core/kinds/readiness.ts';
import { countManaged } from './verdicts.ts';
import { fillingLookMs } from '../limits.ts';

export interface ReconcileDeps extends Omit<
  ApplyDeps,
  'observeRecreate' | 'surplus' | 'observeContests' | 'observeVolumes' | 'observeGuards'
> {
  readonly settings: OperatorSettings;
  readonly gate: ChangeGate;
  readonly metrics: WorkloadMetrics;
  readonly fetcher: AssetFetcher;
  /** In which all syncs of the process compute. */
  readonly turns: Turns;
  readonly rejections: RejectionReporter;
  readonly remarks: RemarkReporter;
  readonly bindingFailures: BindingFailures;
  readonly ledger: Ledger;
  readonly situations: Situations;
  readonly scrapings: Scrapings;
  readonly wakeStatus: (key: string) => void;
  /** Keys that wait for a cache to be filled; whoever fills one wakes them. */
  readonly heldUp: Set<string>;
  readonly observer?: DesiredObserver | undefined;
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
  readonly #binder: Binder;
  readonly #surplus = new SurplusFinder();

  constructor(deps: ReconcileDeps) {
    this.#deps = deps;
    this.#binder = new Binder(deps);
    const type = { apiVersion: apiVersionOf(deps.kind.type), kind: deps.kind.type.kind };
    this.#apply = {
      ...deps,
      surplus: this.#surplus,
      observeRecreate: () => deps.metrics.observeRecreate(),
      observeContests: (owner, contests) => {
        const found = deps.remarks.contest({ ...owner, ...type }, contests);
        for (const { kind } of found) deps.metrics.observeContest(kind);
      },
      observeVolumes: (owner, verdict) => deps.remarks.tellVolumes({ ...owner, ...type }, verdict),
      observeGuards: (owner, verdict) => deps.remarks.tellGuards({ ...owner, ...type }, verdict),
    };
  }

  async reconcile(key: string): Promise<Outcome> {
    const { kind, watches, isOurs, ledger, remarks, wakeStatus, heldUp } = this.#deps;
    const { namespace, name } = splitKey(key);
    const instance = watches.instances.store.get(namespace, name);
    if (instance === undefined || !isOurs(instance)) return await this.#end(key, instance);
    if (instance.metadata.deletionTimestamp !== undefined) return await this.#binder.finalize(instance);
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
    const { kind, ledger, metrics, logger } = this.#deps;
    const key = keyOf(instance);
    await this.#binder.prepare(instance);
    metrics.setSpec(splitKey(key), kind.countSpec(instance.spec));
    if (instance.spec.paused === true) {
      logger.info('Paused: nothing is changed', { key });
      ledger.record(key, { kind: 'synced' });
      // Nobody follows them meanwhile.
      this.#deps.fetcher.forget(key);
      this.#deps.gate.forget(key);
      return undefined;
    }
    await requireStorageClass(this.#deps, instance.spec.storage?.volumeClaimTemplate?.spec?.storageClassName);
    const desired = await this.#render(instance);
    // Who is deleted meanwhile must not be bound any more; the event of that has woken the key again.
    if (!this.#isWanted(instance)) return undefined;
    this.#report(instance, desired);
    this.#deps.observer?.observe(desired);
    const passed = await this.#deps.gate.pass(instance, desired, (version) => this.#render(instance, version));
    const { dueMs, bindings } = await this.#write(instance, passed.desired);
    const retryMs = findSooner(passed.dueMs, findSooner(dueMs, bindings.retryMs));
    if (desired.failures.length > 0) this.#wakeIn(key, retryMs);
    requireComplete(desired);
    this.#deps.observer?.wrote?.(desired);
    ledger.record(key, this.#describeOutcome(desired, bindings));
    return retryMs;
  }

  /** Gather, read the assets, decide. @param version another one than the wanted; what it remembers is kept apart. */
  async #render(wanted: WorkloadObject, version?: string): Promise<Desired> {
    const { watches, settings, fetcher, turns } = this.#deps;
    const key = keyOf(wanted);
    const instance = version === undefined ? wanted : { ...wanted, spec: { ...wanted.spec, version } };
    const matching = this.#matcherOf(version === undefined ? key : `${key} held`)(instance, settings, {
      ...mapSources((selected) => watches.selected[selected].store),
      namespaces: watches.namespaces.store,
    });
    const match = await turns.run(matching);
    const assets = new AssetStore(await fetcher.fetch(key, match.references));
    const live = watches.statefulSets.store.list(instance.metadata.namespace ?? '');
    return await turns.run(match.render(assets, live));
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
      this.#binder.bind(instance, desired),
    ]);
    if (bound.status === 'rejected') throw bound.reason;
    const bindings = this.#deps.bindingFailures.report(withType(this.#deps.kind, instance), bound.value);
    if (applied.status === 'rejected') {
      this.#deps.gate.fail(instance);
      this.#wakeIn(keyOf(instance), bindings.retryMs);
      throw applied.reason;
    }
    return { dueMs: applied.value, bindings };
  }

  /** What is due is due also where the sync fails for a reason that waits for a change. */
  #wakeIn(key: string, ms: number | undefined): void {
    if (ms !== undefined) this.#deps.wakeLater(key, ms);
  }

  #report(instance: WorkloadObject, desired: Desired): void {
    const { kind, ledger, rejections, remarks } = this.#deps;
    const workload = withType(kind, instance);
    rejections.report(workload, listRejected(desired));
    // While something fails, what was told of it last is not forgotten: it would be told again at every sync.
    if (desired.failures.length === 0) remarks.warn(workload, desired.warnings);
    ledger.recordManaged(keyOf(instance), countManaged(desired));
    this.#reportRoom(workload, desired);
  }

  /** While something fails, files are missing that would be told of. */
  #reportRoom(workload: ReturnType<typeof withType>, desired: Desired): void {
    if (desired.failures.length > 0) return;
    const { remarks, situations, metrics } = this.#deps;
    const key = keyOf(workload);
    const room = judgeRoom(desired.steps);
    metrics.setRoom(splitKey(key), room?.share);
    situations.tell(key, 'NearLimit', room?.verdict);
    remarks.tellRoom(workload, room?.verdict);
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

  /** Of a workload that is gone, or not ours any more. */
  async #end(key: string, instance: WorkloadObject | undefined): Promise<Outcome> {
    try {
      if (instance === undefined) await this.#binder.release(key);
    } finally {
      this.#forget(key);
    }
    return undefined;
  }

  #forget(key: string): void {
    const {
      kind,
      fetcher,
      rejections,
      remarks,
      bindingFailures,
      ledger,
      situations,
      metrics,
      applier,
      fights,
      watches,
    } = this.#deps;
    const { namespace, name } = splitKey(key);
    const { prefix } = kind.names(name);
    this.#matchers.delete(key);
    this.#matchers.delete(`${key} held`);
    this.#deps.gate.forget(key);
    this.#binder.forget(key);
    this.#deps.heldUp.delete(key);
    this.#deps.observer?.forget(kind.type.kind, key);
    fetcher.forget(key);
    rejections.forget(key);
    remarks.forget(key);
    bindingFailures.forget(key);
    ledger.forget(key);
    situations.forget(key);
    this.#deps.scrapings.forget(key);
    metrics.forgetSpec({ namespace, name });
    applier.forget(namespace, prefix);
    this.#surplus.forget(namespace, prefix);
    fights.forget(key);
    followAssets(watches, userOfOwned(kind, { metadata: { namespace, name } }), []);
  }
}

/** The smaller one of two times of which either may not be. */
function findSooner(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
