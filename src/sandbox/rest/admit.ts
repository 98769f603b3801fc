/** Checks that stand between a request and the store, whatever the kind. */
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { storageKey } from '../registry/resource.ts';
import { invalidObject } from '../strategies/field-error.ts';
import { validateMetaUpdate, validateObjectMeta } from '../strategies/object-meta.ts';
import { StatusError, badRequest, notFound } from '../status-error.ts';
import type { Backend, WriteContext } from './backend.ts';
import { handled } from './decode.ts';

/** Problems of the body in order of the text: `unknown field "spec.x"`, `duplicate field "data.k"`. */
export function describeProblems(unknown: readonly string[], { body }: WriteContext): string[] {
  const problems = [
    ...unknown.map((path) => ({ path, text: `unknown field ${JSON.stringify(path)}` })),
    ...(body?.duplicates ?? []).map((path) => ({ path, text: `duplicate field ${JSON.stringify(path)}` })),
  ];
  if (body !== undefined && problems.length > 1) {
    problems.sort((left, right) => body.positionOf(left.path) - body.positionOf(right.path));
  }
  return problems.map(({ text }) => text);
}

/** Unknown and duplicate fields: refused, told in Warning headers, or passed over. */
export function reportProblems(unknown: readonly string[], resource: Resource, context: WriteContext): void {
  if (context.fieldValidation === 'Ignore') return;
  const problems = describeProblems(unknown, context);
  if (context.fieldValidation === 'Warn') context.warnings.push(...problems);
  else if (problems.length > 0) {
    throw badRequest(`${resource.custom ? '' : `${handled(resource)}: `}strict decoding error: ${problems.join(', ')}`);
  }
}

/** A namespace must exist and must not be on its way out. */
export function requireNamespace(
  { store }: Backend,
  resource: Resource,
  target: { namespace: string; name: string },
): void {
  if (!resource.namespaced) return;
  const { namespace, name } = target;
  const found = store.get('namespaces', namespace);
  if (found === undefined) throw notFound({ group: '', plural: 'namespaces' }, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const qualified = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  const detail = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new StatusError(403, 'Forbidden', `${qualified} "${name}" is forbidden: ${detail}`, {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}

/** The namespace of the path goes into the object; another one in the object is refused. */
export function settleNamespace(object: ApiObject, resource: Resource, namespace: string): void {
  const given = object.metadata.namespace ?? '';
  if (!resource.namespaced) {
    if (given !== '')
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
    return;
  }
  if (given !== '' && given !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  object.metadata.namespace = namespace;
}

/** @throws {StatusError} 422 with every error of metadata and kind. */
export function validateObject(object: ApiObject, resource: Resource, old?: ApiObject): void {
  const { strategy } = resource;
  const errors = [
    ...validateObjectMeta(object, resource.namespaced, strategy.nameFormat ?? 'subdomain'),
    ...(old === undefined ? [] : validateMetaUpdate(object, old)),
    ...(strategy.validate?.(object, old) ?? []),
    ...(old === undefined ? [] : (strategy.validateUpdate?.(object, old) ?? [])),
  ];
  if (errors.length > 0) throw invalidObject(resource, object.metadata.name ?? '', errors);
}

export function keyOf(resource: Resource, object: ApiObject): string {
  return storageKey(resource, object.metadata.namespace ?? '', object.metadata.name ?? '');
}
