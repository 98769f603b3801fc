import type { Refusal } from '../../web/guard.ts';
import type { ServedWorkload } from '../../core/served/served-workload.ts';
import { parseQuestion } from '../../discovery/service/question.ts';
import type { ReviewGuard } from '../review-guard.ts';

/**
 * Who may have the targets of a workload: its own service account, and whoever may `get` its subresource `targets`
 * (docs/adr/0011-discovery-service.md, "Who may ask"). What is no question is let through: it is answered with 404.
 * @param find the workload of that key.
 */
export function createDiscoveryGuard(
  review: ReviewGuard,
  find: (key: string) => ServedWorkload | undefined,
): (request: Request) => Promise<Refusal | undefined> {
  return async (request) => {
    const question = parseQuestion(new URL(request.url).pathname);
    if (question === undefined) return undefined;
    const identified = await review.identify(request);
    if ('refusal' in identified) return identified.refusal;
    const [plural = '', namespace = '', name = ''] = question.workload.split('/');
    const account = find(question.workload)?.serviceAccount;
    const { user } = identified.subject;
    if (account !== undefined && user === `system:serviceaccount:${namespace}:${account}`) return undefined;
    const wanted = { group: 'monitoring.coreos.com', resource: plural, subresource: 'targets', namespace, name };
    const verdict = await review.mayDo(identified.subject, { verb: 'get', ...wanted });
    if (verdict === true) return undefined;
    return verdict === false
      ? {
          status: 403,
          message: `${user} may not get ${plural}/targets of ${namespace}/${name}, and is not its service account`,
        }
      : verdict;
  };
}
