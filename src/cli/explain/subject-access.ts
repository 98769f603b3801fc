import type { AccessQuestion } from '../../core/explain/questions.ts';
import type { AccessAnswer, ServiceAccountName } from '../../core/explain/rbac.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden, isNotFound } from '../../kubernetes/client/errors.ts';
import type { Subject } from '../../kubernetes/subject-access.ts';
import { reviewSubject } from '../../kubernetes/subject-access.ts';

const toSubject = ({ namespace, name }: ServiceAccountName): Subject => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

/**
 * Asks the API server what a ServiceAccount may do. Who may not ask learns nothing: the answer is "unknown" then.
 * @throws {ApiError | TransportError} for any other failure.
 */
export async function reviewAccount(
  client: KubernetesClient,
  { account, request }: AccessQuestion,
): Promise<AccessAnswer> {
  try {
    return (await reviewSubject(toSubject(account), request, { client })) ? 'yes' : 'no';
  } catch (error) {
    if (!isForbidden(error) && !isNotFound(error)) throw error;
    return 'unknown';
  }
}
