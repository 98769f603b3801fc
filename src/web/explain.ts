import { Hono } from 'hono';
import type { Context } from 'hono';
import { describeError } from '../base/errors.ts';
import { arrangeExplanation } from '../core/explain/document.ts';
import type { Question } from '../core/explain/facts.ts';
import { findSubjectKind, listSubjectKinds } from '../core/explain/kind-words.ts';
import type { Explanation } from '../core/explain/model.ts';
import { SubjectNotFoundError } from '../core/explain/not-found.ts';
import { writeText } from '../core/explain/text.ts';

export interface ExplainSources {
  readonly explain: (question: Question) => Promise<Explanation>;
  /** Why nothing can be explained here and now; undefined: it can. */
  readonly unavailable: () => string | undefined;
}

/**
 * `GET /explain/KIND/NAMESPACE/NAME` with kubectl's words for kinds, and `?workload=NAMESPACE/NAME`: why it is scraped or
 * not, as JSON, or as text for `Accept: text/plain`. 404 for what is not there, 503 where this replica cannot say.
 */
export function createExplainApp(sources: ExplainSources): Hono {
  const app = new Hono();
  app.get('/explain/:kind/:namespace/:name', (context) => answer(context, sources));
  return app;
}

async function answer(context: Context, { explain, unavailable }: ExplainSources): Promise<Response> {
  const { kind: word = '', namespace = '', name = '' } = context.req.param();
  const kind = findSubjectKind(word);
  if (kind === undefined) {
    const known = listSubjectKinds().join(', ');
    return fail(context, 404, `Cannot explain "${word}": known are ${known}`);
  }
  const why = unavailable();
  if (why !== undefined) return fail(context, 503, why);
  try {
    const workload = context.req.query('workload');
    const explanation = await explain({ subject: { kind, namespace, name }, workload });
    if (wantsText(context))
      return context.text(writeText(explanation, { isTerminal: false, locate: () => undefined }), 200);
    return context.json(arrangeExplanation(explanation), 200);
  } catch (error) {
    if (error instanceof SubjectNotFoundError) return fail(context, 404, error.message);
    return fail(context, 503, describeError(error));
  }
}

function fail(context: Context, status: 404 | 503, message: string): Response {
  return wantsText(context) ? context.text(`${message}\n`, status) : context.json({ error: message }, status);
}

/** JSON unless text is asked for by name. */
function wantsText(context: Context): boolean {
  return /\btext\/plain\b/.test(context.req.header('accept') ?? '');
}
