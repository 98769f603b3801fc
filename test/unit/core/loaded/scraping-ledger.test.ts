import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { ScrapingVerdict } from '../../../../src/core/loaded/judge-scraping.ts';
import { judgeMonitors } from '../../../../src/core/loaded/monitor-health.ts';
import { ScrapingLedger } from '../../../../src/core/loaded/scraping-ledger.ts';

const minute = 60_000;
const up = (count: number): ScrapingVerdict => ({
  ...{ status: 'True', reason: 'TargetsUp', message: `${count} of ${count} targets are up` },
});
const down: ScrapingVerdict = { status: 'False', reason: 'TargetsDown', message: '0 of 1 target is up: x' };

/** What is told of the object "a", look by look; undefined: nothing new. */
function tell(ledger: ScrapingLedger, verdict: ScrapingVerdict, now: number): string | undefined {
  return ledger.take(new Map([['a', verdict]]), now)?.get('a')?.message;
}

describe('What bindings say of targets', () => {
  it('is said at once when it is well, and when it is not once it was seen twice', () => {
    const ledger = new ScrapingLedger();
    assert.equal(tell(ledger, up(1), 0), up(1).message);
    assert.equal(ledger.isDoubtful(new Map([['a', down]])), true);
    assert.equal(tell(ledger, down, minute), undefined);
    assert.equal(ledger.isDoubtful(new Map([['a', down]])), false);
    assert.equal(tell(ledger, up(1), 2 * minute), undefined, 'it was well all the time');
    assert.equal(tell(ledger, down, 3 * minute), undefined);
    assert.equal(tell(ledger, down, 4 * minute), down.message);
    assert.equal(tell(ledger, down, 5 * minute), undefined);
    assert.equal(tell(ledger, up(1), 6 * minute), up(1).message);
  });

  it('is brought up to date every half an hour when counts alone are others', () => {
    const ledger = new ScrapingLedger();
    const told: number[] = [];
    for (let at = 0; at <= 120; at += 5) if (tell(ledger, up(at + 1), at * minute) !== undefined) told.push(at);
    assert.deepEqual(told, [0, 30, 60, 90, 120]);
  });

  it('is said of so many objects at a time, of the others the next time', () => {
    const ledger = new ScrapingLedger();
    const found = new Map(Array.from({ length: 1200 }, (_, at) => [`o${at}`, up(1)] as const));
    const sizes = [0, 1, 2, 3].map((at) => ledger.take(found, at * minute)?.size);
    assert.deepEqual(sizes, [500, 1000, 1200, undefined]);
    assert.equal(ledger.take(new Map([...found].slice(0, 1)), 9 * minute), undefined);
    assert.equal(ledger.list().size, 1, 'what is gone is forgotten');
  });
});

describe('The targets of an object', () => {
  it('are those of all its jobs at all shards, and of no other object', () => {
    const object = (name: string): KubernetesObject => ({ metadata: { namespace: 'shop', name } });
    const health = (upCount: number) => ({ up: upCount, fresh: 0, total: 2, lastError: '' });
    const shards = [
      new Map([
        ...([['serviceMonitor/shop/cart/0', health(2)]] as const),
        ...([['serviceMonitor/shop/cart/1', health(1)]] as const),
        ...([['podMonitor/shop/cart/0', health(0)]] as const),
        ...([['own/of/users', health(0)]] as const),
      ]),
      new Map([['serviceMonitor/shop/cart/0', health(2)]]),
    ];
    const verdicts = judgeMonitors({ ServiceMonitor: [object('cart'), object('car')] }, shards);
    assert.deepEqual(
      [...verdicts].map(([id, { message }]) => [id, message]),
      [
        ['ServiceMonitor shop/cart', '5 of 6 targets are up'],
        ['ServiceMonitor shop/car', 'No target is found'],
      ],
    );
  });
});
