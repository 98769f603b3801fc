import { keyOf, splitKey } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { formatTime } from '../../base/time.ts';
import { hasSelected } from '../../core/desired/steps.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { referToWorkload } from '../../core/kinds/kind.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Outcome } from '../../runtime/controller.ts';
import { fillingLookMs } from '../limits.ts';
import type { BindingFailures } from './binding-failures.ts';
import { writeBindings } from './bindings.ts';
import type { BindingDeps, BindingReport, Bound } from './bindings.ts';
import { hasFinalizer, setFinalizer } from './finalizer.ts';
import { isGone, listStale } from './stale-bindings.ts';
import { listBindings } from './verdicts.ts';
import type { Scrapings } from './scrapings.ts';
import type { WorkloadWatches } from './watches.ts';
import { WrittenObjects } from './written-objects.ts';

export interface BinderDeps {
  readonly kind: WorkloadKind;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly fence: () => void;
  readonly settings: OperatorSettings;
  readonly watches: WorkloadWatches;
  readonly bindingFailures: Pick<BindingFailures, 'countVain'>;
  /** What is said of targets. */
  readonly scrapings: Pick<Scrapings, 'find'>;
}

/**
 * The bindings of workloads on what they select, and the finalizer that keeps a workload until they are taken back
 * (docs/reference/operator-runtime.md 2.8, 2.9). Both are there only with the gate StatusForConfigurationResources.
 */
export class Binder {
  readonly #deps: BinderDeps;
  /** By key of the workload, what its last syncs wrote. */
  readonly #written = new Map<string, WrittenObjects<Bound>>();

  /** Whether the CRDs know the condition Scraping, as far as was seen. */
  #knowsScraping = true;

  constructor(deps: BinderDeps) {
    this.#deps = deps;
  }

  /**
   * The finalizer before anything else of a sync, but for kinds that are kept only while they are bound. With the gate off
   * nobody needs it any more: it would keep the object for ever.
   */
  async prepare(instance: WorkloadObject): Promise<void> {
    const binds = this.#binds();
    if (!binds || this.#deps.kind.isKeptWhileBound !== true) await this.#keep(instance, binds);
  }

  /** Says on all objects what a sync made of them. A kind that is kept while bound has the finalizer just as long. */
  async bind(instance: WorkloadObject, desired: Desired): Promise<BindingReport> {
    if (!this.#binds()) return { failures: [], untried: 0 };
    const decides = this.#deps.kind.isKeptWhileBound === true;
    const isBound = hasSelected(desired);
    if (decides && isBound) await this.#keep(instance, true);
    const report = await this.#write(instance, desired);
    const isFree = desired.failures.length === 0 && report.failures.length === 0 && report.untried === 0;
    if (decides && !isBound && isFree) await this.#keep(instance, false);
    return report;
  }

  /**
   * Of a workload that is being deleted the bindings go first, then the finalizer; the objects go by garbage collection. An
   * object that can never be written keeps its binding: the workload would be kept for ever else. While caches are being
   * filled nobody knows what is bound. @throws when some bindings may be taken back later.
   */
  async finalize(instance: WorkloadObject): Promise<Outcome> {
    if (!hasFinalizer(instance)) return undefined;
    if (!this.#knowsBound()) return { requeueAfterMs: fillingLookMs };
    await this.#unbind(instance);
    await this.#keep(instance, false);
    return undefined;
  }

  /** Objects may still be bound to a workload that is gone; most of the time none is. @throws as `finalize`. */
  async release(key: string): Promise<void> {
    const { kind, client, watches } = this.#deps;
    const metadata = splitKey(key);
    const isBound = kind.selects.some((selected) =>
      listStale(kind, watches, { selected, namespace: '' }).includes(key),
    );
    if (this.#binds() && isBound && (await isGone(client, kind, metadata))) await this.#unbind({ metadata });
  }

  forget(key: string): void {
    this.#written.delete(key);
  }

  #binds(): boolean {
    return this.#deps.settings.gates.StatusForConfigurationResources;
  }

  /** With the finalizer, or without. */
  async #keep(instance: WorkloadObject, wanted: boolean): Promise<void> {
    await setFinalizer(this.#deps, { type: this.#deps.kind.type, object: instance }, wanted);
  }

  async #unbind(workload: KubernetesObject): Promise<void> {
    const { failures } = await this.#write(workload, undefined);
    const first = failures.find(({ isLasting }) => !isLasting);
    if (first !== undefined) throw new Error('Cannot take all bindings back', { cause: first.error });
  }

  /** @param desired undefined: the workload thinks nothing of anything any more. */
  async #write(workload: KubernetesObject, desired: Desired | undefined): Promise<BindingReport> {
    const { kind, client, clock, fence, watches, bindingFailures, scrapings } = this.#deps;
    const key = keyOf(workload);
    const written = this.#written.get(key) ?? new WrittenObjects<Bound>();
    this.#written.set(key, written);
    const deps: BindingDeps = {
      ...{ client, fence, now: formatTime(clock.now()), skip: bindingFailures.countVain(key), written },
      findScraping: (id) => (this.#knowsScraping ? scrapings.find(key, id) : undefined),
      refuseScraping: () => {
        this.#knowsScraping = false;
      },
    };
    return await writeBindings(deps, referToWorkload(kind, workload), listBindings(kind, watches, desired));
  }

  /** Whether all that may be bound is in the caches, but for kinds that this operator may not list, or that are not served. */
  #knowsBound(): boolean {
    const { kind, watches } = this.#deps;
    return kind.selects.every((selected) => {
      const { synced, refusals } = watches.selected[selected].health();
      return synced || refusals.length > 0;
    });
  }
}
