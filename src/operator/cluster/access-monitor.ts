import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { MissingAccess } from '../../core/kinds/missing-access.ts';
import type { AccessRequest } from '../../kubernetes/access.ts';
import { reviewAccess, reviewNamespace } from '../../kubernetes/access.ts';
import { pause } from '../../kubernetes/cache/pause.ts';
import { Deadline } from '../../kubernetes/client/deadline.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Grant } from '../install/access-plan.ts';
import type { AccessMetrics } from '../metrics/access-metrics.ts';
import { accessCalmMs, accessLeastMs, accessMissingMs, parallelReviews } from '../limits.ts';

export interface AccessMonitorOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the flags need. */
  readonly grants: readonly Grant[];
  readonly metrics: AccessMetrics;
  /** Something went missing or is back. */
  readonly onChange: () => void;
}

/** One verb on one resource in one namespace, and the rule of the table that needs it. */
interface Question {
  readonly grant: Grant;
  readonly request: AccessRequest;
}

function listQuestions(grants: readonly Grant[]): Question[] {
  return grants.flatMap((grant) =>
    grant.rule.resources.flatMap((name) =>
      grant.rule.verbs.map((verb) => {
        const [resource = '', subresource] = name.split('/');
        const { group } = grant.rule;
        return { grant, request: { verb, group, resource, subresource, namespace: grant.namespace } };
      }),
    ),
  );
}

/** For a line: "list, watch servicemonitors.monitoring.coreos.com in namespace "shop"". */
function describeWhat(
  verbs: readonly string[],
  { group, resource, subresource, namespace = '' }: AccessRequest,
): string {
  const name = `${resource}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
  return `${verbs.join(', ')} ${name}${namespace === '' ? '' : ` in namespace "${namespace}"`}`;
}

/** One line a rule, resource and namespace: all its verbs together. */
function foldQuestions(questions: readonly Question[]): Map<string, MissingAccess> {
  const folded = new Map<string, { readonly question: Question; readonly verbs: string[] }>();
  for (const question of questions) {
    const { resource, subresource = '', namespace = '' } = question.request;
    const key = [question.grant.rule.why, resource, subresource, namespace].join('\n');
    const found = folded.get(key);
    if (found === undefined) folded.set(key, { question, verbs: [question.request.verb] });
    else found.verbs.push(question.request.verb);
  }
  return new Map(
    [...folded.values()].map(({ question: { grant, request }, verbs }) => {
      const what = describeWhat(verbs, request);
      const { rule, namespace } = grant;
      const { resource, group } = request;
      const isOfWorkloads = rule.optional !== true && rule.scope !== 'own' && rule.scope !== 'cluster';
      const message = `${what} (${rule.why})`;
      return [message, { group, resource, namespace, isOfWorkloads, message }];
    }),
  );
}

/**
 * Knows what RBAC does not grant although the flags need it: asks at the start, after a refusal, and now and then. Says what
 * goes missing and what is back, each once. Nothing waits for it.
 */
export class AccessMonitor {
  readonly #options: AccessMonitorOptions;
  readonly #questions: readonly Question[];
  #missing: ReadonlyMap<string, MissingAccess> = new Map();
  #wake: () => void = () => undefined;

  constructor(options: AccessMonitorOptions) {
    this.#options = options;
    this.#questions = listQuestions(options.grants);
  }

  listMissing(): readonly MissingAccess[] {
    return [...this.#missing.values()];
  }

  /** A request was refused: asks again soon. */
  noteRefusal(): void {
    this.#wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    let isWanted = true;
    while (isWanted) {
      // Before asking: a refusal meanwhile may be about what was asked already.
      const round = new Deadline(this.#options.clock, signal);
      this.#wake = () => round.abort(new Error('A request was refused'));
      isWanted = await this.#runRound(signal, round.signal).finally(() => round.release());
    }
  }

  /** Asks once, and waits until it is time to ask again; false when there will be no next time. */
  async #runRound(signal: AbortSignal, woken: AbortSignal): Promise<boolean> {
    const { clock, logger } = this.#options;
    try {
      this.#show(await this.#ask(signal));
    } catch (error) {
      if (!signal.aborted) logger.debug('Cannot ask for permissions', { err: describeError(error) });
    }
    const least = this.#missing.size === 0 ? accessLeastMs : accessMissingMs;
    if (!(await pause(clock, least, signal))) return false;
    if (this.#missing.size === 0) await pause(clock, accessCalmMs - least, woken);
    return !signal.aborted;
  }

  /** Those of the questions that are answered with no. @throws when the server cannot be asked. */
  async #ask(signal: AbortSignal): Promise<Question[]> {
    const { client } = this.#options;
    const open = await this.#listOpen(signal);
    const refused = new Set<Question>();
    await inParallel(open, signal, async (question) => {
      if (!(await reviewAccess(client, question.request)).allowed) refused.add(question);
    });
    return this.#questions.filter((question) => refused.has(question));
  }

  /** What one request a namespace does not answer with yes. */
  async #listOpen(signal: AbortSignal): Promise<Question[]> {
    const { client } = this.#options;
    const namespaces = [...new Set(this.#questions.map(({ grant }) => grant.namespace))];
    const grants = new Map<string, (request: AccessRequest) => boolean>();
    await inParallel(namespaces, signal, async (namespace) => {
      if (namespace === '') return;
      // A server without this review, or one that fails, answers the single questions.
      const isGranted = await reviewNamespace(client, namespace).catch(() => () => false);
      grants.set(namespace, isGranted);
    });
    return this.#questions.filter(({ grant, request }) => grants.get(grant.namespace)?.(request) !== true);
  }

  #show(refused: readonly Question[]): void {
    const { logger, metrics, onChange } = this.#options;
    const before = this.#missing;
    const now = foldQuestions(refused);
    metrics.setMissing(refused.map(({ request }) => request));
    const gone = [...before.values()].filter(({ message }) => !now.has(message));
    const news = [...now.values()].filter(({ message }) => !before.has(message));
    this.#missing = now;
    for (const { message } of news) logger.warn('Permission missing', { permission: message });
    for (const { message } of gone) logger.info('Permission is back', { permission: message });
    if (news.length + gone.length > 0) onChange();
  }
}

async function inParallel<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const run = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      signal.throwIfAborted();
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReviews, items.length) }, run));
}
