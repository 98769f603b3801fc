import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { AccessAnswer, DiscoveryAccess } from '../../core/explain/facts.ts';
import type { ServiceAccountName } from '../../core/explain/rbac.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';

interface SubjectAccessReview extends KubernetesObject {
  readonly spec: {
    readonly user: string;
    readonly groups: readonly string[];
    readonly resourceAttributes: Readonly<Record<string, string>>;
  };
  readonly status?: { readonly allowed?: boolean };
}

const reviewType: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
  namespaced: false,
};

interface Wanted {
  readonly account: ServiceAccountName;
  readonly request: DiscoveryAccess;
}

function renderReview({ account, request }: Wanted): SubjectAccessReview {
  const { verb, group, resource, namespace } = request;
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: {
      user: `system:serviceaccount:${account.namespace}:${account.name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'],
      resourceAttributes: { verb, group, resource, ...(namespace === '' ? {} : { namespace }) },
    },
  };
}

/**
 * Asks the API server what ServiceAccounts may do. Who may not ask learns nothing: the answer is "unknown" then.
 * @throws {ApiError | TransportError} for any other failure.
 */
export async function reviewAccounts(
  client: KubernetesClient,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, AccessAnswer>> {
  const answers = new Map<string, AccessAnswer>();
  const review = async (key: string, one: Wanted): Promise<void> => {
    try {
      const { status } = await client.create(reviewType, renderReview(one));
      answers.set(key, status?.allowed === true ? 'yes' : 'no');
    } catch (error) {
      if (!isForbidden(error) && !isNotFound(error)) throw error;
      answers.set(key, 'unknown');
    }
  };
  await Promise.all([...wanted].map(([key, one]) => review(key, one)));
  return answers;
}
