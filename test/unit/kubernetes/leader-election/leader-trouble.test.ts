import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../../../../src/base/clock.ts';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { makeWorld, makeCandidate } from './candidates.ts';

describe('leader election in trouble', () => {
  it('is fenced: without renewal leadership ends at the deadline, five seconds before others may lead', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.run();
    await world.clock.advance(1999);
    one.client.hanging = true;
    await world.clock.advance(8000);
    assert.equal(one.elector.isLeader(), true);
    await world.clock.advance(1);
    assert.equal(one.elector.isLeader(), false);
    assert.deepEqual(one.told.slice(2), ['abort The lease was lost', 'stopped']);
    one.finishWork();
    await world.clock.advance(0);
    assert.equal(world.leases.spec.holderIdentity, 'one', 'what is lost is not released');
  });

  it('outlives failures shorter than the deadline', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.run();
    await world.clock.advance(2000);
    one.client.failure = new TransportError('cut off', 'refused');
    await world.clock.advance(7000);
    one.client.failure = undefined;
    await world.clock.advance(60_000);
    assert.equal(one.elector.isLeader(), true);
    assert.deepEqual(one.told, ['leader one', 'started']);
    one.abort();
    one.finishWork();
    await world.clock.advance(0);
  });

  it('stops at once when somebody else has taken the lease', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.run();
    await world.clock.advance(0);
    world.leases.meddle((lease) => {
      lease.spec = { ...lease.spec, holderIdentity: 'two', renewTime: 'now' };
    });
    await world.clock.advance(2000);
    assert.equal(one.elector.isLeader(), false);
    assert.deepEqual(one.told.slice(2), ['leader two', 'abort The lease was lost', 'stopped']);
    one.finishWork();
    await world.clock.advance(0);
    assert.equal(one.ended, true);
  });

  it('does not believe other machines’ clocks, nor a wall clock that jumps', async () => {
    const world = makeWorld();
    let jump = 0;
    const { clock: steady } = world;
    const clock: Clock = {
      now: () => steady.now() + jump,
      monotonic: () => steady.monotonic(),
      schedule: (ms, fire) => steady.schedule(ms, fire),
    };
    const one = makeCandidate(world, 'one');
    const two = makeCandidate(world, 'two', { clock });
    one.run();
    await steady.advance(0);
    two.run();
    await steady.advance(4000);
    jump = 3_600_000;
    await steady.advance(30_000);
    assert.deepEqual([one.elector.isLeader(), two.elector.isLeader()], [true, false], 'no lease is taken too early');
    one.abort();
    one.finishWork();
    await steady.advance(3000);
    assert.equal(two.elector.isLeader(), true);
    jump += 3_600_000;
    assert.equal(two.elector.isLeader(), false, 'the machine may have slept: no write before the next renewal');
    await steady.advance(2000);
    assert.equal(two.elector.isLeader(), true);
    assert.deepEqual(
      two.told.filter((line) => line.startsWith('abort')),
      [],
    );
    two.abort();
    two.finishWork();
    await steady.advance(0);
  });

  it('waits through trouble at the start, and says so once', async () => {
    const world = makeWorld();
    const one = makeCandidate(world, 'one');
    one.client.failure = new TransportError('cut off', 'refused');
    one.run();
    await world.clock.advance(20_000);
    assert.deepEqual(one.logger.said, ['Cannot ask for the lease: trying again']);
    one.client.failure = undefined;
    await world.clock.advance(2000);
    assert.equal(one.elector.isLeader(), true);
    one.abort();
    one.finishWork();
    await world.clock.advance(0);
  });

  it('is given up while waiting when the signal is aborted', async () => {
    const world = makeWorld();
    const [one, two] = [makeCandidate(world, 'one'), makeCandidate(world, 'two')];
    one.run();
    await world.clock.advance(0);
    two.run();
    await world.clock.advance(0);
    two.abort();
    await world.clock.advance(0);
    assert.equal(two.ended, true);
    assert.deepEqual(two.told, ['leader one']);
    one.abort();
    one.finishWork();
    await world.clock.advance(0);
  });

  it('leads on when its work fails, and may be run again after a loss', async () => {
    const world = makeWorld();
    let starts = 0;
    const one = makeCandidate(world, 'one', {
      callbacks: {
        onStartedLeading: () => {
          starts += 1;
          throw new Error('oops');
        },
      },
    });
    one.run();
    await world.clock.advance(4000);
    assert.equal(one.elector.isLeader(), true);
    assert.ok(one.logger.said.includes('The work of the leader failed'));
    one.client.failure = new TransportError('cut off', 'refused');
    await world.clock.advance(10_000);
    assert.equal(one.ended, true);
    one.client.failure = undefined;
    one.run();
    await world.clock.advance(0);
    assert.deepEqual([one.elector.isLeader(), starts], [true, 2]);
    one.abort();
    await world.clock.advance(0);
  });

  it('is not disturbed by callbacks that fail', async () => {
    const world = makeWorld();
    const fault = (): never => {
      throw new Error('oops');
    };
    const one = makeCandidate(world, 'one', {
      callbacks: { onStartedLeading: () => undefined, onNewLeader: fault, onStoppedLeading: fault },
    });
    one.run();
    await world.clock.advance(4000);
    assert.equal(one.elector.isLeader(), true);
    one.abort();
    await world.clock.advance(0);
    assert.equal(one.ended, true);
    assert.equal(one.logger.said.filter((line) => line === 'A callback of the election failed').length, 2);
  });
});
