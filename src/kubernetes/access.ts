import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { KubernetesClient } from './client/client.ts';
import { accessAnswerMs } from './limits.ts';

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

interface Answer {
  readonly at: number;
  readonly allowed: Promise<boolean>;
}

/** Answers of `reviewAccess` that are believed for a minute: for requests that are not worth a refusal. */
export class AccessCache {
  readonly #client: KubernetesClient;
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer>();

  constructor(client: KubernetesClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** True also when the server cannot be asked: the request itself will tell. */
  async isAllowed(request: AccessRequest): Promise<boolean> {
    const key = JSON.stringify(request);
    const now = this.#clock.monotonic();
    let answer = this.#answers.get(key);
    if (answer === undefined || now - answer.at > accessAnswerMs) {
      const allowed = reviewAccess(this.#client, request).then(
        (review) => review.allowed,
        () => true,
      );
      answer = { at: now, allowed };
      this.#answers.set(key, answer);
    }
    return await answer.allowed;
  }
}

/** A rule as the API server tells of it; "*" stands for all. */
interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface SelfSubjectRulesReview extends KubernetesObject {
  spec: { namespace: string };
  status?: { resourceRules?: readonly ResourceRule[] };
}

const rulesReviewType: ResourceType = {
  ...reviewType,
  plural: 'selfsubjectrulesreviews',
  kind: 'SelfSubjectRulesReview',
};

const includes = (list: readonly string[] = [], wanted: string): boolean => list.includes('*') || list.includes(wanted);

function isCovered(rule: ResourceRule, { verb, group, resource, subresource }: AccessRequest): boolean {
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const any = subresource === undefined ? [] : [`*/${subresource}`];
  return (
    includes(rule.verbs, verb) &&
    includes(rule.apiGroups, group) &&
    [full, ...any].some((one) => includes(rule.resources, one)) &&
    (rule.resourceNames ?? []).length === 0
  );
}

/**
 * Asks in one request what the client may do in a namespace. What the answer grants is granted; what it does not may be
 * granted all the same (not every authorizer can list its rules): ask for that with `reviewAccess`.
 *
 * @throws {ApiError | TransportError} when it cannot be asked.
 */
export async function reviewNamespace(
  client: KubernetesClient,
  namespace: string,
): Promise<(request: AccessRequest) => boolean> {
  const { status = {} } = await client.create<SelfSubjectRulesReview>(rulesReviewType, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    metadata: {},
    spec: { namespace },
  });
  const rules = status.resourceRules ?? [];
  return (request) => rules.some((rule) => isCovered(rule, request));
}
