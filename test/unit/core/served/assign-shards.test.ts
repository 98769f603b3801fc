import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { assignShards } from '../../../../src/core/served/assign-shards.ts';
import type { WeighedKey } from '../../../../src/core/served/assign-shards.ts';
import { SeededRandom } from '../../../e2e/discovery/seeded-random.ts';

function makeKeys(count: number, seed: number): WeighedKey[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, at) => ({
    key: `10.${at >> 8}.${at & 255}.7:8080`,
    weight: random.integer(1, 4),
  }));
}

const sum = (keys: readonly WeighedKey[]): number => keys.reduce((total, { weight }) => total + weight, 0);

/** The share of targets that have another shard. */
function countMoved(
  keys: readonly WeighedKey[],
  from: ReadonlyMap<string, number>,
  to: ReadonlyMap<string, number>,
): number {
  return sum(keys.filter(({ key }) => from.get(key) !== to.get(key))) / sum(keys);
}

describe('dealing targets out to shards', () => {
  for (const count of [50, 1000, 20_000])
    for (const shards of [1, 2, 3, 5, 9])
      it(`${count} keys: one more than ${shards} shards moves its share and at most a tenth besides`, (test) => {
        const keys = makeKeys(count, count + shards);
        const before = assignShards(keys, shards);
        const after = assignShards(keys, shards + 1);
        const moved = countMoved(keys, before, after);
        test.diagnostic(
          `${(100 * moved).toFixed(1)} % of ${sum(keys)} targets, 1/n is ${(100 / (shards + 1)).toFixed(1)} %`,
        );
        assert.ok(moved <= 1 / (shards + 1) + 0.1, `${moved}`);
      });

  it('no shard has more than its share and a twentieth', () => {
    const keys = makeKeys(5000, 7);
    for (const shards of [2, 3, 7]) {
      const load = new Array<number>(shards).fill(0);
      const placed = assignShards(keys, shards);
      for (const { key, weight } of keys) {
        const shard = placed.get(key) ?? -1;
        load[shard] = (load[shard] ?? 0) + weight;
      }
      for (const one of load) assert.ok(one <= Math.ceil((sum(keys) * 1.05) / shards), load.join());
    }
  });

  it('does not depend on the order in which keys are known', () => {
    const keys = makeKeys(500, 3);
    assert.deepEqual(
      new Map([...assignShards(keys.toReversed(), 3)].sort()),
      new Map([...assignShards(keys, 3)].sort()),
    );
  });

  it('is what it was in all versions: replicas of two of them answer for a while in the same fleet', () => {
    // Another way to deal targets out needs another name of the assignment: never change what stands here.
    const few = ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80', '10.0.0.4:80', '10.0.0.5:80', '10.0.0.6:80'];
    const placed = assignShards(
      few.map((key, at) => ({ key, weight: at + 1 })),
      3,
    );
    assert.deepEqual(
      few.map((key) => placed.get(key)),
      [0, 2, 1, 0, 1, 2],
    );
    const many = [...assignShards(makeKeys(2000, 1), 5)].map(([key, shard]) => `${key} ${shard}`).sort();
    assert.equal(
      createHash('sha256').update(many.join()).digest('hex'),
      '34cdeadb9472b0a4bb91a6240051aca2365bbbac39079a99b76dc6ea3f0334ed',
    );
  });

  it('one target that comes moves few others', (test) => {
    const keys = makeKeys(2000, 11);
    const before = assignShards(keys, 4);
    let worst = 0;
    for (let at = 0; at < 50; at += 1) {
      const after = assignShards([...keys, { key: `new-${at}`, weight: 1 }], 4);
      worst = Math.max(worst, countMoved(keys, before, after));
    }
    test.diagnostic(`at most ${(100 * worst).toFixed(2)} %`);
    assert.ok(worst <= 0.02, `${worst}`);
  });

  it('a target that is larger than a share has a shard', () => {
    assert.deepEqual(
      [
        ...assignShards(
          [
            { key: 'a', weight: 10 },
            { key: 'b', weight: 1 },
          ],
          2,
        ).keys(),
      ],
      ['a', 'b'],
    );
    assert.deepEqual(assignShards([], 3), new Map());
  });
});
