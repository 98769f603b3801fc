import { refusal, verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, names } from '../case.ts';
import { definition, definitionsPath, eventually, groupOf, widget, widgets, withDefinition } from '../crds.ts';
import { properties, causes, withWidgets } from './widgets.ts';

export const crdCases: readonly ContractCase[] = [
  contractCase(
    'crd: a created definition gets defaults, conditions, accepted names and stored versions',
    (api) =>
      withDefinition(api, definition(api, properties), async (created) => {
        const { body } = await api.get(`${definitionsPath}/widgets.${groupOf(api)}`);
        const conditions = list(body.status?.conditions).map(({ type, status, reason, message }) => ({
          type,
          status,
          reason,
          message,
        }));
        return {
          conversion: created.spec?.conversion,
          generation: created.metadata?.generation,
          conditions,
          acceptedNames: body.status?.acceptedNames,
          storedVersions: body.status?.storedVersions,
        };
      }),
    {
      conversion: { strategy: 'None' },
      generation: 1,
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
        {
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
      ],
      acceptedNames: {
        plural: 'widgets',
        singular: 'widget',
        shortNames: ['wd'],
        kind: 'Widget',
        listKind: 'WidgetList',
      },
      storedVersions: ['v1'],
    },
  ),
  contractCase(
    'crd: a name that is not plural.group is 422',
    async (api) => {
      const body = { ...definition(api, properties), metadata: { name: 'other.example.test' } };
      const answer = await api.post(definitionsPath, body);
      return { status: answer.status, causes: causes(answer.body) };
    },
    {
      status: 422,
      causes: [
        'FieldValueInvalid metadata.name: Invalid value: "other.example.test": must be spec.names.plural+"."+spec.group',
      ],
    },
  ),
  contractCase(
    'crd: a schema that is not structural is 422',
    async (api) => {
      const answer = await api.post(
        definitionsPath,
        definition(api, { loose: { properties: { a: { type: 'string' } } } }),
      );
      return { status: answer.status, causes: causes(answer.body) };
    },
    {
      status: 422,
      causes: [
        'FieldValueRequired spec.validation.openAPIV3Schema.properties[spec].properties[loose].type: Required value: must not be empty for specified object fields',
      ],
    },
  ),
  withWidgets(
    'crd: objects are created, listed, watched and deleted like any other',
    async (api) => {
      const watch = await api.watch(widgets(api));
      const made = await api.create(widgets(api), widget(api, 'a', { spec: { count: 1 } }));
      const { body: listed } = await api.get(widgets(api));
      const patched = await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { count: 2 } });
      const gone = await api.delete(widgets(api, 'widgets/a'));
      return {
        made,
        listed: { kind: listed.kind, names: names(listed), item: list(listed.items)[0]?.kind },
        patched: [patched.body.spec, patched.body.metadata?.generation],
        gone: [gone.status, gone.body.kind],
        events: (await watch.take(3)).map(({ type }) => type),
      };
    },
    {
      made: {
        apiVersion: 'NS.example.test/v1',
        kind: 'Widget',
        metadata: {
          name: 'a',
          namespace: 'NS',
          uid: 'UID',
          resourceVersion: 'RV',
          creationTimestamp: 'TIME',
          generation: 1,
        },
        spec: { count: 1, mode: 'off' },
      },
      listed: { kind: 'WidgetList', names: ['a'], item: 'Widget' },
      patched: [{ count: 2, mode: 'off' }, 2],
      gone: [200, 'Status'],
      events: ['ADDED', 'MODIFIED', 'DELETED'],
    },
  ),
  withWidgets(
    'crd: a strategic merge patch is 415',
    async (api) => {
      await api.create(widgets(api), widget(api, 'a'));
      return verdict(await api.patch(widgets(api, 'widgets/a'), 'strategic', { spec: { count: 1 } }));
    },
    '415 UnsupportedMediaType',
  ),
  withWidgets(
    'crd: an update must carry the resourceVersion',
    async (api) => {
      await api.create(widgets(api), widget(api, 'a'));
      return refusal(await api.put(widgets(api, 'widgets/a'), widget(api, 'a', { spec: { count: 2 } })));
    },
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message:
        'widgets.NS.example.test "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      details: {
        name: 'a',
        group: 'NS.example.test',
        kind: 'widgets',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: 0: must be specified for an update',
            field: 'metadata.resourceVersion',
          },
        ],
      },
      code: 422,
    },
  ),
  withWidgets(
    'crd: server-side apply merges list maps by the declared keys and sets by value',
    async (api) => {
      const spec = (port: number, name: string) => ({ spec: { ports: [{ name, port }], set: [name] } });
      await api.apply(widgets(api, 'widgets/a'), 'one', widget(api, 'a', spec(1, 'x')));
      const { body } = await api.apply(widgets(api, 'widgets/a'), 'two', widget(api, 'a', spec(2, 'y')));
      return { ports: body.spec?.ports, set: body.spec?.set };
    },
    {
      ports: [
        { name: 'x', port: 1 },
        { name: 'y', port: 2 },
      ],
      set: ['x', 'y'],
    },
  ),
  withWidgets(
    'crd: a widget of another apiVersion than the path is 400, of another kind 422',
    async (api) => {
      const version = await api.post(widgets(api), { ...widget(api, 'a'), apiVersion: `${groupOf(api)}/v2` });
      const kind = await api.post(widgets(api), { ...widget(api, 'a'), kind: 'Gadget' });
      return [verdict(version), verdict(kind)];
    },
    ['400 BadRequest', '422 Invalid'],
  ),
  contractCase(
    'crd: the deleted definition takes its objects with it and is served no more',
    async (api) => {
      await withDefinition(api, definition(api, properties), () => api.create(widgets(api), widget(api, 'a')));
      const gone = await eventually(
        () => api.get(widgets(api)),
        ({ status }) => status === 404,
      );
      const again = await withDefinition(api, definition(api, properties), async () =>
        names((await api.get(widgets(api))).body),
      );
      return { gone: gone.status, again };
    },
    { gone: 404, again: [] },
  ),
  withWidgets(
    'crd: two served versions show one object under both',
    async (api) => {
      const path = `${definitionsPath}/widgets.${groupOf(api)}`;
      const { body } = await api.get(path);
      const [first] = list(body.spec?.versions);
      await api.patch(path, 'merge', { spec: { versions: [first, { ...first, name: 'v2', storage: false }] } });
      // While the server swaps the storage of a changed definition, writes are refused with 503 for a moment.
      await eventually(
        () => api.post(widgets(api), widget(api, 'a', { spec: { count: 1 } })),
        ({ status }) => status === 201,
      );
      const two = api.in(`${groupOf(api)}/v2`, 'widgets/a');
      const answer = await eventually(
        () => api.get(two),
        ({ status }) => status === 200,
      );
      return [answer.body.apiVersion, answer.body.spec];
    },
    ['NS.example.test/v2', { count: 1, mode: 'off' }],
  ),
];
