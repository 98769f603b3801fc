/** Server-side apply. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { applyFields } from '../apply/field-manager.ts';
import { invalidObject, required } from '../strategies/field-error.ts';
import { StatusError, badRequest, notFound } from '../status-error.ts';
import { settleNamespace } from './admit.ts';
import { groupVersionOf, renderTime } from './backend.ts';
import type { Backend, Target, WriteContext } from './backend.ts';
import { createDecoded } from './create.ts';
import { decodeObject } from './decode.ts';
import { ignoredFields, readCurrent, replaceObject } from './update.ts';
import type { Written } from './update.ts';

/** Makes the object what `body` says, for the fields that it names; creates it when it is missing. */
export function applyObject(
  backend: Backend,
  target: Target,
  { body, force }: { body: unknown; force: boolean },
  context: WriteContext,
): Written {
  if (context.fieldManager === '') throw missingManager();
  const applied = checkBody(backend, target, body);
  const live = readCurrent(backend, target);
  if (live === undefined && context.subresource !== '') throw notFound(target.resource, target.name);
  const { resource } = target;
  const write = {
    manager: context.fieldManager,
    apiVersion: groupVersionOf(resource),
    subresource: context.subresource,
    time: renderTime(backend.clock),
    ignored: ignoredFields(resource, context.subresource),
    force,
  };
  const managed = live?.metadata.managedFields ?? [];
  const result = applyFields({ live: live ?? { metadata: {} }, applied, managed }, resource.schema, write);
  const { object } = decodeObject(result.object, resource, backend.registry);
  if (live !== undefined) {
    const change = { object, old: live, managed: result.managed };
    return { object: replaceObject(backend, target, change, context), created: false };
  }
  if ((object.metadata.uid ?? '') !== '') {
    const detail = `uid mismatch: the provided object specified uid ${object.metadata.uid ?? ''}, and no existing object was found`;
    throw new StatusError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${target.resource.plural} "${target.name}": ${detail}`,
    );
  }
  return { object: createDecoded(backend, target, object, { ...context, managed: result.managed }), created: true };
}

/** `fieldManager` is what apply cannot do without. */
function missingManager(): StatusError {
  return invalidObject({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
    required('fieldManager', 'is required for apply patch'),
  ]);
}

/** The configuration as it was sent, once its type, name and fields are checked. */
function checkBody({ registry }: Backend, target: Target, body: unknown): JsonObject {
  const { resource, namespace, name } = target;
  if (!isJsonObject(body)) throw badRequest('error decoding YAML: the body is no object');
  for (const field of ['apiVersion', 'kind']) {
    if (typeof body[field] !== 'string' || body[field] === '')
      throw badRequest(`Object '${field === 'kind' ? 'Kind' : field}' is missing in '${JSON.stringify(body)}'`);
  }
  const { object, unknown } = decodeObject(body, resource, registry);
  const [first] = unknown;
  if (first !== undefined) {
    const where = `${namespace === '' ? '' : `${namespace}/`}${name}; ${groupVersionOf(resource)}, Kind=${resource.kind}`;
    throw new StatusError(
      500,
      undefined,
      `failed to create typed patch object (${where}): .${first}: field not declared in schema`,
    );
  }
  if (object.metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  const given = object.metadata.name ?? name;
  if (given !== name)
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  settleNamespace(object, resource, namespace);
  return { ...body, metadata: { ...(isJsonObject(body.metadata) ? body.metadata : {}), name } };
}
