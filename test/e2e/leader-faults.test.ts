import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { prometheusType } from '../../src/api/prometheus.ts';
import { SeededRandom } from './discovery/seeded-random.ts';
import type { Write } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import type { CutOff } from './support/cut-off.ts';
import { createCutOff } from './support/cut-off.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { listForeignWrites, listTerms } from './support/terms.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();

const seed = 20_261_121;
const rounds = 20;
const leaseMs = 3000;
const renewDeadlineMs = 2000;
const retryMs = 400;
const electionArgs = [
  '--leader-elect=true',
  '--leader-elect-namespace=default',
  `--leader-elect-lease-duration=${leaseMs}ms`,
  `--leader-elect-renew-deadline=${renewDeadlineMs}ms`,
  `--leader-elect-retry-period=${retryMs}ms`,
];
const users = ['a', 'b'] as const;
type UserName = (typeof users)[number];

interface Replica {
  readonly wire: CutOff;
  operator: Operator;
}

/** What befalls the leader, and what ends it once the other one leads. */
interface Fault {
  readonly name: string;
  begin(leader: Replica): unknown;
  end(leader: Replica): unknown;
}

const nothing = (): void => undefined;
const faults: readonly Fault[] = [
  { name: 'killed', begin: ({ operator }) => operator.kill(), end: nothing },
  { name: 'paused', begin: ({ operator }) => operator.pause(), end: ({ operator }) => operator.resume() },
  { name: 'cut off', begin: ({ wire }) => wire.cut(), end: ({ wire }) => wire.mend() },
  { name: 'unheard', begin: ({ wire }) => wire.stop(), end: ({ wire }) => wire.mend() },
  { name: 'told to end', begin: ({ operator }) => operator.stop(), end: nothing },
];

function planRounds(): Fault[] {
  const random = new SeededRandom(seed);
  const planned = Array.from({ length: rounds }, (_, round) => faults[round % faults.length]!);
  return planned
    .map((fault) => ({ fault, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ fault }) => fault);
}

describe('a leader to whom something happens', () => {
  let cluster: Cluster;
  let replicas: Record<UserName, Replica>;
  before(async () => {
    cluster = await startCluster({ users: users.map((name) => ({ name, groups: ['system:masters'] })) });
    const [a, b] = await Promise.all(users.map(createReplica));
    replicas = { a: a!, b: b! };
  });
  after(async () => {
    await cluster.stopOperators();
    for (const { wire } of Object.values(replicas)) await wire.cut();
    await cluster.stop();
  });

  const launch = (user: UserName, wire: CutOff): Promise<Operator> =>
    cluster.startOperator({ user, args: electionArgs, server: `https://127.0.0.1:${wire.port}` });

  async function createReplica(user: UserName): Promise<Replica> {
    const wire = await createCutOff(cluster.controlPlane.server);
    const operator = await launch(user, wire);
    await operator.whenReady();
    return { wire, operator };
  }

  const listAll = (): Write[] => users.flatMap((user) => cluster.listWrites(user));
  const firstWorkSince = (user: UserName, since: number): Write | undefined =>
    cluster.listWrites(user).find(({ resource, code, at }) => resource !== 'leases' && code < 300 && at > since);

  /** The one that leads, and the other one, warm. */
  async function whenLed(): Promise<{ leader: UserName; other: UserName }> {
    for (const user of users) {
      const replica = replicas[user];
      if (replica.operator.ended() !== undefined) replica.operator = await launch(user, replica.wire);
    }
    await Promise.all(users.map((user) => replicas[user].operator.whenReady()));
    return await eventually('one of them leads', async () => {
      const leads = await Promise.all(users.map((user) => replicas[user].operator.metric('stoker_leader')));
      assert.deepEqual([...leads].sort(), [0, 1]);
      return leads[0] === 1 ? { leader: 'a', other: 'b' } : { leader: 'b', other: 'a' };
    });
  }

  /** Gives the leader something to write at every moment. */
  function keepBusy(world: World): () => Promise<void> {
    const state = { stopped: false };
    const work = async (): Promise<void> => {
      for (let turn = 0; !state.stopped; turn += 1) {
        const spec = { replicas: 1 + (turn % 3) };
        await cluster.api.patch(prometheusType, world.keyOf(world.name), { spec });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const working = work();
    return async () => {
      state.stopped = true;
      await working;
    };
  }

  it(`never makes a second writer, and is followed by the other one, in ${rounds} rounds`, async (test) => {
    const world = new World(() => cluster, 'rounds');
    await world.begin();
    const rest = keepBusy(world);
    const takeOvers: { fault: string; ms: number }[] = [];
    try {
      for (const fault of planRounds()) {
        const { leader, other } = await whenLed();
        const begin = Date.now();
        await fault.begin(replicas[leader]);
        const work = await eventually(`${other} writes after ${leader} was ${fault.name}`, () => {
          return firstWorkSince(other, begin) ?? false;
        });
        takeOvers.push({ fault: fault.name, ms: Math.round(work.at - begin) });
        await fault.end(replicas[leader]);
        await eventually(`${leader} sees that it leads no more`, () => replicas[leader].operator.ended() !== undefined);
      }
    } finally {
      await rest();
    }
    for (const { name } of faults) {
      const times = takeOvers.filter(({ fault }) => fault === name).map(({ ms }) => ms);
      test.diagnostic(`${name}: the other one writes after ${times.join(', ')} ms`);
    }
    const writes = listAll();
    const terms = listTerms(writes);
    test.diagnostic(`${writes.length} writes in ${terms.length} terms, seed ${seed}`);
    assert.deepEqual(listForeignWrites(writes), []);
    assert.ok(terms.length > rounds, `${terms.length} terms`);
    // Slack for a busy machine: the lease counts from when the other one saw the last renewal.
    const longestMs = leaseMs + retryMs * 2.2 + 2500;
    assert.deepEqual(
      takeOvers.filter(({ fault, ms }) => ms > (fault === 'told to end' ? 2000 : longestMs)),
      [],
    );
  });
});
