import type { KubernetesObject } from '../../../src/api/meta.ts';
import { RandomAddresses, annotationSets, labelSets, makeMetadata } from './random-metadata.ts';
import type { SeededRandom } from './seeded-random.ts';

/** An object with all that a request needs; `status` is written in a second request. */
export interface PlannedObject extends KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** What one generated cluster is made of; everything bears its name, so that many can live in one API server. */
export interface PlannedCluster {
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly objects: readonly PlannedObject[];
}

const conditions = ['True', 'False', 'Unknown'];

export class ClusterPlanner {
  readonly #random: SeededRandom;
  readonly #name: string;
  readonly #nodes: readonly string[];
  readonly #addresses: RandomAddresses;

  constructor(random: SeededRandom, name: string) {
    this.#random = random;
    this.#addresses = new RandomAddresses(random);
    this.#name = name;
    this.#nodes = Array.from({ length: random.integer(1, 3) }, (_, index) => `${name}-n${index}`);
  }

  plan(): PlannedCluster {
    const namespaces = [`${this.#name}-a`, `${this.#name}-b`];
    const objects = [
      ...namespaces.map((name) => this.#namespace(name)),
      ...this.#nodes.map((name) => this.#node(name)),
      ...namespaces.flatMap((namespace) => this.#fill(namespace)),
    ];
    return { name: this.#name, namespaces, objects };
  }

  /** A pod as it may be at some moment of its life. */
  pod(namespace: string, name: string): PlannedObject {
    const random = this.#random;
    const phase = random.pick(['Pending', 'Running', 'Running', 'Running', 'Succeeded', 'Failed']);
    const hasIp = random.chance(0.9);
    const podIP = this.#addresses.ip();
    const ready = random.pick([...conditions, undefined]);
    const owner = random.pick(['ReplicaSet', 'Job', 'DaemonSet', undefined]);
    return {
      ...this.#head('v1', 'Pod', namespace, name),
      metadata: {
        ...this.#metadata(namespace, name),
        ...(owner === undefined ? {} : { ownerReferences: [this.#owner(owner, owner === 'Job' ? 'job' : 'rs')] }),
      },
      spec: {
        ...(random.chance(0.85) ? { nodeName: random.pick([...this.#nodes, `${this.#name}-gone`]) } : {}),
        containers: Array.from({ length: random.integer(1, 3) }, (_, index) => this.#container(`c${index}`)),
        ...(random.chance(0.3) ? { initContainers: [{ ...this.#container('init'), restartPolicy: 'Always' }] } : {}),
        hostNetwork: false,
      },
      status: {
        phase,
        ...(hasIp ? { podIP, podIPs: [{ ip: podIP }], hostIP: '192.168.0.1', hostIPs: [{ ip: '192.168.0.1' }] } : {}),
        ...(ready === undefined ? {} : { conditions: [{ type: 'Ready', status: ready }] }),
        containerStatuses: random.some(['c0', 'c1']).map((container) => ({
          name: container,
          containerID: `containerd://${namespace}-${name}-${container}`,
          image: 'x',
          imageID: 'y',
          ready: true,
          restartCount: 0,
          state: {},
          lastState: {},
        })),
      },
    };
  }

  #fill(namespace: string): PlannedObject[] {
    const pods = Array.from({ length: this.#random.integer(2, 5) }, (_, index) => this.pod(namespace, `p${index}`));
    const services = ['s0', 's1', 's2'].map((name) => this.#service(namespace, name));
    return [
      this.#ownerObject('apps/v1', 'ReplicaSet', namespace, 'rs'),
      this.#ownerObject('batch/v1', 'Job', namespace, 'job'),
      ...pods,
      ...services,
      ...this.#random.some(['s0', 's1', 'alone'], 0.8).map((name) => this.endpoints(namespace, name, pods)),
      ...Array.from({ length: this.#random.integer(1, 3) }, (_, index) => this.slice(namespace, `slice${index}`, pods)),
      ...(this.#random.chance(0.7) ? [this.#ingress(namespace, 'i0')] : []),
    ];
  }

  endpoints(namespace: string, name: string, pods: readonly KubernetesObject[]): PlannedObject {
    const random = this.#random;
    const address = (): object => ({ ip: this.#addresses.ip(), ...this.#place(namespace, pods) });
    const subsets = Array.from({ length: random.integer(0, 2) }, () => ({
      addresses: Array.from({ length: random.integer(1, 3) }, address),
      ...(random.chance(0.4) ? { notReadyAddresses: [address()] } : {}),
      ports: this.#uniquePorts('port'),
    }));
    return { ...this.#head('v1', 'Endpoints', namespace, name), subsets };
  }

  slice(namespace: string, name: string, pods: readonly KubernetesObject[]): PlannedObject {
    const random = this.#random;
    const addressType = random.pick(['IPv4', 'IPv4', 'IPv6', 'FQDN']);
    const flag = (): boolean | undefined => random.pick([true, false, undefined]);
    const makeAddress = (): string => {
      if (addressType === 'FQDN') return this.#addresses.host();
      return addressType === 'IPv4' ? this.#addresses.ipv4() : this.#addresses.ipv6();
    };
    const { labels = {}, ...metadata } = this.#metadata(namespace, name);
    const service = random.pick(['s0', 's1', 'none', undefined]);
    return {
      ...this.#head('discovery.k8s.io/v1', 'EndpointSlice', namespace, name),
      metadata: {
        ...metadata,
        labels: { ...labels, ...(service === undefined ? {} : { 'kubernetes.io/service-name': service }) },
      },
      addressType,
      endpoints: Array.from({ length: random.integer(1, 3) }, () => ({
        addresses: [makeAddress()],
        conditions: { ready: flag(), serving: flag(), terminating: flag() },
        ...this.#place(namespace, pods),
        ...(random.chance(0.3) ? { zone: 'zone-1' } : {}),
      })),
      ports: [
        ...this.#uniquePorts('port').map((port) => ({
          ...port,
          ...(random.chance(0.3) ? { appProtocol: 'http' } : {}),
        })),
        ...(random.chance(0.15) ? [{ name: 'bare' }] : []),
      ],
    };
  }

  #place(namespace: string, pods: readonly KubernetesObject[]): object {
    const random = this.#random;
    const pod = random.pick(pods).metadata.name;
    const targetRef = random.pick([
      { kind: 'Pod', namespace, name: pod },
      { kind: 'Pod', namespace, name: pod },
      { kind: 'Pod', namespace, name: 'unknown' },
      { kind: 'Node', name: random.pick(this.#nodes) },
      undefined,
    ]);
    return {
      ...(targetRef === undefined ? {} : { targetRef }),
      ...(random.chance(0.5) ? { nodeName: random.pick([...this.#nodes, 'unknown-node']) } : {}),
      ...(random.chance(0.2) ? { hostname: 'host' } : {}),
    };
  }

  #service(namespace: string, name: string): PlannedObject {
    const random = this.#random;
    const kind = random.pick(['ClusterIP', 'ClusterIP', 'headless', 'dual', 'ExternalName', 'LoadBalancer'] as const);
    const ports = this.#uniquePorts('port');
    const base = this.#head('v1', 'Service', namespace, name);
    switch (kind) {
      case 'ExternalName':
        return {
          ...base,
          spec: { type: kind, externalName: 'x.example.com', ...(random.chance(0.5) ? { ports } : {}) },
        };
      case 'LoadBalancer': {
        const ingress = random.some([{ ip: '203.0.113.1' }, { ip: '203.0.113.2' }, { hostname: 'lb.example.com' }]);
        return {
          ...base,
          spec: { type: kind, ports, loadBalancerIP: '203.0.113.9' },
          status: { loadBalancer: { ingress } },
        };
      }
      case 'dual':
        return { ...base, spec: { ipFamilyPolicy: 'PreferDualStack', ports } };
      default:
        return { ...base, spec: { ...(kind === 'headless' ? { clusterIP: 'None' } : {}), ports } };
    }
  }

  #ingress(namespace: string, name: string): PlannedObject {
    const random = this.#random;
    const backend = { service: { name: 's0', port: { number: 80 } } };
    const paths = random.some(['/', '/a b', '']).map((path) => ({
      ...(path === '' ? {} : { path }),
      pathType: path === '' ? 'ImplementationSpecific' : 'Prefix',
      backend,
    }));
    const rules = random
      .some(['a.example.com', '*.example.com', 'b.a.example.com', undefined], 0.7)
      .map((host) => ({ ...(host === undefined ? {} : { host }), ...(paths.length > 0 ? { http: { paths } } : {}) }));
    return {
      ...this.#head('networking.k8s.io/v1', 'Ingress', namespace, name),
      spec: {
        defaultBackend: backend,
        rules,
        ...(random.chance(0.5) ? { ingressClassName: 'nginx' } : {}),
        ...(random.chance(0.5) ? { tls: [{ hosts: [random.pick(['*.example.com', 'a.example.com'])] }] } : {}),
      },
    };
  }

  #namespace(name: string): PlannedObject {
    return {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { team: name, 'a.b/c': 'd' }, annotations: { owner: 'x y' } },
    };
  }

  #node(name: string): PlannedObject {
    const random = this.#random;
    const addresses = random.some(
      [
        { type: 'Hostname', address: name },
        { type: 'ExternalIP', address: this.#addresses.ipv4() },
        { type: 'InternalIP', address: random.chance(0.3) ? this.#addresses.ipv6() : this.#addresses.ipv4() },
        { type: 'ExternalDNS', address: `${name}.example.com` },
      ],
      0.6,
    );
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: { cluster: this.#name, ...random.pick(labelSets) },
        annotations: random.pick(annotationSets),
      },
      spec: random.chance(0.5) ? { providerID: `fake://${name}` } : {},
      status: {
        addresses,
        conditions: random.some(['Ready', 'MemoryPressure']).map((type) => ({ type, status: random.pick(conditions) })),
        ...(random.chance(0.8) ? { daemonEndpoints: { kubeletEndpoint: { Port: 10250 } } } : {}),
      },
    };
  }

  #ownerObject(apiVersion: string, kind: 'ReplicaSet' | 'Job', namespace: string, name: string): PlannedObject {
    const owner = kind === 'Job' ? this.#owner('CronJob', 'cron') : this.#owner('Deployment', 'deploy');
    const labels = { own: name };
    const restart = kind === 'Job' ? { restartPolicy: 'Never' } : {};
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'x' }], ...restart } };
    const metadata = { namespace, name, ownerReferences: [owner] };
    const selector = kind === 'Job' ? {} : { selector: { matchLabels: labels } };
    return { apiVersion, kind, metadata, spec: { ...selector, template } };
  }

  #owner(
    kind: string,
    name: string,
  ): { apiVersion: string; kind: string; name: string; uid: string; controller: boolean } {
    return { apiVersion: 'v1', kind, name, uid: `uid-${kind}-${name}`, controller: true };
  }

  #container(name: string): object {
    const random = this.#random;
    const ports = random
      .some([
        { containerPort: 8080, name: `${name}-web`, protocol: 'TCP' },
        { containerPort: 9102, name: `${name}-met`, protocol: 'TCP' },
        { containerPort: 53, name: `${name}-dns`, protocol: 'UDP' },
        { containerPort: 53, name: `${name}-dnst`, protocol: 'TCP' },
      ])
      .slice(0, 3);
    return { name, image: `registry/${name}:1`, ...(ports.length > 0 ? { ports } : {}) };
  }

  #uniquePorts(prefix: string): { name: string; port: number; protocol: string }[] {
    const ports = this.#random.some([8080, 9102, 53, 7000]);
    return (ports.length === 0 ? [8080] : ports).map((port) => ({
      name: `${prefix}-${port}`,
      port,
      protocol: port === 53 ? 'UDP' : 'TCP',
    }));
  }

  #head(apiVersion: string, kind: string, namespace: string, name: string): PlannedObject {
    return { apiVersion, kind, metadata: this.#metadata(namespace, name) };
  }

  #metadata(namespace: string, name: string): KubernetesObject['metadata'] {
    return makeMetadata(this.#random, namespace, name);
  }
}
