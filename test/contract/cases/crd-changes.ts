import type { Api } from '../api.ts';
import { verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, names, show } from '../case.ts';
import { definition, definitionsPath, eventually, groupOf, widget, widgets, withDefinition } from '../crds.ts';

const path = (api: Api): string => `${definitionsPath}/widgets.${groupOf(api)}`;

/** Gives the definition another schema for `spec` and waits until a read shows that it holds. */
async function changeSchema(api: Api, properties: object): Promise<void> {
  const [version] = list((definition(api, properties) as Loose).spec?.versions);
  await api.patch(path(api), 'merge', { spec: { versions: [version] } });
  const probe = async (): Promise<string> => {
    const body = widget(api, 'probe', { spec: { probe: true } });
    const { body: made } = await api.post(`${widgets(api)}?dryRun=All`, body);
    return show(made.spec?.probe);
  };
  await eventually(probe, (seen) => seen === 'true');
}

const probe = { probe: { type: 'boolean' } };

/** A case whose definition begins with one schema and goes on with another. */
function changing(
  name: string,
  schemas: readonly [object, object],
  one: { before: object; after: (api: Api) => Promise<unknown> },
  expected: unknown,
) {
  return contractCase(
    name,
    (api) =>
      withDefinition(api, definition(api, schemas[0]), async () => {
        await api.create(widgets(api), widget(api, 'a', { spec: one.before }));
        await changeSchema(api, { ...schemas[1], ...probe });
        return one.after(api);
      }),
    expected,
  );
}

const int = (more: object = {}): object => ({ type: 'integer', ...more });

export const crdChangeCases: readonly ContractCase[] = [
  changing(
    'crd change: an object that the new schema does not allow is still read and listed',
    [{ count: int() }, { count: int({ maximum: 5 }) }],
    {
      before: { count: 9 },
      after: async (api) => [
        (await api.get(widgets(api, 'widgets/a'))).body.spec,
        names((await api.get(widgets(api))).body),
        verdict(await api.post(widgets(api), widget(api, 'b', { spec: { count: 9 } }))),
      ],
    },
    [{ count: 9 }, ['a'], '422 Invalid'],
  ),
  changing(
    'crd change: a value that was there before may stay, another bad one may not come',
    [
      { count: int(), other: int() },
      { count: int({ maximum: 5 }), other: int({ maximum: 5 }) },
    ],
    {
      before: { count: 9 },
      after: async (api) => [
        verdict(await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { other: 1 } })),
        verdict(await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { other: 9 } })),
        verdict(await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { count: 8 } })),
        verdict(await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { count: 5 } })),
      ],
    },
    ['200', '422 Invalid', '422 Invalid', '200'],
  ),
  changing(
    'crd change: a new default shows in what was stored before',
    [{ count: int() }, { count: int(), mode: { type: 'string', default: 'off' } }],
    { before: { count: 1 }, after: async (api) => (await api.get(widgets(api, 'widgets/a'))).body.spec },
    { count: 1, mode: 'off' },
  ),
  changing(
    'crd change: a field that the schema lost is pruned from what is read',
    [{ count: int(), old: int() }, { count: int() }],
    { before: { count: 1, old: 2 }, after: async (api) => (await api.get(widgets(api, 'widgets/a'))).body.spec },
    { count: 1 },
  ),
  contractCase(
    'crd: fields named selectable are field selectors',
    (api) => {
      const version = { selectableFields: [{ jsonPath: '.spec.mode' }] };
      return withDefinition(api, definition(api, { mode: { type: 'string' } }, version), async () => {
        for (const [name, mode] of [
          ['a', 'on'],
          ['b', 'off'],
        ]) {
          await api.create(widgets(api), widget(api, name ?? '', { spec: { mode } }));
        }
        const selected = await api.get(`${widgets(api)}?fieldSelector=spec.mode%3Don`);
        return {
          selected: names(selected.body),
          other: verdict(await api.get(`${widgets(api)}?fieldSelector=spec.no%3Don`)),
        };
      });
    },
    { selected: ['a'], other: '400 BadRequest' },
  ),
  contractCase(
    'crd: server-side apply takes atomic lists and maps whole',
    (api) => {
      const properties = {
        list: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'atomic' },
        map: { type: 'object', additionalProperties: { type: 'string' }, 'x-kubernetes-map-type': 'atomic' },
        open: { type: 'object', additionalProperties: { type: 'string' } },
      };
      return withDefinition(api, definition(api, properties), async () => {
        const spec = (name: string) => ({ spec: { list: [name], map: { [name]: name }, open: { [name]: name } } });
        const at = widgets(api, 'widgets/a');
        await api.apply(at, 'one', widget(api, 'a', spec('x')));
        const conflict = await api.apply(at, 'two', widget(api, 'a', spec('y')));
        const forced = await api.apply(at, 'two', widget(api, 'a', spec('y')), 'force=true');
        return {
          conflicts: list(conflict.body.details?.causes).map(({ field }) => field),
          spec: forced.body.spec,
        };
      });
    },
    { conflicts: ['.spec.list', '.spec.map'], spec: { list: ['y'], map: { y: 'y' }, open: { x: 'x', y: 'y' } } },
  ),
  contractCase(
    'crd: server-side apply of the status belongs to its applier and leaves the spec alone',
    (api) =>
      withDefinition(api, definition(api, { count: int() }, { subresources: { status: {} } }), async () => {
        await api.create(widgets(api), widget(api, 'a', { spec: { count: 1 } }));
        const at = widgets(api, 'widgets/a/status');
        const { status, body } = await api.apply(
          at,
          'one',
          widget(api, 'a', { spec: { count: 7 }, status: { ok: true } }),
        );
        const own = list(body.metadata?.managedFields).find(({ manager }) => show(manager) === 'one');
        return { status, spec: body.spec, state: body.status, fields: own?.fieldsV1, subresource: own?.subresource };
      }),
    {
      status: 200,
      spec: { count: 1 },
      state: { ok: true },
      fields: { 'f:status': { 'f:ok': {} } },
      subresource: 'status',
    },
  ),
  contractCase(
    'crd: a cluster-scoped kind lives outside namespaces',
    async (api) => {
      const body = definition(api, {}) as { spec: object };
      const cluster = { ...body, spec: { ...body.spec, scope: 'Cluster' } };
      const at = `/apis/${groupOf(api)}/v1/widgets`;
      await api.create(definitionsPath, cluster);
      try {
        await eventually(
          () => api.get(at),
          ({ status }) => status === 200,
        );
        const made = await api.create(at, widget(api, 'a'));
        return {
          namespace: made.metadata?.namespace ?? 'none',
          inside: (await api.get(widgets(api, 'widgets/a'))).status,
        };
      } finally {
        await api.delete(path(api));
      }
    },
    { namespace: 'none', inside: 404 },
  ),
  contractCase(
    'crd: an object embedded in another is checked and pruned as one',
    (api) => {
      const embedded = {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
      };
      return withDefinition(api, definition(api, { template: embedded }), async () => {
        const template = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', unknown: 1 }, spec: { any: 1 } };
        const made = await api.create(widgets(api), widget(api, 'a', { spec: { template } }));
        const bare = await api.post(widgets(api), widget(api, 'b', { spec: { template: { spec: {} } } }));
        return {
          template: made.spec?.template,
          bare: list(bare.body.details?.causes)
            .map(({ field }) => field)
            .sort(),
        };
      });
    },
    {
      template: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { any: 1 } },
      bare: ['spec.template.apiVersion', 'spec.template.kind'],
    },
  ),
];
