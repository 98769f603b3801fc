/** Faults between the operator and the API server, made by the proxy. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { secretType, statefulSetType } from '../../../../src/api/builtin-types.ts';
import type { Fate } from './proxy.ts';
import type { Fault, Stage } from './stage.ts';

/** Every request meets the fate for so long, while users go on. */
async function suffer(stage: Stage, ms: number, decide: Stage['proxy']['decide']): Promise<void> {
  const { proxy, story } = stage;
  proxy.decide = decide;
  await story.change();
  await delay(ms);
  proxy.decide = () => undefined;
  assert.ok(proxy.struck > 0, 'no request met the fault');
}

const whileWriting =
  (fate: Fate): Stage['proxy']['decide'] =>
  ({ isWrite }) =>
    isWrite ? fate : undefined;

export const wireFaults: readonly Fault[] = [
  {
    name: 'a watch that hangs',
    alsoIn: ['test/unit/kubernetes/cache/reflector.test.ts'],
    async strike({ proxy, story }) {
      proxy.holdWatches();
      await story.change();
      assert.ok(proxy.struck > 0, 'no watch was open');
    },
  },
  {
    name: 'half-open TCP',
    alsoIn: ['test/e2e/leader-faults.test.ts'],
    async strike({ proxy, story }) {
      proxy.holdConnections();
      await story.change();
      assert.ok(proxy.struck > 0, 'no connection was open');
    },
  },
  {
    name: '500s for a minute',
    alsoIn: [],
    strike: (stage) => suffer(stage, 60_000, () => ({ status: 500, reason: 'InternalError' })),
  },
  {
    name: '429 with Retry-After',
    alsoIn: [],
    strike: (stage) => suffer(stage, 10_000, () => ({ status: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 })),
  },
  {
    name: 'reset in the middle of a line',
    alsoIn: ['test/unit/kubernetes/client/watch.test.ts'],
    async strike({ proxy, story }) {
      proxy.tearWatches();
      await story.change();
      assert.ok(proxy.struck > 0, 'no watch was open');
    },
  },
  {
    name: 'storm of 409',
    alsoIn: [],
    strike: (stage) => suffer(stage, 10_000, whileWriting({ status: 409, reason: 'Conflict' })),
  },
  {
    name: 'a slow API (2 s an answer)',
    alsoIn: [],
    async strike({ proxy, story }) {
      proxy.decide = () => ({ lateMs: 2000 });
      await story.change();
    },
  },
  {
    name: 'deletes while disconnected',
    alsoIn: ['test/e2e/faults.test.ts'],
    async strike({ proxy, story, cluster }) {
      await proxy.cut();
      await story.change();
      await cluster.api.remove(statefulSetType, story.keyOf('prometheus-main-shard-1'));
      await cluster.api.remove(secretType, story.keyOf('prometheus-main'));
      await delay(3000);
      await proxy.mend();
    },
  },
];
