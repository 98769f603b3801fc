import { FakeClock } from '../../../../src/base/fake-clock.ts';
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

export function makeWorld(): World {
  return { clock: new FakeClock(), leases: new FakeLeases() };
}

export function makeCandidate(world: World, identity: string, options: Partial<LeaderElectionOptions> = {}): Candidate {
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
