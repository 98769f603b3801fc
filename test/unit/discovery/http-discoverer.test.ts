import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { TargetGroup } from '../../../src/core/targets/target-group.ts';
import { DiscoveryMetrics } from '../../../src/discovery/metrics.ts';
import type { HttpAnswer } from '../../../src/kubernetes/client/http-client.ts';
import { createHttpDiscoverer } from '../../../src/discovery/http-discoverer.ts';

const json = (body: unknown, type = 'application/json; charset=utf-8', status = 200): HttpAnswer => {
  return { status, headers: { 'content-type': type }, text: JSON.stringify(body) };
};

/** Answers one after the other, one each minute; gives the addresses by source after each. */
async function poll(answers: readonly (() => HttpAnswer)[]): Promise<Readonly<Record<string, readonly string[]>>[]> {
  const clock = new FakeClock();
  const groups = new Map<string, TargetGroup>();
  const states: Readonly<Record<string, readonly string[]>>[] = [];
  let asked = 0;
  const discoverer = createHttpDiscoverer({
    config: { mechanism: 'http', url: 'http://sd', refreshIntervalMs: 60_000, httpClient: {} },
    clock,
    logger: silentLogger,
    job: 'j',
    metrics: new DiscoveryMetrics(),
    fetch: () => {
      asked += 1;
      const answer = answers[asked - 1];
      return answer === undefined ? Promise.reject(new Error('No more answers')) : Promise.resolve(answer());
    },
  });
  const abort = new AbortController();
  const ended = discoverer.run((sent) => sent.forEach((one) => groups.set(one.source, one)), abort.signal);
  while (states.length < answers.length) {
    await clock.advance(0);
    const state = [...groups.values()].map(({ source, targets, labels }) => {
      if (targets.length > 0) assert.equal(labels.get('__meta_url'), 'http://sd');
      return [source, targets.map((target) => target.get('__address__') ?? '')] as const;
    });
    states.push(Object.fromEntries(state));
    await clock.advance(60_000);
  }
  abort.abort();
  await ended;
  return states;
}

describe('HTTP discovery', () => {
  it('takes the groups of each answer and empties those that are gone', async () => {
    const states = await poll([() => json([{ targets: ['x'] }, { targets: ['y'] }]), () => json([{ targets: ['z'] }])]);
    assert.deepEqual(states, [
      { 'http://sd:0': ['x'], 'http://sd:1': ['y'] },
      { 'http://sd:0': ['z'], 'http://sd:1': [] },
    ]);
  });

  it('keeps the last groups while answers are no good', async () => {
    const good = (): HttpAnswer => json([{ targets: ['x'] }]);
    const state = { 'http://sd:0': ['x'] };
    const bad = [
      () => json([], 'text/html'),
      () => json([], 'application/json', 500),
      () => json([{ targets: ['y'], more: 1 }]),
      () => json([{ targets: ['y'], labels: { a: 1 } }]),
      () => json({ targets: ['y'] }),
    ];
    assert.deepEqual(await poll([good, ...bad]), [state, state, state, state, state, state]);
  });
});
