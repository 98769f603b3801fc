import { Hono } from 'hono';
import type { Context } from 'hono';
import { describeError } from '../base/errors.ts';
import { arrangeExplanation } from '../core/explain/explanation-document.ts';
import type { Question } from '../core/explain/facts.ts';
import { findSubjectKind, listSubjectKinds } from '../core/explain/kind-words.ts';
import type { Explanation } from '../core/explain/model.ts';
import { SubjectNotFoundError } from '../core/explain/not-found.ts';
import { writeText } from '../core/explain/explanation-text.ts';
import type { AskedObject } from './explain-view.ts';
import { findView } from './explain-view.ts';
import type { Caller, Guard, Refusal } from './guard.ts';
import { listRefusalHeaders } from './guard.ts';

export interface ExplainSources {
  readonly explain: (question: Question) => Promise<Explanation>;
  /** Why nothing can be explained here and now; undefined: it can. */
  readonly unavailable: () => string | undefined;
  readonly guard: Guard;
}

/**
 * `GET /explain/KIND/NAMESPACE/NAME` with kubectl's words for kinds, and `?workload=NAMESPACE/NAME`: why it is scraped or
 * not, as JSON, or as text for `Accept: text/plain`. 404 for what is not there, 503 where this replica cannot say, 401 and
 * 403 for callers who may not know.
 */
export function createExplainApp(sources: ExplainSources): Hono {
  const app = new Hono();
  app.get('/explain/:kind/:namespace/:name', async (context) => {
    const admission = await sources.guard(context.req.raw);
    return 'refusal' in admission ? fail(context, admission.refusal) : answer(context, sources, admission.caller);
  });
  return app;
}

async function answer(context: Context, sources: ExplainSources, caller: Caller): Promise<Response> {
  const told = await explainTo(caller, { ...readAsked(context), workload: context.req.query('workload') }, sources);
  return 'explanation' in told ? show(context, told.explanation) : fail(context, told);
}

/** What an address asks about. */
export interface Asked {
  /** As kubectl has it, such as "servicemonitor". */
  readonly word: string;
  readonly namespace: string;
  readonly name: string;
  /** "NAMESPACE/NAME" of the only one that is of interest. */
  readonly workload: string | undefined;
}

/** Of a path that ends with ":kind/:namespace/:name". */
export function readAsked(context: Context): Omit<Asked, 'workload'> {
  const { kind: word = '', namespace = '', name = '' } = context.req.param();
  return { word, namespace, name };
}

/** The explanation as far as the caller may see it, or why there is none. Never rejects. */
export async function explainTo(
  caller: Caller,
  { word, namespace, name, workload }: Asked,
  { explain, unavailable }: Pick<ExplainSources, 'explain' | 'unavailable'>,
): Promise<{ readonly explanation: Explanation } | Failure> {
  const kind = findSubjectKind(word);
  if (kind === undefined || kind === 'Alert') return { status: 404, message: describeUnknown(word) };
  const why = unavailable();
  if (why !== undefined) return { status: 503, message: why };
  const subject: AskedObject = { kind, namespace, name };
  try {
    const view = await findView(caller, subject);
    if ('missing' in view) return { status: 403, message: `Cannot explain to you: ${view.missing}` };
    const { monitorNamespace, namesNeighbours } = view;
    const explained = explain({ subject, workload, ...(monitorNamespace === undefined ? {} : { monitorNamespace }) });
    return { explanation: namesNeighbours ? await explained : await withoutNames(explained, subject) };
  } catch (error) {
    return { status: error instanceof SubjectNotFoundError ? 404 : 503, message: describeError(error) };
  }
}

function describeUnknown(word: string): string {
  const known = listSubjectKinds().filter((one) => one !== 'alert');
  return `Cannot explain "${word}": known are ${known.join(', ')}`;
}

/** What is not there is told without the names of what is. */
async function withoutNames(explained: Promise<Explanation>, subject: AskedObject): Promise<Explanation> {
  try {
    return await explained;
  } catch (error) {
    if (!(error instanceof SubjectNotFoundError)) throw error;
    const { kind, namespace, name } = subject;
    throw new SubjectNotFoundError(`Cannot find ${kind} ${namespace}/${name}, or not the workload that was asked for`);
  }
}

function show(context: Context, explanation: Explanation): Response {
  return wantsText(context)
    ? context.text(writeText(explanation, { isTerminal: false, locate: () => undefined }), 200)
    : context.json(arrangeExplanation(explanation), 200);
}

/** Why there is no explanation. */
export type Failure = Refusal | { readonly status: 404; readonly message: string };

function fail(context: Context, { status, message }: Failure): Response {
  const headers = status === 404 ? {} : listRefusalHeaders(status);
  return wantsText(context)
    ? context.text(`${message}\n`, status, headers)
    : context.json({ error: message }, status, headers);
}

/** JSON unless text is asked for by name. */
function wantsText(context: Context): boolean {
  return /\btext\/plain\b/.test(context.req.header('accept') ?? '');
}
