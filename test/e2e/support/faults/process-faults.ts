/** Faults of the operator's own process, of its clock, and of the whole API server. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../eventually.ts';
import type { Fault, Stage } from './stage.ts';
import { Story } from './story.ts';

const election = [
  '--leader-elect=true',
  '--leader-elect-lease-duration=6s',
  '--leader-elect-renew-deadline=4s',
  '--leader-elect-retry-period=500ms',
];
const hourMs = 3_600_000;
/** Of the worlds whose operator is killed: one a write of a full sync, which has fewer. */
const mostWrites = 16;
const killedIn = (write: number): string => `killed-${write}`;

/** In a namespace of its own: the operator is killed when the server has taken this write, before it knows. */
async function killAt(stage: Stage, write: number): Promise<Story> {
  const { proxy, cluster } = stage;
  const story = new Story(cluster, killedIn(write));
  const state = { written: 0, killed: false };
  const { operator } = stage;
  proxy.onWritten = () => {
    state.written += 1;
    if (state.written !== write) return;
    state.killed = true;
    void operator.kill();
  };
  await story.begin();
  await eventually(`it is killed at write ${write}`, () => state.killed, 60_000);
  proxy.onWritten = () => undefined;
  await eventually('it is gone', () => operator.ended() !== undefined);
  await stage.start();
  return story;
}

async function compact({ cluster }: Stage): Promise<void> {
  const { etcdUrl } = cluster.controlPlane;
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${etcdUrl}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = await response.json();
    assert.equal(response.status, 200, JSON.stringify(answer));
    return answer;
  };
  const { header } = (await post('range', { key: 'Lw==', limit: 1 })) as { header: { revision: string } };
  await post('compaction', { revision: header.revision, physical: true });
}

export const processFaults: readonly Fault[] = [
  {
    name: 'asleep for 30 s',
    alsoIn: ['test/unit/runtime/controller.test.ts'],
    stage: { args: ['--leader-elect=true'] },
    async strike(stage) {
      stage.operator.pause();
      await stage.story.change();
      await delay(30_000);
      stage.operator.resume();
      await delay(2000);
      await stage.keepAlive();
    },
  },
  {
    name: 'killed at every write',
    alsoIn: ['test/e2e/restart.test.ts'],
    stage: { namespaces: ['killed', ...Array.from({ length: mostWrites }, (_, index) => killedIn(index + 1))] },
    async strike(stage, { begun, firstWrites }) {
      assert.ok(firstWrites <= mostWrites, `${firstWrites} writes`);
      const stories: Story[] = [];
      for (let write = 1; write <= firstWrites; write += 1) stories.push(await killAt(stage, write));
      for (const story of stories) await stage.whenEqual(begun, story);
      await stage.story.change();
    },
  },
  {
    name: 'two operators',
    alsoIn: ['test/e2e/leader.test.ts'],
    async strike(stage) {
      const { operator } = await stage.startAnother();
      await operator.whenReady();
      await stage.story.change();
    },
  },
  {
    name: 'leader lost',
    alsoIn: ['test/e2e/leader-faults.test.ts'],
    stage: { args: election },
    async strike(stage) {
      const other = await stage.startAnother();
      const leads = ({ operator }: Pick<Stage, 'operator'>) => operator.metric('stoker_leader');
      const leader = await eventually('one of them leads, the other one waits', async () => {
        await stage.keepAlive();
        assert.deepEqual([await leads(stage), await leads(other)].sort(), [0, 1]);
        return (await leads(stage)) === 1 ? stage : other;
      });
      await leader.proxy.cut();
      await stage.story.change();
    },
  },
  {
    name: 'clock jumps ±1 h',
    alsoIn: [],
    stage: { ownClock: true },
    async strike(stage) {
      await stage.turnClock(hourMs);
      await stage.story.change();
      await delay(2000);
      await stage.turnClock(-hourMs);
    },
  },
  {
    name: 'API server restarts',
    alsoIn: ['test/e2e/faults.test.ts'],
    needsAll: true,
    async strike({ cluster, story }) {
      await cluster.controlPlane.killApiServer();
      await delay(1000);
      await cluster.controlPlane.restartApiServer();
      await story.change();
    },
  },
  {
    name: 'etcd compaction → 410',
    alsoIn: ['test/unit/kubernetes/cache/reflector.test.ts'],
    needsAll: true,
    async strike(stage) {
      const { proxy, story, cluster } = stage;
      await proxy.cut();
      await story.change();
      await compact(stage);
      await cluster.controlPlane.restartApiServer();
      await proxy.mend();
      await eventually('a watch is told that its history is gone', () => proxy.gone > 0, 60_000);
    },
  },
];
