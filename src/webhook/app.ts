/** The paths of the webhook, those of the reference and one for all kinds (docs/reference/operator-runtime.md 7). */
import { Hono } from 'hono';
import type { Clock } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { ByteBudget, RequestError, withJsonBody } from './body.ts';
import { convertReview } from './convert.ts';
import { mutateRules } from './mutate-rules.ts';
import { ReviewError, readAdmissionReview, renderAdmissionReview } from './review.ts';
import type { AdmissionRequest, AdmissionResponse } from './review.ts';
import type { Examine, Expected } from './validate.ts';
import { isExpected, refuseResource, validateReview } from './validate.ts';
import { admissionBytes, bodyBudgetBytes, conversionBytes } from './limits.ts';

export const webhookPaths = {
  validate: '/validate',
  validateRules: '/admission-prometheusrules/validate',
  mutateRules: '/admission-prometheusrules/mutate',
  validateAlertmanagerConfigs: '/admission-alertmanagerconfigs/validate',
  convert: '/convert',
} as const;

/** `invalid`: no review, or one that cannot be read. `error`: our own fault. */
export type ReviewResult = 'allowed' | 'denied' | 'converted' | 'invalid' | 'error';

export interface ReviewObserver {
  observeReview(review: { readonly path: string; readonly result: ReviewResult; readonly seconds: number }): void;
}

export interface WebhookDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer?: ReviewObserver | undefined;
  /** What is said of an object on the paths of the reference, and on ours. */
  readonly examine: { readonly reference: Examine; readonly own: Examine };
}

const rules: Expected = { plural: 'prometheusrules', versions: ['v1'] };
const alertmanagerConfigs: Expected = { plural: 'alertmanagerconfigs', versions: ['v1alpha1', 'v1beta1'] };

interface Answer {
  readonly body: unknown;
  readonly result: ReviewResult;
}

/** The webhook as routes that a web server takes in. */
export function createWebhookApp(deps: WebhookDeps): Hono {
  const { examine } = deps;
  const app = new Hono();
  const budget = new ByteBudget(bodyBudgetBytes);
  const serve = (path: string, limit: number, answer: (json: unknown) => Answer): void => {
    app.post(path, (context) =>
      observe(path, deps, async (): Promise<[Response, ReviewResult]> => {
        const { body, result } = await withJsonBody(context.req.raw, { budget, limit }, answer);
        return [context.json(body), result];
      }),
    );
    app.all(path, (context) => context.text('Method not allowed: want POST\n', 405, { allow: 'POST' }));
  };
  const admit = (path: string, review: (request: AdmissionRequest) => AdmissionResponse): void =>
    serve(path, admissionBytes, (json) => answerAdmission(json, review));
  admit(webhookPaths.validate, (request) => validateReview(request, undefined, examine.own));
  admit(webhookPaths.validateRules, (request) => validateReview(request, rules, examine.reference));
  admit(webhookPaths.mutateRules, mutateReview);
  admit(webhookPaths.validateAlertmanagerConfigs, (request) =>
    validateReview(request, alertmanagerConfigs, examine.reference),
  );
  serve(webhookPaths.convert, conversionBytes, (json) => {
    const { review, failed } = convertReview(json);
    return { body: review, result: failed ? 'invalid' : 'converted' };
  });
  return app;
}

function mutateReview({ object, resource }: AdmissionRequest): AdmissionResponse {
  if (!isExpected(resource, rules)) return refuseResource(resource, rules);
  return { allowed: true, patch: object === undefined ? [] : mutateRules(object) };
}

/** What cannot be read is refused in a review, with 200 and without uid where there is none, as in the reference. */
function answerAdmission(json: unknown, review: (request: AdmissionRequest) => AdmissionResponse): Answer {
  try {
    const response = review(readAdmissionReview(json));
    return { body: renderAdmissionReview(json, response), result: response.allowed ? 'allowed' : 'denied' };
  } catch (error) {
    if (!(error instanceof ReviewError)) throw error;
    const { message } = error;
    const response = { allowed: false, message, causes: [{ field: '', message }], kind: '', name: '' } as const;
    return { body: renderAdmissionReview(json, response), result: 'invalid' };
  }
}

async function observe(
  path: string,
  { clock, observer, logger }: WebhookDeps,
  act: () => Promise<[Response, ReviewResult]>,
): Promise<Response> {
  const begin = clock.monotonic();
  const [response, result] = await act().catch((error: unknown): [Response, ReviewResult] => {
    if (error instanceof RequestError) return [refuseRequest(error), 'invalid'];
    // The failurePolicy decides then: a mistake of ours must not keep an object out that is right.
    logger.error('Cannot answer a review', { path, err: describeError(error) });
    return [new Response('Cannot answer the review\n', { status: 500 }), 'error'];
  });
  observer?.observeReview({ path, result, seconds: (clock.monotonic() - begin) / 1000 });
  return response;
}

function refuseRequest({ status, message }: RequestError): Response {
  const retry = status === 503 ? { 'retry-after': '1' } : {};
  // What is left of the body is not read: the connection is of no more use.
  const close = status === 413 || status === 503 ? { connection: 'close' } : {};
  return new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain', ...retry, ...close } });
}
