import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../../../../src/base/clock.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { createLeaderElector } from '../../../../src/kubernetes/leader-election/leader-elector.ts';
import type {
  LeaderElectionOptions,
  LeaderElector,
} from '../../../../src/kubernetes/leader-election/leader-elector.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { FakeLeases } from './fake-leases.ts';
import type { FakeLeaseClient } from './fake-leases.ts';

interface Candidate {
  readonly elector: LeaderElector;
  readonly client: FakeLeaseClient;
  readonly told: string[];
  readonly logger: RecordingLogger;
  /** Ends the leader's work. */
  finishWork: () => void;
  readonly abort: () => void;
  ended: boolean;
  run: () => void;
}

interface World {
  readonly clock: FakeClock;
  readonly leases: FakeLeases;
}

function makeWorld(): World {
  return { clock: new FakeClock(), leases: new FakeLeases() };
}

function makeCandidate(world: World, identity: string, options: Partial<LeaderElectionOptions> = {}): Candidate {
  const client = world.leases.connect();
  const logger = new RecordingLogger();
  const told: string[] = [];
  const end = new AbortController();
  let finishWork = (): void => undefined;
  const elector = createLeaderElector({
    client,
    lease: { namespace: 'a', name: 'lock' },
    identity,
    clock: world.clock,
    random: () => 0,
    logger,
    callbacks: {
      onStartedLeading: async (signal) => {
        told.push('started');
        signal.addEventListener('abort', () => told.push(`abort ${(signal.reason as Error).message}`));
        await new Promise<void>((resolve) => (finishWork = resolve));
        told.push('work ended');
      },
      onStoppedLeading: () => told.push('stopped'),
      onNewLeader: (leader) => told.push(`leader ${leader}`),
    },
    ...options,
  });
  const candidate: Candidate = {
    elector,
    client,
    told,
    logger,
    finishWork: () => finishWork(),
    abort: () => end.abort(new Error('shut down')),
    ended: false,
    run: () => void elector.run(end.signal).then(() => (candidate.ended = true)),
  };
  return candidate;
}

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

  it('refuses durations that do not fit together', () => {
    const world = makeWorld();
    assert.throws(() => makeCandidate(world, 'one', { renewDeadlineMs: 15_000 }), RangeError);
    assert.throws(() => makeCandidate(world, 'one', { retryPeriodMs: 9000 }), RangeError);
  });
});
