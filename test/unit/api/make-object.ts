import type { Random } from './random.ts';
import type { ValueSchema } from './schema.ts';

/** Texts that match the patterns of the API: the first that does is taken. */
const samples = [
  '30s',
  '1h30m',
  '512MB',
  'http://example.com/a',
  'https://example.com',
  'docker://example.com',
  'targets.json',
  '250m',
  'abort',
  '09:30',
  'may:august',
  'monday:friday',
  '2030:2032',
  'tenant-1',
];

/** A value that a schema allows, but for its CEL rules. Optional fields get rarer with depth. */
export function makeValue(schema: ValueSchema, random: Random, depth = 0): unknown {
  if (schema['x-kubernetes-int-or-string'] === true)
    return random.isLucky(0.5) ? random.below(100) : makeText(schema, random);
  switch (schema.type) {
    case 'object':
      return makeObject(schema, random, depth);
    case 'array':
      return makeList(schema, random, depth);
    case 'string':
      return makeText(schema, random);
    case 'boolean':
      return random.isLucky(0.5);
    case 'integer':
      return makeInteger(schema, random);
    default:
      return { any: 'thing' };
  }
}

function makeObject(schema: ValueSchema, random: Random, depth: number): unknown {
  const { properties, additionalProperties } = schema;
  const required = new Set(schema.required);
  const object: Record<string, unknown> = {};
  if (additionalProperties !== undefined) {
    for (let left = random.below(3); left > 0; left -= 1) {
      object[`key-${random.below(50)}`] = makeValue(additionalProperties, random, depth + 1);
    }
  }
  const share = 0.55 / (depth + 1) / Math.max(1, Object.keys(properties ?? {}).length / 12);
  for (const [name, inner] of Object.entries(properties ?? {})) {
    if (required.has(name) || random.isLucky(share)) object[name] = makeValue(inner, random, depth + 1);
  }
  return object;
}

function makeList(schema: ValueSchema, random: Random, depth: number): unknown[] {
  const { items } = schema;
  if (items === undefined) return [];
  const wanted = (schema.minItems ?? 0) + random.below(depth > 5 ? 1 : 3);
  const list = Array.from({ length: wanted }, () => makeValue(items, random, depth + 1));
  const keys = schema['x-kubernetes-list-map-keys'];
  if (schema['x-kubernetes-list-type'] === 'set') return [...new Set(list)];
  if (keys === undefined) return list;
  const identify = (item: unknown): string =>
    JSON.stringify(keys.map((key) => (item as Record<string, unknown>)[key] ?? ''));
  return [...new Map(list.map((item) => [identify(item), item])).values()];
}

function makeText(schema: ValueSchema, random: Random): string {
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.format === 'date-time') return '2030-01-02T03:04:05Z';
  const { pattern } = schema;
  if (pattern === undefined) return `text-${random.below(1000)}`;
  // The flags of Go's syntax are those of the whole expression here.
  const expression = new RegExp(pattern.replaceAll('(?i)', ''), 'i');
  const fitting = samples.filter((one) => expression.test(one));
  return random.pick(fitting);
}

function makeInteger(schema: ValueSchema, random: Random): number {
  const least = schema.minimum ?? 0;
  const most = schema.maximum ?? least + 1000;
  return least + random.below(most - least + 1);
}
