import { explain } from '../../core/explain/explain.ts';
import type { Premises, Question } from '../../core/explain/facts.ts';
import type { Explanation } from '../../core/explain/model.ts';
import { openRoutes } from '../../core/explain/open-routes.ts';
import type { AlertmanagerRoutes } from '../../core/explain/open-routes.ts';
import { createRegister } from '../../core/explain/questions.ts';
import type { Overview } from '../../core/overview/overview.ts';
import { Survey } from '../../core/overview/survey.ts';
import { TargetSurvey } from '../../core/overview/target-survey.ts';
import type { SurveyedTargets } from '../../core/overview/target-survey.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { AnswerOf, OpenQuestions, QuestionKind, QuestionOf, Register } from '../../core/explain/questions.ts';

/** Where answers come from: a cluster, a folder of manifests, or the operator's caches. What may not be read is an answer, too. */
export type Gatherer = { readonly [K in QuestionKind]: (question: QuestionOf<K>) => Promise<AnswerOf<K>> };

/** Does work that may rest, now or bit by bit. @throws what the work throws. */
export type RunWork = <T>(work: Interruptible<T>) => T | Promise<T>;

/** What answers are worked out from, and how. */
export interface AnswerGround {
  readonly premises: Premises;
  /** Where work rests, the same question must have the same answer until the end. */
  readonly gatherer: Gatherer;
  /** `complete`, or Turns where others must not wait. */
  readonly run: RunWork;
}

/**
 * Asks `explain`, answers what it still has to know, and asks again, until there is nothing left to ask.
 * @throws {SubjectNotFoundError} as `explain`, and whatever the gatherer throws.
 */
export async function answerQuestion(question: Question, ground: AnswerGround): Promise<Explanation> {
  const { premises, gatherer, run } = ground;
  return settle(gatherer, async (answers) => {
    const outcome = await run(explain(question, { premises, answers }));
    return 'explanation' in outcome ? { settled: outcome.explanation } : outcome;
  });
}

/** What `explain` says of everything, by the same answers. @throws whatever the gatherer throws. */
export function answerOverview({ premises, gatherer, run }: AnswerGround): Promise<Overview> {
  const survey = new Survey(premises);
  return settle(gatherer, async (answers) => {
    const outcome = await run(survey.run(answers));
    return 'overview' in outcome ? { settled: outcome.overview } : outcome;
  });
}

/** What `stoker targets` says of every workload, likewise. @throws whatever the gatherer throws. */
export function answerTargets({ premises, gatherer, run }: AnswerGround): Promise<SurveyedTargets> {
  const survey = new TargetSurvey(premises);
  return settle(gatherer, async (answers) => {
    const outcome = await run(survey.run(answers));
    return 'targets' in outcome ? { settled: outcome.targets } : outcome;
  });
}

/** The routes of all Alertmanagers, by the same answers. @throws whatever the gatherer throws. */
export function answerRoutes({ premises, gatherer, run }: AnswerGround): Promise<readonly AlertmanagerRoutes[]> {
  return settle(gatherer, async (answers) => {
    const outcome = await run(openRoutes({ premises, answers }));
    return 'routes' in outcome ? { settled: outcome.routes } : outcome;
  });
}

type Attempt<T> = { readonly settled: T } | { readonly open: OpenQuestions };

/** Tries again and again, each time with what it had to ask before. */
async function settle<T>(
  gatherer: Gatherer,
  attempt: (answers: Register<'answer'>) => Promise<Attempt<T>>,
): Promise<T> {
  const answers = createRegister<'answer'>();
  for (;;) {
    const outcome = await attempt(answers);
    if ('settled' in outcome) return outcome.settled;
    await gather(outcome.open, answers, gatherer);
  }
}

async function gather(open: OpenQuestions, known: Register<'answer'>, gatherer: Gatherer): Promise<void> {
  await Promise.all([
    answerAll(open.objects, known.objects, gatherer.objects),
    answerAll(open.assets, known.assets, gatherer.assets),
    answerAll(open.access, known.access, gatherer.access),
    answerAll(open.replicas, known.replicas, gatherer.replicas),
    answerAll(open.rulers, known.rulers, gatherer.rulers),
    answerAll(open.series, known.series, gatherer.series),
    answerAll(open.alertmanagers, known.alertmanagers, gatherer.alertmanagers),
  ]);
}

async function answerAll<Q, A>(
  questions: ReadonlyMap<string, Q>,
  known: Map<string, A>,
  answer: (question: Q) => Promise<A>,
): Promise<void> {
  await Promise.all([...questions].map(async ([key, question]) => known.set(key, await answer(question))));
}
