import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildEndpointsGroup } from '../../../../../src/core/targets/groups/endpoints-group.ts';
import { buildEndpointSliceGroup } from '../../../../../src/core/targets/groups/endpointslice.ts';
import { buildIngressGroup } from '../../../../../src/core/targets/groups/ingress.ts';
import { MetadataLabels } from '../../../../../src/core/targets/groups/metadata-labels.ts';
import type { NodeObject, ServiceObject } from '../../../../../src/core/targets/groups/discovered-objects.ts';
import { buildServiceGroup } from '../../../../../src/core/targets/groups/service.ts';
import { lister, context, addresses, values, pod } from './given-context.ts';

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
