import type { DesiredPrometheus } from '../../core/desired/prometheus.ts';

/** Is shown what every sync renders; must come back at once, and never throw. */
export interface DesiredObserver {
  observe(desired: DesiredPrometheus): void;
  /** The workload is gone, or no longer ours. @param key "namespace/name". */
  forget(kind: string, key: string): void;
}
