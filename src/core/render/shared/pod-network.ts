import type { HostAlias, PodDNSConfig } from '../../../api/parts/pod-fields.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from './rendered-objects.ts';
import type { PodSpec } from './rendered-objects.ts';
import type { WorkloadSpec } from './workload.ts';

type Network = Pick<
  PodSpec,
  'hostNetwork' | 'hostUsers' | 'hostAliases' | 'dnsPolicy' | 'dnsConfig' | 'enableServiceLinks'
>;

/** How the pods of a workload are reached and resolve names (docs/reference/rendering.md 4.5). */
export function renderNetwork(spec: WorkloadSpec): Partial<Network> {
  const { nameservers, searches, options } = spec.dnsConfig ?? {};
  const dnsConfig = omitUndefined<PodDNSConfig>({
    nameservers: unlessEmpty(nameservers),
    searches: unlessEmpty(searches),
    options: unlessEmpty(options),
  });
  const hostAliases = (spec.hostAliases ?? []).map(({ ip, hostnames }): HostAlias => ({ ip, hostnames }));
  return omitUndefined<Partial<Network>>({
    hostNetwork: spec.hostNetwork === true ? true : undefined,
    hostUsers: spec.hostUsers,
    hostAliases: unlessEmpty(hostAliases),
    dnsPolicy: unlessBlank(spec.dnsPolicy) ?? (spec.hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined),
    dnsConfig: spec.dnsConfig === undefined ? undefined : dnsConfig,
    enableServiceLinks: spec.enableServiceLinks,
  });
}
