import type { NamespacedName } from '../../api/meta.ts';
import type { ControllerMetrics } from '../../runtime/controller.ts';
import type { SpecCounts } from '../../core/kinds/kind.ts';

/** What the status of one workload says. */
export interface ObservedConditions extends NamespacedName {
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

/** What the controller of one workload kind tells about itself; names and labels are the composition root's matter. */
export interface WorkloadMetrics extends ControllerMetrics {
  /** An event caused a sync: `by` is the kind of the object, `action` what happened to it. */
  observeTrigger(by: string, action: 'add' | 'update' | 'delete'): void;
  /** A StatefulSet was deleted to be made anew. */
  observeRecreate(): void;
  /** Another field manager was found to keep changing an object of the kind. */
  observeContest(kind: string): void;
  /** Bindings could not be written. */
  observeBindingFailures(count: number): void;
  observeStatusUpdate(failed: boolean): void;
  setReady(ready: boolean): void;
  /** Objects whose last sync ended well, and those whose did not. */
  setSyncs(ok: number, failed: number): void;
  setManaged(resource: string, selected: number, rejected: number): void;
  setSpec(name: NamespacedName, spec: SpecCounts): void;
  /** How full the fullest Secret or ConfigMap is that is written for it, of 1; undefined: none is. */
  setRoom(name: NamespacedName, share: number | undefined): void;
  /** Asked at each scrape, for the conditions of all workloads of the kind. */
  observeConditions(list: () => readonly ObservedConditions[]): void;
  /** The object is gone: its series end. */
  forgetSpec(name: NamespacedName): void;
}
