import type { Api } from '../api.ts';
import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase } from '../case.ts';
import { configMap, service } from '../manifests.ts';

/** Creates ConfigMap a with one=1, two=2 and the label x=y. */
async function createBase(api: Api): Promise<string> {
  await api.create(api.core('configmaps'), configMap('a', { one: '1', two: '2' }, { labels: { x: 'y' } }));
  return api.core('configmaps/a');
}

export const patchCases: readonly ContractCase[] = [
  contractCase(
    'patch: a merge patch sets, adds and, with null, removes',
    async (api) => {
      const path = await createBase(api);
      const { status, body } = await api.patch(path, 'merge', {
        metadata: { labels: { x: null, z: 'new' } },
        data: { one: null, two: 'II', three: '3' },
      });
      return { status, labels: body.metadata?.labels, data: body.data };
    },
    { status: 200, labels: { z: 'new' }, data: { two: 'II', three: '3' } },
  ),
  contractCase(
    'patch: a merge patch replaces lists whole',
    async (api) => {
      await api.create(
        api.core('services'),
        service('a', {
          ports: [
            { name: 'x', port: 80 },
            { name: 'y', port: 81 },
          ],
        }),
      );
      const { body } = await api.patch(api.core('services/a'), 'merge', { spec: { ports: [{ port: 90 }] } });
      return body.spec?.ports;
    },
    [{ protocol: 'TCP', port: 90, targetPort: 90 }],
  ),
  contractCase(
    'patch: a merge patch on a missing object is 404',
    async (api) => verdict(await api.patch(api.core('configmaps/a'), 'merge', {})),
    '404 NotFound',
  ),
  contractCase(
    'patch: a merge patch with a stale resourceVersion is 409, with the right one it passes',
    async (api) => {
      const path = await createBase(api);
      const { body } = await api.get(path);
      const right = { metadata: { resourceVersion: body.metadata?.resourceVersion }, data: { one: 'I' } };
      return [
        verdict(await api.patch(path, 'merge', { metadata: { resourceVersion: '1' }, data: { one: 'I' } })),
        verdict(await api.patch(path, 'merge', right)),
      ];
    },
    ['409 Conflict', '200'],
  ),
  contractCase(
    'patch: an unknown content type is 415',
    async (api) => {
      const path = await createBase(api);
      const headers = { 'content-type': 'application/json' };
      return refusal(await api.request('PATCH', path, { body: {}, headers }));
    },
    {
      status: 415,
      kind: 'Status',
      reason: 'UnsupportedMediaType',
      message: '415: Unsupported Media Type',
      details: {},
      code: 415,
    },
  ),
  contractCase(
    'patch: metadata.name and namespace cannot be patched',
    async (api) => {
      const path = await createBase(api);
      return [
        verdict(await api.patch(path, 'merge', { metadata: { name: 'b' } })),
        verdict(await api.patch(path, 'merge', { metadata: { namespace: 'other' } })),
      ];
    },
    ['400 BadRequest', '400 BadRequest'],
  ),
  contractCase(
    'patch: a JSON patch knows add, replace, remove, copy, move and test',
    async (api) => {
      const path = await createBase(api);
      const { body } = await api.patch(path, 'json', [
        { op: 'test', path: '/data/one', value: '1' },
        { op: 'add', path: '/data/three', value: '3' },
        { op: 'replace', path: '/data/one', value: 'I' },
        { op: 'copy', from: '/data/one', path: '/data/four' },
        { op: 'move', from: '/data/two', path: '/data/five' },
        { op: 'remove', path: '/metadata/labels/x' },
      ]);
      return { data: body.data, labels: body.metadata?.labels ?? 'none' };
    },
    { data: { one: 'I', three: '3', four: 'I', five: '2' }, labels: 'none' },
  ),
  contractCase(
    'patch: a JSON pointer escapes a slash',
    async (api) => {
      const path = await createBase(api);
      const { body } = await api.patch(path, 'json', [
        { op: 'add', path: '/metadata/labels/example.test~1x', value: 'v' },
        { op: 'add', path: '/metadata/annotations', value: { 'a/b': '1' } },
        { op: 'replace', path: '/metadata/annotations/a~1b', value: '2' },
      ]);
      return { labels: body.metadata?.labels, annotations: body.metadata?.annotations };
    },
    { labels: { x: 'y', 'example.test/x': 'v' }, annotations: { 'a/b': '2' } },
  ),
  contractCase(
    'patch: a JSON patch whose test fails is 422 and changes nothing',
    async (api) => {
      const path = await createBase(api);
      const answer = await api.patch(path, 'json', [
        { op: 'replace', path: '/data/one', value: 'I' },
        { op: 'test', path: '/data/two', value: 'wrong' },
      ]);
      const { body } = await api.get(path);
      return { refused: refusal(answer), data: body.data };
    },
    {
      refused: {
        status: 422,
        kind: 'Status',
        reason: 'Invalid',
        message: 'the server rejected our request due to an error in our request',
        details: {},
        code: 422,
      },
      data: { one: '1', two: '2' },
    },
  ),
  contractCase(
    'patch: a JSON patch of a missing path is 422, one that is no list is 400',
    async (api) => {
      const path = await createBase(api);
      return [
        verdict(await api.patch(path, 'json', [{ op: 'remove', path: '/data/none' }])),
        verdict(await api.patch(path, 'json', { op: 'remove' })),
      ];
    },
    ['422 Invalid', '400 BadRequest'],
  ),
  contractCase(
    'patch: a JSON patch inserts into and appends to lists',
    async (api) => {
      await api.create(api.core('services'), service('a', { ports: [{ name: 'x', port: 80 }] }));
      const { body } = await api.patch(api.core('services/a'), 'json', [
        { op: 'add', path: '/spec/ports/-', value: { name: 'z', port: 82 } },
        { op: 'add', path: '/spec/ports/0', value: { name: 'w', port: 79 } },
      ]);
      return (body.spec?.ports as unknown as { name: string }[]).map(({ name }) => name);
    },
    ['w', 'x', 'z'],
  ),
];
