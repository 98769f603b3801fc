/** The chain that an address of the page asks for. */
import type { Context } from 'hono';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Question } from '../../core/explain/facts.ts';
import { findSubjectKind } from '../../core/explain/kind-words.ts';
import type { Explanation } from '../../core/explain/model.ts';
import { SubjectNotFoundError } from '../../core/explain/not-found.ts';
import { explainTo, readAsked } from '../explain.ts';
import type { ExplainSources, Failure } from '../explain.ts';
import type { Caller } from '../guard.ts';
import { findMissingWide } from './wide-view.ts';

type Sources = Pick<ExplainSources, 'explain' | 'unavailable'> & { readonly clock: Pick<Clock, 'now'> };

/** As far as the caller may see it: an object, an alert of rules in a namespace, or the target of `?url=`. Never rejects. */
export function explainAskedTo(
  caller: Caller,
  context: Context,
  sources: Sources,
): Promise<{ readonly explanation: Explanation } | Failure> {
  const asked = readAsked(context);
  const workload = context.req.query('workload');
  const url = context.req.query('url') ?? '';
  if (asked.word === '') return explainWideTo(caller, { subject: { kind: 'Target', url } }, sources);
  if (findSubjectKind(asked.word) !== 'Alert') return explainTo(caller, { ...asked, workload }, sources);
  const { namespace, name } = asked;
  const alert = { at: sources.clock.now(), zone: 'UTC', labels: new Map(), firing: [] };
  return explainWideTo(caller, { subject: { kind: 'Alert', namespace, name }, alert }, sources);
}

async function explainWideTo(
  caller: Caller,
  question: Question & { readonly subject: { readonly kind: 'Alert' | 'Target' } },
  { explain, unavailable }: Sources,
): Promise<{ readonly explanation: Explanation } | Failure> {
  const why = unavailable();
  if (why !== undefined) return { status: 503, message: why };
  try {
    const missing = await findMissingWide(caller, question.subject.kind);
    if (missing !== undefined) return { status: 403, message: `Cannot explain to you: ${missing}` };
    return { explanation: await explain(question) };
  } catch (error) {
    return { status: error instanceof SubjectNotFoundError ? 404 : 503, message: describeError(error) };
  }
}
