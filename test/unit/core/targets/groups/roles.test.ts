import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sanitizeLabelName } from '../../../../../src/core/targets/groups/metadata-labels.ts';
import { buildNodeGroup } from '../../../../../src/core/targets/groups/node.ts';
import type { NodeObject, PodObject } from '../../../../../src/core/targets/groups/discovered-objects.ts';
import { buildPodGroup } from '../../../../../src/core/targets/groups/pod.ts';
import type { Given } from './given-context.ts';
import { lister, context, addresses, values, pod } from './given-context.ts';

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
