import type { Condition, KubernetesObject } from '../../../api/meta.ts';
import { compareBytes } from '../../../base/order.ts';

/** A node as far as its kubelet's address depends on it. */
export interface Node extends KubernetesObject {
  status?: { addresses?: { type: string; address: string }[]; conditions?: Condition[] };
}

export type AddressPriority = 'internal' | 'external';

/** One address of one kubelet. */
export interface KubeletAddress {
  readonly ip: string;
  readonly family: IPFamily;
  readonly node: { readonly name: string; readonly uid: string };
}

export interface KubeletAddresses {
  readonly addresses: readonly KubeletAddress[];
  /** Names of nodes that have neither an internal nor an external address. */
  readonly withoutAddress: readonly string[];
  /** Names of nodes that are gone: nobody hears of them, and another node has their address now. */
  readonly replaced: readonly string[];
}

const typesByPriority: Readonly<Record<AddressPriority, readonly string[]>> = {
  internal: ['InternalIP', 'ExternalIP'],
  external: ['ExternalIP', 'InternalIP'],
};

export type IPFamily = 'IPv4' | 'IPv6';

const familyOf = (ip: string): IPFamily => (ip.includes(':') ? 'IPv6' : 'IPv4');

/** All of the preferred type, else of the other. */
function listIPs({ status }: Node, priority: AddressPriority): string[] {
  const all = status?.addresses ?? [];
  for (const wanted of typesByPriority[priority]) {
    const found = all.filter(({ type }) => type === wanted).map(({ address }) => address);
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

/** The control plane has not heard of the node's kubelet for a while. */
function isUnheard({ status }: Node): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'Unknown') === true;
}

/** How the addresses of nodes are chosen. */
export interface AddressChoice {
  readonly priority: AddressPriority;
  /** The first family of the Service; undefined while it has none. */
  readonly family: string | undefined;
}

/**
 * One address of each kubelet, by the names of their nodes: of the preferred type, else of the other, and of these the first
 * of the Service's primary family, else the first (docs/reference/operator-runtime.md 3.12). A node with an address of each
 * family would be scraped twice (docs/reference/versions.md, 0.93.1).
 */
export function listKubeletAddresses(nodes: readonly Node[], choice: AddressChoice): KubeletAddresses {
  const sorted = [...nodes].sort((a, b) => compareBytes(a.metadata.name ?? '', b.metadata.name ?? ''));
  const all = sorted.map((node) => ({ node, name: node.metadata.name ?? '', ips: listIPs(node, choice.priority) }));
  const heard = new Set(all.filter(({ node }) => !isUnheard(node)).flatMap(({ ips }) => ips));
  const isReplaced = ({ node, ips }: (typeof all)[number]): boolean =>
    isUnheard(node) && ips.some((ip) => heard.has(ip));
  const kept = all.filter((one) => !isReplaced(one));
  return {
    addresses: kept.flatMap(({ node, name, ips }) => {
      const ip = ips.find((one) => familyOf(one) === choice.family) ?? ips[0];
      return ip === undefined ? [] : [{ ip, family: familyOf(ip), node: { name, uid: node.metadata.uid ?? '' } }];
    }),
    withoutAddress: kept.filter(({ ips }) => ips.length === 0).map(({ name }) => name),
    replaced: all.filter(isReplaced).map(({ name }) => name),
  };
}
