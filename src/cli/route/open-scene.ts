import { complete } from '../../base/interruptible.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import type { AssetObjects, ObjectReference } from '../../core/assets/store.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../../core/desired/desired-alertmanager.ts';
import type { AlertmanagerWorkloadMatch } from '../../core/desired/desired-alertmanager.ts';
import { alertmanagerKind } from '../../core/kinds/alertmanager.ts';
import { readSources } from '../../core/manifests/sources.ts';
import type { ManifestSources } from '../../core/manifests/sources.ts';
import { describeRefusals } from '../../core/refusal.ts';
import { asAlertmanagerWorkload } from '../../core/render/alertmanager/alertmanager-workload.ts';
import { listSceneNotes } from '../../core/explain/route-notes.ts';
import { createScene } from '../../core/routing/routing-scene.ts';
import type { RoutingScene } from '../../core/routing/routing-scene.ts';
import type { Silence } from '../../core/routing/silences.ts';
import { ConfigCache } from '../../core/select/alertmanager-config/cache.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { readLocatedManifests } from '../check/read.ts';
import { openCluster } from '../cluster/connect.ts';
import { fetchAssets, readOperatorObjects } from '../cluster/sources.ts';
import type { Io } from '../io.ts';
import { ExitError, exitCodes } from '../io.ts';
import { requireUsable } from '../manifests.ts';
import { chooseSettings } from '../settings.ts';
import { locatePlace } from './locate-place.ts';
import { isAboutOneAlert } from './route-request.ts';
import type { RouteFlags } from './route-request.ts';
import { gatherGiven, gatherRunning } from './silences.ts';
import type { KnownSilences } from './silences.ts';
import { isWatched } from './watched.ts';

/** The routes of the Alertmanager that is meant, and what is to be said besides. */
export interface OpenedScene {
  readonly scene: RoutingScene;
  readonly sources: ManifestSources;
  readonly settings: OperatorSettings;
  readonly notes: readonly string[];
  /** All that are known of. */
  readonly silences: readonly Silence[];
}

/** @throws {ExitError} when there is no such Alertmanager (usage), or it has no configuration that can be used (failed). */
export async function openScene(flags: RouteFlags, io: Io): Promise<OpenedScene> {
  const given = await gatherGiven(flags, io.signal);
  if (flags.offline === undefined) return openLive(flags, io, given);
  return addSilences(openOffline(flags, flags.offline), given ?? noSilences);
}

const noSilences: KnownSilences = { silences: [], notes: [] };

const addSilences = (opened: OpenedScene, { silences, notes }: KnownSilences): OpenedScene => ({
  ...opened,
  ...{ silences, notes: [...opened.notes, ...notes] },
});

/** From manifests. @throws {ExitError} as `openScene`. */
export function openOffline(flags: RouteFlags, paths: readonly string[]): OpenedScene {
  const { manifests: all, unusable } = readLocatedManifests(paths);
  if (unusable.length > 0) throw new ExitError(exitCodes.usage, unusable.join('\nstoker: '));
  const manifests = all.filter(({ object }) => ((object.metadata as unknown) ?? undefined) !== undefined);
  for (const { object, file } of manifests) requireUsable(object, file);
  const world = createWorld(
    manifests.map(({ object }) => object),
    flags,
    flags.kubernetesVersion,
  );
  const begun = begin(world, flags.alertmanager);
  return finish(world, begun, {
    assets: world.sources.assets,
    locate: (place) => locatePlace(manifests, place),
    notes: [],
  });
}

/** @param given the silences, where they are known already */
async function openLive(flags: RouteFlags, io: Io, given: KnownSilences | undefined): Promise<OpenedScene> {
  const cluster = await openCluster(flags, io);
  try {
    const { client, version, timeoutMs } = cluster;
    const signal = AbortSignal.any([io.signal, createTimeoutSignal(timeoutMs * 3)]);
    const { objects, refusals } = await readOperatorObjects(client, signal);
    const world = createWorld(objects, flags, `${version.major}.${version.minor}`);
    const begun = begin(world, flags.alertmanager);
    const fetched = await fetchAssets(client, begun.references, signal);
    const notes = describeRefusals([...refusals, ...fetched.refusals]);
    const opened = finish(world, begun, { assets: fetched.assets, locate: () => undefined, notes });
    if (!isAboutOneAlert(flags)) return opened;
    return addSilences(opened, given ?? (await gatherRunning(opened.scene.match.alertmanager, { client, signal })));
  } finally {
    await cluster.client.close();
  }
}

interface World {
  readonly sources: ManifestSources;
  readonly settings: OperatorSettings;
}

function createWorld(objects: readonly KubernetesObject[], flags: RouteFlags, kubernetesVersion: string): World {
  const seen = objects.filter((object) => isWatched(object, flags));
  const { featureGates } = flags;
  return { sources: readSources(seen), settings: chooseSettings({ kubernetesVersion, featureGates }) };
}

/** An Alertmanager, what it selects, and what must be read before it is rendered. */
interface Begun {
  readonly match: AlertmanagerWorkloadMatch;
  readonly cache: ConfigCache;
  readonly references: readonly ObjectReference[];
}

function begin({ sources, settings }: World, wanted: string | undefined): Begun {
  const alertmanager = chooseAlertmanager(sources.instancesOf(alertmanagerKind), wanted);
  const cache = new ConfigCache();
  return orFail(alertmanager, () => {
    const match = complete(
      matchAlertmanagerWorkload(asAlertmanagerWorkload(alertmanager, settings), sources.sources, cache),
    );
    return { match, cache, references: match.references };
  });
}

interface Rest {
  readonly assets: AssetObjects;
  readonly locate: RoutingScene['locate'];
  readonly notes: readonly string[];
}

function finish(world: World, { match, cache }: Begun, { assets, locate, notes }: Rest): OpenedScene {
  const { owner, version } = match.workload;
  return orFail(owner, () => {
    const store = new AssetStore(assets);
    const desired = complete(renderAlertmanager(match, store, cache));
    const { config } = desired;
    if (config === undefined || match.config === undefined) throw desired.failures[0] ?? new Error('no configuration');
    const own = listSceneNotes(match.config, desired, store).map(({ text }) => text);
    const scene = complete(createScene({ match: match.config, rendered: config, version, locate }));
    return { ...world, scene, silences: [], notes: [...notes, ...own] };
  });
}

function orFail<T>(object: KubernetesObject, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(exitCodes.failed, `Cannot render Alertmanager ${keyOf(object)}: ${describeError(error)}`);
  }
}

function chooseAlertmanager(all: readonly Alertmanager[], wanted: string | undefined): Alertmanager {
  const found = all.filter(
    (one) => wanted === undefined || wanted === keyOf(one) || wanted === (one.metadata.name ?? ''),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const there = all.map(keyOf).join(', ') || 'no Alertmanager objects';
  const what =
    wanted === undefined
      ? 'say which with --alertmanager'
      : found.length > 1
        ? 'several have that name'
        : 'there is none';
  const whose = wanted === undefined ? 'Cannot choose an Alertmanager' : `Cannot find Alertmanager "${wanted}"`;
  throw new ExitError(exitCodes.usage, `${whose}: ${what}; there are ${there}`);
}
