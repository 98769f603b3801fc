import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recommendShards } from '../../../../src/core/served/recommend-shards.ts';
import { SeededRandom } from '../../../e2e/discovery/seeded-random.ts';

const recommend = (load: number, before: number, step = 1): number =>
  recommendShards({ load, perShard: 1000, before, step });

describe('the number of shards that is recommended', () => {
  for (const [load, before, wanted, why] of [
    [0, 1, 1, 'one at least'],
    [0, 0, 1, 'one where there is none'],
    [1000, 1, 1, 'a shard may be full'],
    [1001, 1, 2, 'it rises at once'],
    [9500, 2, 10, 'by as many as are needed'],
    [1900, 3, 3, 'it stays where two would be almost full'],
    [1601, 3, 3, 'until they are four fifths full'],
    [1600, 3, 2, 'then it falls'],
    [0, 50, 1, 'by as many as there are too many'],
    [10_000_000, 1, 1000, 'not more than can be run'],
  ] as const)
    it(`${load} targets with ${before} shards: ${wanted} (${why})`, () =>
      assert.equal(recommend(load, before), wanted));

  it('comes in steps of the zones that shards are spread over', () => {
    assert.deepEqual(
      [500, 1001, 3001, 10_000_000].map((load) => recommend(load, 1, 3)),
      [3, 3, 6, 999],
    );
    assert.equal(recommend(2500, 4, 3), 6);
  });

  it('does not come and go with a load that varies by less than a fifth, and never lets a shard have more than is wished', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 200; round += 1) {
      const middle = random.integer(1, 30_000);
      const loads = Array.from({ length: 40 }, () => Math.round(middle * (0.9 + 0.19 * random.next())));
      let [before, changes] = [1, 0];
      for (const load of loads) {
        const next = recommend(load, before);
        assert.ok(next * 1000 >= load);
        if (next < before) changes += 1;
        before = next;
      }
      assert.equal(changes, 0, `around ${middle}`);
    }
  });
});
