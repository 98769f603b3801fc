import type { KubernetesObject, NamespacedName } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { serviceType } from '../../api/builtin-types.ts';
import { compareBytes } from '../../base/order.ts';
import { listGoverningServices, renderWorkloads } from '../kinds/render.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import { workloadKinds } from '../kinds/registry.ts';
import { readClusterObjects } from '../manifests/cluster-objects.ts';
import { createLister, readSources } from '../manifests/sources.ts';
import type { Service } from '../render/shared/rendered-objects.ts';
import type { OperatorSettings } from '../settings.ts';
import { carryIdentity } from './carry-identity.ts';
import { listCarriedOut, noGaps } from './carried-out.ts';
import type { Surroundings } from './carried-out.ts';
import type { Plan } from './plan-model.ts';
import { compareServices, listWrittenServices } from './plan-services.ts';
import { planWorkload } from './plan-workload.ts';
import type { WorkloadPair } from './plan-workload.ts';
import { standAsRendered } from './standing.ts';
import type { Standing } from './standing.ts';
import { summarise } from './summarise.ts';
import type { DiscoveredObjects } from './target-changes.ts';
import { listStorageClasses } from './volume-changes.ts';

/**
 * What the operator would do when the manifests `from`, which it has brought about, become `to`: to the objects that it writes, and
 * to pods. Nothing else is looked at: what is not in the manifests is not there.
 */
export function planChange(
  from: readonly KubernetesObject[],
  to: readonly KubernetesObject[],
  settings: OperatorSettings,
): Plan {
  const carried = carryIdentity(from, to);
  const [before, after] = [readSources(carried.from), readSources(carried.to)];
  return planWorkloads({
    before: renderWorkloads(before, settings).map(standAsRendered),
    after: renderWorkloads(after, settings),
    services: listGoverningServices(before, settings),
    settings,
    surroundings: {
      // Nothing is due that was retained just now.
      now: 0,
      findService: createServiceFinder(carried.to),
      hasStorageClass: () => true,
      storageClasses: listStorageClasses(carried.to),
      refusalOf: () => undefined,
      gapsOf: () => noGaps,
      discovered: discoverOffline(carried, { before, after }),
    },
  });
}

/** Undefined where no manifest is there that targets could come from. */
function discoverOffline(
  manifests: { readonly from: readonly KubernetesObject[]; readonly to: readonly KubernetesObject[] },
  { before, after }: Readonly<Record<'before' | 'after', ReturnType<typeof readSources>>>,
): DiscoveredObjects | undefined {
  const kinds = new Set(['Pod', 'Endpoints', 'EndpointSlice', 'Node']);
  if (![...manifests.from, ...manifests.to].some(({ kind = '' }) => kinds.has(kind))) return undefined;
  return {
    before: readClusterObjects(manifests.from, before.sources.namespaces),
    after: readClusterObjects(manifests.to, after.sources.namespaces),
  };
}

/** Finds Services among manifests, each in the namespace that kubectl would use. */
export function createServiceFinder(
  manifests: readonly KubernetesObject[],
): (name: NamespacedName) => Service | undefined {
  const isService = (object: KubernetesObject): object is Service =>
    object.kind === serviceType.kind && object.apiVersion === apiVersionOf(serviceType);
  const services = createLister(
    manifests.filter(isService).map((service): Service => {
      const { metadata } = service;
      return { ...service, metadata: { ...metadata, namespace: metadata.namespace ?? 'default' } };
    }),
  );
  return ({ namespace, name }) => services.get(namespace, name);
}

/** Everything that a plan is made from. */
export interface PlanInput {
  readonly before: readonly Standing[];
  readonly after: readonly RenderedWorkload[];
  /** Governing Services that there are. */
  readonly services: readonly KubernetesObject[];
  readonly settings: OperatorSettings;
  readonly surroundings: Surroundings;
}

/** What the operator does to the workloads that there are, until they are as they are to be. */
export function planWorkloads({ before, after, services, settings, surroundings }: PlanInput): Plan {
  const [old, wanted] = [indexByName(before), indexByName(after)];
  const keys = [...new Set([...old.keys(), ...wanted.keys()])].sort(compareBytes);
  const pairs = keys.map((key): WorkloadPair => ({ from: old.get(key), to: wanted.get(key) }));
  const workloads = pairs.map((pair) => planWorkload(pair, surroundings));
  const writes = (workload: RenderedWorkload): boolean =>
    listCarriedOut(workload, surroundings).steps.some(({ kind }) => kind === 'governing-service');
  const changed = compareServices(services, listWrittenServices(after, writes, settings), (kind, namespace, name) =>
    wanted.has(nameWorkload(kind, { metadata: { namespace, name } })),
  );
  return { summary: summarise(workloads, changed), workloads, services: changed };
}

/** Kinds in their order, then namespaces and names. */
const indexByName = <T extends Standing | RenderedWorkload>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((one) => [nameWorkload(one.kind.type.kind, one.instance), one]));

const order = workloadKinds.map(({ type }) => type.kind);

const nameWorkload = (kind: string, { metadata }: KubernetesObject): string =>
  `${order.indexOf(kind)} ${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
