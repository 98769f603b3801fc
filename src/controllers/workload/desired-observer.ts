import type { Desired } from '../../core/desired/steps.ts';

/** Is shown what every sync renders; must come back at once, and never throw. */
export interface DesiredObserver {
  observe(desired: Desired): void;
  /** All of it is in the cluster now. */
  wrote?(desired: Desired): void;
  /** The workload is gone, or no longer ours. @param key "namespace/name". */
  forget(kind: string, key: string): void;
}
