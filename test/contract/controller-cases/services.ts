import type { Api } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show, text } from '../case.ts';
import { eventually } from '../crds.ts';
import { setReady } from '../kubelet-role.ts';
import { pod, service } from '../manifests.ts';

const container = { name: 'main', image: 'i', ports: [{ name: 'web', containerPort: 8080 }] };

/** A case with a Node of its own: Pods that are on no Node are behind no Service. */
function serviceCase(name: string, run: ContractCase['run'], expected: unknown): ContractCase {
  const withNode = async (api: Api): Promise<unknown> => {
    const labels = { 'topology.kubernetes.io/zone': 'z1' };
    const made = await api.create('/api/v1/nodes', { metadata: { name: nodeOf(api), labels } });
    try {
      return await run(api);
    } finally {
      await api.delete(`/api/v1/nodes/${text(made.metadata?.name)}`);
    }
  };
  return contractCase(name, withNode, expected);
}

const nodeOf = (api: Api): string => `${api.namespace}-node`;

/** Pod of Service a, not ready until `setReady`. */
function createPod(api: Api, name: string, spec: object = {}): Promise<Loose> {
  const always = { nodeName: nodeOf(api), terminationGracePeriodSeconds: 0 };
  const body = pod(name, { containers: [container], ...always, ...spec }, { labels: { app: 'a' } });
  return api.create(api.core('pods'), body);
}

/** The Endpoints of Service a as soon as they have as many ready and other addresses. */
async function awaitEndpoints(api: Api, ready: number, others: number): Promise<Loose> {
  const count = (body: Loose, key: string) => list(body.subsets).flatMap((subset) => list(subset[key])).length;
  const { body } = await eventually(
    () => api.get(api.core('endpoints/a')),
    ({ status, body: one }) =>
      status === 200 && count(one, 'addresses') === ready && count(one, 'notReadyAddresses') === others,
  );
  return body;
}

/** The EndpointSlices of Service a as soon as they have as many endpoints, `ready` of them ready. */
async function awaitSlices(api: Api, total: number, ready: number): Promise<readonly Loose[]> {
  const { body } = await eventually(
    () => api.get(`${api.in('discovery.k8s.io/v1', 'endpointslices')}?labelSelector=kubernetes.io/service-name%3Da`),
    ({ body: found }) => {
      const endpoints = list(found.items).flatMap((slice) => list(slice.endpoints));
      const isReady = endpoints.filter(({ conditions }) => show(conditions?.ready) === 'true').length === ready;
      return list(found.items).length > 0 && endpoints.length === total && isReady;
    },
  );
  return list(body.items);
}

const trigger = 'endpoints.kubernetes.io/last-change-trigger-time';

export const serviceCases: readonly ContractCase[] = [
  serviceCase(
    'endpoints: ready and other Pods in one subset with the resolved port, by address',
    async (api) => {
      await api.create(api.core('services'), service('a', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] }));
      for (const name of ['p-2', 'p-1', 'p-0']) await createPod(api, name);
      for (const name of ['p-2', 'p-1']) await setReady(api, name);
      await setReady(api, 'p-0', false);
      const { metadata, subsets } = await awaitEndpoints(api, 2, 1);
      return { labels: metadata?.labels, subsets };
    },
    {
      labels: { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' },
      subsets: [
        {
          addresses: ['p-1', 'p-2'].map((name, index) => ({
            ip: `10.1.0.${2 + index}`,
            nodeName: 'NS-node',
            targetRef: { kind: 'Pod', namespace: 'NS', name, uid: 'UID' },
          })),
          notReadyAddresses: [
            {
              ip: '10.1.0.1',
              nodeName: 'NS-node',
              targetRef: { kind: 'Pod', namespace: 'NS', name: 'p-0', uid: 'UID' },
            },
          ],
          ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        },
      ],
    },
  ),
  serviceCase(
    'endpoints: a headless Service without Pods has labels and no subsets, and its own labels go along',
    async (api) => {
      await api.create(api.core('services'), {
        ...service('a', { clusterIP: 'None' }),
        metadata: { name: 'a', labels: { x: 'y' } },
      });
      const { metadata, subsets } = await awaitEndpoints(api, 0, 0);
      const [slice] = await awaitSlices(api, 0, 0);
      return {
        labels: metadata?.labels,
        subsets: subsets ?? 'none',
        slice: slice?.metadata?.labels,
        annotated: metadata?.annotations?.[trigger] !== undefined,
      };
    },
    {
      labels: {
        x: 'y',
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
        'service.kubernetes.io/headless': '',
      },
      subsets: 'none',
      slice: {
        x: 'y',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': 'a',
        'service.kubernetes.io/headless': '',
      },
      annotated: true,
    },
  ),
  serviceCase(
    'endpointslice: endpoints with conditions, node, zone, host name and target, owned by the Service',
    async (api) => {
      await api.create(
        api.core('services'),
        service('a', { clusterIP: 'None', ports: [{ name: 'http', port: 80, targetPort: 'web' }] }),
      );
      await createPod(api, 'p-1', { hostname: 'h', subdomain: 'a' });
      await setReady(api, 'p-1');
      const [slice] = await awaitSlices(api, 1, 1);
      const { metadata, endpoints, ports, addressType } = slice ?? {};
      const { name, generateName, ownerReferences } = metadata ?? {};
      return {
        named: /^a-[a-z0-9]{5}$/.test(text(name)),
        generateName,
        ownerReferences,
        endpoints,
        ports,
        addressType,
      };
    },
    {
      named: true,
      generateName: 'a-',
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Service', name: 'a', uid: 'UID', controller: true, blockOwnerDeletion: true },
      ],
      endpoints: [
        {
          addresses: ['10.1.0.2'],
          conditions: { ready: true, serving: true, terminating: false },
          hostname: 'h',
          targetRef: { kind: 'Pod', namespace: 'NS', name: 'p-1', uid: 'UID' },
          nodeName: 'NS-node',
          zone: 'z1',
        },
      ],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      addressType: 'IPv4',
    },
  ),
  serviceCase(
    'endpointslice: a Pod that is not ready has ready and serving false, and becomes ready in place',
    async (api) => {
      await api.create(api.core('services'), service('a'));
      await createPod(api, 'p-1');
      await setReady(api, 'p-1', false);
      const [before] = await awaitSlices(api, 1, 0);
      await setReady(api, 'p-1');
      const [after] = await awaitSlices(api, 1, 1);
      return {
        before: list(before?.endpoints)[0]?.conditions,
        same: show(before?.metadata?.name) === show(after?.metadata?.name),
      };
    },
    { before: { ready: false, serving: false, terminating: false }, same: true },
  ),
  serviceCase(
    'endpointslice: publishNotReadyAddresses makes every Pod ready but not serving',
    async (api) => {
      await api.create(api.core('services'), service('a', { publishNotReadyAddresses: true }));
      await createPod(api, 'p-1');
      await setReady(api, 'p-1', false);
      const [slice] = await awaitSlices(api, 1, 1);
      const { subsets } = await awaitEndpoints(api, 1, 0);
      return [list(slice?.endpoints)[0]?.conditions, list(subsets).length];
    },
    [{ ready: true, serving: false, terminating: false }, 1],
  ),
  serviceCase(
    'endpointslice: a Pod that is on no Node is no endpoint',
    async (api) => {
      await api.create(api.core('services'), service('a'));
      await createPod(api, 'p-1', { nodeName: '' });
      await createPod(api, 'p-2');
      for (const name of ['p-1', 'p-2']) await setReady(api, name);
      const [slice] = await awaitSlices(api, 1, 1);
      return list(slice?.endpoints).map(({ targetRef }) => targetRef?.name);
    },
    ['p-2'],
  ),
  serviceCase(
    'endpointslice: Pods with different numbers for a named port are in different slices',
    async (api) => {
      await api.create(api.core('services'), service('a', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] }));
      await createPod(api, 'p-1');
      await createPod(api, 'p-2', { containers: [{ ...container, ports: [{ name: 'web', containerPort: 9090 }] }] });
      await createPod(api, 'p-3', { containers: [{ name: 'main', image: 'i' }] });
      for (const name of ['p-1', 'p-2', 'p-3']) await setReady(api, name);
      const slices = await awaitSlices(api, 3, 3);
      const shown = slices.map(({ endpoints, ports }) => [
        list(endpoints)[0]?.targetRef?.name,
        list(ports).map(({ port }) => port),
      ]);
      const { subsets } = await awaitEndpoints(api, 2, 0);
      return {
        slices: [...shown].sort((one, other) => (show(one[0]) < show(other[0]) ? -1 : 1)),
        subsets: list(subsets)
          .map(({ ports, addresses }) => [list(addresses).length, list(ports)[0]?.port])
          .sort(),
      };
    },
    {
      slices: [
        ['p-1', [8080]],
        ['p-2', [9090]],
        ['p-3', []],
      ],
      subsets: [
        [1, 8080],
        [1, 9090],
      ],
    },
  ),
  serviceCase(
    'endpointslice: a terminating Pod is no endpoint of Endpoints but one that is not ready of the slice',
    async (api) => {
      await api.create(api.core('services'), service('a'));
      await createPod(api, 'p-1');
      await api.patch(api.core('pods/p-1'), 'merge', { metadata: { finalizers: ['example.test/wait'] } });
      await setReady(api, 'p-1');
      await awaitSlices(api, 1, 1);
      await api.delete(api.core('pods/p-1'));
      const [slice] = await awaitSlices(api, 1, 0);
      await awaitEndpoints(api, 0, 0);
      await api.patch(api.core('pods/p-1'), 'merge', { metadata: { finalizers: null } });
      await awaitSlices(api, 0, 0);
      return list(slice?.endpoints)[0]?.conditions;
    },
    { ready: false, serving: true, terminating: true },
  ),
  serviceCase(
    'endpoints: a deleted Service takes both with it',
    async (api) => {
      await api.create(api.core('services'), service('a'));
      await awaitSlices(api, 0, 0);
      await awaitEndpoints(api, 0, 0);
      await api.delete(api.core('services/a'));
      const endpoints = await eventually(
        () => api.get(api.core('endpoints/a')),
        ({ status }) => status === 404,
      );
      await eventually(
        () => api.get(api.in('discovery.k8s.io/v1', 'endpointslices')),
        ({ body }) => list(body.items).length === 0,
      );
      return endpoints.status;
    },
    404,
  ),
  serviceCase(
    'endpoints: a Service without a selector gets none',
    async (api) => {
      await api.create(api.core('services'), { metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } });
      await api.create(api.core('services'), service('b'));
      await eventually(
        () => api.get(api.core('endpoints/b')),
        ({ status }) => status === 200,
      );
      return (await api.get(api.core('endpoints/a'))).status;
    },
    404,
  ),
];
