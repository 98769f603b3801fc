import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../../src/api/meta.ts';
import { Version } from '../../../../../src/base/version.ts';
import { readGroupFeatures } from '../../../../../src/core/targets/features.ts';
import type { GroupContext, GroupListers } from '../../../../../src/core/targets/groups/group-context.ts';
import { buildEndpointsGroup } from '../../../../../src/core/targets/groups/endpoints-group.ts';
import { buildEndpointSliceGroup } from '../../../../../src/core/targets/groups/endpointslice.ts';
import { buildIngressGroup } from '../../../../../src/core/targets/groups/ingress.ts';
import { MetadataLabels, sanitizeLabelName } from '../../../../../src/core/targets/groups/metadata-labels.ts';
import { buildNodeGroup } from '../../../../../src/core/targets/groups/node.ts';
import type {
  NodeObject,
  PodObject,
  ServiceObject,
} from '../../../../../src/core/targets/groups/discovered-objects.ts';
import { buildPodGroup } from '../../../../../src/core/targets/groups/pod.ts';
import { buildServiceGroup } from '../../../../../src/core/targets/groups/service.ts';
import type { TargetGroup } from '../../../../../src/core/targets/target-group.ts';

const nothing = { node: false, namespace: false, deployment: false, job: false, cronjob: false };

function lister<T extends KubernetesObject>(
  ...objects: readonly T[]
): { get(namespace: string, name: string): T | undefined } {
  return {
    get: (namespace, name) =>
      objects.find(({ metadata }) => (metadata.namespace ?? '') === namespace && metadata.name === name),
  };
}

interface Given {
  readonly version?: string;
  readonly attach?: Partial<typeof nothing>;
  readonly listers?: GroupListers;
}

const context = ({ version = '3.15.0', attach = {}, listers = {} }: Given = {}): GroupContext => ({
  features: readGroupFeatures(Version.parse(version)),
  attach: { ...nothing, ...attach },
  listers,
  metadata: new MetadataLabels(),
});

const addresses = (group: TargetGroup | undefined): readonly (string | undefined)[] =>
  (group?.targets ?? []).map((target) => target.get('__address__'));
const values = (group: TargetGroup | undefined, name: string): readonly (string | undefined)[] =>
  (group?.targets ?? []).map((target) => target.get(`__meta_kubernetes_${name}`));

function pod(more: Partial<PodObject> = {}): PodObject {
  return {
    metadata: { name: 'p', namespace: 'n' },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, protocol: 'TCP' }] }] },
    status: { podIP: '1.1.1.1', phase: 'Running' },
    ...more,
  };
}

describe('node groups', () => {
  const node = (list: readonly { type: string; address: string }[], port?: number): NodeObject => ({
    metadata: { name: 'n1' },
    status: { addresses: list, daemonEndpoints: { kubeletEndpoint: { Port: port } } },
  });

  it('take the first address of the most wanted type and tell all', () => {
    const group = buildNodeGroup(
      node(
        [
          { type: 'ExternalIP', address: '5.5.5.5' },
          { type: 'InternalIP', address: 'fd00::2' },
          { type: 'InternalIP', address: '6.6.6.6' },
          { type: 'Foo Bar/x', address: 'q' },
        ],
        10250,
      ),
      context(),
    );
    assert.deepEqual(addresses(group), ['[fd00::2]:10250']);
    assert.deepEqual(values(group, 'node_address_InternalIP'), ['fd00::2']);
    assert.deepEqual(values(group, 'node_address_Foo_Bar_x'), ['q']);
    assert.equal(group?.targets[0]?.get('instance'), 'n1');
  });

  it('have port 0 without a kubelet port, and are none without an address of a known type', () => {
    assert.deepEqual(addresses(buildNodeGroup(node([{ type: 'Hostname', address: 'h' }]), context())), ['h:0']);
    assert.equal(buildNodeGroup(node([{ type: 'Other', address: 'h' }]), context()), undefined);
  });

  it('tell conditions in lower case since 3.12', () => {
    const one: NodeObject = {
      ...node([{ type: 'Hostname', address: 'h' }]),
      status: {
        addresses: [{ type: 'Hostname', address: 'h' }],
        conditions: [{ type: 'Foo.Bar-Baz', status: 'Unknown' }],
      },
    };
    const name = '__meta_kubernetes_node_condition_foo_bar_baz';
    assert.equal(buildNodeGroup(one, context())?.labels.get(name), 'unknown');
    assert.equal(buildNodeGroup(one, context({ version: '3.11.0' }))?.labels.get(name), undefined);
  });
});

describe('pod groups', () => {
  it('put IPv6 in brackets only where there is a port, and keep equal ports apart', () => {
    const group = buildPodGroup(
      pod({
        spec: {
          containers: [
            { name: 'a', ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] },
            { name: 'b' },
          ],
          initContainers: [{ name: 'i', ports: [{ containerPort: 15020 }] }],
        },
        status: { podIP: 'fd00::1' },
      }),
      context(),
    );
    assert.deepEqual(addresses(group), ['[fd00::1]:80', '[fd00::1]:80', 'fd00::1', '[fd00::1]:15020']);
    assert.deepEqual(values(group, 'pod_container_init'), ['false', 'false', 'false', 'true']);
    assert.deepEqual(values(group, 'pod_container_port_protocol'), ['', 'UDP', undefined, '']);
  });

  it('are empty without an IP, and on unknown nodes when nodes are attached (since 3.11)', () => {
    assert.deepEqual(buildPodGroup(pod({ status: { phase: 'Pending' } }), context()).targets, []);
    const attached: Given = { attach: { node: true }, listers: { nodes: lister<NodeObject>() } };
    assert.deepEqual(buildPodGroup(pod(), context(attached)).targets, []);
    assert.equal(buildPodGroup(pod(), context({ ...attached, version: '3.10.0' })).targets.length, 1);
  });

  it('count succeeded pods that still have an IP, and call readiness unknown without a condition', () => {
    const group = buildPodGroup(pod({ status: { podIP: '1.1.1.1', phase: 'Succeeded' } }), context());
    assert.equal(group.targets.length, 1);
    assert.equal(group.labels.get('__meta_kubernetes_pod_ready'), 'unknown');
  });

  it('name the first owner that is a controller', () => {
    const owner = (kind: string, controller?: boolean): object => ({
      kind,
      name: kind,
      uid: '',
      apiVersion: '',
      controller,
    });
    const metadata = {
      name: 'p',
      namespace: 'n',
      ownerReferences: [owner('Foo'), owner('ReplicaSet', true), owner('Bar', true)],
    };
    const group = buildPodGroup(pod({ metadata: metadata as PodObject['metadata'] }), context());
    assert.equal(group.labels.get('__meta_kubernetes_pod_controller_kind'), 'ReplicaSet');
  });

  it('sanitize keys one code point at a time', () => {
    assert.equal(sanitizeLabelName('日本'), '__');
    assert.equal(sanitizeLabelName('9x/😀.y'), '9x___y');
    const group = buildPodGroup(
      pod({ metadata: { name: 'p', namespace: 'n', labels: { '9x': '', 日本: 'j' } } }),
      context(),
    );
    assert.equal(group.labels.get('__meta_kubernetes_pod_labelpresent_9x'), 'true');
    assert.equal(group.labels.get('__meta_kubernetes_pod_label___'), 'j');
  });
});

describe('endpoints groups', () => {
  const backing = pod({
    spec: {
      containers: [
        {
          name: 'c1',
          ports: [
            { containerPort: 80, name: 'one' },
            { containerPort: 80, name: 'two' },
            { containerPort: 90, name: 'extra', protocol: 'TCP' },
            { containerPort: 90, name: 'extraudp', protocol: 'UDP' },
          ],
        },
        { name: 'c2', ports: [{ containerPort: 80, name: 'three', protocol: 'TCP' }] },
      ],
    },
  });
  const listers = { pods: lister(backing) };
  const targetRef = { kind: 'Pod', namespace: 'n', name: 'p' };

  it('match the last container with the port, under the protocol of the endpoint, and add undeclared ports', () => {
    const group = buildEndpointsGroup(
      {
        metadata: { name: 'e', namespace: 'n' },
        subsets: [{ addresses: [{ ip: '2.2.2.2', targetRef }], ports: [{ port: 80, protocol: 'UDP' }] }],
      },
      context({ listers }),
    );
    assert.deepEqual(addresses(group), ['2.2.2.2:80', '1.1.1.1:90', '1.1.1.1:90']);
    assert.deepEqual(values(group, 'pod_container_name'), ['c2', 'c1', 'c1']);
    assert.deepEqual(values(group, 'pod_container_port_protocol'), ['UDP', 'TCP', 'UDP']);
    assert.deepEqual(values(group, 'endpoint_ready'), ['true', undefined, undefined]);
    assert.deepEqual(values(group, 'pod_ip'), ['1.1.1.1', '1.1.1.1', '1.1.1.1']);
  });

  it('take the protocol of the container for slices', () => {
    const group = buildEndpointSliceGroup(
      {
        metadata: { name: 'e', namespace: 'n' },
        endpoints: [{ addresses: ['2.2.2.2'], targetRef }],
        ports: [{ port: 80, protocol: 'UDP' }],
      },
      context({ listers }),
    );
    assert.deepEqual(values(group, 'pod_container_port_protocol'), ['TCP', 'TCP', 'UDP']);
  });

  it('prefer the node of the address for Endpoints and the node referred to for slices', () => {
    const nodes = lister<NodeObject>({ metadata: { name: 'n1' } }, { metadata: { name: 'n2' } });
    const given = context({ attach: { node: true }, listers: { nodes } });
    const place = { nodeName: 'n1', targetRef: { kind: 'Node', name: 'n2' } };
    const metadata = { name: 'e', namespace: 'n' };
    const endpoints = { metadata, subsets: [{ addresses: [{ ip: '2.2.2.2', ...place }], ports: [{ port: 80 }] }] };
    const slice = { metadata, endpoints: [{ addresses: ['2.2.2.2'], ...place }], ports: [{ port: 80 }] };
    assert.deepEqual(values(buildEndpointsGroup(endpoints, given), 'node_name'), ['n1']);
    assert.deepEqual(values(buildEndpointSliceGroup(slice, given), 'node_name'), ['n2']);
  });

  it('leave an address bare where a slice gives no port', () => {
    const slice = { metadata: { name: 'e' }, endpoints: [{ addresses: ['fd00::1'] }], ports: [{ name: 'x' }] };
    assert.deepEqual(addresses(buildEndpointSliceGroup(slice, context())), ['fd00::1']);
  });

  it('do not take conditions that are not set for anything', () => {
    const slice = {
      metadata: { name: 'e' },
      endpoints: [{ addresses: ['1.1.1.1'], conditions: { ready: null, terminating: true } }],
      ports: [{ port: 1 }],
    };
    const group = buildEndpointSliceGroup(slice, context());
    assert.deepEqual(values(group, 'endpointslice_endpoint_conditions_ready'), [undefined]);
    assert.deepEqual(values(group, 'endpointslice_endpoint_conditions_terminating'), ['true']);
  });

  it('have no targets without ports', () => {
    const group = buildEndpointsGroup(
      { metadata: { name: 'e' }, subsets: [{ addresses: [{ ip: '1.1.1.1' }] }] },
      context(),
    );
    assert.deepEqual(group.targets, []);
  });
});

describe('service groups', () => {
  const service = (spec: ServiceObject['spec'], ips: readonly string[] = []): ServiceObject => ({
    metadata: { name: 's', namespace: 'n' },
    spec: { ports: [{ port: 80, protocol: 'TCP' }], ...spec },
    status: { loadBalancer: { ingress: ips.map((ip) => ({ ip })) } },
  });

  it('take the addresses of a load balancer from its status since 3.15', () => {
    const one = service({ type: 'LoadBalancer', loadBalancerIP: '9.9.9.9' }, ['1.1.1.1', 'fd00::1']);
    assert.deepEqual(values(buildServiceGroup(one, context()), 'service_loadbalancer_ip'), ['1.1.1.1,fd00::1']);
    const old = context({ version: '3.14.0' });
    assert.deepEqual(values(buildServiceGroup(one, old), 'service_loadbalancer_ip'), ['9.9.9.9']);
  });

  it('name the external host instead of a cluster IP', () => {
    const group = buildServiceGroup(service({ type: 'ExternalName', externalName: 'x.y' }), context());
    assert.deepEqual(addresses(group), ['s.n.svc:80']);
    assert.deepEqual(values(group, 'service_external_name'), ['x.y']);
    assert.deepEqual(values(group, 'service_cluster_ip'), [undefined]);
  });
});

describe('ingress groups', () => {
  it('let a wildcard certificate stand for exactly one DNS label', () => {
    const hosts = ['a.example.com', 'example.com', 'a.b.example.com', '*.example.com', ''];
    const group = buildIngressGroup(
      {
        metadata: { name: 'i', namespace: 'n' },
        spec: { tls: [{ hosts: ['*.example.com'] }, {}], rules: hosts.map((host) => ({ host })) },
      },
      context(),
    );
    assert.deepEqual(values(group, 'ingress_scheme'), ['https', 'http', 'http', 'https', 'http']);
    assert.deepEqual(values(group, 'ingress_path'), ['/', '/', '/', '/', '/']);
  });

  it('have no target for a rule with http and no paths', () => {
    const spec = {
      rules: [
        { host: 'a', http: {} },
        { host: 'b', http: { paths: [{ path: '' }, { path: '/x' }] } },
      ],
    };
    const group = buildIngressGroup({ metadata: { name: 'i' }, spec }, context());
    assert.deepEqual(values(group, 'ingress_path'), ['/', '/x']);
  });
});

describe('labels of metadata', () => {
  const object = {
    metadata: { name: 'x', labels: { 'a.b': 'dot', 'a-b': 'dash', c: '' }, annotations: { 'a.b': 'note' } },
  };

  it('read the same by name as written out, also where two keys come to one name', () => {
    const labels = new MetadataLabels();
    labels.describe('pod', { metadata: { labels: { 'a/b': 'slash' } } }, { annotations: true });
    const source = labels.describe('pod', object, { annotations: true });
    const written = new Map<string, string>();
    source.writeTo(written);
    assert.equal(written.get('__meta_kubernetes_pod_label_a_b'), 'dash');
    assert.equal(written.size, 7);
    for (const [name, value] of written) assert.equal(source.get(name), value, name);
    assert.equal(source.get('__meta_kubernetes_pod_label_b'), undefined);
    assert.equal(source.get('__meta_kubernetes_service_name'), undefined);
  });

  it('leave annotations or the name out where they are not wanted', () => {
    const labels = new MetadataLabels();
    const bare = labels.describe('pod', object, { annotations: false });
    assert.equal(bare.get('__meta_kubernetes_pod_annotation_a_b'), undefined);
    assert.equal(labels.describeNamespace(object).get('__meta_kubernetes_namespace_name'), undefined);
    assert.equal(labels.describeNamespace(object).get('__meta_kubernetes_namespace_annotation_a_b'), 'note');
  });
});
