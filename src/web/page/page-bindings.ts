import type { Exchange } from '../http-server.ts';

/** What handlers of the page are given beside the request. */
export interface PageBindings {
  readonly Bindings: Exchange;
}
