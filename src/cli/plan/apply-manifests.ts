import type { KubernetesObject, NamespacedName } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { applyMergePatch } from '../../base/merge-patch.ts';
import { makeThreeWayPatch } from '../../base/three-way-patch.ts';
import type { RefusedManifest } from '../../core/plan/plan-model.ts';
import { reviewAccess } from '../../kubernetes/access.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { ApiError, isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import { requestsAtOnce } from '../limits.ts';
import type { TypedManifest } from './manifest-types.ts';

/** How manifests are applied. */
export interface ApplyOptions {
  readonly client: KubernetesClient;
  readonly signal: AbortSignal;
  /** As `kubectl apply --server-side`, by that field manager. */
  readonly serverSide?: { readonly fieldManager: string; readonly force: boolean } | undefined;
}

/** What there would be of the manifests once they are applied. */
export interface AppliedManifests {
  readonly objects: readonly KubernetesObject[];
  readonly refused: readonly RefusedManifest[];
  /** Manifests of which the API server could not be asked what applying gives: it was worked out here. */
  readonly supposed: readonly string[];
}

type Outcome = { readonly object: KubernetesObject; readonly isSupposed?: true } | { readonly refusal: string };

/**
 * What `kubectl apply` would give, manifest by manifest, by the word of the API server: a dry run, so that its defaults and admission
 * count. Nothing is written. Where a dry run is not allowed, the manifest is merged here.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export async function applyManifests(
  manifests: readonly TypedManifest[],
  options: ApplyOptions,
): Promise<AppliedManifests> {
  const created = new Set(
    manifests.flatMap(({ type, object }) => (type.kind === 'Namespace' ? [object.metadata.name ?? ''] : [])),
  );
  const applier = new DryApplier(options, created);
  const [objects, refused, supposed]: [KubernetesObject[], RefusedManifest[], string[]] = [[], [], []];
  for (let at = 0; at < manifests.length; at += requestsAtOnce) {
    const some = manifests.slice(at, at + requestsAtOnce);
    const outcomes = await Promise.all(some.map((one) => applier.apply(one)));
    for (const [index, outcome] of outcomes.entries()) {
      const { kind = '', metadata } = some[index]?.object ?? { metadata: {} };
      const { namespace = '', name = '' } = metadata;
      if ('refusal' in outcome) refused.push({ kind, namespace, name, message: outcome.refusal });
      else objects.push(outcome.object);
      if ('isSupposed' in outcome) supposed.push(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`);
    }
  }
  return { objects, refused, supposed };
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

class DryApplier {
  readonly #options: ApplyOptions;
  readonly #created: ReadonlySet<string>;

  /** @param created namespaces that come with the manifests */
  constructor(options: ApplyOptions, created: ReadonlySet<string>) {
    this.#options = options;
    this.#created = created;
  }

  async apply(manifest: TypedManifest): Promise<Outcome> {
    const { object } = manifest;
    if ((object.metadata.name ?? '') === '') return { refusal: 'metadata.name is missing: kubectl apply needs it' };
    const live = await this.#read(manifest);
    try {
      return { object: await this.#send(manifest, live) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (isForbidden(error) && !(await this.#mayWrite(manifest, live))) return this.#suppose(manifest, live);
      const { namespace = '' } = object.metadata;
      if (isNotFound(error) && live === undefined && this.#created.has(namespace)) return { object };
      return { refusal: error.message };
    }
  }

  /** Undefined when it is not there, or may not be read. */
  async #read({ type, object }: TypedManifest): Promise<KubernetesObject | undefined> {
    const { client, signal } = this.#options;
    try {
      return await client.get(type, nameOf(object), { signal });
    } catch (error) {
      if (isNotFound(error) || isForbidden(error)) return undefined;
      throw error;
    }
  }

  async #send({ type, object }: TypedManifest, live: KubernetesObject | undefined): Promise<KubernetesObject> {
    const { client, signal, serverSide } = this.#options;
    const common = { dryRun: true, fieldValidation: 'Strict', signal } as const;
    if (serverSide !== undefined) {
      const body = { ...common, ...serverSide, kind: 'apply', body: object } as const;
      const applied = await client.patch(type, nameOf(object), body);
      return live === undefined ? withoutUid(applied) : applied;
    }
    if (live === undefined) return withoutUid(await client.create(type, object, { ...common, fieldManager: kubectl }));
    const body = makePatch(object, live);
    if (Object.keys(body).length === 0) return live;
    return await client.patch(type, nameOf(object), { ...common, kind: 'merge', body, fieldManager: kubectl });
  }

  #suppose({ object }: TypedManifest, live: KubernetesObject | undefined): Outcome {
    const merged = live === undefined ? object : (applyMergePatch(live, makePatch(object, live)) as KubernetesObject);
    return { object: merged, isSupposed: true };
  }

  /** Admission and quotas refuse with the same status as RBAC does. */
  async #mayWrite({ type, object }: TypedManifest, live: KubernetesObject | undefined): Promise<boolean> {
    const { namespace, name } = object.metadata;
    const isPatch = live !== undefined || this.#options.serverSide !== undefined;
    const { group, plural: resource } = type;
    const request = { verb: isPatch ? 'patch' : 'create', group, resource, namespace, ...(isPatch ? { name } : {}) };
    return (await reviewAccess(this.#options.client, request)).allowed;
  }
}

/** Each dry run gives what is not there yet another one, and none of them will be its own. */
function withoutUid<T extends KubernetesObject>(object: T): T {
  const { uid: _uid, ...metadata } = object.metadata;
  return { ...object, metadata };
}

const kubectl = 'kubectl-client-side-apply';

const nameOf = ({ metadata }: KubernetesObject): NamespacedName => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});

function makePatch(object: KubernetesObject, live: KubernetesObject): JsonObject {
  const last = readLast(live.metadata.annotations?.[lastApplied]);
  const { apiVersion: _apiVersion, kind: _kind, ...wanted } = object as KubernetesObject & JsonObject;
  const { apiVersion: _last, kind: _lastKind, ...before } = last;
  return makeThreeWayPatch({ last: before, wanted, live });
}

/** What somebody else has written there is nothing. */
function readLast(text: string | undefined): JsonObject {
  try {
    const last: unknown = JSON.parse(text ?? '{}');
    return isJsonObject(last) ? last : {};
  } catch {
    return {};
  }
}

/** An object among those of all kinds, whichever version of its kind it is in. */
export const identify = ({ apiVersion = '', kind = '', metadata }: KubernetesObject): string =>
  [apiVersion.split('/').slice(0, -1).join(), kind, metadata.namespace ?? '', metadata.name ?? ''].join('/');

/** What there is, with what was applied in its place, and without what is deleted. */
export function overlay(
  live: readonly KubernetesObject[],
  applied: readonly KubernetesObject[],
  deleted: readonly TypedManifest[],
): KubernetesObject[] {
  const all = new Map(live.map((object) => [identify(object), object]));
  for (const object of applied) all.set(identify(object), object);
  for (const { type, object } of deleted) all.delete(identify({ ...object, apiVersion: apiVersionOf(type) }));
  return [...all.values()];
}
