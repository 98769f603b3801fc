import { Version } from '../../base/version.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import type { ManifestSources } from '../../core/manifests/sources.ts';
import { readSources } from '../../core/manifests/sources.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { defaultPrometheusVersion } from '../../core/render/shared/versions.ts';
import type { Cluster } from '../cluster/connect.ts';
import { fetchAssets, readOperatorObjects } from '../cluster/sources.ts';
import { chooseSettings } from '../settings.ts';
import type { SettingsFlags } from '../settings.ts';
import { planFromFile } from './config-plan.ts';
import type { TargetPlan } from './target-plan.ts';
import type { TargetsRequest } from './targets-request.ts';
import { planFromWorkload } from './workload-plan.ts';
import type { World } from './workload-plan.ts';

/** Of the cluster that manifests are for. */
export const newestKubernetes = '1.36';

/** The plan of `--config`. @throws {ExitError} as `planFromFile`. */
export function planConfig(
  { flags, version }: TargetsRequest,
  path: string,
  namespace: string | undefined,
): TargetPlan {
  return planFromFile(path, version ?? Version.parse(defaultPrometheusVersion), flags.namespace ?? namespace);
}

/** The plan of a Prometheus among manifests. @throws {ExitError} as `planFromWorkload`. */
export function planFromManifests(request: TargetsRequest, sources: ManifestSources): Promise<TargetPlan> {
  const settings = readSettings(request.flags, newestKubernetes);
  return plan(request, { sources, settings, fetchAssets: () => Promise.resolve(sources.assets) });
}

/** The plan of a Prometheus of a cluster as it is now. @throws {ExitError | ApiError | TransportError} */
export async function planFromCluster(
  request: TargetsRequest,
  { client, version }: Cluster,
  signal: AbortSignal,
): Promise<TargetPlan> {
  const { objects, refusals } = await readOperatorObjects(client, signal);
  const settings = readSettings(request.flags, `${version.major}.${version.minor}`);
  const made = await plan(request, {
    sources: readSources(objects),
    settings,
    fetchAssets: async (references, notes) => {
      const fetched = await fetchAssets(client, references, signal);
      notes.push(...describeRefusals(fetched.refusals));
      return fetched.assets;
    },
  });
  return { ...made, notes: [...describeRefusals(refusals), ...made.notes] };
}

function plan({ flags, shard, version }: TargetsRequest, world: World): Promise<TargetPlan> {
  const fromSecret = flags.fromSecret === true;
  return planFromWorkload(world, { wanted: qualify(flags), shard, fromSecret, version });
}

/** The name with the namespace of `--namespace` where it has none. */
function qualify({ prometheus, namespace }: TargetsRequest['flags']): string | undefined {
  if (prometheus === undefined || namespace === undefined || prometheus.includes('/')) return prometheus;
  return `${namespace}/${prometheus}`;
}

/** An agent in DaemonSet mode that runs was let to by its operator's feature gate. */
export function readSettings(
  { featureGates }: Pick<SettingsFlags, 'featureGates'>,
  kubernetesVersion: string,
): OperatorSettings {
  const settings = chooseSettings({ kubernetesVersion, featureGates });
  return { ...settings, gates: { ...settings.gates, PrometheusAgentDaemonSet: true } };
}
