/** What the schema of a definition refuses, fills in and leaves out. */
import type { ContractCase } from '../case.ts';
import { contractCase } from '../case.ts';
import { definition, widget, widgets, withDefinition } from '../crds.ts';
import { properties, causes, withWidgets } from './widgets.ts';

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

const rule = (text: string, message: string): object => ({ rule: text, message });

export const crdValidationCases: readonly ContractCase[] = [
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
];
