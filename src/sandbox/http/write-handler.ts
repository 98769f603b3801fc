/** POST, PUT and PATCH of objects and of their status. */
import type { PatchKind } from '../api.ts';
import type { Target, WriteContext } from '../rest/backend.ts';
import { applyObject } from '../rest/apply.ts';
import { createObject } from '../rest/create.ts';
import { decodeObject } from '../rest/decode.ts';
import { isTrue } from '../rest/list-options.ts';
import { patchObject } from '../rest/patch.ts';
import { updateObject } from '../rest/update.ts';
import type { Written } from '../rest/update.ts';
import { StatusError } from '../status-error.ts';
import { answerBody, withWarnings } from './answer.ts';
import { mediaType, noFacts, parseBody, parseJsonBody, readYaml } from './json-text.ts';
import type { ParsedBody } from './json-text.ts';
import type { ApiResponse } from './message.ts';
import { presentationOf, renderWritten } from './resource-call.ts';
import type { ResourceCall } from './resource-call.ts';
import { parseWriteContext } from './write-options.ts';

export function writeObject(call: ResourceCall, target: Target): ApiResponse {
  const presentation = presentationOf(call);
  const { method } = call.request;
  const { context, written } = method === 'PATCH' ? patch(call, target) : replace(call, target);
  const body = renderWritten(written.object, target.resource, presentation);
  return withWarnings(answerBody(written.created ? 201 : 200, body), context.warnings);
}

interface Outcome {
  readonly context: WriteContext;
  readonly written: Written;
}

export function contextOf(
  { request, query, route }: ResourceCall,
  kind: string,
  { facts }: Pick<ParsedBody, 'facts'>,
): WriteContext {
  const userAgent = request.headers['user-agent'] ?? '';
  return parseWriteContext(query, { kind, subresource: route.subresource, userAgent, body: facts });
}

function replace(call: ResourceCall, target: Target): Outcome {
  const { request, backend } = call;
  const { resource } = target;
  const body = parseBody(request, backend.registry);
  if (request.method === 'PUT') {
    const context = contextOf(call, 'UpdateOptions', body);
    return { context, written: updateObject(backend, target, body.value, context) };
  }
  const context = contextOf(call, 'CreateOptions', body);
  if (resource.review === undefined) {
    return { context, written: { object: createObject(backend, target, body.value, context), created: true } };
  }
  const { object } = decodeObject(body.value, resource, backend.registry);
  return { context, written: { object: resource.review(object, call), created: true } };
}

const patchKinds: Readonly<Record<string, PatchKind>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export function patchKindOf({ request }: ResourceCall, custom: boolean): PatchKind {
  const kind = patchKinds[mediaType(request.headers['content-type'])];
  if (kind === undefined) throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  if (kind !== 'strategic' || !custom) return kind;
  const accepted = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  );
}

function patch(call: ResourceCall, target: Target): Outcome {
  const { request, backend, query } = call;
  const kind = patchKindOf(call, target.resource.custom);
  const text = (request.body ?? '').toString();
  if (kind === 'apply') {
    const context = contextOf(call, 'PatchOptions', { facts: noFacts });
    const explicit = { ...context, fieldManager: query.get('fieldManager') ?? '' };
    const options = { body: readYaml(text), force: query.has('force') && isTrue(query.get('force')) };
    return { context: explicit, written: applyObject(backend, target, options, explicit) };
  }
  const body = parseJsonBody(text);
  const context = contextOf(call, 'PatchOptions', body);
  return {
    context,
    written: { object: patchObject(backend, target, { kind, body: body.value }, context), created: false },
  };
}
