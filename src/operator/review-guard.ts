import { createHash } from 'node:crypto';
import { createTimeoutSignal } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { AccessRequest } from '../kubernetes/access.ts';
import type { KubernetesClient } from '../kubernetes/client/client.ts';
import type { PathRequest, Subject } from '../kubernetes/subject-access.ts';
import { reviewSubject, reviewToken } from '../kubernetes/subject-access.ts';
import type { Guard, Refusal } from '../web/guard.ts';
import { readBearerToken } from '../web/guard.ts';
import { callerAnswerMs, callerAnswers, reviewTimeoutMs, reviewsPerSecond } from './limits.ts';

export interface ReviewGuardDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
}

interface Answer<T> {
  readonly at: number;
  readonly answer: Promise<T>;
}

/** More is asked than the API server shall be asked. */
class BusyError extends Error {
  override readonly name = 'BusyError';
}

/**
 * Lets in whom the API server knows by their bearer token (TokenReview) and lets `get` the path (SubjectAccessReview on the
 * non-resource URL), as kube-rbac-proxy does.
 */
export class ReviewGuard {
  readonly #deps: ReviewGuardDeps;
  readonly #answers = new Map<string, Answer<unknown>>();
  #budget = reviewsPerSecond;
  #filledAt: number;

  constructor(deps: ReviewGuardDeps) {
    this.#deps = deps;
    this.#filledAt = deps.clock.monotonic();
  }

  readonly admit: Guard = async (request) => {
    const identified = await this.identify(request);
    if ('refusal' in identified) return identified;
    const { subject } = identified;
    const { pathname: path } = new URL(request.url);
    const verdict = await this.mayDo(subject, { verb: 'get', path });
    if (verdict === false) return { refusal: { status: 403, message: `${subject.user} may not get ${path}` } };
    if (verdict !== true) return { refusal: verdict };
    return { caller: { mayGet: (wanted) => this.#isAllowed(subject, { verb: 'get', ...wanted }) } };
  };

  /** Whose token the request has. Never rejects. */
  identify(request: Request): Promise<{ readonly subject: Subject } | { readonly refusal: Refusal }> {
    return this.identifyToken(readBearerToken(request));
  }

  /** Whose token it is; undefined: none was sent. Never rejects. */
  async identifyToken(
    token: string | undefined,
  ): Promise<{ readonly subject: Subject } | { readonly refusal: Refusal }> {
    if (token === undefined) return { refusal: { status: 401, message: 'Send a token: Authorization: Bearer TOKEN' } };
    try {
      const subject = await this.#identify(token);
      if (subject !== undefined) return { subject };
      return { refusal: { status: 401, message: 'The API server does not know whose token this is' } };
    } catch (error) {
      return { refusal: describeReviewFailure(error) };
    }
  }

  /** Whether somebody may do something; why nobody can say. Never rejects. */
  async mayDo(subject: Subject, request: AccessRequest | PathRequest): Promise<boolean | Refusal> {
    try {
      return await this.#isAllowed(subject, request);
    } catch (error) {
      return describeReviewFailure(error);
    }
  }

  #identify(token: string): Promise<Subject | undefined> {
    const key = createHash('sha256').update(token).digest('base64');
    return this.#ask(`token ${key}`, (context) => reviewToken(token, context));
  }

  #isAllowed(subject: Subject, request: AccessRequest | PathRequest): Promise<boolean> {
    const key = `access ${JSON.stringify([subject, request])}`;
    return this.#ask(key, (context) => reviewSubject(subject, request, context));
  }

  #ask<T>(key: string, review: (context: { client: KubernetesClient; signal: AbortSignal }) => Promise<T>): Promise<T> {
    const now = this.#deps.clock.monotonic();
    const known = this.#answers.get(key);
    // A key begins with what is asked, and so holds answers of one type.
    if (known !== undefined && now - known.at < callerAnswerMs) return known.answer as Promise<T>;
    this.#spend(now);
    const answer = review({ client: this.#deps.client, signal: createTimeoutSignal(reviewTimeoutMs) });
    this.#answers.delete(key);
    this.#answers.set(key, { at: now, answer });
    answer.catch(() => this.#answers.delete(key));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > callerAnswers && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }

  /** @throws {BusyError} when nothing is left of this second's questions. */
  #spend(now: number): void {
    const refill = ((now - this.#filledAt) / 1000) * reviewsPerSecond;
    this.#budget = Math.min(reviewsPerSecond, this.#budget + refill);
    this.#filledAt = now;
    if (this.#budget < 1) throw new BusyError('Too many callers are being asked about: try again');
    this.#budget -= 1;
  }
}

/** Why a caller could not be asked about. */
export function describeReviewFailure(error: unknown): Refusal {
  if (error instanceof BusyError) return { status: 429, message: error.message };
  return { status: 503, message: `Cannot ask the API server who you are: ${describeError(error)}` };
}
