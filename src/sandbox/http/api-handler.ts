/** Every request comes through here: authentication, the fault hook, the answer, the log. */
import type { EventFacts, EventFate, FaultHook, RequestFacts } from '../fault-hook.ts';
import { describeError } from '../../base/errors.ts';
import type { Backend } from '../rest/backend.ts';
import type { User } from '../registry/resource.ts';
import { StatusError } from '../status-error.ts';
import { isTrue } from '../rest/list-options.ts';
import { answerError } from './answer.ts';
import { authenticate } from './authenticate.ts';
import type { Tokens } from './authenticate.ts';
import { Encoder } from './encode.ts';
import { answerWithFault } from './inject.ts';
import type { ApiRequest, ApiResponse } from './message.ts';
import { handlePath, isOpenPath } from './path-handler.ts';
import type { PathContext } from './path-handler.ts';
import { handleResource } from './resource-handler.ts';
import { parseResourcePath, verbOf } from './route.ts';
import type { ResourceRoute } from './route.ts';

/** One line of the request log. */
export interface RequestRecord extends RequestFacts {
  readonly status: number;
  /** Milliseconds until the answer began. */
  readonly duration: number;
  /** The message of a failure that is the sandbox's own. */
  readonly error?: string;
}

export interface HandlerOptions {
  readonly backend: Backend;
  readonly paths: PathContext;
  readonly tokens: Tokens;
  readonly faults: FaultHook | undefined;
  readonly onRequest: ((record: RequestRecord) => void) | undefined;
}

export type Handler = (request: ApiRequest) => Promise<ApiResponse>;

const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

export function createHandler(options: HandlerOptions): Handler {
  const encoder = new Encoder();
  const { clock } = options.backend;
  return async (request) => {
    const began = clock.monotonic();
    const { facts, answer } = prepare(options, encoder, request);
    const fault = options.faults?.before(facts);
    let failure: string | undefined;
    const safely = async (): Promise<ApiResponse> => {
      try {
        return await answer();
      } catch (error) {
        if (!(error instanceof StatusError)) failure = describeError(error);
        return answerError(error);
      }
    };
    const response = fault === undefined ? await safely() : await answerWithFault(fault, safely, clock);
    const own = failure === undefined ? {} : { error: failure };
    options.onRequest?.({ ...facts, ...own, status: response.status, duration: clock.monotonic() - began });
    return response;
  };
}

interface Prepared {
  readonly facts: RequestFacts;
  readonly answer: () => Promise<ApiResponse>;
}

function prepare(options: HandlerOptions, encoder: Encoder, request: ApiRequest): Prepared {
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1));
  const route = parseResourcePath(path);
  const { tokens } = options;
  const user = identify(request, path, tokens);
  const facts = describeRequest({ request, path, query, route, user });
  const { faults, backend } = options;
  const decideEvent = bindEventHook(faults, facts);
  const answer = async (): Promise<ApiResponse> => {
    if (user instanceof StatusError) throw user;
    if (route === undefined) return handlePath(path, request, options.paths);
    return handleResource({ backend, encoder, request, query, route, user, tokens, decideEvent });
  };
  return { facts, answer };
}

function bindEventHook(
  faults: FaultHook | undefined,
  facts: RequestFacts,
): ((event: EventFacts) => EventFate) | undefined {
  if (faults?.onEvent === undefined) return undefined;
  return (event) => faults.onEvent?.(facts, event) ?? 'send';
}

function identify(request: ApiRequest, path: string, tokens: Tokens): User | StatusError {
  if (isOpenPath(path)) return anonymous;
  try {
    return authenticate(request, tokens);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

interface Parts {
  readonly request: ApiRequest;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly route: ResourceRoute | undefined;
  readonly user: User | StatusError;
}

function describeRequest({ request, path, query, route, user }: Parts): RequestFacts {
  const watch = query.has('watch') && isTrue(query.get('watch'));
  const none = { group: '', version: '', resource: '', subresource: '', namespace: '', name: '' };
  return {
    verb: verbOf(request.method, route, watch),
    method: request.method,
    path,
    query: Object.fromEntries(query),
    ...(route ?? none),
    user: user instanceof StatusError ? '' : user.name,
    userAgent: request.headers['user-agent'] ?? '',
  };
}
