import type { Schema } from '../schema/schema.ts';
import { createBuiltIns } from './built-in-resources.ts';
import type { Resource } from './resource.ts';

/** The resources that are served now: the built-in ones, and those of definitions as they come and go. */
export class Registry {
  readonly #resources = new Map<string, Resource>();
  readonly #types: ReadonlyMap<string, Schema>;
  readonly #listeners = new Set<() => void>();
  /** Counts changes: caches of discovery and OpenAPI documents compare it. */
  #generation = 0;

  constructor() {
    const { types, resources } = createBuiltIns();
    this.#types = types;
    for (const resource of resources) this.#resources.set(keyOf(resource), resource);
  }

  get generation(): number {
    return this.#generation;
  }

  /** The schema of a built-in struct, such as "ObjectMeta". */
  type(name: string): Schema {
    const found = this.findType(name);
    if (found === undefined) throw new Error(`The type table lacks ${name}`);
    return found;
  }

  findType(name: string): Schema | undefined {
    return this.#types.get(name);
  }

  all(): Resource[] {
    return [...this.#resources.values()];
  }

  find(group: string, version: string, plural: string): Resource | undefined {
    return this.#resources.get(`${group}/${version}/${plural}`);
  }

  /** The version that is stored, or the one asked for. */
  resolve(group: string, plural: string, version?: string): Resource | undefined {
    if (version !== undefined) return this.find(group, version, plural);
    return this.all().find((one) => one.group === group && one.plural === plural && one.storage);
  }

  findKind(group: string, version: string, kind: string): Resource | undefined {
    return this.all().find((one) => one.group === group && one.version === version && one.kind === kind);
  }

  /** Replaces all versions of the resource `plural.group`; an empty list removes it. */
  replace(group: string, plural: string, resources: readonly Resource[]): void {
    for (const [key, one] of this.#resources) {
      if (one.group === group && one.plural === plural) this.#resources.delete(key);
    }
    for (const one of resources) this.#resources.set(keyOf(one), one);
    this.#generation += 1;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }
}

const keyOf = ({ group, version, plural }: Resource): string => `${group}/${version}/${plural}`;
