import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Node } from '../../../../../src/core/render/kubelet/addresses.ts';
import { listKubeletAddresses } from '../../../../../src/core/render/kubelet/addresses.ts';
import type { EndpointSlice } from '../../../../../src/core/render/kubelet/endpoint-slices.ts';
import { planEndpointSlices } from '../../../../../src/core/render/kubelet/endpoint-slices.ts';
import { renderKubeletEndpoints, reviseEndpoints } from '../../../../../src/core/render/kubelet/kubelet-objects.ts';
import { readCapabilities } from '../../../../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../../../../src/operator/options/options.ts';
import { toSettings } from '../../../../../src/operator/settings.ts';

const settings = toSettings(parseOptions({}), readCapabilities({ major: 1, minor: 36, gitVersion: '' }));
const plan = { service: { namespace: 'kube-system', name: 'kubelet' }, httpMetrics: true, endpointSlices: true };
const service = { metadata: { name: 'kubelet', namespace: 'kube-system', uid: 'service-uid' } };

const internal = { priority: 'internal', family: 'IPv4' } as const;

const makeNode = (name: string, addresses: Record<string, string[]>, ready = 'True'): Node => ({
  metadata: { name, uid: `${name}-uid` },
  status: {
    addresses: Object.entries(addresses).flatMap(([type, all]) => all.map((address) => ({ type, address }))),
    conditions: [{ type: 'Ready', status: ready }],
  },
});

const makeNodes = (count: number): Node[] =>
  Array.from({ length: count }, (_, index) =>
    makeNode(`node-${String(index).padStart(4, '0')}`, { InternalIP: [`10.0.${index >> 8}.${index & 255}`] }),
  );

const plannedFor = (nodes: readonly Node[], live: readonly EndpointSlice[] = [], overrides = {}) =>
  planEndpointSlices({
    plan: { ...plan, ...overrides },
    addresses: listKubeletAddresses(nodes, internal).addresses,
    service,
    live,
    settings,
  });

/** As the API server would have stored what was planned. */
const store = (slices: readonly EndpointSlice[]): EndpointSlice[] =>
  structuredClone(slices).map((slice, index) => ({
    ...slice,
    metadata: { ...slice.metadata, name: slice.metadata.name ?? `kubelet-${index}`, uid: `slice-${index}` },
  }));

const countEndpoints = (slices: readonly EndpointSlice[]): number[] =>
  slices.map(({ endpoints }) => endpoints?.length ?? 0);

describe('addresses of kubelets', () => {
  it('are of the preferred type, else of the other, by the names of the nodes', () => {
    const nodes = [
      makeNode('b', { InternalIP: ['10.0.0.2'], ExternalIP: ['1.1.1.2'] }),
      makeNode('a', { ExternalIP: ['1.1.1.1'], Hostname: ['a'] }),
    ];
    const list = (priority: 'internal' | 'external'): string[] =>
      listKubeletAddresses(nodes, { priority, family: 'IPv4' }).addresses.map(({ ip, family }) => `${ip} ${family}`);
    assert.deepEqual(list('internal'), ['1.1.1.1 IPv4', '10.0.0.2 IPv4']);
    assert.deepEqual(list('external'), ['1.1.1.1 IPv4', '1.1.1.2 IPv4']);
  });

  it('are one a node, of the Service’s first family where there is one: nobody is scraped twice, and nobody is lost', () => {
    const nodes = [
      makeNode('both', { InternalIP: ['10.0.0.1', 'fd00::1'] }),
      makeNode('six', { InternalIP: ['fd00::2'], ExternalIP: ['1.1.1.2'] }),
      makeNode('two', { InternalIP: ['10.0.0.3', '10.0.0.4'] }),
    ];
    const list = (family: string | undefined): string[] =>
      listKubeletAddresses(nodes, { priority: 'internal', family }).addresses.map(({ ip }) => ip);
    assert.deepEqual(list('IPv4'), ['10.0.0.1', 'fd00::2', '10.0.0.3']);
    assert.deepEqual(list('IPv6'), ['fd00::1', 'fd00::2', '10.0.0.3']);
    assert.deepEqual(list(undefined), ['10.0.0.1', 'fd00::2', '10.0.0.3']);
  });

  it('leave out a node that nobody hears of when another one has its address, and name one without any', () => {
    const nodes = [
      makeNode('gone', { InternalIP: ['10.0.0.1'] }, 'Unknown'),
      makeNode('heir', { InternalIP: ['10.0.0.1'] }),
      makeNode('away', { InternalIP: ['10.0.0.3'] }, 'Unknown'),
      makeNode('bare', { Hostname: ['bare'] }),
    ];
    const { addresses, withoutAddress, replaced } = listKubeletAddresses(nodes, internal);
    assert.deepEqual(
      addresses.map(({ node }) => node.name),
      ['away', 'heir'],
    );
    assert.deepEqual([withoutAddress, replaced], [['bare'], ['gone']]);
  });
});

describe('EndpointSlices of kubelets', () => {
  it('hold at most 512 addresses, each family in its own, owned by the Service', () => {
    const six = makeNode('six', { InternalIP: ['fd00::9'] });
    const dual = makeNode('dual', { InternalIP: ['10.9.9.9', 'fd00::9'] });
    const { create, update, remove } = plannedFor([...makeNodes(600), dual, six]);
    assert.deepEqual(
      create.map(({ addressType, endpoints }) => `${addressType} ${endpoints?.length ?? 0}`),
      ['IPv4 512', 'IPv4 89', 'IPv6 1'],
    );
    assert.deepEqual([update, remove], [[], []]);
    const [first] = create;
    assert.deepEqual(first?.metadata, {
      generateName: 'kubelet-',
      namespace: 'kube-system',
      labels: {
        'managed-by': 'prometheus-operator',
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        'app.kubernetes.io/name': 'kubelet',
        'k8s-app': 'kubelet',
        'kubernetes.io/service-name': 'kubelet',
        'endpointslice.kubernetes.io/managed-by': 'prometheus-operator',
      },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: 'kubelet', uid: 'service-uid' }],
    });
    assert.deepEqual(
      first.ports?.map(({ port }) => port),
      [10250, 4194, 10255],
    );
  });

  it('are not written again while nothing changes', () => {
    const nodes = makeNodes(600);
    assert.deepEqual(plannedFor(nodes, store(plannedFor(nodes).create)), { create: [], update: [], remove: [] });
  });

  it('keep addresses where they are: a node that goes changes one slice, and one that comes takes its place', () => {
    const nodes = makeNodes(600);
    const live = store(plannedFor(nodes).create);
    const without = plannedFor(nodes.slice(1), live);
    assert.deepEqual([without.create, without.remove, countEndpoints(without.update)], [[], [], [511]]);
    const newcomer = makeNode('a-new-one', { InternalIP: ['10.7.7.7'] });
    const { create, update } = plannedFor([newcomer, ...nodes.slice(1)], live);
    assert.deepEqual([create, countEndpoints(update)], [[], [512]]);
    assert.deepEqual(update[0]?.endpoints?.at(-1)?.addresses, ['10.7.7.7']);
  });

  it('go when they are empty', () => {
    const live = store(plannedFor(makeNodes(600)).create);
    const { create, update, remove } = plannedFor(makeNodes(512), live);
    assert.deepEqual([create, update, remove.map(({ metadata }) => metadata.name)], [[], [], ['kubelet-1']]);
    assert.equal(plannedFor([], live).remove.length, 2);
  });

  it('that exist get new ports and labels, too', () => {
    const nodes = makeNodes(3);
    const live = store(plannedFor(nodes).create);
    const { update } = plannedFor(nodes, live, { httpMetrics: false });
    assert.deepEqual(
      update[0]?.ports?.map(({ port }) => port),
      [10250, 4194],
    );
    const [slice] = structuredClone(live);
    delete slice?.metadata.labels?.['k8s-app'];
    assert.equal(plannedFor(nodes, slice === undefined ? [] : [slice]).update.length, 1);
  });
});

describe('Endpoints of kubelets', () => {
  it('are not mirrored while there are EndpointSlices, and are again afterwards', () => {
    const { addresses } = listKubeletAddresses(makeNodes(2), internal);
    const label = 'endpointslice.kubernetes.io/skip-mirror';
    const live = renderKubeletEndpoints(plan, addresses, settings);
    assert.equal(live.metadata.labels?.[label], 'true');
    const { object, differences } = reviseEndpoints(
      live,
      renderKubeletEndpoints({ ...plan, endpointSlices: false }, addresses, settings),
    );
    assert.equal(object.metadata.labels?.[label], undefined);
    assert.equal(differences.length, 1);
  });

  it('are the same in whatever order the server keeps them', () => {
    const { addresses } = listKubeletAddresses(makeNodes(3), internal);
    const desired = renderKubeletEndpoints(plan, addresses, settings);
    const live = structuredClone(desired);
    live.subsets?.[0]?.addresses?.reverse();
    live.subsets?.[0]?.ports?.reverse();
    assert.deepEqual(reviseEndpoints(live, desired).differences, []);
    live.subsets?.[0]?.addresses?.pop();
    assert.equal(reviseEndpoints(live, desired).differences.length, 1);
  });
});
