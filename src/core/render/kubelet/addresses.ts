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
  readonly family: 'IPv4' | 'IPv6';
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

/**
 * The addresses of all kubelets, by the names of their nodes: all that a node has of the preferred type, else of the other
 * (docs/reference/operator-runtime.md 3.12).
 */
export function listKubeletAddresses(nodes: readonly Node[], priority: AddressPriority): KubeletAddresses {
  const sorted = [...nodes].sort((a, b) => compareBytes(a.metadata.name ?? '', b.metadata.name ?? ''));
  const all = sorted.map((node) => ({ node, name: node.metadata.name ?? '', ips: listIPs(node, priority) }));
  const heard = new Set(all.filter(({ node }) => !isUnheard(node)).flatMap(({ ips }) => ips));
  const isReplaced = ({ node, ips }: (typeof all)[number]): boolean =>
    isUnheard(node) && ips.some((ip) => heard.has(ip));
  const kept = all.filter((one) => !isReplaced(one));
  return {
    addresses: kept.flatMap(({ node, name, ips }) =>
      ips.map((ip) => ({
        ip,
        family: ip.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
        node: { name, uid: node.metadata.uid ?? '' },
      })),
    ),
    withoutAddress: kept.filter(({ ips }) => ips.length === 0).map(({ name }) => name),
    replaced: all.filter(isReplaced).map(({ name }) => name),
  };
}
