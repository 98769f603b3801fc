/** From a client's JSON to an object in its canonical form. */
import { cloneJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Registry } from '../registry/registry.ts';
import type { Resource } from '../registry/resource.ts';
import { DecodeError, conform } from '../schema/conform.ts';
import type { Schema } from '../schema/schema.ts';
import { invalid, invalidObject } from '../strategies/field-error.ts';
import { badRequest } from '../status-error.ts';
import { groupVersionOf } from './backend.ts';

export interface Decoded {
  readonly object: ApiObject;
  /** Paths of unknown fields. */
  readonly unknown: readonly string[];
}

/**
 * Checks apiVersion and kind, then types; unknown fields are dropped and named.
 * @throws {StatusError} 400 with the texts of the real server.
 */
export function decodeObject(body: unknown, resource: Resource, registry: Registry): Decoded {
  if (!isJsonObject(body)) throw badRequest(`couldn't get version/kind; json parse error: ${describeShape(body)}`);
  checkType(body, resource);
  const typed = { ...body, apiVersion: groupVersionOf(resource), kind: resource.kind };
  try {
    return resource.custom ? decodeCustom(typed, resource, registry) : decodeBuiltIn(typed, resource.schema);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(`${handled(resource)}: ${error.message}`);
  }
}

/** `ConfigMap in version "v1" cannot be handled as a ConfigMap`: how refusals of decoding begin. */
export function handled({ kind, version }: Resource): string {
  return `${kind} in version "${version}" cannot be handled as a ${kind}`;
}

function describeShape(body: unknown): string {
  return `json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
}

function checkType(body: JsonObject, resource: Resource): void {
  const expected = groupVersionOf(resource);
  const { apiVersion = expected, kind = resource.kind } = body;
  if (apiVersion !== expected && apiVersion !== '') {
    throw badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${expected})`,
    );
  }
  if (kind === resource.kind || kind === '') return;
  if (resource.custom) {
    const name = isJsonObject(body.metadata) && typeof body.metadata.name === 'string' ? body.metadata.name : '';
    const error = invalid('kind', kind, `must be ${resource.kind}`);
    throw invalidObject({ group: resource.group, kind: String(kind) }, name, [error]);
  }
  const internal = resource.group === '' ? 'core' : (resource.group.split('.')[0] ?? '');
  throw badRequest(
    `${String(kind)} in version "${resource.version}" cannot be handled as a ${resource.kind}: converting (${resource.version}.${String(kind)}) to (${internal}.${resource.kind}): unknown conversion`,
  );
}

function decodeBuiltIn(body: JsonObject, schema: Schema): Decoded {
  const { object, unknown } = conform(body, schema);
  return { object: { ...object, metadata: object.metadata ?? {} } as ApiObject, unknown };
}

function decodeCustom(body: JsonObject, { strategy }: Resource, registry: Registry): Decoded {
  const copy = cloneJson(body);
  const { metadata } = copy;
  if (metadata !== undefined && metadata !== null && !isJsonObject(metadata)) {
    throw new DecodeError('json: cannot unmarshal into Go struct field .metadata of type v1.ObjectMeta');
  }
  const meta = conform(isJsonObject(metadata) ? metadata : {}, registry.type('ObjectMeta'));
  const { apiVersion, kind, ...rest } = copy;
  const object = { ...rest, apiVersion, kind, metadata: meta.object } as unknown as ApiObject;
  const unknown = strategy.prune?.(object) ?? [];
  return { object, unknown: [...meta.unknown.map((name) => `metadata.${name}`), ...unknown] };
}

/** The zero object of a kind: what an update is compared with when nothing was there. */
export function zeroObject(resource: Resource): JsonObject {
  return resource.custom ? { metadata: {} } : conform({}, resource.schema).object;
}
