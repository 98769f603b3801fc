import type { TargetGroup } from '../core/targets/target-group.ts';

/** Takes groups: each replaces the one of the same source, one without targets takes it away. */
export type GroupSink = (groups: readonly TargetGroup[]) => void;

/** Finds targets by one configuration, until it is told to stop. */
export interface Discoverer {
  /** Resolves when the signal is aborted, or earlier when nothing more will come; what was sent stays. */
  run(send: GroupSink, signal: AbortSignal): Promise<void>;
  /** True once all that there is was sent: nothing more will come without a change outside, be it a permission. */
  isIdle(): boolean;
  /** Whether all that there is was sent; what is refused is not. */
  isComplete(): boolean;
}
