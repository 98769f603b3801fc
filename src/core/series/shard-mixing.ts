import type { LabelChoice } from './kept-labels.ts';
import { hasLabel } from './kept-labels.ts';
import type { TargetShape } from './target-shapes.ts';

/** Labels by which targets are told from each other. */
const targetLabels = ['job', 'namespace', 'service', 'pod', 'container', 'endpoint', 'instance', 'node'];

/**
 * Whether series of targets that may be in different shards come together where series with the same values of some labels do.
 * `isSum`: a target that each shard scrapes is counted with those that one does; a join finds it everywhere.
 */
export function mixesShards(choice: LabelChoice, targets: readonly TargetShape[], isSum: boolean): boolean {
  const own = targets.filter((target) => !target.findPlacement().isEverywhere);
  if (own.length === 0) return false;
  const together = isSum ? targets : own;
  if (together.length === 1 && together[0]?.isMany === false) return false;
  const placements = together.map((target) => target.findPlacement());
  const [first] = placements;
  if (first?.key !== undefined && placements.every(({ key }) => key === first.key)) return false;
  return (
    !(hasLabel(choice, 'instance') && placements.every(({ isByInstance }) => isByInstance)) &&
    !tellsApart(choice, together)
  );
}

/** Whether each target has values of its own: by convention `job` and `instance` are, and targets of one job have Pods of their own. */
function tellsApart(choice: LabelChoice, targets: readonly TargetShape[]): boolean {
  const [only, ...others] = targets;
  if (hasLabel(choice, 'instance') && (others.length === 0 || hasLabel(choice, 'job'))) return true;
  if (others.length === 0) return hasLabel(choice, 'pod') && only?.rangeOf('pod') === undefined;
  if (targets.some(({ isMany }) => isMany)) return false;
  const names = targetLabels.filter(
    (name) => hasLabel(choice, name) && targets.every((one) => valueOf(one, name) !== ''),
  );
  const values = new Set(targets.map((target) => JSON.stringify(names.map((name) => valueOf(target, name)))));
  return values.size === targets.length;
}

/** "" where it may be missing, or have several values. */
function valueOf(target: TargetShape, name: string): string {
  const range = target.rangeOf(name);
  return range?.size === 1 ? ([...range][0] ?? '') : '';
}
