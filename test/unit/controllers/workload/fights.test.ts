import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretType, statefulSetType } from '../../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { FightWatch } from '../../../../src/controllers/workload/fights.ts';
import type { FightDeps } from '../../../../src/controllers/workload/fights.ts';

const user = 'shop/main';

function setUp() {
  const clock = new FakeClock();
  let reads = 0;
  const get = (): Promise<unknown> => {
    reads += 1;
    return Promise.resolve({ metadata: { managedFields: [{ manager: 'argo', fieldsV1: { 'f:data': {} } }] } });
  };
  const fights = new FightWatch({
    client: { get } as unknown as FightDeps['client'],
    clock,
    manager: 'PrometheusOperator',
  });
  let version = 10;
  const object = (): KubernetesObject => ({
    metadata: { namespace: 'shop', name: 'a', resourceVersion: String(version) },
  });
  return {
    clock,
    fights,
    reads: () => reads,
    /** We write. */
    write: (fingerprint = 'x', type = secretType) => {
      version += 1;
      fights.note({ type, object: object(), fingerprint, user });
    },
    /** Somebody changes it, and we look. */
    change: async (fingerprint = 'x', differences: readonly string[] = ['data["k"]'], type = secretType) => {
      version += 1;
      return await fights.judge({ type, live: object(), fingerprint, differences });
    },
    lookAgain: async () =>
      await fights.judge({ type: secretType, live: object(), fingerprint: 'x', differences: ['data["k"]'] }),
    times: () => fights.listOf(user)[0]?.times,
  };
}

describe('writes that are undone', () => {
  it('are made again at once twice, then after one, two, four seconds', async () => {
    const { write, change } = setUp();
    const rests: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      write();
      rests.push(await change());
    }
    assert.deepEqual(rests, [0, 0, 1000, 2000, 4000, 8000]);
  });

  it('cost one write in five minutes in the end', async () => {
    const { clock, write, change } = setUp();
    let writes = 0;
    for (const end = clock.now() + 7_200_000; clock.now() < end;) {
      write();
      writes += 1;
      await clock.advance(await change());
    }
    assert.ok(writes >= 30 && writes <= 40, `${writes} writes in two hours`);
  });

  it('count once however often the object is changed before the next', async () => {
    const { write, change, times } = setUp();
    for (let round = 0; round < 3; round += 1) {
      write();
      for (let more = 0; more < 5; more += 1) await change();
    }
    assert.equal(times(), 3);
  });

  it('are not those that the cache has not seen yet', async () => {
    const { fights, write, times } = setUp();
    const old = { metadata: { namespace: 'shop', name: 'a', resourceVersion: '9' } };
    for (let round = 0; round < 5; round += 1) {
      write();
      assert.equal(await fights.judge({ type: secretType, live: old, fingerprint: 'x', differences: ['data'] }), 0);
    }
    assert.equal(times(), undefined);
  });

  it('are not those of something else that we want now', async () => {
    const { write, change } = setUp();
    for (let round = 0; round < 4; round += 1) {
      write();
      await change();
    }
    assert.equal(await change('y'), 0);
  });

  it('are forgotten after ten quiet minutes, or with the workload', async () => {
    const { clock, fights, write, change, times } = setUp();
    for (let round = 0; round < 4; round += 1) {
      write();
      await change();
    }
    write();
    assert.equal(times(), 4);
    assert.equal(fights.dueMs(user), 600_000);
    await clock.advance(599_999);
    assert.equal(times(), 4);
    await clock.advance(1);
    assert.deepEqual([times(), fights.dueMs(user)], [undefined, undefined]);
    assert.equal(await change(), 0);
    fights.forget(user);
    assert.equal(await change(), 0);
  });

  it('far apart are no fight', async () => {
    const { clock, write, change, times } = setUp();
    for (let round = 0; round < 6; round += 1) {
      write();
      assert.equal(await change(), 0);
      await clock.advance(600_000);
    }
    assert.equal(times(), undefined);
  });

  it('name who did it, with one read for each', async () => {
    const { fights, write, change, lookAgain, reads } = setUp();
    for (let round = 0; round < 3; round += 1) {
      write();
      await change();
    }
    await lookAgain();
    const [contest] = fights.listOf(user);
    assert.deepEqual(
      [contest?.kind, contest?.name, contest?.manager, contest?.fields, contest?.times],
      ['Secret', 'a', 'argo', ['data["k"]'], 3],
    );
    assert.equal(reads(), 1);
  });

  it('by what admits them name nobody', async () => {
    const { fights, write, lookAgain } = setUp();
    for (let round = 0; round < 3; round += 1) {
      write();
      await lookAgain();
    }
    assert.equal(fights.listOf(user)[0]?.manager, undefined);
  });

  it('of the hash alone are left to the other operator', async () => {
    const { write, change } = setUp();
    const hash = ['metadata.annotations["prometheus-operator-input-hash"]'];
    const rests: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      write('x', statefulSetType);
      rests.push(await change('x', hash, statefulSetType));
    }
    assert.deepEqual(rests, [0, 0, 600_000]);
  });
});
