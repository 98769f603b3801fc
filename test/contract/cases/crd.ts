import type { Api } from '../api.ts';
import { refusal, verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, names, show } from '../case.ts';
import { definition, definitionsPath, eventually, groupOf, widget, widgets, withDefinition } from '../crds.ts';

/** Every constraint the API of monitoring.coreos.com uses, and some more. */
const properties = {
  count: { type: 'integer', format: 'int32', minimum: 1, maximum: 9 },
  ratio: { type: 'number', exclusiveMinimum: true, minimum: 0 },
  word: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]+$' },
  mode: { type: 'string', enum: ['on', 'off'], default: 'off' },
  when: { type: 'string', format: 'date-time' },
  tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 },
  set: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
  ports: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      },
    },
  },
  map: { type: 'object', additionalProperties: { type: 'integer' }, maxProperties: 2 },
  nested: {
    type: 'object',
    required: ['must'],
    properties: { must: { type: 'string' }, level: { type: 'integer', default: 3 } },
  },
  maybe: { type: 'string', nullable: true },
  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  either: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  },
};

/** `reason field: message` of each cause, in order of fields: servers promise no order among causes. */
function causes(body: Loose): string[] {
  return list(body.details?.causes)
    .map(({ reason, field, message }) => `${show(reason)} ${show(field)}: ${show(message)}`)
    .sort();
}

function rejecting(name: string, spec: object, expected: readonly string[]): ContractCase {
  return contractCase(
    `crd validation: ${name}`,
    (api) =>
      withDefinition(api, definition(api, properties), async () => {
        const { status, body } = await api.post(widgets(api), widget(api, 'a', { spec }));
        return { status, causes: causes(body) };
      }),
    { status: 422, causes: expected },
  );
}

function withWidgets(
  name: string,
  run: (api: Api) => Promise<unknown>,
  expected: unknown,
  version: object = {},
): ContractCase {
  return contractCase(
    name,
    (api) => withDefinition(api, definition(api, properties, version), () => run(api)),
    expected,
  );
}

const rule = (text: string, message: string): object => ({ rule: text, message });

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
  rejecting('numbers below the minimum and above the maximum', { count: 0, ratio: 0 }, [
    'FieldValueInvalid spec.count: Invalid value: 0: spec.count in body should be greater than or equal to 1',
    'FieldValueInvalid spec.ratio: Invalid value: 0: spec.ratio in body should be greater than 0',
  ]),
  rejecting('the wrong types', { count: 'two', tags: 'x', nested: [] }, [
    'FieldValueTypeInvalid spec.count: Invalid value: "string": spec.count in body must be of type integer: "string"',
    'FieldValueTypeInvalid spec.nested: Invalid value: "array": spec.nested in body must be of type object: "array"',
    'FieldValueTypeInvalid spec.tags: Invalid value: "string": spec.tags in body must be of type array: "string"',
  ]),
  rejecting('a string against its pattern', { word: 'AB' }, [
    'FieldValueInvalid spec.word: Invalid value: "AB": spec.word in body should match \'^[a-z]+$\'',
  ]),
  rejecting('a string too short, and then its pattern is not looked at', { word: 'A' }, [
    'FieldValueInvalid spec.word: Invalid value: "A": spec.word in body should be at least 2 chars long',
  ]),
  rejecting('a string that is too long', { word: 'abcde' }, [
    'FieldValueTooLong spec.word: Too long: may not be more than 4 bytes',
  ]),
  rejecting('a value outside its enum', { mode: 'auto' }, [
    'FieldValueNotSupported spec.mode: Unsupported value: "auto": supported values: "on", "off"',
  ]),
  rejecting('a date-time that is none', { when: 'yesterday' }, [
    'FieldValueTypeInvalid spec.when: Invalid value: "yesterday": spec.when in body must be of type date-time: "yesterday"',
  ]),
  rejecting('lists with too few and maps with too many entries', { tags: [], map: { a: 1, b: 2, c: 3 } }, [
    'FieldValueInvalid spec.tags: Invalid value: 0: spec.tags in body should have at least 1 items',
    'FieldValueTooMany spec.map: Too many: 3: must have at most 2 items',
  ]),
  rejecting('a list with too many items', { tags: ['a', 'b', 'c'] }, [
    'FieldValueTooMany spec.tags: Too many: 3: must have at most 2 items',
  ]),
  rejecting('a duplicate in a set and in a list map', { set: ['a', 'a'], ports: [{ name: 'x' }, { name: 'x' }] }, [
    'FieldValueDuplicate spec.ports[1]: Duplicate value: {"name":"x"}',
    'FieldValueDuplicate spec.set[1]: Duplicate value: "a"',
  ]),
  rejecting('a missing required field', { nested: {}, ports: [{}] }, [
    'FieldValueRequired spec.nested.must: Required value',
    'FieldValueRequired spec.ports[0].name: Required value',
  ]),
  rejecting('a value of a map of the wrong type', { map: { a: 'x' } }, [
    'FieldValueTypeInvalid spec.map.a: Invalid value: "string": spec.map.a in body must be of type integer: "string"',
  ]),
  rejecting('neither branch of a oneOf', { either: {} }, [
    'FieldValueInvalid <nil>: Invalid value: "": "spec.either" must validate one and only one schema (oneOf). Found none valid',
    'FieldValueRequired spec.either.a: Required value',
  ]),
  rejecting('null where it is not nullable', { nested: null, count: null, tags: [null] }, [
    'FieldValueTypeInvalid spec.tags[0]: Invalid value: "null": spec.tags[0] in body must be of type string: "null"',
  ]),
  rejecting('an int-or-string that is neither', { ports: [{ name: 'x', port: true }] }, [
    'FieldValueInvalid <nil>: Invalid value: "": "spec.ports[0].port" must validate at least one schema (anyOf)',
    'FieldValueTypeInvalid spec.ports[0].port: Invalid value: "boolean": spec.ports[0].port in body must be of type integer,string: "boolean"',
    'FieldValueTypeInvalid spec.ports[0].port: Invalid value: "boolean": spec.ports[0].port in body must be of type integer: "boolean"',
  ]),
  withWidgets(
    'crd: defaults are filled in, also in nested objects that are there, and in reads of what is stored',
    async (api) => {
      const made = await api.create(widgets(api), widget(api, 'a', { spec: { nested: { must: 'x' } } }));
      const without = await api.create(widgets(api), widget(api, 'b'));
      return { spec: made.spec, without: without.spec ?? 'none' };
    },
    { spec: { mode: 'off', nested: { must: 'x', level: 3 } }, without: 'none' },
  ),
  withWidgets(
    'crd: unknown fields are pruned, but not where they are preserved',
    async (api) => {
      const body = widget(api, 'a', { extra: 1, spec: { other: 1, free: { any: { thing: [1] } }, maybe: null } });
      const { status, body: made } = await api.post(widgets(api), body);
      return { status, extra: made.extra ?? 'none', spec: made.spec };
    },
    { status: 201, extra: 'none', spec: { free: { any: { thing: [1] } }, maybe: null, mode: 'off' } },
  ),
  withWidgets(
    'crd: null for a field with a default that is not nullable becomes the default',
    async (api) => {
      const made = await api.create(widgets(api), widget(api, 'a', { spec: { mode: null } }));
      return made.spec;
    },
    { mode: 'off' },
  ),
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
    'crd: CEL rules see self and, on updates, oldSelf',
    (api) => {
      const spec = {
        type: 'object',
        properties: {
          low: { type: 'integer' },
          high: { type: 'integer' },
          fixed: { type: 'string', 'x-kubernetes-validations': [rule('self == oldSelf', 'fixed is immutable')] },
        },
        'x-kubernetes-validations': [rule('!has(self.high) || self.low <= self.high', 'low must not be above high')],
      };
      const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
      return withDefinition(api, definition(api, {}, { schema }), async () => {
        const refused = await api.post(widgets(api), widget(api, 'b', { spec: { low: 2, high: 1 } }));
        await api.create(widgets(api), widget(api, 'a', { spec: { low: 1, high: 2, fixed: 'x' } }));
        const changed = await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { fixed: 'y' } });
        const passed = await api.patch(widgets(api, 'widgets/a'), 'merge', { spec: { low: 2 } });
        return { refused: causes(refused.body), changed: causes(changed.body), passed: passed.status };
      });
    },
    {
      refused: ['FieldValueInvalid spec: Invalid value: low must not be above high'],
      changed: ['FieldValueInvalid spec.fixed: Invalid value: "y": fixed is immutable'],
      passed: 200,
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
