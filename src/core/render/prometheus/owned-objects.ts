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
