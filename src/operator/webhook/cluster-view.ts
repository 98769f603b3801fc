import { alertmanagerType } from '../../api/alertmanager.ts';
import { namespaceType } from '../../api/builtin-types.ts';
import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { prometheusType } from '../../api/prometheus.ts';
import { thanosRulerType } from '../../api/thanos-ruler.ts';
import type { ClusterView } from '../../core/check/admission.ts';
import type { Lister } from '../../core/listers.ts';
import type { Informer, InformerOptions } from '../../kubernetes/cache/informer.ts';
import { createInformer } from '../../kubernetes/cache/informer.ts';

/** A cache of objects of one type. */
export interface Cache {
  readonly type: ResourceType;
  readonly store: Lister<KubernetesObject>;
  hasSynced(): boolean;
}

const workloadTypes = [prometheusType, prometheusAgentType, thanosRulerType, alertmanagerType];

/** What caches say of workloads and namespaces. Of a kind without a filled cache nothing is known. */
export function createClusterView(caches: readonly Cache[]): ClusterView {
  const filled = (type: ResourceType): Cache | undefined =>
    caches.find((cache) => isSame(cache.type, type) && cache.hasSynced());
  return {
    knows: (kind) => workloadTypes.some((type) => type.kind === kind && filled(type) !== undefined),
    listWorkloads: () =>
      workloadTypes.flatMap((type) => (filled(type)?.store.list() ?? []).map((object) => nameType(object, type))),
    findNamespace(name) {
      const found = filled(namespaceType)?.store.get('', name);
      return found === undefined ? undefined : nameType(found, namespaceType);
    },
  };
}

const isSame = (a: ResourceType, b: ResourceType): boolean => a.group === b.group && a.plural === b.plural;

const nameType = (object: KubernetesObject, type: ResourceType): KubernetesObject =>
  object.kind === type.kind && object.apiVersion === apiVersionOf(type)
    ? object
    : { ...object, apiVersion: apiVersionOf(type), kind: type.kind };

/** Caches for a webhook that runs by itself: workloads without their status, and the labels of namespaces. */
export function createViewInformers(
  parts: Pick<InformerOptions<KubernetesObject>, 'client' | 'clock' | 'random' | 'logger'>,
): readonly Informer<KubernetesObject>[] {
  return [
    ...workloadTypes.map((type) => createInformer<KubernetesObject>({ ...parts, type })),
    createInformer<KubernetesObject>({ ...parts, type: namespaceType, metadataOnly: true }),
  ];
}
