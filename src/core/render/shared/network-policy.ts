import { renderGuardMetadata } from './guard.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, PodTemplate } from './rendered-objects.ts';
import type { Workload } from './workload.ts';

/** Who may reach the ports of the pods. */
export interface PolicyScope {
  /** All pods of these; undefined: anybody. */
  readonly namespaces: readonly string[] | undefined;
}

export const standardPolicy: PolicyScope = { namespaces: undefined };

/**
 * Reads `namespaces=monitoring,ingress-nginx`.
 * @returns who is let in, or what is wrong with the text.
 */
export function readPolicyScope(text: string): PolicyScope | string {
  const [, list = ''] = /^namespaces=(.+)$/.exec(text) ?? [];
  const namespaces = list.split(',').map((name) => name.trim());
  if (namespaces.every((name) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name))) return { namespaces };
  return `cannot read "${text}": want "on", "off", or the namespaces whose pods are let in, as "namespaces=monitoring,ingress-nginx"`;
}

/** Ports by which the pods of one workload talk to each other. */
export interface PeerPorts {
  readonly ports: readonly number[];
  /** Peers may be elsewhere, too. */
  readonly areOpen: boolean;
}

/** All pods of a workload, and what goes to them. */
export interface GuardedPods {
  /** The labels that all of them have, whatever their shard, and no others. */
  readonly selector: Readonly<Record<string, string>>;
  readonly templates: readonly PodTemplate[];
  readonly peers?: PeerPorts | undefined;
}

/** The ports that containers declare, those of users among them; of init containers those that go on running. */
export function listPorts(templates: readonly PodTemplate[]): NetworkPolicyPort[] {
  const containers = templates.flatMap(({ spec }) => [
    ...spec.containers,
    ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ]);
  const ports = containers.flatMap((container) =>
    (container.ports ?? []).map(({ containerPort: port, protocol = 'TCP' }) => ({ port, protocol })),
  );
  const byId = new Map(ports.map((one) => [`${one.protocol} ${one.port}`, one]));
  return [...byId.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

const namespaceLabel = 'kubernetes.io/metadata.name';

/**
 * The policy of a workload: its ports are reached by anybody, or by pods of some namespaces and by its own pods, and nothing else
 * of it is reached. What its pods reach is not limited: a Prometheus scrapes anything.
 */
export function renderNetworkPolicy(workload: Workload, pods: GuardedPods, scope: PolicyScope): NetworkPolicy {
  const { selector } = pods;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: renderGuardMetadata(workload, workload.names.prefix, selector),
    spec: {
      podSelector: { matchLabels: { ...selector } },
      policyTypes: ['Ingress'],
      ingress: listRules(pods, scope),
    },
  };
}

/** The same with ports of further pods, which have been made from other templates: nothing that runs is cut off. */
export function allowPorts(policy: NetworkPolicy, templates: readonly PodTemplate[]): NetworkPolicy {
  const { ingress } = policy.spec;
  const known = new Set(ingress.flatMap(({ ports }) => ports.map(({ protocol, port }) => `${protocol} ${port}`)));
  const more = listPorts(templates).filter(({ protocol, port }) => !known.has(`${protocol} ${port}`));
  if (more.length === 0) return policy;
  type Rule = (typeof ingress)[number];
  const rules: Rule[] = ingress.length === 0 ? [{ ports: [] }] : ingress;
  const isForPeers = ({ from }: Rule): boolean => from === undefined && rules.length > 1;
  const addTo = (rule: Rule): Rule => ({ ...rule, ports: [...rule.ports, ...more] });
  return {
    ...policy,
    spec: { ...policy.spec, ingress: rules.map((rule) => (isForPeers(rule) ? rule : addTo(rule))) },
  };
}

/** A rule without ports would be about all ports: there is none then. */
function listRules(
  { selector, templates, peers }: GuardedPods,
  { namespaces }: PolicyScope,
): NetworkPolicy['spec']['ingress'] {
  const all = listPorts(templates);
  const rule = (ports: NetworkPolicyPort[], from?: NetworkPolicyPeer[]) =>
    ports.length === 0 ? [] : [{ ...(from === undefined ? {} : { from }), ports }];
  if (namespaces === undefined) return rule(all);
  const isOfPeers = ({ port }: NetworkPolicyPort): boolean => peers?.ports.includes(port) === true;
  const values = [...new Set(namespaces)].sort();
  const inside = { matchExpressions: [{ key: namespaceLabel, operator: 'In', values }] };
  return [
    ...rule(all, [{ podSelector: { matchLabels: { ...selector } } }]),
    ...rule(
      all.filter((port) => !isOfPeers(port)),
      [{ namespaceSelector: inside }],
    ),
    ...(peers?.areOpen === true ? rule(all.filter(isOfPeers)) : []),
  ];
}
