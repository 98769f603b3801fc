import type { KubernetesClient } from './client/client.ts';

/** One action in the words of RBAC. */
export interface AccessRequest {
  readonly verb: string;
  /** "" for the core group. */
  readonly group: string;
  /** The plural. */
  readonly resource: string;
  readonly subresource?: string | undefined;
  /** Absent or "": all namespaces, or a cluster-scoped resource. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

export interface AccessReview {
  readonly allowed: boolean;
  readonly reason: string;
}
