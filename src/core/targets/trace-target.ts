import { traceRelabel } from '../relabel/relabel.ts';
import type { RelabelStep } from '../relabel/relabel.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import { buildTarget, createLabelBuilder } from './build-target.ts';
import type { TargetOutcome } from './build-target.ts';
import type { CompiledJob } from './scrape-job.ts';
import type { DiscoveredTarget } from './target-pool.ts';
import { buildTargetUrl } from './target-url.ts';

/** The way of one target from its discovery to its end. */
export interface TargetTrace {
  readonly discovered: LabelSet;
  /** One for each rule, up to the one that dropped the target. */
  readonly steps: readonly RelabelStep[];
  readonly outcome: TargetOutcome;
  /** Of an active target. */
  readonly url: string | undefined;
}

/** Goes the way that `buildTarget` goes, and notes each step. @throws {RangeError} for an index that the group lacks. */
export function traceTarget(compiled: CompiledJob, { group, index }: DiscoveredTarget): TargetTrace {
  const target = group.targets[index];
  if (target === undefined) throw new RangeError(`Group ${group.source} has no target ${index}`);
  const discovered = createLabelBuilder(compiled, group, target).toLabelSet();
  const outcome = buildTarget(compiled, group, target);
  const url = outcome.kind === 'active' ? buildTargetUrl(compiled.job, outcome.labels) : undefined;
  return { discovered, steps: traceRelabel(discovered, compiled.rules), outcome, url };
}

/** Says what the rule of a step that dropped a target compared with what. */
export function describeDrop({ rule, value = '', output }: RelabelStep): string {
  const { action, sourceLabels, separator, targetLabel } = rule;
  const what = `${action}: ${sourceLabels.join(separator) || 'nothing'} is "${value}"`;
  switch (action) {
    case 'keepequal':
    case 'dropequal':
      return `${what}, ${targetLabel} is "${output.get(targetLabel) ?? ''}"`;
    default:
      return `${what}, which ${action === 'keep' ? 'does not match' : 'matches'} ${rule.regex}`;
  }
}
