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

/** Collects the references below a spec. */
class ReferenceWalk {
  readonly found: FieldReference[] = [];
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** @param at the path of `value` from the object's root */
  walk(plan: ReferencePlan, value: unknown, at: string): void {
    if (typeof value !== 'object' || value === null) return;
    if ('fields' in plan) this.#walkFields(plan.fields, value as Readonly<Record<string, unknown>>, at);
    else if ('items' in plan) {
      if (Array.isArray(value)) value.forEach((item, index) => this.walk(plan.items, item, `${at}[${index}]`));
    } else if ('values' in plan) {
      for (const [key, inside] of Object.entries(value)) this.walk(plan.values, inside, `${at}.${key}`);
    } else {
      const { name = '', key = '' } = value as { name?: string; key?: string };
      if (name !== '') this.found.push({ kind: plan.kind, namespace: this.#namespace, name, key, field: at });
    }
  }

  #walkFields(fields: ReadonlyMap<string, ReferencePlan>, value: Readonly<Record<string, unknown>>, at: string): void {
    for (const [name, plan] of fields) {
      const inside = value[name];
      if (inside != null) this.walk(plan, inside, `${at}.${name}`);
    }
  }
}

/** Every key that `spec` refers to, in the order of the schema. Selectors without a name refer to nothing. */
export function collectReferences(plan: ReferencePlan, spec: object, namespace: string): FieldReference[] {
  const walk = new ReferenceWalk(namespace);
  walk.walk(plan, spec, 'spec');
  return walk.found;
}
