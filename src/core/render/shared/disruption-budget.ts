import { renderGuardMetadata } from './guard.ts';
import type { PodCount, PodDisruptionBudget, StatefulSet } from './rendered-objects.ts';
import type { Workload } from './workload.ts';

/** How many pods of a shard may be away for an eviction's sake. */
export interface BudgetSize {
  readonly field: 'maxUnavailable' | 'minAvailable';
  readonly count: PodCount;
}

/** One pod after the other; a single one may go: a node that waits for it could never be drained. */
export const standardBudget: BudgetSize = { field: 'maxUnavailable', count: 1 };

/**
 * Reads `1`, `25%`, `maxUnavailable=1` or `minAvailable=2`; a number alone is that of pods that may be away.
 * @returns the size, or what is wrong with the text.
 */
export function readBudgetSize(text: string): BudgetSize | string {
  const parts = /^(?:(maxUnavailable|minAvailable)=)?(\d{1,6})(%?)$/.exec(text);
  const [, field = 'maxUnavailable', digits = '', percent = ''] = parts ?? [];
  const isAmount = percent === '' || Number(digits) <= 100;
  if (parts === null || !isAmount)
    return `cannot read "${text}": want "on", "off", or how many pods of a shard may be away, as "1", "25%", "maxUnavailable=1" or "minAvailable=2"`;
  const count = percent === '' ? Number(digits) : `${Number(digits)}%`;
  return { field: field as BudgetSize['field'], count };
}

/**
 * How many of so many pods, all of them healthy, may be evicted at once: percentages are rounded up, of those that may be
 * away as of those that must be there, as the disruption controller of Kubernetes does.
 */
export function countEvictable({ field, count }: BudgetSize, replicas: number): number {
  const pods = typeof count === 'number' ? count : Math.ceil((Number(count.replace('%', '')) * replicas) / 100);
  return Math.max(0, Math.min(replicas, field === 'maxUnavailable' ? pods : replicas - pods));
}

/**
 * The budget of one shard. Pods that run and are not ready may always be evicted: a workload that is broken must not keep
 * nodes from being drained.
 */
export function renderDisruptionBudget(workload: Workload, set: StatefulSet, size: BudgetSize): PodDisruptionBudget {
  const { name = '' } = set.metadata;
  const { selector } = set.spec;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: renderGuardMetadata(workload, name, selector.matchLabels ?? {}),
    spec: { [size.field]: size.count, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
  };
}
