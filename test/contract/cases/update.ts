import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase } from '../case.ts';
import { configMap, deployment } from '../manifests.ts';

const stale = { resourceVersion: '1' };

export const updateCases: readonly ContractCase[] = [
  contractCase(
    'update: a stale resourceVersion is 409 Conflict',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      return refusal(await api.put(api.core('configmaps/a'), configMap('a', { k: 'v' }, stale)));
    },
    {
      status: 409,
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    },
  ),
  contractCase(
    'update: without a resourceVersion the last writer wins',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a', { one: '1' }));
      const { status, body } = await api.put(api.core('configmaps/a'), configMap('a', { two: '2' }));
      return { status, data: body.data };
    },
    { status: 200, data: { two: '2' } },
  ),
  contractCase(
    'update: a missing object is 404, also with a resourceVersion in the body',
    async (api) => [
      verdict(await api.put(api.core('configmaps/a'), configMap('a'))),
      verdict(await api.put(api.core('configmaps/a'), configMap('a', {}, { resourceVersion: '7' }))),
    ],
    ['404 NotFound', '404 NotFound'],
  ),
  contractCase(
    'update: a Lease and an Event without a resourceVersion are created when missing or refused alike',
    async (api) => {
      const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'a' }, spec: {} };
      return verdict(await api.put(api.in('coordination.k8s.io/v1', 'leases/a'), lease));
    },
    '201',
  ),
  contractCase(
    'update: a name in the body that is not the one of the path is 400',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      return refusal(await api.put(api.core('configmaps/a'), configMap('b')));
    },
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message: 'the name of the object (b) does not match the name on the URL (a)',
      code: 400,
    },
  ),
  contractCase(
    'update: a uid of another object is 409 with a precondition message',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const other = { uid: '11111111-1111-1111-1111-111111111111' };
      const { status, body } = await api.put(api.core('configmaps/a'), configMap('a', {}, other));
      return { status, reason: body.reason, message: body.message };
    },
    {
      status: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: /registry/configmaps/NS/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: UID, UID in object meta: UID',
    },
  ),
  contractCase(
    'update: creationTimestamp and uid that are left out are filled in from the stored object',
    async (api) => {
      const made = await api.create(api.core('configmaps'), configMap('a'));
      const { body } = await api.put(api.core('configmaps/a'), configMap('a', { k: 'v' }));
      const same = (key: string) => made.metadata?.[key] === body.metadata?.[key];
      return { uid: same('uid'), creationTimestamp: same('creationTimestamp') };
    },
    { uid: true, creationTimestamp: true },
  ),
  contractCase(
    'update: an unchanged spec keeps the generation, a changed one moves it on by one',
    async (api) => {
      const made = await api.create(api.apps('deployments'), deployment('a'));
      const labelled = await api.patch(api.apps('deployments/a'), 'merge', { metadata: { labels: { x: 'y' } } });
      const scaled = await api.patch(api.apps('deployments/a'), 'merge', { spec: { replicas: 3 } });
      return [made, labelled.body, scaled.body].map(({ metadata }) => metadata?.generation);
    },
    [1, 1, 2],
  ),
];
