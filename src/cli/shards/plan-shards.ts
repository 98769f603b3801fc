import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { describeError } from '../../base/errors.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import { isDesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import { matchWorkloads, renderMatched } from '../../core/kinds/render.ts';
import type { MatchedWorkload } from '../../core/kinds/render.ts';
import { readClusterObjects } from '../../core/manifests/cluster-objects.ts';
import { readSources } from '../../core/manifests/sources.ts';
import { compareShards } from '../../core/plan/shard-moves.ts';
import { findShardTargets, listRoles } from '../../core/plan/shard-targets.ts';
import type { ConfiguredWorkload } from '../../core/plan/shard-targets.ts';
import { describeRefusals } from '../../core/refusal.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { openCluster } from '../cluster/connect.ts';
import { fetchAssets, readOperatorObjects } from '../cluster/sources.ts';
import type { Io } from '../io.ts';
import { ExitError, exitCodes } from '../io.ts';
import { readManifests } from '../manifests.ts';
import { newestKubernetes, readSettings } from '../targets/open-plan.ts';
import { readDiscovered } from '../targets/read-discovered.ts';
import { findInstance } from '../targets/workload-plan.ts';
import type { FoundInstance, World } from '../targets/workload-plan.ts';
import type { ShardPlan } from './shard-formats.ts';
import type { ShardsRequest } from './shards-request.ts';

/** A plan, and whether all that it depends on could be read. */
export interface FoundShardPlan extends ShardPlan {
  readonly isWhole: boolean;
}

/** Who moves among the targets of manifests. @throws {ExitError} when there is no such object, or it cannot be rendered. */
export async function planShardsOffline(request: ShardsRequest, paths: readonly string[]): Promise<FoundShardPlan> {
  const manifests = readManifests(paths);
  const sources = readSources(manifests);
  const settings = readSettings(request.flags, newestKubernetes);
  const world: World = { sources, settings, fetchAssets: () => Promise.resolve(sources.assets) };
  const read = (): Promise<Read> => Promise.resolve({ objects: manifests, notes: [] });
  return await planShards(request, world, { manifests, read });
}

/** Who moves among the targets of a cluster as it is. @throws {ExitError | ApiError | TransportError} */
export async function planShardsLive(request: ShardsRequest, io: Io): Promise<FoundShardPlan> {
  const cluster = await openCluster(request.flags, io);
  try {
    const { client, version } = cluster;
    const { signal } = io;
    const { objects, refusals } = await readOperatorObjects(client, signal);
    const world: World = {
      sources: readSources(objects),
      settings: readSettings(request.flags, `${version.major}.${version.minor}`),
      fetchAssets: async (references, notes) => {
        const fetched = await fetchAssets(client, references, signal);
        notes.push(...describeRefusals(fetched.refusals));
        return fetched.assets;
      },
    };
    const read = async (roles: ReturnType<typeof listRoles>): Promise<Read> => {
      const found = await readDiscovered({ client, signal }, roles);
      return { objects: found.objects, notes: describeRefusals(found.refusals) };
    };
    const isForbidden = refusals.filter(({ why }) => why === 'forbidden');
    const plan = await planShards(request, world, { manifests: objects, read });
    return isForbidden.length === 0
      ? plan
      : { ...plan, notes: [...describeRefusals(isForbidden), ...plan.notes], isWhole: false };
  } finally {
    await cluster.client.close();
  }
}

interface Read {
  readonly objects: readonly KubernetesObject[];
  /** What could not be read. */
  readonly notes: readonly string[];
}

interface Place {
  /** With the Namespaces. */
  readonly manifests: readonly KubernetesObject[];
  readonly read: (roles: ReturnType<typeof listRoles>) => Promise<Read>;
}

async function planShards(request: ShardsRequest, world: World, place: Place): Promise<FoundShardPlan> {
  const found = findInstance(world, request.wanted);
  const { object } = found;
  const workload = `${object.kind ?? ''} ${keyOf(object)}`;
  if ((object.spec as { mode?: string }).mode === 'DaemonSet')
    throw new ExitError(exitCodes.usage, `Cannot plan shards of ${workload}: in mode DaemonSet each node has its own`);
  const sides = [object, { ...object, spec: { ...object.spec, shards: request.shards } }].map((one) =>
    matchOne(found, one, world),
  );
  const unread: string[] = [];
  const references = sides.flatMap(({ match }) => (match instanceof TerminalError ? [] : match.references));
  const assets = new AssetStore(await world.fetchAssets(references, unread));
  const [before, after] = sides.map((one) => configure(one, assets, workload)) as [
    ConfiguredWorkload,
    ConfiguredWorkload,
  ];
  const discovered = await place.read(listRoles(before));
  const { namespaces } = world.sources.sources;
  const objects = readClusterObjects(discovered.objects, namespaces);
  const [from, to] = [findShardTargets(before, objects), findShardTargets(after, objects)];
  const notes = [...unread, ...discovered.notes];
  return { workload, moves: compareShards(from, to), notes: [...notes, ...from.skipped], isWhole: notes.length === 0 };
}

/** What one object chooses, as if it were the only workload. */
function matchOne(
  { kind }: FoundInstance,
  object: FoundInstance['object'],
  { sources, settings }: { readonly sources: World['sources']; readonly settings: OperatorSettings },
): MatchedWorkload {
  const [only] = matchWorkloads(
    {
      instancesOf: (one) => (one.type.kind.toLowerCase() === kind ? ([object] as never) : []),
      sources: sources.sources,
    },
    settings,
  );
  if (only === undefined) throw new RangeError(`No kind of workload is called "${kind}"`);
  return only;
}

/** @throws {ExitError} when there is no configuration. */
function configure(matched: MatchedWorkload, assets: AssetStore, title: string): ConfiguredWorkload {
  const { desired, failures } = renderMatched(matched, assets);
  const yaml = desired?.printConfig();
  if (desired !== undefined && yaml !== undefined && isDesiredPrometheus(desired))
    return { workload: desired.workload, yaml };
  const [first] = failures;
  const why = first === undefined ? "it has no selectors, its config is the user's" : describeError(first);
  throw new ExitError(exitCodes.failed, `Cannot render ${title}: ${why}`);
}
