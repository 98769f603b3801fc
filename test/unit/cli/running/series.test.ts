import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askSeries } from '../../../../src/cli/running/series.ts';
import { askPods } from './ask-pods.ts';

const up = '/api/v1/query?query=count%28up%29';
const gone = '/api/v1/query?query=count%28gone%7Ba%3D%22b%22%7D%29';
const answerOf = (...result: readonly unknown[]): object => ({
  status: 'success',
  data: { resultType: 'vector', result },
});
const one = { metric: {}, value: [1, '3'] };

const ask = (
  answers: Readonly<Record<string, unknown>>,
): ReturnType<typeof askPods<Awaited<ReturnType<typeof askSeries>>>> =>
  askPods('Prometheus', answers, (replicas, options) =>
    askSeries({ replicas, selectors: ['up', 'gone{a="b"}'] }, options),
  );

describe('askSeries', () => {
  it('asks for a count of each selector', async () => {
    const { facts, paths } = await ask({ [up]: answerOf(one), [gone]: answerOf() });
    assert.deepEqual(
      [...(facts[0]?.found ?? [])],
      [
        ['up', true],
        ['gone{a="b"}', false],
      ],
    );
    assert.equal(facts[0]?.problem, undefined);
    assert.equal(paths.length, 2);
  });

  it('does not go on where no answer comes', async () => {
    const { facts, paths } = await ask({ [gone]: answerOf() });
    assert.deepEqual([facts[0]?.found.size, facts[0]?.problem, paths.length], [0, `no answer at ${up}`, 1]);
  });

  it('says what is no such answer', async () => {
    const { facts } = await ask({ [up]: answerOf(one), [gone]: 'welcome' });
    assert.deepEqual([...(facts[0]?.found.keys() ?? [])], ['up']);
    assert.equal(facts[0]?.problem, `${gone} gives something else`);
  });
});
