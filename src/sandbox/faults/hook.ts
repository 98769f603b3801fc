/** Where faults enter the sandbox's HTTP server: it asks the hook before it serves and before it sends an event. */
import type { ObjectEvent } from '../api.ts';

/** Kubernetes' word for what a request does; a list with watch=true is a watch. */
export type RequestVerb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A request for a resource. Requests for discovery, health and version are never asked about. */
export interface FaultRequest {
  readonly verb: RequestVerb;
  readonly group: string;
  readonly version: string;
  /** The plural, "statefulsets". */
  readonly resource: string;
  /** "status", "scale"; absent for the object itself. */
  readonly subresource?: string;
  /** Absent for cluster-scoped resources and for requests over all namespaces. */
  readonly namespace?: string;
  /** Absent for requests that name no object, creates among them. */
  readonly name?: string;
}

/** What happens to a request instead of, before or after being served. */
export type RequestFault =
  /** Answer with this Status and do nothing. `retryAfterSeconds` is the header Retry-After and in the details, too. */
  | {
      readonly kind: 'refuse';
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly retryAfterSeconds?: number;
    }
  /** Never answer; the request ends when the client or the server gives up. */
  | { readonly kind: 'hang' }
  /** Break the connection without an answer: `before` anything is done, or `after` the write is stored. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Serve after this many milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number };

/** What happens to a watch in the place of its next event. */
export type WatchFault =
  /** The event is not sent; the watch goes on as if it had been. */
  | { readonly kind: 'drop' }
  /** The connection breaks, `cut` after half of the event's line, else before it. */
  | { readonly kind: 'reset'; readonly cut: boolean }
  /** Nothing is sent any more, the connection stays open. */
  | { readonly kind: 'hang' }
  /** An ERROR event with 410 Expired is sent, and the watch ends. */
  | { readonly kind: 'expire' };

export interface FaultHook {
  onRequest(request: FaultRequest): RequestFault | undefined;
  /** Asked for every event of every watch, bookmarks included, before it is sent. */
  onWatchEvent(request: FaultRequest, event: ObjectEvent): WatchFault | undefined;
}
