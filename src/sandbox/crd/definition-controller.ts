/** Serves what definitions define: registers their resources, keeps their status, cleans up behind a deleted one. */
import { cloneJson, equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { deleteObject } from '../rest/delete.ts';
import { renderTime } from '../rest/backend.ts';
import type { Backend, Target } from '../rest/backend.ts';
import { replaceObject } from '../rest/update.ts';
import { objectAt, objectsAt, textAt } from '../strategies/read-json.ts';
import { createCustomResources } from './custom-resources.ts';
import { readDefinition } from './definition.ts';
import type { Definition } from './definition.ts';

const collection = 'customresourcedefinitions.apiextensions.k8s.io';
const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

export class DefinitionController {
  readonly #backend: Backend;
  /** Generations of the definitions that are served. */
  readonly #served = new Map<string, number>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Registers what is stored already, then follows the store. Works inside the write that it follows. */
  start(): void {
    const { store } = this.#backend;
    for (const object of store.list(collection).items) this.#follow(object);
    store.watch(collection, store.revision, ({ type, object }) => {
      if (type === 'DELETED') this.#withdraw(object);
      else this.#follow(object);
    });
  }

  #follow(object: ApiObject): void {
    const current = this.#backend.store.get(collection, object.metadata.name ?? '');
    if (current?.metadata.resourceVersion !== object.metadata.resourceVersion) return;
    if (object.metadata.deletionTimestamp !== undefined) {
      this.#cleanUp(object);
      return;
    }
    const definition = readDefinition(object);
    const clash = this.#findClash(definition);
    const { name = '', generation = 0 } = object.metadata;
    if (clash === undefined && this.#served.get(name) !== generation) {
      this.#served.set(name, generation);
      this.#register(definition);
    }
    this.#writeStatus(object, definition, clash);
  }

  #register(definition: Definition): void {
    const { registry } = this.#backend;
    const resources = createCustomResources(definition, registry.type('ObjectMeta'));
    const { group, plural } = definition;
    this.#backend.store.open(`${plural}.${group}`);
    registry.replace(group, plural, resources);
    const stored = resources.find(({ storage }) => storage);
    if (stored !== undefined) this.#backend.store.rewrite(stored.collection, (object) => readThrough(object, stored));
  }

  #withdraw(object: ApiObject): void {
    const { group, plural } = readDefinition(object);
    this.#served.delete(object.metadata.name ?? '');
    this.#backend.registry.replace(group, plural, []);
    this.#backend.store.drop(`${plural}.${group}`);
    // A definition that waited for the names may have them now.
    for (const other of this.#backend.store.list(collection).items) this.#follow(other);
  }

  /** What another resource of the group is called already. */
  #findClash({ group, plural, kind, listKind }: Definition): string | undefined {
    const others = this.#backend.registry.all().filter((one) => one.group === group && one.plural !== plural);
    if (others.some((one) => one.kind === kind)) return `"${kind}" is already in use`;
    return others.some((one) => one.listKind === listKind) ? `"${listKind}" is already in use` : undefined;
  }

  #writeStatus(object: ApiObject, definition: Definition, clash: string | undefined): void {
    const before = objectAt(object, 'status');
    const status = renderStatus(before, definition, { clash, now: renderTime(this.#backend.clock) });
    if (equalJson(before, status)) return;
    this.#write({ ...cloneJson(object), status }, object, 'status');
  }

  #write(object: ApiObject, old: ApiObject, subresource: string): void {
    const resource = this.#backend.registry.resolve('apiextensions.k8s.io', 'customresourcedefinitions');
    if (resource === undefined) return;
    const target: Target = { resource, namespace: '', name: object.metadata.name ?? '' };
    const context = {
      fieldManager: 'kube-apiserver',
      dryRun: false,
      fieldValidation: 'Ignore' as const,
      warnings: [],
      subresource,
    };
    replaceObject(this.#backend, target, { object, old }, context);
  }

  /** Deletes the objects of a definition that goes, and lets it go when none is left. */
  #cleanUp(object: ApiObject): void {
    if (object.metadata.finalizers?.includes(cleanup) !== true) return;
    const { group, plural } = readDefinition(object);
    const { store, registry } = this.#backend;
    const resource = registry.resolve(group, plural);
    const held = `${plural}.${group}`;
    if (resource !== undefined) {
      for (const { metadata } of store.list(held).items) {
        deleteObject(this.#backend, { resource, namespace: metadata.namespace ?? '', name: metadata.name ?? '' }, {});
      }
    }
    if (store.count(held) === 0) {
      this.#release(object);
      return;
    }
    const watch = store.watch(held, store.revision, ({ type }) => {
      if (type !== 'DELETED' || store.count(held) > 0) return;
      watch.stop();
      const current = store.get(collection, object.metadata.name ?? '');
      if (current !== undefined) this.#release(current);
    });
  }

  #release(object: ApiObject): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== cleanup);
    this.#write({ ...object, metadata: { ...object.metadata, finalizers } }, object, '');
  }
}

/** What a reader sees of a stored object: without fields that the schema lost, with defaults that it gained. */
function readThrough(object: ApiObject, { strategy }: Resource): ApiObject {
  const copy = cloneJson(object);
  strategy.prune?.(copy);
  strategy.applyDefaults?.(copy);
  return equalJson(copy, object) ? object : copy;
}

function renderStatus(
  before: JsonObject,
  definition: Definition,
  facts: { clash: string | undefined; now: string },
): JsonObject {
  const { clash, now } = facts;
  const { plural, singular, shortNames, kind, listKind, categories, versions } = definition;
  const names = {
    plural,
    singular,
    kind,
    listKind,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
  const stored = versions.filter(({ storage }) => storage).map(({ name }) => name);
  const earlier = Array.isArray(before.storedVersions) ? (before.storedVersions as string[]) : [];
  const wanted =
    clash === undefined
      ? [
          { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
          {
            type: 'Established',
            status: 'True',
            reason: 'InitialNamesAccepted',
            message: 'the initial names have been accepted',
          },
        ]
      : [
          { type: 'NamesAccepted', status: 'False', reason: 'KindConflict', message: clash },
          { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
        ];
  const known = objectsAt(before, 'conditions');
  const conditions = wanted.map((condition) => {
    const old = known.find(({ type }) => type === condition.type);
    const since = old !== undefined && textAt(old, 'status') === condition.status ? old.lastTransitionTime : now;
    return { lastTransitionTime: since, ...condition };
  });
  return {
    conditions,
    acceptedNames: clash === undefined ? names : { plural: '', kind: '' },
    storedVersions: [...new Set([...earlier, ...stored])],
  };
}
