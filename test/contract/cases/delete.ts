import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, names } from '../case.ts';
import { configMap, deployment, pod, service, statefulSet } from '../manifests.ts';

const finalizers = ['example.test/wait'];

export const deleteCases: readonly ContractCase[] = [
  contractCase(
    'delete: of an object without finalizers answers a Status with its uid',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const { status, body } = await api.delete(api.core('configmaps/a'));
      return { status, body, after: verdict(await api.get(api.core('configmaps/a'))) };
    },
    {
      status: 200,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name: 'a', kind: 'configmaps', uid: 'UID' },
      },
      after: '404 NotFound',
    },
  ),
  contractCase(
    'delete: of a Deployment names the group in the details',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const { body } = await api.delete(api.apps('deployments/a'));
      return body.details;
    },
    { name: 'a', group: 'apps', kind: 'deployments', uid: 'UID' },
  ),
  contractCase(
    'delete: of a Service answers the object',
    async (api) => {
      await api.create(api.core('services'), service('a'));
      const { status, body } = await api.delete(api.core('services/a'));
      return { status, kind: body.kind, name: body.metadata?.name };
    },
    { status: 200, kind: 'Service', name: 'a' },
  ),
  contractCase(
    'delete: of a missing object is 404',
    async (api) => verdict(await api.delete(api.core('configmaps/a'))),
    '404 NotFound',
  ),
  contractCase(
    'delete: with finalizers marks the object, and the last finalizer removed ends it',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      const { status, body } = await api.delete(api.core('configmaps/a'));
      const again = await api.delete(api.core('configmaps/a'));
      const last = await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return {
        status,
        metadata: body.metadata,
        again: again.status,
        sameVersion: again.body.metadata?.resourceVersion === body.metadata?.resourceVersion,
        last: last.status,
        after: verdict(await api.get(api.core('configmaps/a'))),
      };
    },
    {
      status: 200,
      metadata: {
        name: 'a',
        namespace: 'NS',
        uid: 'UID',
        resourceVersion: 'RV',
        creationTimestamp: 'TIME',
        deletionTimestamp: 'TIME',
        deletionGracePeriodSeconds: 0,
        finalizers,
      },
      again: 200,
      sameVersion: true,
      last: 200,
      after: '404 NotFound',
    },
  ),
  contractCase(
    'delete: the mark moves the generation on where a kind has one',
    async (api) => {
      const body = { ...deployment('a'), metadata: { name: 'a', finalizers } };
      await api.create(api.apps('deployments'), body);
      const marked = await api.delete(api.apps('deployments/a'));
      await api.patch(api.apps('deployments/a'), 'merge', { metadata: { finalizers: null } });
      return marked.body.metadata?.generation;
    },
    2,
  ),
  contractCase(
    'delete: a marked object takes no new finalizers',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      await api.delete(api.core('configmaps/a'));
      const more = [...finalizers, 'example.test/more'];
      const answer = await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: more } });
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return { status: answer.status, message: answer.body.message };
    },
    {
      status: 422,
      message:
        'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.test/more"}',
    },
  ),
  contractCase(
    'delete: a marked object can be updated, and a second create of its name is refused',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      await api.delete(api.core('configmaps/a'));
      const update = await api.patch(api.core('configmaps/a'), 'merge', { data: { k: 'v' } });
      const create = await api.post(api.core('configmaps'), configMap('a'));
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return [verdict(update), verdict(create), create.body.message];
    },
    ['200', '409 AlreadyExists', 'object is being deleted: configmaps "a" already exists'],
  ),
  contractCase(
    'delete: a uid precondition that does not hold is 409',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const preconditions = { uid: '11111111-1111-1111-1111-111111111111' };
      return refusal(await api.delete(api.core('configmaps/a'), { preconditions }));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (UID) does not match the UID in record (UID). The object might have been deleted and then recreated',
      details: { name: 'a', kind: 'ConfigMap' },
      code: 409,
    },
  ),
  contractCase(
    'delete: a resourceVersion precondition that does not hold is 409, one that holds passes',
    async (api) => {
      const made = await api.create(api.core('configmaps'), configMap('a'));
      const stale = await api.delete(api.core('configmaps/a'), { preconditions: { resourceVersion: '1' } });
      const preconditions = { uid: made.metadata?.uid, resourceVersion: made.metadata?.resourceVersion };
      return [verdict(stale), verdict(await api.delete(api.core('configmaps/a'), { preconditions }))];
    },
    ['409 Conflict', '200'],
  ),
  contractCase(
    'delete: foreground marks the object with the finalizer foregroundDeletion',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const { status, body } = await api.delete(api.apps('statefulsets/a'), { propagationPolicy: 'Foreground' });
      const { finalizers: waiting, deletionTimestamp } = body.metadata ?? {};
      const still = verdict(await api.get(api.apps('statefulsets/a')));
      await api.patch(api.apps('statefulsets/a'), 'merge', { metadata: { finalizers: null } });
      return { status, waiting, deletionTimestamp, still };
    },
    { status: 200, waiting: ['foregroundDeletion'], deletionTimestamp: 'TIME', still: '200' },
  ),
  contractCase(
    'delete: orphan marks the object with the finalizer orphan',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      const { body } = await api.delete(`${api.apps('statefulsets/a')}?propagationPolicy=Orphan`);
      await api.patch(api.apps('statefulsets/a'), 'merge', { metadata: { finalizers: null } });
      return body.metadata?.finalizers;
    },
    ['orphan'],
  ),
  contractCase(
    'delete: background removes an object at once',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a'));
      await api.delete(api.apps('statefulsets/a'), { propagationPolicy: 'Background' });
      return verdict(await api.get(api.apps('statefulsets/a')));
    },
    '404 NotFound',
  ),
  contractCase(
    'delete: an unknown propagation policy is 422',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const { status, body } = await api.delete(api.core('configmaps/a'), { propagationPolicy: 'Sideways' });
      return { status, reason: body.reason };
    },
    { status: 422, reason: 'Invalid' },
  ),
  contractCase(
    'delete: a Pod that runs on a node waits out its grace period',
    async (api) => {
      await api.create(api.core('pods'), pod('a', { nodeName: 'n1', terminationGracePeriodSeconds: 30 }));
      const { status, body } = await api.delete(api.core('pods/a'));
      const { deletionTimestamp, deletionGracePeriodSeconds } = body.metadata ?? {};
      const forced = await api.delete(api.core('pods/a'), { gracePeriodSeconds: 0 });
      return {
        status,
        deletionTimestamp,
        deletionGracePeriodSeconds,
        forced: forced.status,
        after: verdict(await api.get(api.core('pods/a'))),
      };
    },
    { status: 200, deletionTimestamp: 'TIME', deletionGracePeriodSeconds: 30, forced: 200, after: '404 NotFound' },
  ),
  contractCase(
    'delete: a Pod without a node goes at once',
    async (api) => {
      await api.create(api.core('pods'), pod('a'));
      const { status, body } = await api.delete(api.core('pods/a'));
      return { status, kind: body.kind, after: verdict(await api.get(api.core('pods/a'))) };
    },
    { status: 200, kind: 'Pod', after: '404 NotFound' },
  ),
  contractCase(
    'delete: a collection by selector deletes what it selects and answers the list',
    async (api) => {
      for (const name of ['a', 'b', 'c']) {
        await api.create(api.core('configmaps'), configMap(name, {}, { labels: { go: String(name !== 'b') } }));
      }
      const { status, body } = await api.delete(`${api.core('configmaps')}?labelSelector=go%3Dtrue`);
      const left = await api.get(api.core('configmaps'));
      return { status, kind: body.kind, deleted: names(body), left: names(left.body) };
    },
    { status: 200, kind: 'ConfigMapList', deleted: ['a', 'c'], left: ['b'] },
  ),
  contractCase(
    'delete: a collection whose members have finalizers marks them',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      await api.delete(api.core('configmaps'));
      const { body } = await api.get(api.core('configmaps/a'));
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return body.metadata?.deletionTimestamp;
    },
    'TIME',
  ),
  contractCase(
    'delete: an update that removes the last finalizer of an unmarked object keeps it',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return verdict(await api.get(api.core('configmaps/a')));
    },
    '200',
  ),
  contractCase(
    'delete: owner references are stored with controller and blockOwnerDeletion, two controllers are 422',
    async (api) => {
      const owner = await api.create(api.core('configmaps'), configMap('owner'));
      const reference = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'owner',
        uid: owner.metadata?.uid,
        controller: true,
        blockOwnerDeletion: true,
      };
      const made = await api.create(api.core('configmaps'), configMap('a', {}, { ownerReferences: [reference] }));
      const second = { ...reference, uid: '11111111-1111-1111-1111-111111111111' };
      const two = await api.post(api.core('configmaps'), configMap('b', {}, { ownerReferences: [reference, second] }));
      return { stored: made.metadata?.ownerReferences, two: verdict(two) };
    },
    {
      stored: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'UID', controller: true, blockOwnerDeletion: true },
      ],
      two: '422 Invalid',
    },
  ),
];
