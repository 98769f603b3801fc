/** Where faults enter: a hook that sees each request before it is answered and each event before it is sent. */

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | 'other';

/** What a hook may decide by. Names are "" where the path has none. */
export interface RequestFacts {
  readonly verb: Verb;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  readonly userAgent: string;
}

/**
 * - `status`: answered in place of the server, which does nothing. Without body a Status object of that code.
 * - `hang`: never answered, until the client goes away. With `afterAnswer` the write has happened and the answer is lost.
 * - `reset`: the connection is cut. `afterBytes` of the normal answer go out first (in the middle of a line of a watch); without it the
 *   request is not even carried out.
 * - `slow`: answered normally after `delayMs`; pieces of a stream come `delayMs` late each, in order.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly reason?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: 'hang'; readonly afterAnswer?: boolean }
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  | { readonly kind: 'slow'; readonly delayMs: number };

/** An event of a watch, before it goes to one client. */
export interface EventFacts {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
}

/** What becomes of an event: sent, dropped silently, or an end to the stream: orderly, reset, or with a 410 ERROR event. */
export type EventFate = 'send' | 'drop' | 'end' | 'reset' | 'expire';

export interface FaultHook {
  /** Called once a request, before anything is done. */
  before(request: RequestFacts): Fault | undefined;
  /** Called for each event of each watch; absent: all are sent. */
  onEvent?(request: RequestFacts, event: EventFacts): EventFate;
}
