/** A plain HTTP client of an API server, bound to the namespace of one case. Knows nothing of Kubernetes but paths. */
import type { Agent, Dispatcher } from 'undici';
import { request } from 'undici';
import type { Loose } from './case.ts';
import { show } from './case.ts';
import { WatchStream } from './watch-stream.ts';

/** How to reach a server. */
export interface Access {
  readonly server: string;
  readonly token: string;
  readonly agent: Agent;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON, {} when the body is none. */
  readonly body: Loose;
  readonly text: string;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export class Api {
  readonly namespace: string;
  readonly #access: Access;
  readonly #watches: WatchStream[] = [];

  constructor(access: Access, namespace: string) {
    this.#access = access;
    this.namespace = namespace;
  }

  /** Path of a core/v1 resource in the case's namespace, such as `configmaps/a`. */
  core(path: string): string {
    return `/api/v1/namespaces/${this.namespace}/${path}`;
  }

  /** Path of an apps/v1 resource in the case's namespace. */
  apps(path: string): string {
    return this.in('apps/v1', path);
  }

  /** Path of a namespaced resource of a named group. */
  in(groupVersion: string, path: string): string {
    return `/apis/${groupVersion}/namespaces/${this.namespace}/${path}`;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('GET', path, { headers });
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('POST', path, { body, headers });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.request('PUT', path, { body });
  }

  delete(path: string, body?: unknown): Promise<Answer> {
    return this.request('DELETE', path, body === undefined ? {} : { body });
  }

  patch(path: string, type: keyof typeof patchTypes, body: unknown): Promise<Answer> {
    return this.request('PATCH', path, { body, headers: { 'content-type': patchTypes[type] } });
  }

  /** Server-side apply as `manager`; `query` holds more parameters ("force=true"). */
  apply(path: string, manager: string, body: unknown, query = ''): Promise<Answer> {
    return this.patch(`${path}?fieldManager=${manager}${query === '' ? '' : `&${query}`}`, 'apply', body);
  }

  /** POST that must succeed: what a case builds on. Returns the created object. */
  async create(path: string, body: unknown): Promise<Loose> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`Cannot create ${path}: ${answer.text}`);
    return answer.body;
  }

  async request(method: Dispatcher.HttpMethod, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { body, headers = {} } = options;
    const response = await request(`${this.#access.server}${path}`, {
      method,
      dispatcher: this.#access.agent,
      headers: { ...this.#headers(), ...(body === undefined ? {} : jsonType), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const raw = await response.body.text();
    const contentType = String(response.headers['content-type'] ?? '');
    return { status: response.statusCode, contentType, headers: response.headers, body: parse(raw), text: raw };
  }

  /** Opens a watch; `path` carries the query without `watch=true`. The stream closes with the case. */
  async watch(path: string, headers: Readonly<Record<string, string>> = {}): Promise<WatchStream> {
    const url = `${this.#access.server}${path}${path.includes('?') ? '&' : '?'}watch=true`;
    const response = await request(url, {
      dispatcher: this.#access.agent,
      headers: { ...this.#headers(), ...headers },
    });
    const stream = new WatchStream(response.statusCode, response.body);
    this.#watches.push(stream);
    return stream;
  }

  /** Ends the watches the case left open. */
  close(): void {
    for (const watch of this.#watches) watch.close();
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#access.token}`, accept: 'application/json' };
  }
}

const jsonType = { 'content-type': 'application/json' };

function parse(raw: string): Loose {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? (value as Loose) : {};
  } catch {
    return {};
  }
}

/** What a client sees of a refusal: the Status object without its metadata. */
export function refusal({ status, body }: Answer): unknown {
  const { kind, reason, message, details, code } = body;
  return { status, kind, reason, message, ...(details === undefined ? {} : { details }), code };
}

/** HTTP status with the outcome in one word: enough where the message is not the point. */
export function verdict({ status, body }: Answer): string {
  const { reason } = body;
  return status < 300 ? String(status) : `${status} ${show(reason)}`;
}
