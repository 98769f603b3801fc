import type { Api } from '../api.ts';
import { verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, names, show, text } from '../case.ts';
import { definition, eventually, groupOf, widget, widgets, withDefinition } from '../crds.ts';
import { configMap, pod } from '../manifests.ts';

const wrongUid = '11111111-1111-1111-1111-111111111111';

function ownedBy(owner: Loose, kind = 'ConfigMap', change: object = {}): object {
  const reference = { apiVersion: 'v1', kind, name: owner.metadata?.name, uid: owner.metadata?.uid, ...change };
  return { ownerReferences: [reference] };
}

function claim(name: string): object {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return { metadata: { name }, spec };
}

const claimVolume = (claimName: string): object => ({ name: claimName, persistentVolumeClaim: { claimName } });

async function untilGone(api: Api, path: string): Promise<number> {
  return (
    await eventually(
      () => api.get(path),
      ({ status }) => status === 404,
    )
  ).status;
}

export const garbageCases: readonly ContractCase[] = [
  contractCase(
    'garbage: dependents of a deleted object go with it',
    async (api) => {
      const owner = await api.create(api.core('configmaps'), configMap('owner'));
      await api.create(api.core('secrets'), { metadata: { name: 'a', ...ownedBy(owner) } });
      await api.delete(api.core('configmaps/owner'));
      return untilGone(api, api.core('secrets/a'));
    },
    404,
  ),
  contractCase(
    'garbage: an object whose owner never was is deleted',
    async (api) => {
      const owner = await api.create(api.core('configmaps'), configMap('owner'));
      await api.create(api.core('secrets'), {
        metadata: { name: 'a', ...ownedBy(owner, 'ConfigMap', { uid: wrongUid }) },
      });
      return untilGone(api, api.core('secrets/a'));
    },
    404,
  ),
  contractCase(
    'garbage: an object with a living owner loses the reference to a dead one and stays',
    async (api) => {
      const one = await api.create(api.core('configmaps'), configMap('one'));
      const two = await api.create(api.core('configmaps'), configMap('two'));
      const references = [one, two].map(({ metadata }) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: metadata?.name,
        uid: metadata?.uid,
      }));
      await api.create(api.core('secrets'), { metadata: { name: 'a', ownerReferences: references } });
      await api.delete(api.core('configmaps/one'));
      const { body } = await eventually(
        () => api.get(api.core('secrets/a')),
        ({ body: found }) => list(found.metadata?.ownerReferences).length === 1,
      );
      return list(body.metadata?.ownerReferences).map(({ name }) => name);
    },
    ['two'],
  ),
  contractCase(
    'garbage: orphan deletion leaves the dependents without an owner',
    async (api) => {
      const owner = await api.create(api.core('configmaps'), configMap('owner'));
      await api.create(api.core('secrets'), { metadata: { name: 'a', ...ownedBy(owner) } });
      await api.delete(`${api.core('configmaps/owner')}?propagationPolicy=Orphan`);
      await untilGone(api, api.core('configmaps/owner'));
      const { status, body } = await api.get(api.core('secrets/a'));
      return { status, owners: list(body.metadata?.ownerReferences).length };
    },
    { status: 200, owners: 0 },
  ),
  contractCase(
    'garbage: foreground deletion waits for dependents that block and not for others',
    async (api) => {
      const finalizers = ['example.test/wait'];
      const blocking = await api.create(api.core('configmaps'), configMap('blocking'));
      const free = await api.create(api.core('configmaps'), configMap('free'));
      const hold = (owner: Loose, change: object) => ({ finalizers, ...ownedBy(owner, 'ConfigMap', change) });
      await api.create(api.core('secrets'), {
        metadata: { name: 'a', ...hold(blocking, { blockOwnerDeletion: true }) },
      });
      await api.create(api.core('secrets'), { metadata: { name: 'b', ...hold(free, {}) } });
      for (const name of ['blocking', 'free'])
        await api.delete(api.core(`configmaps/${name}`), { propagationPolicy: 'Foreground' });
      await untilGone(api, api.core('configmaps/free'));
      const waiting = verdict(await api.get(api.core('configmaps/blocking')));
      await api.patch(api.core('secrets/a'), 'merge', { metadata: { finalizers: null } });
      const after = await untilGone(api, api.core('configmaps/blocking'));
      await api.patch(api.core('secrets/b'), 'merge', { metadata: { finalizers: null } });
      return { waiting, after };
    },
    { waiting: '200', after: 404 },
  ),
  contractCase(
    'garbage: custom resources own and are owned',
    (api) =>
      withDefinition(api, definition(api, {}), async () => {
        const owner = await api.create(widgets(api), widget(api, 'owner'));
        const reference = { apiVersion: `${groupOf(api)}/v1`, kind: 'Widget', name: 'owner', uid: owner.metadata?.uid };
        await api.create(api.core('configmaps'), configMap('a', {}, { ownerReferences: [reference] }));
        const made = widget(api, 'b') as { metadata: object };
        await api.create(widgets(api), { ...made, metadata: { ...made.metadata, ownerReferences: [reference] } });
        await api.delete(widgets(api, 'widgets/owner'));
        // A new kind is known to the collector only after its next look at discovery, up to 30 s later.
        return [await untilGone(api, api.core('configmaps/a')), await untilGone(api, widgets(api, 'widgets/b'))];
      }),
    [404, 404],
  ),
  contractCase(
    'claim: a deleted one waits for the Pods on machines that use it',
    async (api) => {
      const made = await api.create(api.core('persistentvolumeclaims'), claim('a'));
      await api.create(api.core('pods'), pod('user', { nodeName: 'somewhere', volumes: [claimVolume('a')] }));
      await api.delete(api.core('persistentvolumeclaims/a'));
      // The controller lets a claim go that it finds unused as soon as it sees it deleted: by now it has seen this one.
      await api.create(api.core('persistentvolumeclaims'), claim('unused'));
      await api.delete(api.core('persistentvolumeclaims/unused'));
      await untilGone(api, api.core('persistentvolumeclaims/unused'));
      const waiting = await api.get(api.core('persistentvolumeclaims/a'));
      await api.delete(`${api.core('pods/user')}?gracePeriodSeconds=0`);
      const after = await untilGone(api, api.core('persistentvolumeclaims/a'));
      return { finalizers: made.metadata?.finalizers, waiting: verdict(waiting), after };
    },
    { finalizers: ['kubernetes.io/pvc-protection'], waiting: '200', after: 404 },
  ),
  contractCase(
    'claim: a deleted one does not wait for a Pod that is on no machine yet',
    async (api) => {
      await api.create(api.core('persistentvolumeclaims'), claim('a'));
      await api.create(api.core('pods'), pod('user', { volumes: [claimVolume('a')] }));
      await api.delete(api.core('persistentvolumeclaims/a'));
      const claimAfter = await untilGone(api, api.core('persistentvolumeclaims/a'));
      return { claimAfter, pod: verdict(await api.get(api.core('pods/user'))) };
    },
    { claimAfter: 404, pod: '200' },
  ),
  contractCase(
    'namespace: a new one gets the ServiceAccount default and the ConfigMap kube-root-ca.crt',
    async (api) => {
      const account = await eventually(
        () => api.get(api.core('serviceaccounts/default')),
        ({ status }) => status === 200,
      );
      const root = await eventually(
        () => api.get(api.core('configmaps/kube-root-ca.crt')),
        ({ status }) => status === 200,
      );
      const certificate = text(root.body.data?.['ca.crt']);
      return { account: account.body.kind, certificate: certificate.startsWith('-----BEGIN CERTIFICATE-----') };
    },
    { account: 'ServiceAccount', certificate: true },
  ),
  contractCase(
    'namespace: the ServiceAccount default comes back when it is deleted',
    async (api) => {
      const before = await eventually(
        () => api.get(api.core('serviceaccounts/default')),
        ({ status }) => status === 200,
      );
      await api.delete(api.core('serviceaccounts/default'));
      const after = await eventually(
        () => api.get(api.core('serviceaccounts/default')),
        ({ status, body }) => status === 200 && show(body.metadata?.uid) !== show(before.body.metadata?.uid),
      );
      return after.status;
    },
    200,
  ),
  contractCase(
    'namespace: a deleted one is emptied and then gone',
    async (api) => {
      const name = `${api.namespace}-more`;
      await api.create('/api/v1/namespaces', { metadata: { name } });
      await api.create(`/api/v1/namespaces/${name}/configmaps`, configMap('a'));
      await api.create(`/api/v1/namespaces/${name}/pods`, pod('a'));
      await api.delete(`/api/v1/namespaces/${name}`);
      await untilGone(api, `/api/v1/namespaces/${name}`);
      return names((await api.get(`/api/v1/namespaces/${name}/configmaps`)).body);
    },
    [],
  ),
  contractCase(
    'namespace: a finalizer of one object holds the whole Namespace',
    async (api) => {
      const name = `${api.namespace}-held`;
      await api.create('/api/v1/namespaces', { metadata: { name } });
      const inside = `/api/v1/namespaces/${name}/configmaps`;
      await api.create(inside, configMap('a', {}, { finalizers: ['example.test/wait'] }));
      await api.create(inside, configMap('b'));
      await api.delete(`/api/v1/namespaces/${name}`);
      await untilGone(api, `${inside}/b`);
      const held = await eventually(
        () => api.get(`/api/v1/namespaces/${name}`),
        ({ body }) => list(body.status?.conditions).length > 0,
      );
      const conditions = list(held.body.status?.conditions).map(({ type, status, reason }) => [type, status, reason]);
      await api.patch(`${inside}/a`, 'merge', { metadata: { finalizers: null } });
      return { phase: held.body.status?.phase, conditions, after: await untilGone(api, `/api/v1/namespaces/${name}`) };
    },
    {
      phase: 'Terminating',
      conditions: [
        ['NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered'],
        ['NamespaceDeletionGroupVersionParsingFailure', 'False', 'ParsedGroupVersions'],
        ['NamespaceDeletionContentFailure', 'False', 'ContentDeleted'],
        ['NamespaceContentRemaining', 'True', 'SomeResourcesRemain'],
        ['NamespaceFinalizersRemaining', 'True', 'SomeFinalizersRemain'],
      ],
      after: 404,
    },
  ),
];
