/** The OpenAPI documents: an index and one document a version (v3), one for all (v2). */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../base/json.ts';
import { listGroups, resourcesIn, servedResources } from '../discovery/versions.ts';
import type { Registry } from '../registry/registry.ts';
import type { Resource } from '../registry/resource.ts';
import { listPaths, renderPaths } from './paths.ts';
import { encodeDocument } from './encode-document.ts';
import { SchemaDocument } from './schema-document.ts';

const title = 'Kubernetes';

/** Renders documents and keeps them until the registry changes. */
export class OpenApiDocuments {
  readonly #registry: Registry;
  readonly #version: string;
  readonly #cache = new Map<string, unknown>();
  #generation = -1;

  constructor(registry: Registry, version: string) {
    this.#registry = registry;
    this.#version = version;
  }

  /** /openapi/v3 */
  index(): JsonObject {
    const paths = listGroups(this.#registry).flatMap(({ name, versions }) =>
      versions.map((version) => {
        const path = name === '' ? `api/${version}` : `apis/${name}/${version}`;
        return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${this.#hash(name, version)}` }];
      }),
    );
    return { paths: Object.fromEntries(paths) as JsonObject };
  }

  /** /openapi/v3/apis/GROUP/VERSION; undefined when it is not served. */
  document(group: string, version: string): JsonObject | undefined {
    const resources = resourcesIn(this.#registry, group, version);
    if (resources.length === 0) return undefined;
    return this.#cached(`json ${group}/${version}`, () => {
      const schemas = new SchemaDocument('#/components/schemas/');
      for (const resource of resources) schemas.add(resource);
      const paths = renderPaths(resources.flatMap(listPaths), (name) => ({
        name,
        schema: { type: 'string', uniqueItems: true },
      }));
      return {
        openapi: '3.0.0',
        info: { title, version: this.#version },
        paths,
        components: { schemas: schemas.components },
      };
    });
  }

  /** The same in protocol buffers, without schemas. */
  encodedDocument(group: string, version: string): Buffer | undefined {
    const resources = resourcesIn(this.#registry, group, version);
    if (resources.length === 0) return undefined;
    return this.#cached(`protobuf ${group}/${version}`, () =>
      encodeDocument('v3', { title, version: this.#version }, resources.flatMap(listPaths)),
    );
  }

  encodedSwagger(): Buffer {
    return this.#cached('protobuf swagger', () => {
      const paths = servedResources(this.#registry).flatMap(listPaths);
      return encodeDocument('v2', { title, version: this.#version }, paths);
    });
  }

  /** /openapi/v2 */
  swagger(): JsonObject {
    return this.#cached('swagger', () => {
      const schemas = new SchemaDocument('#/definitions/');
      const resources = servedResources(this.#registry);
      for (const resource of resources) schemas.add(resource);
      const paths = renderPaths(resources.flatMap(listPaths), (name) => ({ name, type: 'string', uniqueItems: true }));
      return { swagger: '2.0', info: { title, version: this.#version }, paths, definitions: schemas.components };
    });
  }

  #hash(group: string, version: string): string {
    return this.#cached(`hash ${group}/${version}`, () => {
      const shapes = resourcesIn(this.#registry, group, version).map(describeShape);
      return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 32).toUpperCase();
    });
  }

  #cached<T>(key: string, render: () => T): T {
    if (this.#generation !== this.#registry.generation) {
      this.#cache.clear();
      this.#generation = this.#registry.generation;
    }
    if (!this.#cache.has(key)) this.#cache.set(key, render());
    return this.#cache.get(key) as T;
  }
}

/** What changes a document: names, and for custom resources the schema. */
function describeShape({ plural, kind, verbs, status, scale, custom, schema }: Resource): unknown {
  return [plural, kind, verbs, status, scale, custom ? schema : ''];
}
