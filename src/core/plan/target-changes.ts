import type { Desired } from '../desired/steps.ts';
import { isDesiredPrometheus } from '../desired/desired-prometheus.ts';
import type { Role } from '../targets/groups/discovered-objects.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import { equalJson } from '../../base/json.ts';
import { compareParts } from './part-changes.ts';
import type { PartChange, TargetChanges } from './plan-model.ts';
import { compareJobs, compareShards } from './shard-moves.ts';
import { findShardTargets, listRoles } from './shard-targets.ts';
import type { ShardTargets } from './shard-targets.ts';
import type { Standing } from './standing.ts';

/** What targets are discovered from, before and after. */
export interface DiscoveredObjects {
  readonly before: ClusterObjects;
  readonly after: ClusterObjects;
}

/** Whether targets may be others: the configuration changes, or the number of shards. */
export function mayMoveTargets(from: Standing, to: Desired, parts: readonly PartChange[]): boolean {
  if (from.desired === undefined || !isDesiredPrometheus(from.desired) || !isDesiredPrometheus(to)) return false;
  const isOther = !equalJson(from.desired.workload.spec.shards ?? 1, to.workload.spec.shards ?? 1);
  return isOther || parts.some(({ part }) => part === 'job' || part === 'section');
}

/** Targets of a Prometheus or PrometheusAgent before and after; undefined when nothing can be said of them. */
export function compareTargets(from: Standing, to: Desired, objects: DiscoveredObjects): TargetChanges | undefined {
  const before = find(from.desired, from.readConfig() ?? from.desired?.printConfig(), objects.before);
  const after = find(to, to.printConfig(), objects.after);
  if (before === undefined || after === undefined) return undefined;
  const { list, ...moves } = compareShards(before, after);
  return {
    before: before.targets.size,
    after: after.targets.size,
    jobs: compareJobs(before, after),
    ...(list.length === 0 && moves.from === moves.to ? {} : { shards: { ...moves, list } }),
    skipped: [...new Set([...before.skipped, ...after.skipped])],
  };
}

/**
 * The roles by which workloads discover whose targets may be others; undefined when there are no such workloads.
 * @param pairs workloads that are there before and after
 */
export function listMovingRoles(
  pairs: readonly { readonly from: Standing; readonly to: Desired }[],
): ReadonlySet<Role> | undefined {
  const moving = pairs.filter(({ from, to }) => mayMoveTargets(from, to, compareParts(from, to)));
  if (moving.length === 0) return undefined;
  return new Set(
    moving.flatMap(({ from, to }) => [
      ...rolesOf(from.desired, from.readConfig() ?? from.desired?.printConfig()),
      ...rolesOf(to, to.printConfig()),
    ]),
  );
}

function rolesOf(desired: Desired | undefined, yaml: string | undefined): readonly Role[] {
  if (desired === undefined || yaml === undefined || !isDesiredPrometheus(desired)) return [];
  try {
    return [...listRoles({ workload: desired.workload, yaml })];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Undefined for what is no Prometheus, or has no configuration that Prometheus would load. */
function find(
  desired: Desired | undefined,
  yaml: string | undefined,
  objects: ClusterObjects,
): ShardTargets | undefined {
  if (desired === undefined || yaml === undefined || !isDesiredPrometheus(desired)) return undefined;
  try {
    return findShardTargets({ workload: desired.workload, yaml }, objects);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
