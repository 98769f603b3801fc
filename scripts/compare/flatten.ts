type Json = Readonly<Record<string, unknown>>;

/**
 * A CRD as lines "Kind.version:path" → "type check check …", in the notation of the tables: `[]` for the items of a
 * list, `{}` for the values of a map, "-" where a schema has no type.
 */
export function flattenCRD(crd: Json): Map<string, string> {
  const { spec } = crd as { spec: { names: Json; versions: readonly Json[] } & Json };
  const lines = new Map<string, string>();
  for (const version of spec.versions) {
    const prefix = `${String(spec.names.kind)}.${String(version.name)}`;
    lines.set(`${prefix}#meta`, describeVersion(spec, version));
    const { openAPIV3Schema } = version.schema as { openAPIV3Schema: Json };
    for (const [path, text] of walk(openAPIV3Schema, '', false)) lines.set(`${prefix}:${path}`, text);
  }
  return lines;
}

function describeVersion(spec: Json, version: Json): string {
  const names = spec.names as { plural: string; singular: string; shortNames: string[]; categories: string[] };
  return [
    spec.group,
    spec.scope,
    names.plural,
    names.singular,
    `short=${names.shortNames.join(',')}`,
    `categories=${names.categories.join(',')}`,
    `served=${capital(version.served)}`,
    `storage=${capital(version.storage)}`,
    `sub=${spaced(version.subresources)}`,
    `columns=${spaced(version.additionalPrinterColumns ?? [])}`,
    'selectable=[]',
  ].join(' ');
}

function* walk(schema: Json, path: string, required: boolean): Generator<[string, string]> {
  if (path !== '') yield [path, describeSchema(schema, required)];
  const inner = schema as { properties?: Record<string, Json>; items?: Json; additionalProperties?: Json };
  const wanted = (schema.required ?? []) as readonly string[];
  for (const [name, property] of Object.entries(inner.properties ?? {})) {
    yield* walk(property, path === '' ? name : `${path}.${name}`, wanted.includes(name));
  }
  if (inner.items !== undefined) yield* walk(inner.items, `${path}[]`, false);
  if (inner.additionalProperties !== undefined) yield* walk(inner.additionalProperties, `${path}{}`, false);
}

const silent = new Set(['type', 'description', 'properties', 'items', 'additionalProperties', 'required']);

function describeSchema(schema: Json, required: boolean): string {
  const checks = Object.entries(schema).flatMap(([key, value]) => {
    if (silent.has(key)) return [];
    if (key !== 'x-kubernetes-validations') return [`${key.replace('x-kubernetes-', '')}=${spaced(value)}`];
    return (value as readonly { rule: string }[]).map(({ rule }) => `cel=${JSON.stringify(rule)}`);
  });
  return [
    typeof schema.type === 'string' ? schema.type : '-',
    ...[...(required ? ['required'] : []), ...checks].sort(),
  ].join(' ');
}

const capital = (value: unknown): string => (value === true ? 'True' : 'False');

/** JSON with keys in order and a blank after commas and colons, as the tables have it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`).join(', ')}}`;
}
