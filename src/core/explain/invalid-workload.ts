import { makeStep } from './case.ts';
import { advise } from './fixes.ts';
import type { ObjectName, Step } from './model.ts';
import { showObject } from './model.ts';
import type { Link } from './reasons.ts';
import type { WorkloadProblem } from './workload-problem.ts';

/** A workload that cannot be rendered keeps what it had: where a link of any chain comes to it, that is the answer. */
export function explainInvalid(link: Link, object: ObjectName, { field, message }: WorkloadProblem): Step {
  return makeStep(link, 'fail', {
    reason: 'WorkloadInvalid',
    object,
    at: field,
    compared: `${showObject(object)} cannot be rendered, its last good configuration stays`,
    found: message,
    fixes: [advise(object, `correct ${field === '' ? 'its spec' : field} of ${showObject(object)}`)],
  });
}
