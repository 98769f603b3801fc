/** A plain client of the API server, independent of the one under test. Objects are named "namespace/name" or "name". */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { podType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { apiVersionOf, splitKey } from '../../../src/api/meta.ts';

export interface ApiAccess {
  readonly server: string;
  readonly caFile: string;
  readonly token: string;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** The answer was not 2xx. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(call: Call, status: number, message: string) {
    super(`${call.method} ${call.path}: ${status} ${message}`);
    this.status = status;
  }
}

function pathOf(type: ResourceType, namespace: string, ...names: readonly string[]): string {
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${apiVersionOf(type)}`;
  const scope = type.namespaced && namespace !== '' ? `/namespaces/${namespace}` : '';
  return [`${root}${scope}/${type.plural}`, ...names].join('/');
}

const managedBy = (path: string, fieldManager: string | undefined): string =>
  fieldManager === undefined ? path : `${path}?fieldManager=${fieldManager}`;

export class Api {
  readonly #access: ApiAccess;
  readonly #agent: Agent;

  constructor(access: ApiAccess) {
    this.#access = access;
    this.#agent = new Agent({ connect: { ca: readFileSync(access.caFile) } });
  }

  async get<T extends KubernetesObject>(type: ResourceType, key: string): Promise<T> {
    const { namespace, name } = splitKey(key);
    return (await this.#send({ method: 'GET', path: pathOf(type, namespace, name) })) as T;
  }

  /** The object, or undefined when there is none. */
  async find<T extends KubernetesObject>(type: ResourceType, key: string): Promise<T | undefined> {
    try {
      return await this.get<T>(type, key);
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All objects of the type in the namespace; of all namespaces when it is "". */
  async list<T extends KubernetesObject>(type: ResourceType, namespace = ''): Promise<T[]> {
    const list = await this.#send({ method: 'GET', path: pathOf(type, namespace) });
    return (list as { items: T[] }).items;
  }

  async create<T extends KubernetesObject>(type: ResourceType, object: T, fieldManager?: string): Promise<T> {
    const body = { apiVersion: apiVersionOf(type), kind: type.kind, ...object };
    const path = managedBy(pathOf(type, object.metadata.namespace ?? ''), fieldManager);
    return (await this.#send({ method: 'POST', path, body })) as T;
  }

  /** Writes over the object; only when it is the one of the resourceVersion, if that is given. */
  async replace<T extends KubernetesObject>(type: ResourceType, object: T, fieldManager?: string): Promise<T> {
    const { namespace = '', name = '' } = object.metadata;
    const body = { apiVersion: apiVersionOf(type), kind: type.kind, ...object };
    const path = managedBy(pathOf(type, namespace, name), fieldManager);
    return (await this.#send({ method: 'PUT', path, body })) as T;
  }

  /** A merge patch: null removes. `subresource` such as "status". */
  async patch(type: ResourceType, key: string, body: unknown, subresource?: string): Promise<KubernetesObject> {
    const { namespace, name } = splitKey(key);
    const path = pathOf(type, namespace, name, ...(subresource === undefined ? [] : [subresource]));
    const contentType = 'application/merge-patch+json';
    return (await this.#send({ method: 'PATCH', path, body, contentType })) as KubernetesObject;
  }

  /** Puts a Pod on a node, as the scheduler does. */
  async bind(pod: string, node: string): Promise<void> {
    const { namespace, name } = splitKey(pod);
    const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target: { kind: 'Node', name: node } };
    await this.#send({ method: 'POST', path: pathOf(podType, namespace, name, 'binding'), body });
  }

  /** As a drain does; refused with 429 while a budget does not let the Pod go. */
  async evict(pod: string): Promise<void> {
    const { namespace, name } = splitKey(pod);
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { namespace, name } };
    await this.#send({ method: 'POST', path: pathOf(podType, namespace, name, 'eviction'), body });
  }

  async remove(type: ResourceType, key: string, propagationPolicy = 'Background'): Promise<void> {
    const { namespace, name } = splitKey(key);
    await this.#send({ method: 'DELETE', path: pathOf(type, namespace, name), body: { propagationPolicy } });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send(call: Call): Promise<unknown> {
    const { method, path, body, contentType = 'application/json' } = call;
    const response = await request(`${this.#access.server}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.#access.token}`, 'content-type': contentType },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.body.json()) as { message?: string };
    if (response.statusCode >= 300) throw new RefusedError(call, response.statusCode, answer.message ?? '');
    return answer;
  }
}
