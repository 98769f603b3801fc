import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkers } from './checkers/all.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';

/** The command `npm run hostile` runs 10,000 and measures them; here no time is asserted, machines of CI are busy. */
const inputs = 25 * checkers.length;
const seed = 20_260_101;

describe('inputs that were made to be slow', () => {
  const measured: readonly Measured[] = Array.from({ length: inputs }, (_, index) => measure(seed, index));

  it('are all answered or refused', () => {
    const crashed = measured.filter(({ outcome }) => outcome === 'crashed');
    assert.deepEqual(
      crashed.map(({ index, checker, error }) => `--seed ${seed} --only ${index}: ${checker}: ${String(error)}`),
      [],
    );
  });

  it('reach every checker', () => {
    assert.deepEqual(new Set(measured.map(({ checker }) => checker)), new Set(checkers.map(({ name }) => name)));
  });

  it('are the same for the same seed', () => {
    const sizes = measured.slice(0, checkers.length).map(({ bytes }) => bytes);
    const again = sizes.map((_, index) => measure(seed, index).bytes);
    assert.deepEqual(again, sizes);
  });
});
