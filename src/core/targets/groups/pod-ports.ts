import { LabelSet } from '../../relabel/label-set.ts';
import type { LabelSource } from '../../relabel/label-set.ts';
import { joinHostPort } from '../address.ts';
import type { GroupContext } from './group-context.ts';
import type { ContainerPort, PodObject, TargetReference } from './discovered-objects.ts';
import { pair } from './pairs.ts';
import { describePod, listContainers } from './pod.ts';
import type { PlacedContainer } from './pod.ts';

/** A pod behind addresses of one group, with the ports under which it was seen. */
interface SeenPod {
  readonly pod: PodObject;
  readonly labels: LabelSource;
  readonly ports: Set<number>;
}

/** The port of an address, for the match with ports of containers. */
export interface AddressPort {
  readonly number: number | undefined;
  /** What is said to be the port's protocol; undefined: what the container says. */
  readonly protocol: string | undefined;
}

/**
 * Connects the addresses of one group of endpoints with the pods behind them (docs/reference/discovery.md 3.5, 3.6): labels for
 * each address, and at the end targets for declared ports that no address had.
 */
export class PodPorts {
  readonly #context: GroupContext;
  readonly #seen = new Map<string, SeenPod>();

  constructor(context: GroupContext) {
    this.#context = context;
  }

  /** Labels of the pod and of the container with the port; none when the reference leads to no known pod. */
  describe(
    reference: TargetReference | null | undefined,
    port: AddressPort,
  ): readonly [pairs: string[], pod: LabelSource] {
    const seen = this.#resolve(reference);
    if (seen === undefined) return [[], LabelSet.empty];
    const pairs: string[] = [];
    for (const placed of this.#listContainers(seen.pod)) {
      const declared = placed.container.ports?.find(({ containerPort }) => containerPort === port.number);
      // The last container that declares the port wins.
      if (declared !== undefined)
        pairs.splice(0, pairs.length, ...this.#describeContainer(placed, declared, port.protocol));
    }
    if (port.number !== undefined) seen.ports.add(port.number);
    return [pairs, seen.labels];
  }

  /** Targets for the ports that pods declare and no address had. */
  listUndeclared(): LabelSet[] {
    return [...this.#seen.values()].flatMap((seen) => this.#listUndeclaredOf(seen));
  }

  #listUndeclaredOf({ pod, labels, ports }: SeenPod): LabelSet[] {
    const podIp = pod.status?.podIP ?? '';
    if (podIp === '' && !this.#context.features.extraPortsWithoutIp) return [];
    return this.#listContainers(pod).flatMap((placed) =>
      (placed.container.ports ?? [])
        .filter(({ containerPort }) => !ports.has(containerPort))
        .map((port) => {
          const address = ['__address__', joinHostPort(podIp, port.containerPort)];
          return LabelSet.join([...address, ...this.#describeContainer(placed, port, undefined)], labels);
        }),
    );
  }

  #resolve(reference: TargetReference | null | undefined): SeenPod | undefined {
    if (reference?.kind !== 'Pod') return undefined;
    const { namespace, name } = reference;
    const pod = this.#context.listers.pods?.get(namespace ?? '', name ?? '');
    if (pod === undefined) return undefined;
    const key = `${namespace ?? ''}/${name ?? ''}`;
    const seen = this.#seen.get(key) ?? { pod, labels: describePod(pod, this.#context), ports: new Set<number>() };
    this.#seen.set(key, seen);
    return seen;
  }

  #listContainers(pod: PodObject): readonly PlacedContainer[] {
    const { initContainersOfEndpoints } = this.#context.features;
    return listContainers(pod).filter(({ isInit }) => initContainersOfEndpoints || !isInit);
  }

  #describeContainer(
    { container, isInit }: PlacedContainer,
    port: ContainerPort,
    protocol: string | undefined,
  ): string[] {
    const { initContainersOfEndpoints } = this.#context.features;
    return [
      ...pair('__meta_kubernetes_pod_container_name', container.name),
      ...pair('__meta_kubernetes_pod_container_image', container.image),
      ...pair('__meta_kubernetes_pod_container_port_name', port.name),
      ...pair('__meta_kubernetes_pod_container_port_number', port.containerPort),
      ...pair('__meta_kubernetes_pod_container_port_protocol', protocol ?? port.protocol),
      ...(initContainersOfEndpoints ? ['__meta_kubernetes_pod_container_init', String(isInit)] : []),
    ];
  }
}
