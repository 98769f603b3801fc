import type { KubernetesObject } from '../../../api/meta.ts';
import { unlessBlank } from '../shared/objects.ts';
import { nameTlsAssetSecret } from '../shared/workload.ts';
import { listStatefulSetNames } from './retention.ts';
import type { PrometheusWorkload } from './workload.ts';

/** Names, in the workload's namespace, of everything that should be there for it. */
export interface OwnedNames {
  readonly statefulSets: readonly string[];
  readonly daemonSets: readonly string[];
  readonly secrets: readonly string[];
  readonly configMaps: readonly string[];
  readonly services: readonly string[];
}

/** @param given how many tls-assets Secrets there are (at least one), and the names of the rule ConfigMaps. */
export function listOwnedNames(
  workload: PrometheusWorkload,
  given: { readonly tlsAssetSecrets: number; readonly ruleConfigMaps: readonly string[] },
): OwnedNames {
  const { form, names, role, spec } = workload;
  const tlsAssets = [...Array(Math.max(1, given.tlsAssetSecrets)).keys()].map((index) =>
    nameTlsAssetSecret(names, index),
  );
  const governed = form === 'StatefulSet' && unlessBlank(spec.serviceName) === undefined;
  return {
    statefulSets: listStatefulSetNames(workload),
    daemonSets: form === 'DaemonSet' ? [names.prefix] : [],
    secrets: [
      names.configSecret,
      ...tlsAssets,
      names.webConfigSecret,
      ...(role === 'server' ? [names.httpClientSecret] : []),
    ],
    configMaps: given.ruleConfigMaps,
    services: governed ? [names.governingService] : [],
  };
}

/**
 * The tls-assets Secrets that are left from a time with more assets.
 * @param live Secrets of the namespace; metadata is enough.
 */
export function chooseExcessTlsAssets<T extends KubernetesObject>(
  workload: PrometheusWorkload,
  live: readonly T[],
  tlsAssetSecrets: number,
): T[] {
  const prefix = `${workload.names.tlsAssets}-`;
  const { uid } = workload.owner.metadata;
  return live.filter(({ metadata }) => {
    const { name = '', namespace, ownerReferences = [] } = metadata;
    const index = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    const ours = ownerReferences.some((owner) => owner.controller === true && owner.uid === uid);
    const here = namespace === workload.owner.metadata.namespace;
    return ours && here && /^\d+$/.test(index) && Number(index) >= Math.max(1, tlsAssetSecrets);
  });
}
