import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import type { AccessRequest } from './access.ts';
import type { KubernetesClient } from './client/client.ts';

/** Who somebody is to the API server. */
export interface Subject {
  readonly user: string;
  readonly uid?: string | undefined;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A path that is no resource, such as "/metrics". */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}

interface TokenReview extends KubernetesObject {
  spec: { token: string };
  status?: {
    authenticated?: boolean;
    user?: { username?: string; uid?: string; groups?: string[]; extra?: Record<string, string[]> };
  };
}

interface SubjectAccessReview extends KubernetesObject {
  spec: Subject & {
    resourceAttributes?: AccessRequest;
    nonResourceAttributes?: PathRequest;
  };
  status?: { allowed?: boolean };
}

const tokenReviewType: ResourceType = {
  group: 'authentication.k8s.io',
  version: 'v1',
  plural: 'tokenreviews',
  kind: 'TokenReview',
  namespaced: false,
};

const accessReviewType: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
  namespaced: false,
};

/** Where questions are sent, and until when. */
export interface ReviewContext {
  readonly client: KubernetesClient;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the API server whose token it is; undefined: nobody's, or not for the API server.
 * @throws {ApiError | TransportError} when it cannot be asked.
 */
export async function reviewToken(token: string, { client, signal }: ReviewContext): Promise<Subject | undefined> {
  const review: TokenReview = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    metadata: {},
    spec: { token },
  };
  const { status } = await client.create(tokenReviewType, review, { signal });
  const { username, uid, groups = [], extra } = status?.user ?? {};
  if (status?.authenticated !== true || username === undefined) return undefined;
  return { user: username, uid, groups, extra };
}

function renderAttributes(request: AccessRequest | PathRequest): Partial<SubjectAccessReview['spec']> {
  if ('path' in request) return { nonResourceAttributes: { verb: request.verb, path: request.path } };
  return { resourceAttributes: request };
}

/**
 * Asks the API server whether somebody may do something.
 * @throws {ApiError | TransportError} when it cannot be asked.
 */
export async function reviewSubject(
  subject: Subject,
  request: AccessRequest | PathRequest,
  { client, signal }: ReviewContext,
): Promise<boolean> {
  const review: SubjectAccessReview = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: { ...subject, ...renderAttributes(request) },
  };
  const { status } = await client.create(accessReviewType, review, { signal });
  return status?.allowed === true;
}
