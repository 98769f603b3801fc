import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Fleet } from '../../../../src/controllers/workload/fleet.ts';
import type { Unready } from '../../../../src/controllers/workload/fleet.ts';

function makeFleet(limit: number) {
  const fleet = new Fleet(limit);
  const unready = new Map<string, string>();
  fleet.join({ listUnready: () => [...unready].map(([id, why]): Unready => ({ id, why })) });
  return { fleet, unready };
}

describe('a fleet', () => {
  it('without a limit has no state', () => {
    assert.equal(makeFleet(0).fleet.stateFor('a'), undefined);
  });

  it('counts who is not ready; who is so itself has a place', () => {
    const { fleet, unready } = makeFleet(2);
    unready.set('a', 'restarts').set('b', 'is away');
    assert.deepEqual(fleet.stateFor('a'), { limit: 2, disrupted: [] });
    assert.deepEqual(fleet.stateFor('c'), { limit: 2, disrupted: ['a: restarts', 'b: is away'] });
  });

  it('counts who was let pass, until the caches show it', () => {
    const { fleet, unready } = makeFleet(1);
    let isUnseen = true;
    fleet.begin('a', () => isUnseen);
    assert.deepEqual(fleet.stateFor('b')?.disrupted, ['a: its pods are about to restart']);
    unready.set('a', 'restarts');
    assert.deepEqual(fleet.stateFor('b')?.disrupted, ['a: restarts']);
    isUnseen = false;
    unready.clear();
    assert.deepEqual(fleet.stateFor('b')?.disrupted, []);
  });

  it('counts nobody who could not be written', () => {
    const { fleet } = makeFleet(1);
    fleet.begin('a', () => true);
    fleet.leave('a');
    assert.deepEqual(fleet.stateFor('b')?.disrupted, []);
  });

  it('wakes as many as there are places, in the order in which they came', () => {
    const { fleet, unready } = makeFleet(2);
    const woken: string[] = [];
    unready.set('x', 'restarts').set('y', 'restarts');
    for (const id of ['a', 'b', 'c']) fleet.wait(id, () => woken.push(id));
    fleet.look();
    assert.deepEqual(woken, []);
    unready.delete('x');
    fleet.look();
    assert.deepEqual(woken, ['a']);
    unready.delete('y');
    fleet.leave('b');
    fleet.look();
    assert.deepEqual(woken, ['a', 'c']);
  });

  it('counts one that waited and was let pass for another reason', () => {
    const { fleet, unready } = makeFleet(1);
    const woken: string[] = [];
    unready.set('x', 'restarts');
    for (const id of ['a', 'b']) fleet.wait(id, () => woken.push(id));
    unready.clear();
    fleet.begin('a', () => true);
    fleet.look();
    assert.deepEqual(woken, []);
  });

  it('wakes those that wait and are not ready themselves', () => {
    const { fleet, unready } = makeFleet(1);
    const woken: string[] = [];
    fleet.wait('a', () => woken.push('a'));
    fleet.wait('b', () => woken.push('b'));
    fleet.wait('c', () => woken.push('c'));
    unready.set('a', 'is broken').set('c', 'is broken');
    fleet.look();
    assert.deepEqual(woken, ['a', 'c']);
  });
});
