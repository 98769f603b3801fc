/** Schemas as OpenAPI components: built-in structs by reference, custom ones in place. */
import type { JsonObject } from '../../base/json.ts';
import type { Resource } from '../registry/resource.ts';
import type { Schema } from '../schema/schema.ts';
import { kindComponent, structComponent } from './component-names.ts';

/** Collects the components of one document. `prefix` is where references point ("#/components/schemas/" or "#/definitions/"). */
export class SchemaDocument {
  readonly components: Record<string, JsonObject> = {};
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Adds the kind of a resource with all that it refers to, and its list. */
  add(resource: Resource): void {
    const { group, version, kind, listKind } = resource;
    const name = kindComponent(resource);
    const type = { type: 'string' };
    this.components[name] = {
      ...(resource.custom ? this.#renderCustom(resource) : this.#renderStruct(resource.schema, resource)),
      'x-kubernetes-group-version-kind': [{ group, kind, version }],
    };
    this.components[`${name}List`] = {
      type: 'object',
      required: ['items'],
      properties: {
        apiVersion: type,
        kind: type,
        metadata: { type: 'object' },
        items: { type: 'array', items: this.#ref(name) },
      },
      'x-kubernetes-group-version-kind': [{ group, kind: listKind, version }],
    };
  }

  #ref(name: string): JsonObject {
    return { $ref: `${this.#prefix}${name}` };
  }

  #renderCustom(resource: Resource): JsonObject {
    const { metadata, ...properties } = resource.schema.properties ?? {};
    const plain = { ...resource.schema, properties } as unknown as JsonObject;
    const rendered = metadata === undefined ? {} : this.#render(metadata, { ...resource, group: '', version: 'v1' });
    return {
      ...plain,
      properties: { apiVersion: properties.apiVersion, kind: properties.kind, metadata: rendered, ...properties },
    };
  }

  /** A struct becomes a component once and is referred to everywhere. */
  #render(schema: Schema, resource: Pick<Resource, 'group' | 'version'>): JsonObject {
    if (schema.goType === undefined) return this.#renderPlain(schema, resource);
    const name = structComponent(schema.goType, resource);
    if (this.components[name] === undefined) {
      this.components[name] = {};
      this.components[name] = this.#renderStruct(schema, resource);
    }
    return this.#ref(name);
  }

  #renderStruct(schema: Schema, resource: Pick<Resource, 'group' | 'version'>): JsonObject {
    const { goType: _goType, zeros: _zeros, numbers: _numbers, properties = {}, ...rest } = schema;
    const members = Object.entries(properties).map(([name, member]) => [name, this.#render(member, resource)] as const);
    return { ...rest, properties: Object.fromEntries(members) };
  }

  #renderPlain(schema: Schema, resource: Pick<Resource, 'group' | 'version'>): JsonObject {
    const { items, additionalProperties, ...rest } = schema;
    return {
      ...rest,
      ...(items === undefined ? {} : { items: this.#render(items, resource) }),
      ...(typeof additionalProperties === 'object'
        ? { additionalProperties: this.#render(additionalProperties, resource) }
        : {}),
    };
  }
}
