import type { LabelSet } from '../relabel/label-set.ts';

/** What one source (an object, a file entry) gives: labels that all its targets share, and each target's own. Immutable. */
export interface TargetGroup {
  /** Unique within a provider, such as "pod/monitoring/prometheus-0". */
  readonly source: string;
  readonly labels: LabelSet;
  readonly targets: readonly LabelSet[];
}
