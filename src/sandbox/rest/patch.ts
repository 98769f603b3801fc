/** PATCH: JSON, merge, strategic merge; server-side apply is in apply.ts. */
import { cloneJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { sortKeys } from '../../base/hash.ts';
import { JsonPatchError, applyJsonPatch } from '../../base/json-patch.ts';
import type { JsonPatchOperation } from '../../base/json-patch.ts';
import { applyMergePatch } from '../../base/merge-patch.ts';
import { StrategicMergeError } from '../../base/strategic-merge-error.ts';
import { applyStrategicMergePatch } from '../../base/strategic-merge.ts';
import type { ApiObject, PatchKind } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { invalid, invalidObject } from '../strategies/field-error.ts';
import { StatusError, badRequest, methodNotAllowed, notFound } from '../status-error.ts';
import { describeProblems, settleNamespace } from './admit.ts';
import type { Backend, Target, WriteContext } from './backend.ts';
import { decodeObject } from './decode.ts';
import { readCurrent, replaceObject } from './update.ts';

export interface Patch {
  readonly kind: Exclude<PatchKind, 'apply'>;
  readonly body: unknown;
}

export function patchObject(backend: Backend, target: Target, patch: Patch, context: WriteContext): ApiObject {
  const { resource, name } = target;
  if (!resource.verbs.includes('patch')) throw methodNotAllowed();
  const old = readCurrent(backend, target);
  if (old === undefined) throw notFound(resource, name);
  const patched = transform(old, patch, resource);
  const { object, unknown } = decodeObject(patched, resource, backend.registry);
  reportPatchProblems(unknown, { patch, patched }, context);
  checkIdentity(object, target);
  return replaceObject(backend, target, { object, old }, context);
}

/** The object after the patch, not yet decoded. */
export function transform(
  old: JsonObject,
  { kind, body }: Patch,
  resource: Pick<Resource, 'mergeSchema' | 'custom'>,
): JsonObject {
  const patched = kind === 'json' ? applyOperations(old, body) : applyObject(old, { kind, body }, resource);
  if (!isJsonObject(patched)) throw badRequest('The patch leaves no object');
  return patched;
}

function applyOperations(old: JsonObject, body: unknown): unknown {
  if (!Array.isArray(body)) {
    throw badRequest(`error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch`);
  }
  try {
    return applyJsonPatch(old, body as JsonPatchOperation[]);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
  }
}

function applyObject(
  old: JsonObject,
  { kind, body }: Patch,
  resource: Pick<Resource, 'mergeSchema' | 'custom'>,
): unknown {
  if (!isJsonObject(body)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type map[string]interface {}`,
    );
  }
  if (kind === 'merge') return applyMergePatch(old, body);
  try {
    return applyStrategicMergePatch(cloneJson(old), body, resource.mergeSchema);
  } catch (error) {
    if (!(error instanceof StrategicMergeError)) throw error;
    throw badRequest(error.message);
  }
}

interface Attempt {
  readonly patch: Patch;
  readonly patched: JsonObject;
}

/** A strategic patch is told of as it was sent, others by what came of them. */
function reportPatchProblems(unknown: readonly string[], { patch, patched }: Attempt, context: WriteContext): void {
  if (context.fieldValidation === 'Ignore') return;
  const problems = describeProblems(unknown, context);
  if (context.fieldValidation === 'Warn') context.warnings.push(...problems);
  else if (problems.length > 0) {
    const detail = `strict decoding error: ${problems.join(', ')}`;
    throw invalidObject({ group: '', kind: '' }, '', [
      invalid('patch', JSON.stringify(patch.kind === 'strategic' ? patch.body : sortKeys(patched)), detail),
    ]);
  }
}

function checkIdentity(object: ApiObject, { resource, namespace, name }: Target): void {
  const given = object.metadata.name ?? '';
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  settleNamespace(object, resource, namespace);
}
