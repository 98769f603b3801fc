/** What the reference operator leaves behind when it is scaled down, and what it does when it comes back. */
import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import { daemonSetType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ObjectMeta, ResourceType } from '../../../src/api/meta.ts';
import { keyOf } from '../../../src/api/meta.ts';
import { inputHashAnnotation } from '../../../src/core/render/shared/input-hash.ts';
import { RefusedError } from './api.ts';
import type { Api } from './api.ts';
import { managedTypes } from './types.ts';

/** An object that was there when the operators changed places. */
export interface Left {
  readonly type: ResourceType;
  readonly key: string;
  readonly object: Managed;
}

interface Managed extends KubernetesObject {
  readonly spec?: { readonly template?: { readonly metadata: ObjectMeta } };
  readonly data?: Readonly<Record<string, string>>;
}

/** A 64-bit number, as the hash of the reference is; no operator of ours would come to it. */
export const foreignHash = '17293822569102704640';
const manager = 'PrometheusOperator';
const types = [...managedTypes, daemonSetType];
const restarted = { 'kubectl.kubernetes.io/restartedAt': '2026-01-02T03:04:05Z' };

const isManaged = ({ metadata }: KubernetesObject): boolean =>
  metadata.labels?.['managed-by'] === 'prometheus-operator';
export const isSet = ({ kind }: ResourceType): boolean => kind === 'StatefulSet' || kind === 'DaemonSet';

/** Everything that carries the label of the reference. */
export async function listManaged(api: Api): Promise<Left[]> {
  const lists = await Promise.all(
    types.map(async (type) => (await api.list<Managed>(type)).filter(isManaged).map((object) => ({ type, object }))),
  );
  return lists.flat().map(({ type, object }) => ({ type, object, key: keyOf(object) }));
}

/** Go's compressor and ours make other bytes of the same text. */
function recompress(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([name, packed]) => {
      if (!name.endsWith('.gz') || packed === '') return [name, packed];
      return [name, gzipSync(gunzipSync(Buffer.from(packed, 'base64')), { level: 1 }).toString('base64')];
    }),
  );
}

/** The object in the dress of the reference: its hash, its bytes, and a `kubectl rollout restart` from some day. */
function dress({ type, object }: Left): Managed {
  const { namespace, name = '', labels, annotations, ownerReferences } = object.metadata;
  const metadata: ObjectMeta = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  const rest: Managed = { ...object, metadata };
  if (object.data !== undefined) return { ...rest, data: recompress(object.data) };
  const template = object.spec?.template;
  if (!isSet(type) || template === undefined) return rest;
  const annotated = { ...template.metadata, annotations: { ...template.metadata.annotations, ...restarted } };
  return {
    ...rest,
    metadata: { ...metadata, annotations: { ...annotations, [inputHashAnnotation]: foreignHash } },
    spec: { ...object.spec, template: { ...template, metadata: annotated } },
  };
}

/** Makes every managed object anew as the reference would have made it; resolves with what there is then. */
export async function makeAsReference(api: Api): Promise<Left[]> {
  for (const left of await listManaged(api)) {
    const { status: _status, ...object } = dress(left) as Managed & { status?: unknown };
    await api.remove(left.type, left.key);
    await api.create(left.type, object, manager);
  }
  return await listManaged(api);
}

/** The reference comes back: its hash is another one, so it writes every set once more, as it would have it. */
export async function updateAsReference(api: Api, left: readonly Left[]): Promise<void> {
  for (const { type, key, object } of left.filter((one) => isSet(one.type))) {
    await replaceNewest(api, { type, key, object });
  }
}

/** Looks again when it lost a race: the controllers of sets write their status. */
async function replaceNewest(api: Api, { type, key, object }: Left): Promise<void> {
  for (;;) {
    const { resourceVersion = '' } = (await api.get(type, key)).metadata;
    try {
      await api.replace(type, { ...object, metadata: { ...object.metadata, resourceVersion } }, manager);
      return;
    } catch (error) {
      if (!(error instanceof RefusedError && error.status === 409)) throw error;
    }
  }
}

/** No set was made anew or has another spec: no pod was restarted. */
export async function assertUntouched(api: Api, left: readonly Left[]): Promise<void> {
  for (const { type, key, object } of left.filter((one) => isSet(one.type))) {
    const { metadata, spec } = await api.get<Managed>(type, key);
    const what = `${type.kind} ${key}`;
    assert.deepEqual(spec, object.spec, what);
    assert.equal(metadata.uid, object.metadata.uid, what);
    assert.equal(metadata.generation, object.metadata.generation, what);
  }
}
