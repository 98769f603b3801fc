import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../src/kubernetes/client/errors.ts';
import type { Subject } from '../../../src/kubernetes/subject-access.ts';
import { callerAnswerMs, reviewsPerSecond } from '../../../src/operator/limits.ts';
import { ReviewGuard } from '../../../src/operator/review-guard.ts';

interface Review extends KubernetesObject {
  readonly spec: Partial<Subject> & {
    readonly token?: string;
    readonly nonResourceAttributes?: { readonly path: string };
    readonly resourceAttributes?: { readonly resource: string };
  };
}

const alice = { username: 'alice', uid: '7', groups: ['shop'], extra: { scopes: ['all'] } };

/** An API server that knows alice by "secret-a", and lets her get /explain/… and servicemonitors. */
function createServer() {
  const reviews: Review[] = [];
  const state: { failure: Error | undefined } = { failure: undefined };
  const answer = ({ spec }: Review): unknown => {
    if (spec.token !== undefined) return spec.token === 'secret-a' ? { authenticated: true, user: alice } : {};
    const { nonResourceAttributes, resourceAttributes } = spec;
    const isGranted = nonResourceAttributes?.path.startsWith('/explain/') ?? false;
    return { allowed: isGranted || resourceAttributes?.resource === 'servicemonitors' };
  };
  const client = {
    create: (_: ResourceType, review: Review) => {
      reviews.push(review);
      return state.failure === undefined
        ? Promise.resolve({ ...review, status: answer(review) })
        : Promise.reject(state.failure);
    },
  } as unknown as KubernetesClient;
  const clock = new FakeClock();
  return { guard: new ReviewGuard({ client, clock }), reviews, state, clock };
}

const requestAs = (authorization?: string, path = '/explain/pod/shop/cart'): Request =>
  new Request(`http://stoker:8080${path}`, authorization === undefined ? {} : { headers: { authorization } });

describe('ReviewGuard', () => {
  it('lets in whom the API server lets get the path, and hands on what it knows of them', async () => {
    const { guard, reviews } = createServer();
    const admission = await guard.admit(requestAs('Bearer secret-a'));
    assert.ok('caller' in admission);
    const [, access] = reviews;
    const { username: user, ...rest } = alice;
    assert.deepEqual(access?.spec, {
      user,
      ...rest,
      nonResourceAttributes: { verb: 'get', path: '/explain/pod/shop/cart' },
    });
    const wanted = { group: 'monitoring.coreos.com', namespace: 'shop', name: 'cart' };
    assert.equal(await admission.caller.mayGet({ ...wanted, resource: 'servicemonitors' }), true);
    assert.equal(await admission.caller.mayGet({ ...wanted, resource: 'podmonitors' }), false);
    assert.deepEqual(reviews.at(-1)?.spec.resourceAttributes, { verb: 'get', ...wanted, resource: 'podmonitors' });
  });

  it('refuses callers without a token without asking, those with an unknown one, and those without the right', async () => {
    const { guard, reviews } = createServer();
    const refuse = async (request: Request): Promise<string> => {
      const admission = await guard.admit(request);
      return 'refusal' in admission ? `${admission.refusal.status} ${admission.refusal.message}` : 'let in';
    };
    assert.match(await refuse(requestAs()), /^401 Send a token/);
    assert.match(await refuse(requestAs('Basic c2VjcmV0LWE=')), /^401 Send a token/);
    assert.equal(reviews.length, 0);
    assert.match(await refuse(requestAs('Bearer secret-b')), /^401 The API server does not know/);
    assert.equal(await refuse(requestAs('Bearer secret-a', '/metrics')), '403 alice may not get /metrics');
  });

  it('believes an answer for ten seconds, and remembers no token', async () => {
    const { guard, reviews, clock } = createServer();
    await guard.admit(requestAs('Bearer secret-a'));
    await guard.admit(requestAs('bearer secret-a'));
    assert.equal(reviews.length, 2);
    await clock.advance(callerAnswerMs);
    await guard.admit(requestAs('Bearer secret-a'));
    assert.equal(reviews.length, 4);
  });

  it('believes no failure, and says that the API server could not be asked', async () => {
    const { guard, state } = createServer();
    state.failure = new ApiError({ status: 403, reason: 'Forbidden', message: 'tokenreviews is forbidden' });
    assert.deepEqual(await guard.admit(requestAs('Bearer secret-a')), {
      refusal: { status: 503, message: 'Cannot ask the API server who you are: tokenreviews is forbidden' },
    });
    state.failure = undefined;
    assert.ok('caller' in (await guard.admit(requestAs('Bearer secret-a'))));
  });

  it('asks no more than so often, however many ask it', async () => {
    const { guard, reviews, clock } = createServer();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => guard.admit(requestAs(`Bearer guess-${index}`))),
    );
    const statuses = answers.map((answer) => ('refusal' in answer ? answer.refusal.status : 200));
    assert.equal(reviews.length, reviewsPerSecond);
    assert.equal(statuses.filter((status) => status === 429).length, 100 - reviewsPerSecond);
    await clock.advance(1000);
    assert.ok('caller' in (await guard.admit(requestAs('Bearer secret-a'))));
  });
});
