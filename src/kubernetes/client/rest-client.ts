import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import type { ClientConfig } from './client-config.ts';
import type {
  ClientOptions,
  DeleteOptions,
  GetOptions,
  KubernetesClient,
  ListOptions,
  ObjectList,
  Patch,
  RawRequest,
  WatchEvent,
  WatchOptions,
  WriteOptions,
} from './client.ts';
import { TransportError } from './errors.ts';
import { Requester } from './requester.ts';
import { buildResourcePath, checkPath } from './resource-path.ts';
import type { ResourceAddress } from './resource-path.ts';
import { readWatchEvents } from './watch-stream.ts';

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** Plain JSON comes last: a server that cannot cut objects down sends them whole, and the client cuts. */
const acceptMetadata = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';
const acceptMetadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/**
 * A client of one API server. Connections are kept; requests go through a throttle. Answers with a Retry-After of at
 * most 30 s are tried again up to five times: 429 and 503, of reads any 5xx. A GET whose connection broke is tried
 * again once, a 401 once with new credentials. What else goes wrong with a watch is the reflector's part.
 *
 * @example
 * const client = createClient(loadKubeConfig({}), { userAgent: 'demo/1.0', qps: 50, clock: createSystemClock() });
 * const { items } = await client.list(pods, { namespace: 'default' });
 * await client.close();
 */
export function createClient(config: ClientConfig, options: ClientOptions): KubernetesClient {
  return new RestClient(config, options);
}

class RestClient implements KubernetesClient {
  readonly #requester: Requester;

  constructor(config: ClientConfig, options: ClientOptions) {
    this.#requester = new Requester(config, options);
  }

  async get<T extends KubernetesObject>(
    type: ResourceType,
    name: NamespacedName,
    options: GetOptions = {},
  ): Promise<T> {
    const { metadataOnly = false, subresource, signal } = options;
    const { body } = await this.#requester.fetch({
      method: 'GET',
      ...buildResourcePath(type, { ...name, subresource }),
      accept: metadataOnly ? acceptMetadata : undefined,
      signal,
    });
    const object = expectObject(body) as T;
    return metadataOnly ? completeObject(type, reduceToMetadata(object)) : object;
  }

  async list<T extends KubernetesObject>(type: ResourceType, options: ListOptions = {}): Promise<ObjectList<T>> {
    const { metadataOnly = false, namespace, signal } = options;
    const { body } = await this.#requester.fetch({
      method: 'GET',
      ...buildResourcePath(type, { namespace }),
      query: buildListQuery(options),
      accept: metadataOnly ? acceptMetadataList : undefined,
      signal,
    });
    const list = expectObject(body) as ListBody<T>;
    const items = list.items ?? [];
    return {
      metadata: list.metadata ?? {},
      items: items.map((item) => completeObject(type, metadataOnly ? reduceToMetadata(item) : item)),
    };
  }

  async create<T extends KubernetesObject>(type: ResourceType, object: T, options: WriteOptions = {}): Promise<T> {
    const { namespace, name } = object.metadata;
    const { subresource } = options;
    // A subresource such as "token" or "eviction" belongs to an object; any other create goes to the collection.
    const address = { type, namespace, ...(subresource === undefined ? {} : { name: name ?? '', subresource }) };
    return this.#write<T>(address, { method: 'POST', body: object }, options);
  }

  async update<T extends KubernetesObject>(type: ResourceType, object: T, options: WriteOptions = {}): Promise<T> {
    const { namespace, name = '' } = object.metadata;
    const { subresource } = options;
    return this.#write<T>({ type, namespace, name, subresource }, { method: 'PUT', body: object }, options);
  }

  async patch<T extends KubernetesObject>(
    type: ResourceType,
    name: NamespacedName,
    { kind, body, ...options }: Patch,
  ): Promise<T> {
    const { subresource } = options;
    const message = { method: 'PATCH', body, contentType: patchTypes[kind] } as const;
    return this.#write<T>({ type, ...name, subresource }, message, options);
  }

  async delete(type: ResourceType, name: NamespacedName, options: DeleteOptions = {}): Promise<void> {
    const { propagationPolicy, preconditions, gracePeriodSeconds, dryRun, signal, beforeSend } = options;
    await this.#requester.fetch({
      method: 'DELETE',
      ...buildResourcePath(type, name),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy,
        preconditions,
        gracePeriodSeconds,
        ...(dryRun === true ? { dryRun: ['All'] } : {}),
      },
      signal,
      beforeSend,
    });
  }

  async *watch<T extends KubernetesObject>(type: ResourceType, options: WatchOptions): AsyncGenerator<WatchEvent<T>> {
    const { metadataOnly = false, namespace, silenceMs, onOpen, signal } = options;
    const chunks = this.#requester.stream({
      method: 'GET',
      ...buildResourcePath(type, { namespace }),
      query: buildWatchQuery(options),
      accept: metadataOnly ? acceptMetadata : undefined,
      silenceMs,
      onOpen,
      signal,
    });
    for await (const { type: kind, object } of readWatchEvents<T>(chunks)) {
      yield { type: kind, object: completeObject(type, metadataOnly ? reduceToMetadata(object) : object) };
    }
  }

  async raw(request: RawRequest): Promise<{ status: number; body: unknown }> {
    const { query, ...rest } = request;
    checkPath(rest.path);
    const parameters = query === undefined ? undefined : new URLSearchParams(query);
    return this.#requester.fetch({ ...rest, endpoint: rest.path, query: parameters });
  }

  close(): Promise<void> {
    return this.#requester.close();
  }

  async #write<T extends KubernetesObject>(
    { type, ...address }: ResourceAddress & { readonly type: ResourceType },
    message: { method: 'POST' | 'PUT' | 'PATCH'; body: unknown; contentType?: string },
    options: WriteOptions,
  ): Promise<T> {
    if (type.namespaced && (address.namespace ?? '') === '')
      throw new TypeError(`Cannot write one of ${type.plural}: metadata.namespace is empty`);
    const { metadataOnly = false, signal, beforeSend } = options;
    const path = buildResourcePath(type, address);
    const query = buildWriteQuery(options);
    const accept = metadataOnly ? acceptMetadata : undefined;
    const { body } = await this.#requester.fetch({ ...message, ...path, query, accept, signal, beforeSend });
    const object = expectObject(body) as T;
    return metadataOnly ? completeObject(type, reduceToMetadata(object)) : object;
  }
}

function buildWriteQuery({ fieldManager, fieldValidation, dryRun, force }: WriteOptions): URLSearchParams {
  const query = new URLSearchParams();
  if (fieldManager !== undefined) query.set('fieldManager', fieldManager);
  if (fieldValidation !== undefined) query.set('fieldValidation', fieldValidation);
  if (dryRun === true) query.set('dryRun', 'All');
  if (force === true) query.set('force', 'true');
  return query;
}

interface ListBody<T> {
  readonly items?: T[] | null;
  readonly metadata?: ObjectList['metadata'];
}

function buildListQuery(options: ListOptions): URLSearchParams {
  const query = new URLSearchParams();
  const set = (key: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') query.set(key, String(value));
  };
  set('labelSelector', options.labelSelector);
  set('fieldSelector', options.fieldSelector);
  set('limit', options.limit);
  set('continue', options.continue);
  set('resourceVersion', options.resourceVersion);
  set('resourceVersionMatch', options.resourceVersionMatch);
  return query;
}

function buildWatchQuery(options: WatchOptions): URLSearchParams {
  const query = buildListQuery(options);
  query.set('watch', 'true');
  if (options.allowWatchBookmarks === true) query.set('allowWatchBookmarks', 'true');
  if (options.sendInitialEvents === true) query.set('sendInitialEvents', 'true');
  if (options.timeoutSeconds !== undefined) query.set('timeoutSeconds', String(options.timeoutSeconds));
  return query;
}

/** Items of a list of a built-in type, and PartialObjectMetadata, do not name their own type. */
function completeObject<T extends KubernetesObject>(type: ResourceType, object: T): T {
  object.apiVersion = apiVersionOf(type);
  object.kind = type.kind;
  return object;
}

function reduceToMetadata<T extends KubernetesObject>({ metadata }: T): T {
  return { apiVersion: '', kind: '', metadata } as T;
}

function expectObject(body: unknown): object {
  if (typeof body !== 'object' || body === null)
    throw new TransportError('The answer of the API server is not a JSON object: is a proxy in between?', 'other');
  return body;
}
