import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Faults } from '../../../src/sandbox/faults/faults.ts';
import { advance } from '../../fake-time.ts';
import { startMirror } from './mirror-harness.ts';
import type { MirrorHarness } from './mirror-harness.ts';

const watches = { verb: 'watch', resource: 'configmaps' } as const;
const reads = { verb: ['list', 'watch'], resource: 'configmaps' } as const;

/** Starts with one object, runs the scenario, and asserts that all three views agree in the end. */
async function scenario(
  run: (world: MirrorHarness) => Promise<void>,
  options: Parameters<typeof startMirror>[0] = {},
): Promise<void> {
  const world = await startMirror(options);
  try {
    world.write('first', '1');
    await world.until(() => world.informer.hasSynced() && world.agrees(), 'the first state was read');
    await run(world);
    await world.until(() => world.agrees(), 'all views agree');
    assert.deepEqual(world.contradictions, []);
  } finally {
    await world.stop();
  }
}

describe('an informer on a faulty API server', () => {
  it('follows when nothing is wrong', () =>
    scenario(async ({ write, remove, until, agrees, told }) => {
      write('second', '1');
      write('first', '2');
      remove('second');
      await until(agrees, 'all views agree');
      assert.deepEqual(told.slice(1), ['add default/second', 'update default/first', 'delete default/second']);
    }));

  it('finds what was deleted behind an expired watch, as a tombstone', () =>
    scenario(async ({ write, remove, until, agrees, told, faults }) => {
      write('second', '1');
      await until(agrees, 'all views agree');
      faults.add({ match: watches, fate: 'expire', event: { type: 'DELETED' }, times: 1 });
      remove('second');
      await until(agrees, 'all views agree');
      assert.equal(told.at(-1), 'tombstone default/second');
    }));

  it('waits as long as a 429 asks for', () =>
    scenario(async ({ write, until, agrees, clock, faults }) => {
      const rule = faults.add({
        match: reads,
        fault: { kind: 'status', code: 429, reason: 'TooManyRequests', headers: { 'retry-after': '20' } },
        times: 1,
      });
      faults.add({ match: watches, fate: 'reset', times: 1 });
      write('second', '1');
      await until(() => rule.hits === 1, 'the watch was refused');
      const refusedAt = clock.now();
      await until(agrees, 'all views agree');
      assert.ok(clock.now() - refusedAt >= 19_000, `waited ${clock.now() - refusedAt} ms`);
    }));

  it('outlives a row of server errors', () =>
    scenario(async ({ write, until, agrees, faults, informer }) => {
      faults.add({ match: watches, fate: 'end', times: 1 });
      faults.add({ match: reads, fault: { kind: 'status', code: 500 }, times: 3 });
      faults.add({ match: reads, fault: { kind: 'status', code: 503 }, times: 2 });
      write('second', '1');
      await until(() => informer.health().failingSince !== undefined, 'the trouble is seen');
      await until(agrees, 'all views agree');
      await until(() => informer.health().failingSince === undefined, 'all is well again');
    }));

  it('notices a watch that hangs', () =>
    scenario(async ({ write, until, agrees, faults }) => {
      faults.add({ match: watches, fate: 'end', times: 1 });
      const hang = faults.add({ match: watches, fault: { kind: 'hang' }, times: 1 });
      write('second', '1');
      await until(() => hang.hits === 1, 'the watch hangs');
      write('third', '1');
      await until(agrees, 'all views agree');
    }));

  it('reads on after a reset in the middle of a line', () =>
    scenario(async ({ write, until, agrees, faults }) => {
      faults.add({ match: watches, fate: 'end', times: 1 });
      const cut = faults.add({ match: watches, fault: { kind: 'reset', afterBytes: 100 }, times: 1 });
      write('second', '1');
      await until(() => cut.hits === 1, 'the watch was cut');
      write('third', '1');
      await until(agrees, 'all views agree');
    }));

  it('finds an event that was dropped without a trace, when it verifies', () =>
    scenario(
      async ({ write, remove, until, agrees, faults, told }) => {
        write('second', '1');
        await until(agrees, 'all views agree');
        const dropped = faults.add({ match: watches, fate: 'drop', event: { type: 'DELETED' }, times: 1 });
        remove('second');
        await until(() => dropped.hits === 1, 'the delete was dropped');
        await until(agrees, 'all views agree');
        assert.equal(told.at(-1), 'tombstone default/second');
      },
      { verifyMs: 60_000 },
    ));

  it('lists when the server does not know WatchList', async () => {
    const world = await startMirror();
    try {
      world.faults.add({
        match: { ...watches, when: ({ query }) => query['sendInitialEvents'] === 'true' },
        fault: { kind: 'status', code: 422, reason: 'Invalid' },
      });
      for (let index = 0; index < 40; index += 1) world.write(`object-${index}`, '1');
      await world.until(() => world.informer.hasSynced() && world.agrees(), 'the first state was read');
    } finally {
      await world.stop();
    }
  });
});

/** A small generator, so that a failing run can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function addRandomFault(faults: Faults, random: () => number): void {
  const menu: Parameters<Faults['add']>[0][] = [
    { match: watches, fate: 'expire', times: 1 },
    { match: watches, fate: 'reset', times: 1 },
    { match: watches, fate: 'end', times: 1 },
    { match: reads, fault: { kind: 'status', code: 500 }, times: 1 },
    { match: reads, fault: { kind: 'status', code: 410, reason: 'Expired' }, times: 1 },
    { match: reads, fault: { kind: 'status', code: 429, headers: { 'retry-after': '1' } }, times: 1 },
    { match: reads, fault: { kind: 'status', code: 403, reason: 'Forbidden' }, times: 1 },
    { match: reads, fault: { kind: 'reset' }, times: 1 },
    { match: reads, fault: { kind: 'reset', afterBytes: Math.floor(random() * 2000) }, times: 1 },
    { match: watches, fault: { kind: 'hang' }, times: 1 },
  ];
  const chosen = menu[Math.floor(random() * menu.length)];
  if (chosen !== undefined) faults.add(chosen);
}

describe('an informer in a storm of faults', () => {
  for (const seed of [1, 2, 3, 4, 5, 6])
    it(`tells its handlers a story without contradictions that ends in the truth (seed ${seed})`, () =>
      scenario(
        async ({ write, remove, clock, faults }) => {
          const random = createRandom(seed);
          for (let step = 0; step < 150; step += 1) {
            const name = `object-${Math.floor(random() * 12)}`;
            if (random() < 0.65) write(name, String(step));
            else remove(name);
            if (random() < 0.2) addRandomFault(faults, random);
            await advance(clock, random() * 1500);
          }
          faults.clear();
        },
        { random: createRandom(seed + 100) },
      ));
});
