import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzz } from './fuzz.ts';
import { makeInput } from './input.ts';

/** `npm run fuzz` sends 10,000, and large ones. */
const count = 200;
const seed = 17;

describe('bad inputs', () => {
  it('get an answer or a clear error at every door', async (test) => {
    const { totals, crashes, peakHeapMb } = await fuzz({ seed, first: 0, count, big: false });
    assert.deepEqual(crashes, []);
    for (const [door, { inputs, answered, refused }] of totals) {
      assert.equal(answered + refused, inputs, door);
      assert.ok(
        answered > 0 && refused > 0,
        `${door} does not tell good from bad: ${answered} answered, ${refused} refused`,
      );
    }
    test.diagnostic(`seed ${seed}, ${count} inputs, peak heap ${peakHeapMb} MB`);
  });

  it('that were answered badly once are answered well now', async () => {
    const once = [656, 719, 909, 973, 1507, 1665, 1723, 2534, 3178, 4470, 5317, 5909, 6648, 9141];
    for (const first of once) {
      const { crashes } = await fuzz({ seed: 1, first, count: 1, big: false });
      assert.deepEqual(crashes, [], `index ${first}`);
    }
  });

  it('are the same for the same seed', () => {
    assert.deepEqual(makeInput(3, 4), makeInput(3, 4));
    assert.notDeepEqual(makeInput(3, 4), makeInput(3, 5));
  });
});
