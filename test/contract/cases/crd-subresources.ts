/** What definitions declare beside a schema: status, scale and printer columns. */
import type { ContractCase } from '../case.ts';
import { contractCase, list } from '../case.ts';
import { definition, widget, widgets, withDefinition } from '../crds.ts';
import { properties, withWidgets } from './widgets.ts';

export const crdSubresourceCases: readonly ContractCase[] = [
  withWidgets(
    'crd: without a status subresource status is a field like any other',
    async (api) => {
      await api.create(widgets(api), widget(api, 'a', { status: { ok: true } }));
      const sub = await api.get(widgets(api, 'widgets/a/status'));
      const { body } = await api.patch(widgets(api, 'widgets/a'), 'merge', { status: { ok: false } });
      return { status: body.status, generation: body.metadata?.generation, sub: sub.status };
    },
    { status: { ok: false }, generation: 2, sub: 404 },
  ),
  withWidgets(
    'crd: with a status subresource status is written only there, and generation counts all but metadata and status',
    async (api) => {
      const made = await api.create(widgets(api), widget(api, 'a', { spec: { count: 1 }, status: { ok: true } }));
      const ignored = await api.patch(widgets(api, 'widgets/a'), 'merge', { status: { ok: true } });
      const written = await api.patch(widgets(api, 'widgets/a/status'), 'merge', {
        spec: { count: 5 },
        status: { ok: true },
      });
      const labelled = await api.patch(widgets(api, 'widgets/a'), 'merge', { metadata: { labels: { x: 'y' } } });
      return [made, ignored.body, written.body, labelled.body].map(({ metadata, spec, status }) => [
        metadata?.generation,
        spec?.count,
        status ?? 'none',
      ]);
    },
    [
      [1, 1, 'none'],
      [1, 1, 'none'],
      [1, 1, { ok: true }],
      [1, 1, { ok: true }],
    ],
    { subresources: { status: {} } },
  ),
  withWidgets(
    'crd: scale reads and writes the declared paths',
    async (api) => {
      await api.create(widgets(api), widget(api, 'a', { spec: { count: 2 } }));
      await api.patch(widgets(api, 'widgets/a/status'), 'merge', { status: { now: 1, selector: 'app=a' } });
      const { body: scale } = await api.get(widgets(api, 'widgets/a/scale'));
      const put = await api.put(widgets(api, 'widgets/a/scale'), { ...scale, spec: { replicas: 7 } });
      const { body } = await api.get(widgets(api, 'widgets/a'));
      return { kind: scale.kind, spec: scale.spec, status: scale.status, put: put.body.spec, count: body.spec?.count };
    },
    {
      kind: 'Scale',
      spec: { replicas: 2 },
      status: { replicas: 1, selector: 'app=a' },
      put: { replicas: 7 },
      count: 7,
    },
    {
      subresources: {
        status: {},
        scale: {
          specReplicasPath: '.spec.count',
          statusReplicasPath: '.status.now',
          labelSelectorPath: '.status.selector',
        },
      },
    },
  ),
  withWidgets(
    'crd: printer columns are the columns of a Table, with name first and priority kept',
    async (api) => {
      await api.create(widgets(api), widget(api, 'a', { spec: { count: 4, word: 'abc' } }));
      const { body } = await api.get(widgets(api), { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
      const columns = list(body.columnDefinitions).map(({ name, type, priority }) => [name, type, priority]);
      return { columns, cells: list(body.rows)[0]?.cells };
    },
    {
      columns: [
        ['Name', 'string', 0],
        ['Count', 'integer', 0],
        ['Word', 'string', 1],
        ['None', 'string', 0],
      ],
      cells: ['a', 4, 'abc', null],
    },
    {
      additionalPrinterColumns: [
        { name: 'Count', type: 'integer', jsonPath: '.spec.count' },
        { name: 'Word', type: 'string', jsonPath: '.spec.word', priority: 1 },
        { name: 'None', type: 'string', jsonPath: '.spec.nothing' },
      ],
    },
  ),
  contractCase(
    'crd: without printer columns a Table has Name and Age',
    (api) =>
      withDefinition(api, definition(api, properties), async () => {
        const { body } = await api.get(widgets(api), { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
        return list(body.columnDefinitions).map(({ name, type }) => [name, type]);
      }),
    [
      ['Name', 'string'],
      ['Age', 'date'],
    ],
  ),
];
