/** Cases about widgets: a definition with every constraint, served for the time of one case. */
import type { Api } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show } from '../case.ts';
import { definition, withDefinition } from '../crds.ts';

/** Every constraint the API of monitoring.coreos.com uses, and some more. */
export const properties = {
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
export function causes(body: Loose): string[] {
  return list(body.details?.causes)
    .map(({ reason, field, message }) => `${show(reason)} ${show(field)}: ${show(message)}`)
    .sort();
}

export function withWidgets(
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
