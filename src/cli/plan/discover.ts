import type { KubernetesObject } from '../../api/meta.ts';
import { readClusterObjects } from '../../core/manifests/cluster-objects.ts';
import { readSources } from '../../core/manifests/sources.ts';
import type { PlanInput } from '../../core/plan/plan-workloads.ts';
import { listMovingRoles } from '../../core/plan/target-changes.ts';
import type { DiscoveredObjects } from '../../core/plan/target-changes.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { readDiscovered } from '../targets/read-discovered.ts';
import { overlay } from './apply-manifests.ts';
import type { TypedManifest } from './manifest-types.ts';
import type { ReadOptions } from './read-live.ts';

export interface DiscoverOptions extends ReadOptions {
  readonly input: PlanInput;
  /** Custom resources and Namespaces before and after. */
  readonly from: readonly KubernetesObject[];
  readonly to: readonly KubernetesObject[];
  readonly applied: readonly KubernetesObject[];
  readonly deleted: readonly TypedManifest[];
  readonly progress: (text: string) => void;
}

export interface Discovered {
  /** Undefined: no targets may be others, or not all that they come from may be read. */
  readonly objects: DiscoveredObjects | undefined;
  readonly notes: readonly string[];
}

/** What targets are discovered from, where a change may make them others: it may be all Pods of a cluster. */
export async function discover(options: DiscoverOptions): Promise<Discovered> {
  const { input, from, to, applied, deleted, progress } = options;
  const roles = listMovingRoles(listPairs(input));
  if (roles === undefined) return { objects: undefined, notes: [] };
  progress(`reading what targets come from (${[...roles].join(', ')})`);
  const { objects, refusals } = await readDiscovered(options, roles);
  if (refusals.length > 0)
    return { objects: undefined, notes: [`targets are not compared: ${describeRefusals(refusals).join(', ')}`] };
  const after = overlay(objects, applied, deleted);
  return {
    objects: {
      before: readClusterObjects(objects, readSources(from).sources.namespaces),
      after: readClusterObjects(after, readSources(to).sources.namespaces),
    },
    notes: [],
  };
}

/** Workloads that are there on both sides. */
function listPairs({ before, after }: PlanInput): Parameters<typeof listMovingRoles>[0] {
  return before.flatMap((from) => {
    const { namespace, name } = from.instance.metadata;
    const found = after.find(
      ({ kind, instance: { metadata } }) =>
        kind === from.kind && metadata.namespace === namespace && metadata.name === name,
    );
    return found?.desired === undefined ? [] : [{ from, to: found.desired }];
  });
}
