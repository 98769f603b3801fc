import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { Coalescer } from '../../../src/runtime/coalescer.ts';

function setUp() {
  const clock = new FakeClock();
  const delivered: { key: string; at: number }[] = [];
  const deliver = (key: string) => delivered.push({ key, at: clock.monotonic() });
  return { clock, delivered, coalescer: new Coalescer({ clock, quietMs: 10, maxWaitMs: 100, deliver }) };
}

describe('Coalescer', () => {
  it('hands a key on after the quiet time', async () => {
    const { clock, delivered, coalescer } = setUp();
    coalescer.add('a/b');
    await clock.advance(9);
    assert.deepEqual(delivered, []);
    await clock.advance(1);
    assert.deepEqual(delivered, [{ key: 'a/b', at: 10 }]);
  });

  it('folds a burst into few deliveries, none later than the maximum wait', async () => {
    const { clock, delivered, coalescer } = setUp();
    for (let event = 0; event < 50; event += 1) {
      coalescer.add('a/b');
      await clock.advance(5);
    }
    await clock.advance(100);
    assert.deepEqual(
      delivered.map(({ at }) => at),
      [100, 200, 255],
    );
  });

  it('keeps keys apart and drops what waits when stopped', async () => {
    const { clock, delivered, coalescer } = setUp();
    coalescer.add('a/b');
    coalescer.add('c/d');
    await clock.advance(10);
    coalescer.add('e/f');
    coalescer.stop();
    await clock.advance(1000);
    assert.deepEqual(delivered.map(({ key }) => key).sort(), ['a/b', 'c/d']);
  });
});
