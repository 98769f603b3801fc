import type { KubernetesObject } from '../../api/meta.ts';
import { createSystemClock } from '../../base/clock.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../../core/assets/store.ts';
import type { AssetObjects } from '../../core/assets/store.ts';
import { listStepObjects } from '../../core/desired/steps.ts';
import { cutSources, isLookedAfter } from '../../core/explain/operator-scope.ts';
import { matchWorkloads, renderMatched } from '../../core/kinds/render.ts';
import type { MatchedWorkload, RenderedWorkload } from '../../core/kinds/render.ts';
import { readSources } from '../../core/manifests/sources.ts';
import { carryIdentity } from '../../core/plan/carry-identity.ts';
import type { Surroundings } from '../../core/plan/carried-out.ts';
import type { Plan } from '../../core/plan/plan-model.ts';
import { listWrittenServices } from '../../core/plan/plan-services.ts';
import { createServiceFinder, planWorkloads } from '../../core/plan/plan-workloads.ts';
import type { PlanInput } from '../../core/plan/plan-workloads.ts';
import { listGrowingClaims, listSetWrites } from '../../core/plan/set-writes.ts';
import { standLive } from '../../core/plan/stand-live.ts';
import { describeRefusals } from '../../core/refusal.ts';
import type { Refusal } from '../../core/refusal.ts';
import { unlessBlank } from '../../core/render/shared/rendered-objects.ts';
import type { StatefulSet } from '../../core/render/shared/rendered-objects.ts';
import { serviceType, statefulSetType } from '../../api/builtin-types.ts';
import type { Cluster } from '../cluster/connect.ts';
import { fetchAssets } from '../cluster/sources.ts';
import { viewOperator } from '../operator-view.ts';
import type { OperatorView } from '../operator-view.ts';
import { applyManifests, overlay } from './apply-manifests.ts';
import type { AppliedManifests } from './apply-manifests.ts';
import { discover } from './discover.ts';
import { findGaps } from './find-gaps.ts';
import { readLiveSources } from './live-sources.ts';
import type { LiveSources } from './live-sources.ts';
import type { TypedManifest } from './manifest-types.ts';
import { findOperatorFlags } from './operator-flags.ts';
import { listMissing, readNamed, readVolumes, readWritten } from './read-live.ts';
import type { LiveRead, Wanted } from './read-live.ts';
import { trySets } from './try-sets.ts';

export interface LivePlanRequest {
  readonly manifests: readonly TypedManifest[];
  /** Manifests of what is deleted: their names count. */
  readonly deleted: readonly TypedManifest[];
  readonly serverSide: { readonly fieldManager: string; readonly force: boolean } | undefined;
  /** Flags of the operator in the place of those of its Deployment. */
  readonly operatorArgs: string | undefined;
  /** Of the context: read also where all namespaces may not be. */
  readonly namespace: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** A plan, and what is to be said besides. */
export interface LivePlan {
  readonly plan: Plan;
  readonly notes: readonly string[];
}

/** What the operator of a cluster does once the manifests are applied. @throws {ExitError | ApiError | TransportError} */
export async function planLive(cluster: Cluster, request: LivePlanRequest): Promise<LivePlan> {
  return await new LivePlanner(cluster, request).plan();
}

interface Side {
  readonly objects: readonly KubernetesObject[];
  readonly matched: readonly MatchedWorkload[];
}

class LivePlanner {
  readonly #cluster: Cluster;
  readonly #request: LivePlanRequest;
  readonly #read: { readonly client: Cluster['client']; readonly signal: AbortSignal };

  constructor(cluster: Cluster, request: LivePlanRequest) {
    this.#cluster = cluster;
    this.#request = request;
    this.#read = { client: cluster.client, signal: request.signal };
  }

  async plan(): Promise<LivePlan> {
    const { progress, manifests, deleted, operatorArgs, serverSide, signal } = this.#request;
    const flags = await findOperatorFlags(this.#cluster, operatorArgs, signal);
    const operator = viewOperator(flags.texts, this.#cluster.version);
    progress('reading what there is');
    const live = await readLiveSources(this.#read, this.#listNamespaces());
    progress(`asking the API server what applying ${manifests.length} manifests gives`);
    const applied = await applyManifests(manifests, { ...this.#read, serverSide });
    progress('working out what the operator does');
    const from = match(live.objects, operator);
    const carried = carryIdentity(live.objects, overlay(live.objects, applied.objects, deleted));
    const to = match(carried.to, operator);
    const { input, refusals, notes } = await this.#gather({ from, to, live, applied, operator });
    const unread = describeRefusals(refusals);
    const found = await discover({
      ...this.#read,
      ...{ input, from: live.objects, to: carried.to, applied: applied.objects, deleted, progress },
    });
    const surroundings = { ...input.surroundings, discovered: found.objects };
    return {
      plan: {
        ...planWorkloads({ ...input, surroundings }),
        ...(unread.length === 0 ? {} : { unread }),
        ...(applied.refused.length === 0 ? {} : { refused: applied.refused }),
      },
      notes: [...flags.notes, ...notes, ...found.notes, ...describeSupposed(applied)],
    };
  }

  /** Namespaces that are asked for where all may not be. */
  #listNamespaces(): string[] {
    const { manifests, deleted, namespace } = this.#request;
    const named = [...manifests, ...deleted].flatMap(({ object }) => object.metadata.namespace ?? []);
    return [...new Set([namespace, ...named])];
  }

  /** Reads what there is of all workloads, and what decides about what there is to be. */
  async #gather({ from, to, live, applied, operator }: Gathered): Promise<{
    readonly input: PlanInput;
    readonly refusals: readonly Refusal[];
    readonly notes: readonly string[];
  }> {
    const { settings } = operator;
    const { assets, refusals: lacking } = await this.#fetchAssets([...from.matched, ...to.matched]);
    const before = new AssetStore(assets);
    const after = new AssetStore(overlayAssets(assets, applied.objects, this.#request.deleted));
    const namespaces = [...from.matched, ...to.matched].flatMap(({ instance }) => instance.metadata.namespace ?? []);
    const listed = await readWritten(this.#read, [...new Set(namespaces)], settings.guards);
    const render = (one: MatchedWorkload, store: AssetStore): RenderedWorkload =>
      renderMatched(one, store, listSetsBeside(one, listed.objects));
    const now = from.matched.map((one) => render(one, before));
    const wanted = to.matched.map((one) => render(one, after));
    const written = await this.#addMissing(listed, wanted, settings);
    const isService = ({ kind }: KubernetesObject): boolean => kind === serviceType.kind;
    const hidden = written.refusals.filter(({ type }) => type.kind === serviceType.kind);
    // Of one that may not be read nothing is planned, as if it were as it is to be.
    const services = [
      ...written.objects.filter(isService),
      ...listWrittenServices(wanted, () => true, settings).filter(({ metadata }) =>
        hidden.some(({ namespace, name }) => namespace === metadata.namespace && name === metadata.name),
      ),
    ];
    const standing = now.map((one) =>
      standLive(
        one,
        written.objects.filter((object) => !isService(object)),
      ),
    );
    const sides = { before: standing, after: wanted };
    const tried = await trySets(listSetWrites(sides), this.#read);
    const surroundings: Surroundings = {
      now: createSystemClock().now(),
      findService: createServiceFinder(overlay(written.objects, applied.objects, this.#request.deleted)),
      ...(await readVolumes(this.#read, listGrowingClaims(sides), applied.objects)),
      refusalOf: (set) => tried.refusalOf(set),
      gapsOf: findGaps([...from.matched, ...to.matched], { live, assets: lacking, written: written.refusals }),
    };
    const lists = written.refusals.filter(({ verb }) => verb === 'list');
    return {
      input: { ...sides, services, settings, surroundings },
      refusals: [...live.refusals, ...lacking, ...lists, ...hidden],
      notes: tried.isForbidden ? [cannotTry] : [],
    };
  }

  async #fetchAssets(all: readonly MatchedWorkload[]): ReturnType<typeof fetchAssets> {
    const references = all.flatMap(({ match: one }) => (one instanceof TerminalError ? [] : one.references));
    return await fetchAssets(this.#cluster.client, references, this.#request.signal);
  }

  /** With what carries no label of the operator. */
  async #addMissing(
    listed: LiveRead,
    wanted: readonly RenderedWorkload[],
    settings: OperatorView['settings'],
  ): Promise<LiveRead> {
    const objects = [
      ...wanted.flatMap(({ desired }) => listStepObjects(desired?.steps ?? [])),
      ...listWrittenServices(wanted, () => true, settings),
    ];
    const named = await readNamed(this.#read, [
      ...listMissing(objects, listed.objects),
      ...listCustomServices(wanted, listed.objects),
    ]);
    return { objects: [...listed.objects, ...named.objects], refusals: [...listed.refusals, ...named.refusals] };
  }
}

interface Gathered {
  readonly from: Side;
  readonly to: Side;
  readonly live: LiveSources;
  readonly applied: AppliedManifests;
  readonly operator: OperatorView;
}

/** Secrets and ConfigMaps of manifests are there in the end, those that are deleted are not. */
function overlayAssets(
  { secrets, configMaps }: AssetObjects,
  applied: readonly KubernetesObject[],
  deleted: readonly TypedManifest[],
): AssetObjects {
  const typed = (kind: string, objects: readonly KubernetesObject[]): KubernetesObject[] =>
    objects.map((object) => ({ ...object, apiVersion: 'v1', kind }));
  const all = [...typed('Secret', secrets), ...typed('ConfigMap', configMaps)];
  return readSources(overlay(all, applied, deleted)).assets;
}

const cannotTry =
  'the API server was not asked whether it takes the StatefulSets and DaemonSets: a dry run of them is forbidden';

const describeSupposed = ({ supposed }: AppliedManifests): string[] =>
  supposed.length === 0
    ? []
    : [
        `merged here, without the API server's defaults and admission, since a dry run is forbidden: ${supposed.join(', ')}`,
      ];

/** What the operator sees of the objects. */
function match(objects: readonly KubernetesObject[], { scope, settings }: OperatorView): Side {
  const all = readSources(objects);
  const { sources } = all;
  const matched = matchWorkloads(
    {
      instancesOf: (kind) => all.instancesOf(kind).filter((one) => isLookedAfter(scope, kind.type.kind, one)),
      sources: cutSources({ scope, sources }),
    },
    settings,
  );
  return { objects, matched };
}

/** The StatefulSets of the namespace of a workload. */
const listSetsBeside = ({ instance }: MatchedWorkload, all: readonly KubernetesObject[]): StatefulSet[] =>
  all.filter(
    (object): object is StatefulSet =>
      object.kind === statefulSetType.kind && object.metadata.namespace === instance.metadata.namespace,
  );

/** Governing Services of users, which need no label of the operator. */
function listCustomServices(all: readonly RenderedWorkload[], found: readonly KubernetesObject[]): Wanted[] {
  const named = all.flatMap(({ instance }): KubernetesObject[] => {
    const name = unlessBlank(instance.spec.serviceName);
    return name === undefined
      ? []
      : [{ kind: serviceType.kind, metadata: { namespace: instance.metadata.namespace ?? '', name } }];
  });
  return listMissing(named, found);
}
