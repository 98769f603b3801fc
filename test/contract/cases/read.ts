import type { Api } from '../api.ts';
import { refusal } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, names } from '../case.ts';
import { configMap, pod } from '../manifests.ts';

/** Four ConfigMaps: a (tier=web, env=prod), b (tier=web), c (tier=db, env=test), d (no labels). */
async function createFour(api: Api): Promise<void> {
  const labels = [{ tier: 'web', env: 'prod' }, { tier: 'web' }, { tier: 'db', env: 'test' }, undefined];
  for (const [index, one] of labels.entries()) {
    const metadata = one === undefined ? {} : { labels: one };
    await api.create(api.core('configmaps'), configMap('abcd'.charAt(index), {}, metadata));
  }
}

function selecting(selector: string, expected: readonly string[]): ContractCase {
  return contractCase(
    `list: the label selector "${selector}" selects ${expected.join(', ') || 'nothing'}`,
    async (api) => {
      await createFour(api);
      const { body } = await api.get(`${api.core('configmaps')}?labelSelector=${encodeURIComponent(selector)}`);
      return names(body);
    },
    expected,
  );
}

export const readCases: readonly ContractCase[] = [
  contractCase(
    'get: a missing object is 404 with its name and resource',
    async (api) => refusal(await api.get(api.core('configmaps/none'))),
    {
      status: 404,
      kind: 'Status',
      reason: 'NotFound',
      message: 'configmaps "none" not found',
      details: { name: 'none', kind: 'configmaps' },
      code: 404,
    },
  ),
  contractCase(
    'get: a refusal is a Status of v1 with an empty metadata and status Failure',
    async (api) => {
      const { body } = await api.get(api.apps('statefulsets/none'));
      const { kind, apiVersion, metadata, status, details } = body;
      return { kind, apiVersion, metadata, status, details };
    },
    {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      details: { name: 'none', group: 'apps', kind: 'statefulsets' },
    },
  ),
  contractCase(
    'get: in an unknown version or group is 404',
    async (api) => {
      const paths = ['/apis/apps/v9/statefulsets', '/apis/no.such.group/v1/things', '/api/v2/pods'];
      const answers = await Promise.all(paths.map((path) => api.get(path)));
      return answers.map(({ status }) => status);
    },
    [404, 404, 404],
  ),
  contractCase(
    'get: a method that the path does not know is 405',
    async (api) => {
      const answers = [
        await api.put(api.core('configmaps'), configMap('a')),
        await api.post(api.core('configmaps/a'), {}),
      ];
      return answers.map(({ status, body }) => ({ status, reason: body.reason, message: body.message }));
    },
    [
      {
        status: 405,
        reason: 'MethodNotAllowed',
        message: 'the server does not allow this method on the requested resource',
      },
      {
        status: 405,
        reason: 'MethodNotAllowed',
        message: 'the server does not allow this method on the requested resource',
      },
    ],
  ),
  contractCase(
    'list: items carry no kind and no apiVersion, the list does, and it has a resourceVersion',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const { body } = await api.get(api.core('configmaps'));
      const item = list(body.items)[0] ?? {};
      return { kind: body.kind, apiVersion: body.apiVersion, metadata: body.metadata, item: Object.keys(item) };
    },
    { kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: 'RV' }, item: ['metadata'] },
  ),
  contractCase(
    'list: an empty list has an empty array of items',
    async (api) => {
      const { body } = await api.get(api.core('configmaps'));
      return body.items;
    },
    [],
  ),
  contractCase(
    'list: objects come in the order of their names, and over all namespaces with the namespace in metadata',
    async (api) => {
      for (const name of ['b', 'c', 'a']) await api.create(api.core('configmaps'), configMap(name));
      const own = await api.get(api.core('configmaps'));
      const all = await api.get(`/api/v1/configmaps?fieldSelector=metadata.namespace=${api.namespace}`);
      return { own: names(own.body), all: names(all.body), namespace: list(all.body.items)[0]?.metadata?.namespace };
    },
    { own: ['a', 'b', 'c'], all: ['a', 'b', 'c'], namespace: 'NS' },
  ),
  contractCase(
    'list: a missing namespace lists nothing and is no error',
    async (api) => {
      const { status, body } = await api.get('/api/v1/namespaces/no-such-namespace/configmaps');
      return { status, items: body.items };
    },
    { status: 200, items: [] },
  ),
  selecting('tier=web', ['a', 'b']),
  selecting('tier==web,env=prod', ['a']),
  selecting('tier!=web', ['c', 'd']),
  selecting('tier in (web, db)', ['a', 'b', 'c']),
  selecting('env notin (prod)', ['b', 'c', 'd']),
  selecting('env', ['a', 'c']),
  selecting('!env', ['b', 'd']),
  selecting('env in (prod),!tier', []),
  contractCase(
    'list: a label selector that does not parse is 400',
    async (api) => {
      const { status, body } = await api.get(`${api.core('configmaps')}?labelSelector=${encodeURIComponent('a in b')}`);
      return { status, reason: body.reason };
    },
    { status: 400, reason: 'BadRequest' },
  ),
  contractCase(
    'list: metadata.name is a field selector of every resource, != too',
    async (api) => {
      await createFour(api);
      const one = await api.get(`${api.core('configmaps')}?fieldSelector=metadata.name%3Db`);
      const others = await api.get(`${api.core('configmaps')}?fieldSelector=metadata.name!%3Db`);
      return { one: names(one.body), others: names(others.body) };
    },
    { one: ['b'], others: ['a', 'c', 'd'] },
  ),
  contractCase(
    'list: a field that cannot be selected is 400 and says so',
    async (api) => refusal(await api.get(`${api.core('configmaps')}?fieldSelector=data.k%3Dv`)),
    {
      status: 400,
      kind: 'Status',
      reason: 'BadRequest',
      message: '"data.k" is not a known field selector: only "metadata.name", "metadata.namespace"',
      code: 400,
    },
  ),
  contractCase(
    'list: Pods are selected by spec.nodeName and status.phase',
    async (api) => {
      await api.create(api.core('pods'), pod('here', { nodeName: 'n1' }));
      await api.create(api.core('pods'), pod('there', { nodeName: 'n2' }));
      const node = await api.get(`${api.core('pods')}?fieldSelector=spec.nodeName%3Dn1`);
      const phase = await api.get(`${api.core('pods')}?fieldSelector=status.phase%3DPending`);
      return { node: names(node.body), phase: names(phase.body) };
    },
    { node: ['here'], phase: ['here', 'there'] },
  ),
  contractCase(
    'list: Secrets are selected by type',
    async (api) => {
      for (const type of ['example.test/one', 'example.test/two']) {
        await api.create(api.core('secrets'), { metadata: { name: type.slice(-3) }, type });
      }
      const { body } = await api.get(`${api.core('secrets')}?fieldSelector=type%3Dexample.test/two`);
      return names(body);
    },
    ['two'],
  ),
];
