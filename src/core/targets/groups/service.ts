import { LabelSet } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import { pair } from './pairs.ts';
import type { TargetGroup } from '../target-group.ts';
import { describeNamespace } from './group-context.ts';
import type { GroupContext } from './group-context.ts';
import type { ServiceObject } from './discovered-objects.ts';

/** The group of a service: a target for each port, under its DNS name (docs/reference/discovery.md 3.3). */
export function buildServiceGroup(service: ServiceObject, context: GroupContext): TargetGroup {
  const { namespace = '', name = '' } = service.metadata;
  const kind = describeType(service, context);
  const targets = (service.spec?.ports ?? []).map((port) =>
    LabelSet.ofPairs([
      ...['__address__', joinHostPort(`${name}.${namespace}.svc`, port.port)],
      ...pair('__meta_kubernetes_service_port_name', port.name),
      ...pair('__meta_kubernetes_service_port_number', port.port),
      ...pair('__meta_kubernetes_service_port_protocol', port.protocol),
      ...kind,
    ]),
  );
  const labels = LabelSet.join(
    ['__meta_kubernetes_namespace', namespace],
    context.metadata.describe('service', service, { annotations: true }),
    describeNamespace(namespace, context),
  );
  return { source: `svc/${namespace}/${name}`, labels, targets };
}

function describeType(service: ServiceObject, context: GroupContext): string[] {
  const { type, externalName, clusterIP } = service.spec ?? {};
  const pairs = ['__meta_kubernetes_service_type', type ?? ''];
  if (type === 'ExternalName') pairs.push('__meta_kubernetes_service_external_name', externalName ?? '');
  else pairs.push('__meta_kubernetes_service_cluster_ip', clusterIP ?? '');
  if (type === 'LoadBalancer')
    pairs.push('__meta_kubernetes_service_loadbalancer_ip', findLoadBalancerIps(service, context));
  return pairs;
}

/** docs/reference/discovery.md 3.4. */
function findLoadBalancerIps({ spec, status }: ServiceObject, { features }: GroupContext): string {
  const ips = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? '').filter((ip) => ip !== '');
  if (features.loadBalancerIpOfStatus && ips.length > 0) return ips.join(',');
  return spec?.loadBalancerIP ?? '';
}
