import type { TopologySpreadConstraint as PodConstraint } from '../../../api/core/pod.ts';
import type { TopologySpreadConstraint } from '../../../api/parts/prometheus-shards.ts';

/**
 * The pod's constraints; where one asks for additional label selectors, it selects the workload's own pods, all of them
 * (OnResource) or those of the shard (OnShard) (docs/reference/rendering.md 4.12).
 */
export function renderTopologySpread(
  constraints: readonly TopologySpreadConstraint[],
  selector: Readonly<Record<string, string>>,
  shardLabel: string,
): PodConstraint[] {
  return constraints.map(({ additionalLabelSelectors: additional, ...constraint }) => {
    if (additional === undefined) return constraint;
    const own = Object.entries(selector).filter(([key]) => additional === 'OnShard' || key !== shardLabel);
    const matchLabels = { ...constraint.labelSelector?.matchLabels, ...Object.fromEntries(own) };
    return { ...constraint, labelSelector: { ...constraint.labelSelector, matchLabels } };
  });
}
