/** The API server as functions: one request each, typed errors, no caching. */
import type { KubernetesObject, NamespacedName, ResourceType } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Carrier } from './transport.ts';

export interface GetOptions {
  /** Ask for metadata alone; the answer has apiVersion, kind and metadata, whatever the server sent. */
  readonly metadataOnly?: boolean | undefined;
  readonly subresource?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ListOptions {
  /** Absent or "": all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Objects a page; absent: all in one answer. */
  readonly limit?: number | undefined;
  /** `metadata.continue` of the page before. */
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: 'NotOlderThan' | 'Exact' | undefined;
  readonly metadataOnly?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One page. `items` carry apiVersion and kind, also where the server leaves them out. */
export interface ObjectList<T extends KubernetesObject = KubernetesObject> {
  readonly items: T[];
  readonly metadata: {
    readonly resourceVersion?: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
}

export interface WatchOptions extends ListOptions {
  readonly allowWatchBookmarks?: boolean | undefined;
  /** After how many seconds the server is asked to end the watch. */
  readonly timeoutSeconds?: number | undefined;
  /** WatchList: the state comes first, as ADDED events, then a bookmark with `k8s.io/initial-events-end`. */
  readonly sendInitialEvents?: boolean | undefined;
  /** Without a byte for this long the watch ends with a TransportError ("timeout"): half-open connections are found. */
  readonly silenceMs?: number | undefined;
  /** Called when the server has accepted the watch; on a quiet watch the only sign of life for a long time. */
  readonly onOpen?: (() => void) | undefined;
}

export interface WatchEvent<T extends KubernetesObject = KubernetesObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

export interface WriteOptions {
  readonly fieldManager?: string | undefined;
  /** Validate and answer, but do not store. */
  readonly dryRun?: boolean | undefined;
  readonly subresource?: string | undefined;
  /** What the server does about fields that it does not know; absent: it tells of them and leaves them out. */
  readonly fieldValidation?: 'Strict' | undefined;
  /** Only metadata is wanted of the answer: a large object is not sent back. */
  readonly metadataOnly?: boolean | undefined;
  /** Server-side apply: take over fields that others manage. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called right before each try is sent; when it throws nothing is sent, and the request rejects with that. */
  readonly beforeSend?: (() => void) | undefined;
}

export interface DeleteOptions {
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined;
  readonly preconditions?:
    { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined } | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** As in WriteOptions. */
  readonly beforeSend?: (() => void) | undefined;
}

/** `apply` is server-side apply: `body` is the whole intent, `fieldManager` is needed. */
export interface Patch extends WriteOptions {
  readonly kind: 'json' | 'merge' | 'strategic' | 'apply';
  readonly body: unknown;
}

export interface RawRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the server's address, such as "/version". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
  /** A longer answer rejects with a TransportError; absent: any is read. */
  readonly mostBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One API server. Every method rejects with an ApiError when the server says no (or would: 400 for a name that would make
 * another path is not sent), with a TransportError when no answer came, and with the signal's reason when it was aborted.
 *
 * @example
 * const client = createClient(loadKubeConfig({}), { userAgent: 'demo', clock: createSystemClock() });
 * const secret = await client.get<Secret>(secrets, { namespace: 'default', name: 'token' });
 */
export interface KubernetesClient {
  get<T extends KubernetesObject>(type: ResourceType, name: NamespacedName, options?: GetOptions): Promise<T>;
  /** One page; `listPages` of cache/list-pages.ts gives all. */
  list<T extends KubernetesObject>(type: ResourceType, options?: ListOptions): Promise<ObjectList<T>>;
  create<T extends KubernetesObject>(type: ResourceType, object: T, options?: WriteOptions): Promise<T>;
  /** Replaces; a resourceVersion in `object` makes it conditional (409 when it is not the newest). */
  update<T extends KubernetesObject>(type: ResourceType, object: T, options?: WriteOptions): Promise<T>;
  patch<T extends KubernetesObject>(type: ResourceType, name: NamespacedName, patch: Patch): Promise<T>;
  delete(type: ResourceType, name: NamespacedName, options?: DeleteOptions): Promise<void>;
  /** Ends when the server ends it; throws an ApiError for an ERROR event and a TransportError for a broken stream. */
  watch<T extends KubernetesObject>(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>>;
  /**
   * Any path: discovery, /version. Rejects like the others for a status of 400 or more, and without a request for a path
   * that leads out of itself ("..").
   */
  raw(request: RawRequest): Promise<{ status: number; body: unknown }>;
  /** Ends all requests and connections. */
  close(): Promise<void>;
}

/** What a client tells about itself; each function is called once a request. */
export interface ClientMetrics {
  /** `status` is the HTTP code as text, or "<error>" when no answer came; `endpoint` a path with names replaced. */
  observeRequest?(request: { method: string; endpoint: string; status: string; durationMs: number }): void;
  /** Time a request waited for the client's own throttle. */
  observeThrottle?(request: { method: string; endpoint: string; waitedMs: number }): void;
}

export interface ClientOptions {
  readonly userAgent: string;
  /** Requests a second in the long run; no limit when absent or 0. */
  readonly qps?: number | undefined;
  /** Requests at once after a rest; twice `qps` when absent. */
  readonly burst?: number | undefined;
  /** Time for one request, its answer included, in milliseconds; of a watch the time until it begins. 60,000 when absent. */
  readonly requestTimeoutMs?: number | undefined;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
  readonly metrics?: ClientMetrics | undefined;
  /** Takes the place of sockets, for a server in the same process; absent: TLS and HTTP/1.1 to the configured address. */
  readonly carrier?: Carrier | undefined;
}
