import { createHash } from 'node:crypto';
import { isObjectName } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { compareBytes } from '../../base/order.ts';
import type { Rejection } from '../rejection.ts';
import type { KeyReference } from './references.ts';

/** A Secret or ConfigMap as fetched. `data` of a Secret and `binaryData` are base64. */
export interface AssetObject extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** Everything that was fetched for one reconcile. */
export interface AssetObjects {
  readonly secrets: readonly AssetObject[];
  readonly configMaps: readonly AssetObject[];
}

/** Identity of a Secret or ConfigMap. */
export type ObjectReference = Omit<KeyReference, 'key'>;

export const objectKeyOf = ({ kind, namespace, name }: ObjectReference): string =>
  `${kind}/${showText(namespace)}/${showText(name)}`;

/** Of an object that no CRD would take a name may be anything; the checks refuse it, and nothing has its key. */
const showText = (text: unknown): string => (typeof text === 'string' ? text : JSON.stringify(text));

/**
 * What was read from Secrets and ConfigMaps, fixed for one reconcile. Values stay inside: errors name objects and keys
 * only.
 */
export class AssetStore {
  readonly #objects = new Map<string, AssetObject>();
  readonly #versions = new Map<string, string>();

  constructor({ secrets, configMaps }: AssetObjects) {
    for (const object of secrets) this.#add('Secret', object);
    for (const object of configMaps) this.#add('ConfigMap', object);
  }

  #add(kind: KeyReference['kind'], object: AssetObject): void {
    const { namespace = '', name = '' } = object.metadata;
    this.#objects.set(objectKeyOf({ kind, namespace, name }), object);
  }

  /** The bytes of a key, or undefined when the object or the key is not there. */
  readBytes(reference: KeyReference): Buffer | undefined {
    const object = this.#objects.get(objectKeyOf(reference));
    if (object === undefined) return undefined;
    const text = readOwn(object.data, reference.key);
    if (reference.kind === 'Secret') return text === undefined ? undefined : Buffer.from(text, 'base64');
    if (text !== undefined) return Buffer.from(text, 'utf8');
    const binary = readOwn(object.binaryData, reference.key);
    return binary === undefined ? undefined : Buffer.from(binary, 'base64');
  }

  /** The text of a key, or undefined when the object or the key is not there. */
  readText(reference: KeyReference): string | undefined {
    return this.readBytes(reference)?.toString('utf8');
  }

  /** The keys of an object in byte order; none when it is not there. */
  keysOf(reference: ObjectReference): readonly string[] {
    const { data = {}, binaryData = {} } = this.#objects.get(objectKeyOf(reference)) ?? {};
    return [...new Set([...Object.keys(data), ...Object.keys(binaryData)])].sort(compareBytes);
  }

  /** Why a key cannot be read, as the rejection of the object whose `field` refers to it; undefined when it can. */
  explainMissing(reference: KeyReference, field: string): Rejection | undefined {
    const { kind, namespace, name, key } = reference;
    if (!isObjectName(name)) {
      const message = `Cannot refer to ${kind} ${quote(name)}: no object can have that name; name one that exists`;
      return { reason: 'InvalidReference', field, message };
    }
    if (!this.#objects.has(objectKeyOf(reference))) {
      return { reason: `${kind}NotFound`, field, message: `Cannot find ${kind} "${namespace}/${name}"` };
    }
    if (this.readBytes(reference) !== undefined) return undefined;
    return { reason: 'KeyNotFound', field, message: `Cannot find key ${quote(key)} in ${kind} "${namespace}/${name}"` };
  }

  /** Changes when the content of the object changes; "" when there is no such object. */
  versionOf(reference: ObjectReference): string {
    const id = objectKeyOf(reference);
    const known = this.#versions.get(id);
    if (known !== undefined) return known;
    const object = this.#objects.get(id);
    const version = object === undefined ? '' : hashContent(object);
    this.#versions.set(id, version);
    return version;
  }
}

/** So much of a user's text is shown. */
const shownLength = 100;

/** In quotes; what is too long to be shown is cut, and its length told. */
function quote(text: string): string {
  if (text.length <= shownLength) return `"${text}"`;
  return `"${text.slice(0, shownLength)}…" (${text.length} characters)`;
}

/** Keys of users: "constructor" must not reach the prototype. */
function readOwn(map: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function hashContent({ data = {}, binaryData = {} }: AssetObject): string {
  const hash = createHash('sha256');
  for (const map of [data, binaryData])
    hash.update(JSON.stringify(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))).update('\n');
  return hash.digest('base64url');
}
