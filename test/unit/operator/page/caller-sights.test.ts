import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import { callersSeen, mostPlacesAsked, parallelSightReviews, sightAnswerMs } from '../../../../src/operator/limits.ts';
import { CallerSights } from '../../../../src/operator/page/caller-sights.ts';
import { seesAll } from '../../../../src/web/page/sight.ts';
import type { Place } from '../../../../src/web/page/sight.ts';

interface Review extends KubernetesObject {
  readonly spec: {
    readonly user: string;
    readonly resourceAttributes: { readonly verb: string; readonly resource: string; readonly namespace?: string };
  };
}

/** An API server where "admin" may list everything and "tenant" ServiceMonitors of shop. */
function createServer() {
  const asked: string[] = [];
  const state: { failure: Error | undefined; granted: string; open: number; most: number } = {
    ...{ failure: undefined, granted: 'shop', open: 0, most: 0 },
  };
  const isAllowed = ({ user, resourceAttributes: { resource, namespace } }: Review['spec']): boolean =>
    user === 'admin' || (user === 'tenant' && resource === 'servicemonitors' && namespace === state.granted);
  const client = {
    create: async (_: ResourceType, review: Review) => {
      if (state.failure !== undefined) throw state.failure;
      const { verb, resource, namespace = '*' } = review.spec.resourceAttributes;
      asked.push(`${verb} ${resource} ${namespace}`);
      state.most = Math.max(state.most, (state.open += 1));
      await Promise.resolve();
      state.open -= 1;
      return { ...review, status: { allowed: isAllowed(review.spec) } };
    },
  } as unknown as KubernetesClient;
  const clock = new FakeClock();
  return { sights: new CallerSights({ client, clock }), asked, state, clock };
}

const subject = (user: string) => ({ user, groups: [] });
const place = (kind: string, namespace: string): Place => ({ kind, namespace });
const [shop, pay] = [place('ServiceMonitor', 'shop'), place('ServiceMonitor', 'pay')];

describe('CallerSights', () => {
  it('shows what may be listed in a namespace, and nothing that nobody asked about', async () => {
    const { sights, asked } = createServer();
    const sight = await sights.look(subject('tenant'), [shop, pay, shop, place('PodMonitor', 'shop')]);
    assert.deepEqual(
      [shop, pay, place('PodMonitor', 'shop'), place('ServiceMonitor', 'other')].map((one) => sight.sees(one)),
      [true, false, false, undefined],
    );
    assert.deepEqual([seesAll(sight, [shop, pay]), seesAll(sight, [shop])], [false, true]);
    assert.deepEqual(asked.sort(), [
      'list podmonitors *',
      'list podmonitors shop',
      'list servicemonitors *',
      'list servicemonitors pay',
      'list servicemonitors shop',
    ]);
  });

  it('asks about whom may list in all namespaces once a kind', async () => {
    const { sights, asked } = createServer();
    const places = Array.from({ length: 500 }, (_, index) => place('ServiceMonitor', `n${index}`));
    const sight = await sights.look(subject('admin'), places);
    assert.deepEqual(asked, ['list servicemonitors *']);
    assert.equal(sight.sees(place('ServiceMonitor', 'later')), true);
  });

  it('shows nothing of a kind that is not in its list', async () => {
    const { sights, asked } = createServer();
    const sight = await sights.look(subject('admin'), [place('Secret', 'shop')]);
    assert.equal(sight.sees(place('Secret', 'shop')), false);
    assert.deepEqual(asked, []);
  });

  it('believes an answer for half a minute; who looked before sees what came of a new one', async () => {
    const { sights, asked, state, clock } = createServer();
    const sight = await sights.look(subject('tenant'), [shop]);
    state.granted = 'pay';
    await sights.look(subject('tenant'), [shop]);
    assert.equal(asked.length, 2);
    await clock.advance(sightAnswerMs);
    await sights.look(subject('tenant'), [shop, pay]);
    assert.deepEqual([sight.sees(shop), sight.sees(pay)], [false, true]);
  });

  it('keeps what it knows of one caller from others, also of the same name in other groups', async () => {
    const { sights, asked } = createServer();
    await sights.look(subject('tenant'), [shop]);
    const other = await sights.look(subject('stranger'), [shop]);
    assert.equal(other.sees(shop), false);
    const before = asked.length;
    await sights.look({ user: 'tenant', groups: ['shop'] }, [shop]);
    assert.equal(asked.length, before + 2);
  });

  it('asks so many at once and no more, once for all who ask together', async () => {
    const { sights, asked, state } = createServer();
    const places = Array.from({ length: 200 }, (_, index) => place('ServiceMonitor', `n${index}`));
    await Promise.all(Array.from({ length: 5 }, () => sights.look(subject('tenant'), places)));
    assert.equal(asked.length, 201);
    assert.equal(state.most, parallelSightReviews);
  });

  it('asks about no more than so many places, and says what to grant', async () => {
    const { sights, asked } = createServer();
    const places = Array.from({ length: mostPlacesAsked + 1 }, (_, index) => place('ServiceMonitor', `n${index}`));
    await assert.rejects(
      sights.look(subject('tenant'), places),
      /5001 questions are too many, the right to list in all/,
    );
    assert.equal(asked.length, 1);
  });

  it('believes no failure', async () => {
    const { sights, state } = createServer();
    state.failure = new ApiError({ status: 403, reason: 'Forbidden', message: 'subjectaccessreviews is forbidden' });
    await assert.rejects(sights.look(subject('tenant'), [shop]), {
      name: 'RefusalError',
      message: 'Cannot ask the API server who you are: subjectaccessreviews is forbidden',
    });
    state.failure = undefined;
    assert.equal((await sights.look(subject('tenant'), [shop])).sees(shop), true);
  });

  it('forgets who came longest ago', async () => {
    const { sights, asked } = createServer();
    for (let index = 0; index <= callersSeen; index++) await sights.look(subject(`u${index}`), [shop]);
    const before = asked.length;
    await sights.look(subject('u1'), [shop]);
    assert.equal(asked.length, before);
    await sights.look(subject('u0'), [shop]);
    assert.equal(asked.length, before + 2);
  });
});
