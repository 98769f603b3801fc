import type { Explanation, ObjectName } from '../../../core/explain/model.ts';
import type { Chrome } from '../page-source.ts';

/** What a page is about. Served pages have it as their path; in a file it is the id of the part. */
export function explainPath(subject: Explanation['subject'], workload?: ObjectName): string {
  if (subject.kind === 'Target') return `/explain/target?url=${encodeURIComponent(subject.name)}`;
  const parts = [subject.kind.toLowerCase(), subject.namespace, subject.name].map(encodeURIComponent);
  const only =
    workload === undefined ? '' : `?workload=${encodeURIComponent(`${workload.namespace}/${workload.name}`)}`;
  return `/explain/${parts.join('/')}${only}`;
}

/** Where a link leads: in a file everything that is chosen by a query stands beside each other. */
export const linkTo = (path: string, { medium }: Chrome): string =>
  medium === 'served' ? path : `#${path.split('?', 1)[0] ?? ''}`;

/** Where the configuration of a workload is shown; `monitor`: only the jobs of that one. */
export function configurationPath({ kind, namespace, name }: ObjectName, monitor?: ObjectName): string {
  const parts = [kind.toLowerCase(), namespace, name].map(encodeURIComponent);
  const only =
    monitor === undefined
      ? ''
      : `?monitor=${encodeURIComponent(`${monitor.kind}/${monitor.namespace}/${monitor.name}`)}`;
  return `/configuration/${parts.join('/')}${only}`;
}
