import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { makeWorld, makeCandidate } from './candidates.ts';

describe('leader election', () => {
  it('creates the lease, leads, and renews it every two seconds with one request', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.run();
    await world.clock.advance(0);
    assert.deepEqual(one.told, ['leader one', 'started']);
    assert.equal(one.elector.isLeader(), true);
    assert.deepEqual(world.leases.spec, {
      holderIdentity: 'one',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.000000Z',
      leaseTransitions: 0,
    });
    await world.clock.advance(20_000);
    assert.deepEqual(one.client.calls, ['get', 'create', ...Array.from({ length: 10 }, () => 'update')]);
    assert.equal(world.leases.spec.renewTime, '2026-01-01T00:00:20.000000Z');
    assert.equal(world.leases.spec.acquireTime, '2026-01-01T00:00:00.000000Z');
    assert.equal(one.elector.isLeader(), true);
    one.abort();
    one.finishWork();
    await world.clock.advance(0);
  });

  it('lets one of two candidates lead, and the other follow when the lease is released', async () => {
    const world = makeWorld();
    const [one, two] = [makeCandidate(world, 'one'), makeCandidate(world, 'two')];
    one.run();
    two.run();
    await world.clock.advance(60_000);
    assert.deepEqual([one.elector.isLeader(), two.elector.isLeader()], [true, false]);
    assert.deepEqual([two.elector.leader, two.told], ['one', ['leader one']]);
    one.abort();
    await world.clock.advance(20_000);
    assert.equal(one.elector.isLeader(), true, 'the lease is kept until the work has ended');
    assert.deepEqual(one.told.slice(2), ['abort shut down']);
    one.finishWork();
    await world.clock.advance(0);
    assert.deepEqual(one.told.slice(3), ['work ended', 'stopped']);
    assert.deepEqual([one.ended, one.elector.isLeader(), world.leases.spec.holderIdentity], [true, false, '']);
    await world.clock.advance(2000);
    assert.deepEqual([two.elector.isLeader(), world.leases.spec.leaseTransitions], [true, 1]);
    two.abort();
    two.finishWork();
    await world.clock.advance(0);
  });

  it('takes over at once when the lease is released while it may watch', async () => {
    const world = makeWorld();
    const [one, two] = [makeCandidate(world, 'one'), makeCandidate(world, 'two', { random: () => 1 })];
    two.client.mayWatch = true;
    one.run();
    await world.clock.advance(0);
    two.run();
    await world.clock.advance(10_000);
    one.finishWork();
    one.abort();
    await world.clock.advance(0);
    assert.deepEqual([one.elector.isLeader(), two.elector.isLeader()], [false, true]);
    assert.ok(world.clock.now() - Date.parse('2026-01-01T00:00:10Z') < 10, 'no retry period went by');
    two.abort();
    two.finishWork();
    await world.clock.advance(0);
    assert.equal(two.ended, true);
  });

  it('does not miss a release that comes while it asks', async () => {
    const world = makeWorld();
    const [one, two] = [makeCandidate(world, 'one'), makeCandidate(world, 'two', { random: () => 1 })];
    two.client.mayWatch = true;
    one.run();
    await world.clock.advance(0);
    two.run();
    await world.clock.advance(4400 - 1);
    two.client.hanging = true;
    await world.clock.advance(1);
    one.finishWork();
    one.abort();
    await world.clock.advance(100);
    two.client.hanging = false;
    await world.clock.advance(10_000);
    assert.equal(two.elector.isLeader(), true);
    two.abort();
    two.finishWork();
    await world.clock.advance(0);
  });

  it('takes over a lease that was not renewed for its duration, by its own clock', async () => {
    const world = makeWorld();
    const [one, two] = [makeCandidate(world, 'one'), makeCandidate(world, 'two')];
    one.run();
    await world.clock.advance(0);
    two.run();
    await world.clock.advance(0);
    one.client.failure = new TransportError('cut off', 'refused');
    let takenAt = 0;
    for (let ms = 0; ms < 30_000 && takenAt === 0; ms += 100) {
      assert.ok(!(one.elector.isLeader() && two.elector.isLeader()), `two leaders after ${ms} ms`);
      if (two.elector.isLeader()) takenAt = ms;
      await world.clock.advance(100);
    }
    assert.ok(takenAt >= 15_000 && takenAt <= 17_100, `taken after ${takenAt} ms`);
    assert.deepEqual(one.told.slice(2), ['abort The lease was lost', 'stopped']);
    assert.equal(one.ended, false, 'run ends with the work');
    one.finishWork();
    two.abort();
    two.finishWork();
    await world.clock.advance(0);
    assert.equal(one.ended, true);
  });

  it('goes on when the lease was touched, deleted, or written without an answer', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.run();
    await world.clock.advance(0);
    world.leases.meddle((lease) => (lease.metadata.annotations = { seen: 'yes' }));
    await world.clock.advance(2000);
    assert.equal(one.elector.isLeader(), true);
    assert.deepEqual(world.leases.lease?.metadata.annotations, { seen: 'yes' });
    world.leases.lease = undefined;
    await world.clock.advance(2000);
    assert.equal(world.leases.spec.holderIdentity, 'one');
    one.client.loseAnswers = true;
    await world.clock.advance(2000);
    one.client.loseAnswers = false;
    assert.equal(one.elector.isLeader(), true);
    one.abort();
    one.finishWork();
    await world.clock.advance(20_000);
    assert.equal(one.ended, true);
  });

  it('keeps the lease when told to, and says when it cannot be released', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one', { releaseOnCancel: false });
    one.run();
    await world.clock.advance(0);
    one.finishWork();
    one.abort();
    await world.clock.advance(0);
    assert.equal(world.leases.spec.holderIdentity, 'one');
    const again = makeCandidate(world, 'one');
    again.run();
    await world.clock.advance(0);
    assert.deepEqual([again.elector.isLeader(), world.leases.spec.leaseTransitions], [true, 0], 'its own lease, still');
    again.client.hanging = true;
    again.abort();
    again.finishWork();
    await world.clock.advance(10_000);
    assert.deepEqual(again.logger.said.slice(1), ['Cannot release the lease: others wait until it runs out']);
    assert.equal(again.ended, true);
  });

  it('refuses durations that do not fit together', () => {
    const world = makeWorld();
    assert.throws(() => makeCandidate(world, 'one', { renewDeadlineMs: 15_000 }), RangeError);
    assert.throws(() => makeCandidate(world, 'one', { retryPeriodMs: 9000 }), RangeError);
  });
});
