import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { Readings } from '../../../../src/operator/explain/readings.ts';

describe('Readings', () => {
  it('fetches once for all who ask together, and again when the answer is old', async () => {
    const clock = new FakeClock();
    const readings = new Readings<number>({ clock, freshMs: 10_000 });
    let fetched = 0;
    const fetch = (): Promise<number> => Promise.resolve((fetched += 1));
    assert.deepEqual(await Promise.all([readings.read('a', fetch), readings.read('a', fetch)]), [1, 1]);
    await clock.advance(9_999);
    assert.deepEqual([await readings.read('a', fetch), await readings.read('b', fetch)], [1, 2]);
    await clock.advance(1);
    assert.deepEqual([await readings.read('b', fetch), await readings.read('a', fetch)], [2, 3]);
  });

  it('believes no failure', async () => {
    const readings = new Readings<string>({ clock: new FakeClock(), freshMs: 10_000 });
    const failing = (): Promise<string> => Promise.reject(new Error('away'));
    await assert.rejects(readings.read('a', failing), /away/);
    assert.equal(await readings.read('a', () => Promise.resolve('here')), 'here');
  });
});
