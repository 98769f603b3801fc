/**
 * Which keys of Secrets and ConfigMaps an object refers to, read from its schema: a field counts where the schema has a
 * key selector, so no list of fields is kept by hand.
 */

/** A key of a Secret or ConfigMap. */
export interface KeyReference {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** A key and the field that names it, as a path from the object's root. */
export interface FieldReference extends KeyReference {
  readonly field: string;
}

/** Where key selectors are in a type: only branches that hold some. */
export type ReferencePlan =
  | { readonly kind: KeyReference['kind'] }
  | { readonly items: ReferencePlan }
  | { readonly values: ReferencePlan }
  | { readonly fields: ReadonlyMap<string, ReferencePlan> };

/** The part of a JSON schema that matters here. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
}

const isKeySelector = ({ properties }: SchemaNode): boolean =>
  properties !== undefined && Object.keys(properties).sort().join() === 'key,name,optional';

/** In this API a field called configMap holds the key of a ConfigMap; all others hold keys of Secrets. */
function planNode(node: SchemaNode, name: string): ReferencePlan | undefined {
  if (isKeySelector(node)) return { kind: name === 'configMap' ? 'ConfigMap' : 'Secret' };
  if (node.items !== undefined) {
    const items = planNode(node.items, name);
    return items && { items };
  }
  if (typeof node.additionalProperties === 'object') {
    const values = planNode(node.additionalProperties, name);
    return values && { values };
  }
  return node.properties === undefined ? undefined : planFields(node.properties, Object.keys(node.properties));
}

function planFields(
  properties: Readonly<Record<string, SchemaNode>>,
  names: readonly string[],
): ReferencePlan | undefined {
  const fields = new Map<string, ReferencePlan>();
  for (const name of names) {
    const plan = planNode(properties[name] ?? {}, name);
    if (plan !== undefined) fields.set(name, plan);
  }
  return fields.size === 0 ? undefined : { fields };
}

/**
 * The plan of a type.
 * @param schema of `spec`.
 * @param names fields to look into; all of them by default.
 */
export function planReferences(schema: object, names?: readonly string[]): ReferencePlan {
  const properties = (schema as SchemaNode).properties ?? {};
  return planFields(properties, names ?? Object.keys(properties)) ?? { fields: new Map() };
}

interface Walk {
  readonly namespace: string;
  readonly found: FieldReference[];
}

function walkFields(
  fields: ReadonlyMap<string, ReferencePlan>,
  value: Readonly<Record<string, unknown>>,
  at: string,
  walk: Walk,
): void {
  for (const [name, plan] of fields) {
    const inside = value[name];
    if (inside != null) walkNode(plan, inside, `${at}.${name}`, walk);
  }
}

function walkNode(plan: ReferencePlan, value: unknown, at: string, walk: Walk): void {
  if (typeof value !== 'object' || value === null) return;
  if ('fields' in plan) walkFields(plan.fields, value as Readonly<Record<string, unknown>>, at, walk);
  else if ('items' in plan) {
    if (Array.isArray(value)) value.forEach((item, index) => walkNode(plan.items, item, `${at}[${index}]`, walk));
  } else if ('values' in plan) {
    for (const [key, inside] of Object.entries(value)) walkNode(plan.values, inside, `${at}.${key}`, walk);
  } else {
    const { name = '', key = '' } = value as { name?: string; key?: string };
    if (name !== '') walk.found.push({ kind: plan.kind, namespace: walk.namespace, name, key, field: at });
  }
}

/** Every key that `spec` refers to, in the order of the schema. Selectors without a name refer to nothing. */
export function collectReferences(plan: ReferencePlan, spec: object, namespace: string): FieldReference[] {
  const found: FieldReference[] = [];
  walkNode(plan, spec, 'spec', { namespace, found });
  return found;
}
