import type { KubernetesObject, ResourceType } from '../api/meta.ts';
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
  /** The authorizer's words; often "". */
  readonly reason: string;
}

interface SelfSubjectAccessReview extends KubernetesObject {
  spec: { resourceAttributes: AccessRequest };
  status?: { allowed?: boolean; reason?: string; evaluationError?: string };
}

const reviewType: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
};

/**
 * Asks the API server whether the client may do something.
 *
 * @throws {ApiError | TransportError} when it cannot be asked.
 * @example
 * const { allowed } = await reviewAccess(client, { verb: 'create', group: 'events.k8s.io', resource: 'events' });
 */
export async function reviewAccess(client: KubernetesClient, request: AccessRequest): Promise<AccessReview> {
  const { status = {} } = await client.create<SelfSubjectAccessReview>(reviewType, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: {},
    spec: { resourceAttributes: request },
  });
  return { allowed: status.allowed === true, reason: status.reason ?? status.evaluationError ?? '' };
}
