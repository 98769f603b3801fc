/** Requests for status, scale, and the subresources that act. */
import type { Target } from '../rest/backend.ts';
import { bindPod, evictPod, finalizeNamespace, requireObject } from '../rest/actions.ts';
import { transform } from '../rest/patch.ts';
import { readScale, updateScale } from '../rest/scale.ts';
import { plainMergeSchema } from '../../base/merge-keys.ts';
import { badRequest, methodNotAllowed, unknownPath } from '../status-error.ts';
import { answerBody, answerJson, answerStatus, answerText, withWarnings } from './answer.ts';
import { parseBody, parseJsonBody } from './json-text.ts';
import type { ApiResponse } from './message.ts';
import { presentationOf, renderWritten } from './resource-call.ts';
import type { ResourceCall } from './resource-call.ts';
import { contextOf, patchKindOf, writeObject } from './write-handler.ts';

type Handler = (call: ResourceCall, target: Target) => ApiResponse;

/** Subresources by "resource/subresource"; status and scale are of the resource's row. */
const handlers: Readonly<Record<string, Handler>> = {
  'pods/binding': (call, target) => answerStatus(201, bindPod(call.backend, target, bodyOf(call))),
  'pods/eviction': (call, target) => answerStatus(201, evictPod(call.backend, target, bodyOf(call))),
  'pods/log': (call, target) => {
    requireObject(call.backend, target);
    return answerText(200, 'The sandbox runs no containers: there are no logs\n');
  },
  'namespaces/finalize': (call, target) => {
    const object = finalizeNamespace(call.backend, target, bodyOf(call));
    return answerBody(200, renderWritten(object, target.resource, presentationOf(call)));
  },
  'serviceaccounts/token': (call, target) => {
    requireObject(call.backend, target);
    throw badRequest('The sandbox issues no tokens for ServiceAccounts: use the token of its kubeconfig');
  },
};

export function handleSubresource(call: ResourceCall, target: Target): ApiResponse {
  const { resource } = target;
  const { subresource } = call.route;
  if (subresource === 'status' && resource.status) return handleStatus(call, target);
  if (subresource === 'scale' && resource.scale !== undefined) return handleScale(call, target);
  const handler = resource.group === '' ? handlers[`${resource.plural}/${subresource}`] : undefined;
  if (handler === undefined) throw unknownPath();
  return handler(call, target);
}

function bodyOf({ request, backend }: ResourceCall): unknown {
  return parseBody(request, backend.registry).value;
}

function handleStatus(call: ResourceCall, target: Target): ApiResponse {
  const { method } = call.request;
  if (method === 'PUT' || method === 'PATCH') return writeObject(call, target);
  if (method !== 'GET') throw methodNotAllowed();
  const object = requireObject(call.backend, target);
  return answerBody(200, renderWritten(object, target.resource, presentationOf(call)));
}

function handleScale(call: ResourceCall, target: Target): ApiResponse {
  const { backend, request } = call;
  if (request.method === 'GET') return answerJson(200, readScale(backend, target));
  if (request.method !== 'PUT' && request.method !== 'PATCH') throw methodNotAllowed();
  const body = request.method === 'PUT' ? parseBody(request, backend.registry) : patchScale(call, target);
  const context = contextOf(call, request.method === 'PUT' ? 'UpdateOptions' : 'PatchOptions', body);
  return withWarnings(answerJson(200, updateScale(backend, target, body.value, context)), context.warnings);
}

function patchScale(call: ResourceCall, target: Target): ReturnType<typeof parseBody> {
  const kind = patchKindOf(call, target.resource.custom);
  const body = parseJsonBody((call.request.body ?? '').toString());
  const scale = readScale(call.backend, target);
  const merge = kind === 'apply' ? 'merge' : kind;
  return {
    ...body,
    value: transform(scale, { kind: merge, body: body.value }, { mergeSchema: plainMergeSchema, custom: false }),
  };
}
