/** Strategic merge patches: lists merge by their keys, and directives say how. */
import { refusal } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase } from '../case.ts';
import { configMap, deployment, service } from '../manifests.ts';

const withContainers = (containers: readonly object[], more: object = {}): object =>
  deployment('a', {
    template: { metadata: { labels: { app: 'a' } }, spec: { containers, ...more } },
  });

/** Applies a strategic patch to the containers' pod spec and returns what `pick` sees of it. */
function strategic(
  name: string,
  one: { spec: object; patch: object; pick: (spec: Loose) => unknown },
  expected: unknown,
) {
  return contractCase(
    name,
    async (api) => {
      await api.create(api.apps('deployments'), one.spec);
      const body = { spec: { template: { spec: one.patch } } };
      const answer = await api.patch(api.apps('deployments/a'), 'strategic', body);
      return answer.status === 200 ? one.pick(answer.body.spec?.template?.spec ?? {}) : refusal(answer);
    },
    expected,
  );
}

const brief = (spec: Loose): unknown =>
  (spec.containers as unknown as { name: string; image: string; env?: object[]; args?: string[] }[]).map(
    ({ name, image, env, args }) => ({ name, image, env, args }),
  );

export const strategicPatchCases: readonly ContractCase[] = [
  strategic(
    'patch: strategic merges containers by name and appends new ones',
    {
      spec: withContainers([
        { name: 'one', image: 'i:1' },
        { name: 'two', image: 'i:2' },
      ]),
      patch: {
        containers: [
          { name: 'two', image: 'i:9' },
          { name: 'three', image: 'i:3' },
        ],
      },
      pick: brief,
    },
    [
      { name: 'one', image: 'i:1' },
      { name: 'two', image: 'i:9' },
      { name: 'three', image: 'i:3' },
    ],
  ),
  strategic(
    'patch: strategic deletes one element with $patch: delete',
    {
      spec: withContainers([
        { name: 'one', image: 'i:1' },
        { name: 'two', image: 'i:2' },
      ]),
      patch: { containers: [{ name: 'one', $patch: 'delete' }] },
      pick: brief,
    },
    [{ name: 'two', image: 'i:2' }],
  ),
  strategic(
    'patch: strategic replaces a list with $patch: replace',
    {
      spec: withContainers([
        { name: 'one', image: 'i:1' },
        { name: 'two', image: 'i:2' },
      ]),
      patch: { containers: [{ name: 'new', image: 'i:7' }, { $patch: 'replace' }] },
      pick: brief,
    },
    [{ name: 'new', image: 'i:7' }],
  ),
  strategic(
    'patch: strategic orders a list with $setElementOrder',
    {
      spec: withContainers([
        { name: 'one', image: 'i:1' },
        { name: 'two', image: 'i:2' },
      ]),
      patch: {
        '$setElementOrder/containers': [{ name: 'two' }, { name: 'one' }],
        containers: [{ name: 'one', image: 'i:5' }],
      },
      pick: brief,
    },
    [
      { name: 'two', image: 'i:2' },
      { name: 'one', image: 'i:5' },
    ],
  ),
  strategic(
    'patch: strategic merges env inside containers and replaces plain lists',
    {
      spec: withContainers([
        {
          name: 'one',
          image: 'i:1',
          args: ['a', 'b'],
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
      ]),
      patch: { containers: [{ name: 'one', args: ['c'], env: [{ name: 'B', value: 'II' }] }] },
      pick: brief,
    },
    [
      {
        name: 'one',
        image: 'i:1',
        args: ['c'],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: 'II' },
        ],
      },
    ],
  ),
  strategic(
    'patch: strategic keeps one volume source with $retainKeys',
    {
      spec: withContainers([{ name: 'one', image: 'i:1' }], { volumes: [{ name: 'v', emptyDir: {} }] }),
      patch: { volumes: [{ $retainKeys: ['name', 'secret'], name: 'v', secret: { secretName: 's' } }] },
      pick: (spec) => spec.volumes,
    },
    [{ name: 'v', secret: { secretName: 's', defaultMode: 420 } }],
  ),
  strategic(
    'patch: strategic removes a map key with null and replaces a map with $patch: replace',
    {
      spec: withContainers([{ name: 'one', image: 'i:1' }], {
        nodeSelector: { a: '1', b: '2' },
        securityContext: { runAsUser: 1, fsGroup: 2 },
      }),
      patch: { nodeSelector: { a: null, c: '3' }, securityContext: { $patch: 'replace', runAsGroup: 3 } },
      pick: ({ nodeSelector, securityContext }) => ({ nodeSelector, securityContext }),
    },
    { nodeSelector: { b: '2', c: '3' }, securityContext: { runAsGroup: 3 } },
  ),
  contractCase(
    'patch: strategic adds to and deletes from a set of finalizers',
    async (api) => {
      const finalizers = ['example.test/one', 'example.test/two'];
      await api.create(api.core('configmaps'), configMap('a', {}, { finalizers }));
      const path = api.core('configmaps/a');
      const added = await api.patch(path, 'strategic', {
        metadata: { finalizers: ['example.test/three', 'example.test/one'] },
      });
      const gone = await api.patch(path, 'strategic', {
        metadata: { '$deleteFromPrimitiveList/finalizers': ['example.test/one'] },
      });
      await api.patch(path, 'merge', { metadata: { finalizers: null } });
      return [added, gone].map(({ body }) => body.metadata?.finalizers);
    },
    [
      ['example.test/three', 'example.test/one', 'example.test/two'],
      ['example.test/three', 'example.test/two'],
    ],
  ),
  contractCase(
    'patch: strategic merges Service ports by port',
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
      const { body } = await api.patch(api.core('services/a'), 'strategic', {
        spec: { ports: [{ port: 81, targetPort: 9 }] },
      });
      return body.spec?.ports;
    },
    [
      { name: 'x', protocol: 'TCP', port: 80, targetPort: 80 },
      { name: 'y', protocol: 'TCP', port: 81, targetPort: 9 },
    ],
  ),
];
