import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { findCollidingKeys } from '../../core/targets/groups/colliding-keys.ts';
import { supposeManifests } from '../../core/explain/suppose-manifests.ts';
import type { Supposition } from '../../core/explain/suppose.ts';
import { findTargetsOffline } from '../../core/targets/offline.ts';
import type { ClusterObjects } from '../../core/targets/offline.ts';
import type { SdConfig } from '../../core/targets/sd-config.ts';
import { readManifests } from '../manifests.ts';
import { shownSuppositions } from '../limits.ts';
import { noteSharing } from './note-sharing.ts';
import { newestKubernetes, planConfig, planFromManifests, readSettings } from './open-plan.ts';
import type { TargetPlan } from './target-plan.ts';
import type { FoundTargets } from './target-formats.ts';
import type { TargetsRequest } from './targets-request.ts';

/**
 * The targets among manifests: those of a Prometheus that started in a cluster with these objects and what the cluster and the operator would make of
 * them, as `stoker explain --offline` supposes it.
 */
export async function findOffline(request: TargetsRequest, paths: readonly string[]): Promise<FoundTargets> {
  const manifests = readManifests(paths);
  const { config } = request.flags;
  const supposition = supposeManifests(manifests, readSettings(request.flags, newestKubernetes));
  const { read: sources, cluster: objects } = supposition;
  const plan =
    config === undefined ? await planFromManifests(request, sources) : planConfig(request, config, undefined);
  const { pools, skipped } = findTargetsOffline(plan.jobs, objects, plan);
  return {
    pools: new Map([...pools].sort(([a], [b]) => (a < b ? -1 : 1))),
    nameRule: plan.nameRule,
    samples: [],
    notes: [
      ...plan.notes,
      ...describeSupposed(supposition, plan),
      ...skipped.map(({ jobName, reason }) => `job ${jobName}: ${reason}`),
      ...listMissingKinds(plan, objects),
      ...listAmbiguous(plan, objects),
      ...noteSharing(plan.jobs, pools),
    ],
  };
}

/** What was made up where jobs look: a few of them, and how many. */
function describeSupposed({ supposed }: Supposition, { jobs }: TargetPlan): string[] {
  const configs = jobs.flatMap(({ discovery }) => discovery.filter(({ mechanism }) => mechanism === 'kubernetes'));
  const places = configs.flatMap((config) =>
    config.mechanism === 'kubernetes' ? [config.namespaces.names ?? []] : [],
  );
  const isLookedAt = (namespace: string): boolean =>
    places.some((names) => names.length === 0 || names.includes(namespace));
  const texts = supposed.flatMap(({ namespace, text }) => (isLookedAt(namespace) ? [text] : []));
  const rest = texts.length - shownSuppositions;
  return [
    ...texts.slice(0, shownSuppositions),
    ...(rest > 0 ? [`supposed: ${rest} more objects in the same way`] : []),
  ];
}

/** Roles that jobs discover by and of which the manifests hold no object at all: most likely they were left out. */
function listMissingKinds({ jobs }: TargetPlan, objects: ClusterObjects): string[] {
  const roles = new Set(jobs.flatMap(({ discovery }) => discovery.flatMap(roleOf)));
  return [...roles]
    .filter((role) => objects[role].list().length === 0)
    .map((role) => `the manifests hold no object of role ${role}: no target can come of it`);
}

/** Keys of one object that come to one label name: Prometheus leaves the value to chance (docs/reference/discovery.md 0.3). */
function listAmbiguous({ jobs }: TargetPlan, objects: ClusterObjects): string[] {
  const roles = new Set(jobs.flatMap(({ discovery }) => discovery.flatMap(roleOf)));
  return [...roles].flatMap((role) => {
    const all: readonly KubernetesObject[] = objects[role].list();
    return all.flatMap((object) =>
      findCollidingKeys(object).map(({ kind, name, keys }) => {
        const what = keys.map((key) => `"${key}"`).join(' and ');
        return `${role} ${keyOf(object)}: ${kind}s ${what} are both "${name}" to Prometheus, which takes either value`;
      }),
    );
  });
}

const roleOf = (config: SdConfig): (keyof ClusterObjects)[] => (config.mechanism === 'kubernetes' ? [config.role] : []);
