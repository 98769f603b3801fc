/** Who owns a field after applies and updates, in lists as well. */
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, text } from '../case.ts';
import { configMap, deployment } from '../manifests.ts';
import { managers, applied, apply } from './applied.ts';

export const applyOwnershipCases: readonly ContractCase[] = [
  contractCase(
    'apply: an update records the updater as owner of what it changed',
    async (api) => {
      await apply(api, 'one', applied({ k: 'v', l: 'w' }));
      const { body } = await api.request('PATCH', `${api.core('configmaps/a')}?fieldManager=hand`, {
        body: { data: { l: 'other', m: 'new' } },
        headers: { 'content-type': 'application/merge-patch+json' },
      });
      return (managers(body) as Loose[]).map(({ manager, operation, fieldsV1 }) => ({ manager, operation, fieldsV1 }));
    },
    [
      { manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': { 'f:k': {} } } },
      { manager: 'hand', operation: 'Update', fieldsV1: { 'f:data': { 'f:l': {}, 'f:m': {} } } },
    ],
  ),
  contractCase(
    'apply: a created object is owned by its creator as Update',
    async (api) => {
      const { body } = await api.post(
        `${api.core('configmaps')}?fieldManager=maker`,
        configMap('a', { k: 'v' }, { labels: { x: 'y' } }),
      );
      return managers(body);
    },
    [
      {
        manager: 'maker',
        operation: 'Update',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:data': { '.': {}, 'f:k': {} },
          'f:metadata': { 'f:labels': { '.': {}, 'f:x': {} } },
        },
        hasTime: true,
      },
    ],
  ),
  contractCase(
    'apply: list maps merge by their keys between two managers',
    async (api) => {
      const ports = (name: string, port: number) => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'a' },
        spec: { ports: [{ name, port, protocol: 'TCP' }] },
      });
      await api.apply(api.core('services/a'), 'one', ports('x', 80));
      const { body } = await api.apply(api.core('services/a'), 'two', ports('y', 81));
      const owners = (managers(body) as { manager: string; fieldsV1: Loose }[]).map(({ manager, fieldsV1 }) => [
        manager,
        fieldsV1['f:spec'],
      ]);
      return { ports: list(body.spec?.ports).map(({ name }) => name), owners };
    },
    {
      ports: ['x', 'y'],
      owners: ['one', 'two'].map((manager, index) => [
        manager,
        {
          'f:ports': {
            [`k:{"port":${80 + index},"protocol":"TCP"}`]: { '.': {}, 'f:name': {}, 'f:port': {}, 'f:protocol': {} },
          },
        },
      ]),
    },
  ),
  contractCase(
    'apply: sets merge as sets and an owner removes only its own element',
    async (api) => {
      const finalizers = (values: string[]) => applied(undefined, { finalizers: values });
      await apply(api, 'one', finalizers(['example.test/a', 'example.test/b']));
      await apply(api, 'two', finalizers(['example.test/b', 'example.test/c']));
      const { body } = await apply(api, 'one', finalizers([]));
      await api.patch(api.core('configmaps/a'), 'merge', { metadata: { finalizers: null } });
      return body.metadata?.finalizers;
    },
    ['example.test/b', 'example.test/c'],
  ),
  contractCase(
    'apply: a changed image is owned and the container keeps what others set',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const body = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'a' },
        spec: { template: { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: 'b' }] }] } } },
      };
      const answer = await api.apply(api.apps('deployments/a'), 'one', body);
      const container = list(answer.body.spec?.template?.spec?.containers)[0];
      return { status: answer.status, image: container?.image, env: container?.env };
    },
    { status: 200, image: 'example.test/app:1', env: [{ name: 'A', value: 'b' }] },
  ),
  contractCase(
    'apply: to the status subresource is recorded with its subresource',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a'));
      const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, status: { replicas: 1 } };
      const answer = await api.apply(api.apps('deployments/a/status'), 'one', body);
      const own = (managers(answer.body) as Loose[]).find(({ manager }) => text(manager) === 'one');
      return { status: answer.status, own };
    },
    {
      status: 200,
      own: {
        manager: 'one',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:status': { 'f:replicas': {} } },
        subresource: 'status',
        hasTime: true,
      },
    },
  ),
];
