import { LabelSet } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import type { TargetGroup } from '../target-group.ts';
import type { GroupContext } from './group-context.ts';
import { sanitizeLabelName } from './metadata-labels.ts';
import type { NodeObject } from './discovered-objects.ts';

/** The types of addresses that are scraped, the most wanted first. */
const addressTypes = ['InternalIP', 'InternalDNS', 'ExternalIP', 'ExternalDNS', 'LegacyHostIP', 'Hostname'];

/** The group of a node; undefined when it has no address, which leaves an earlier group alone (docs/reference/discovery.md 3.1). */
export function buildNodeGroup(node: NodeObject, { features, metadata }: GroupContext): TargetGroup | undefined {
  const name = node.metadata.name ?? '';
  const addresses = firstOfEachType(node);
  const address = addressTypes.map((type) => addresses.get(type)).find((one) => one !== undefined);
  if (address === undefined) return undefined;
  const port = node.status?.daemonEndpoints?.kubeletEndpoint?.Port ?? 0;
  const target = new Map([
    ['__address__', joinHostPort(address, port)],
    ['instance', name],
  ]);
  for (const [type, one] of addresses) target.set(`__meta_kubernetes_node_address_${sanitizeLabelName(type)}`, one);
  const own = new Map([['__meta_kubernetes_node_provider_id', node.spec?.providerID ?? '']]);
  if (features.nodeConditions) addConditions(own, node);
  return {
    source: `node/${name}`,
    labels: LabelSet.join(LabelSet.fromMap(own).pairs, metadata.describe('node', node, { annotations: true })),
    targets: [LabelSet.fromMap(target)],
  };
}

function firstOfEachType({ status }: NodeObject): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const { type, address } of status?.addresses ?? []) if (!addresses.has(type)) addresses.set(type, address);
  return addresses;
}

function addConditions(labels: Map<string, string>, { status }: NodeObject): void {
  for (const { type, status: value } of status?.conditions ?? [])
    labels.set(`__meta_kubernetes_node_condition_${sanitizeLabelName(type.toLowerCase())}`, value.toLowerCase());
}
