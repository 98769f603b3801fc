import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { SourceLimiter } from '../../../../src/kubernetes/events/source-limiter.ts';
import { eventBurst, eventRefillMs, eventSources } from '../../../../src/kubernetes/limits.ts';

const monitor = (uid: string) => ({ kind: 'ServiceMonitor', namespace: 'shop', name: 'cart', uid });

function countAdmitted(limiter: SourceLimiter, uid: string, tries: number): number {
  return Array.from({ length: tries }, () => limiter.admits(monitor(uid))).filter(Boolean).length;
}

describe('the limiter of events by object', () => {
  it('admits a burst of one object, then one event each five minutes', async () => {
    const clock = new FakeClock();
    const limiter = new SourceLimiter(clock);
    assert.equal(countAdmitted(limiter, 'a', 100), eventBurst);
    assert.equal(countAdmitted(limiter, 'b', 1), 1);
    await clock.advance(3 * eventRefillMs);
    assert.equal(countAdmitted(limiter, 'a', 100), 3);
  });

  it('remembers nothing of objects that may have a whole burst again', async () => {
    const clock = new FakeClock();
    const limiter = new SourceLimiter(clock);
    for (let at = 0; at < 1000; at += 1) countAdmitted(limiter, `old-${at}`, eventBurst);
    assert.equal(limiter.size, 1000);
    await clock.advance(eventBurst * eventRefillMs);
    limiter.admits(monitor('new'));
    assert.equal(limiter.size, 1);
    assert.equal(countAdmitted(limiter, 'old-1', 100), eventBurst);
  });

  it('remembers a bounded number of objects', () => {
    const limiter = new SourceLimiter(new FakeClock());
    for (let at = 0; at < eventSources + 10; at += 1) limiter.admits(monitor(`many-${at}`));
    assert.equal(limiter.size, eventSources);
  });
});
