import type { AccessAnswer, DiscoveryAccess } from '../../core/explain/rbac.ts';
import type { ServiceAccountName } from '../../core/explain/rbac.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import type { Subject } from '../../kubernetes/subject-access.ts';
import { reviewSubject } from '../../kubernetes/subject-access.ts';

interface Wanted {
  readonly account: ServiceAccountName;
  readonly request: DiscoveryAccess;
}

const toSubject = ({ namespace, name }: ServiceAccountName): Subject => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/**
 * Asks the API server what ServiceAccounts may do. Who may not ask learns nothing: the answer is "unknown" then.
 * @throws {ApiError | TransportError} for any other failure.
 */
export async function reviewAccounts(
  client: KubernetesClient,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, AccessAnswer>> {
  const answers = new Map<string, AccessAnswer>();
  const review = async (key: string, { account, request }: Wanted): Promise<void> => {
    try {
      const allowed = await reviewSubject(toSubject(account), request, { client });
      answers.set(key, allowed ? 'yes' : 'no');
    } catch (error) {
      if (!isForbidden(error) && !isNotFound(error)) throw error;
      answers.set(key, 'unknown');
    }
  };
  await Promise.all([...wanted].map(([key, one]) => review(key, one)));
  return answers;
}
