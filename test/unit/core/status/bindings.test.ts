import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WorkloadBinding } from '../../../../src/api/parts/status.ts';
import { bindWorkload, unbindWorkload } from '../../../../src/core/status/bindings.ts';
import type { Acceptance, BindingInput, WorkloadReference } from '../../../../src/core/status/bindings.ts';

const now = '2026-03-01T12:00:00Z';
const later = '2026-03-01T13:00:00Z';
const k8s: WorkloadReference = {
  group: 'monitoring.coreos.com',
  resource: 'prometheuses',
  namespace: 'm',
  name: 'k8s',
};
const ruler: WorkloadReference = { ...k8s, resource: 'thanosrulers' };

function bind(
  before: readonly WorkloadBinding[],
  acceptance: Acceptance,
  { workload = k8s, generation = 1, at = now } = {},
): readonly WorkloadBinding[] | 'unchanged' {
  return bindWorkload({ before: { bindings: [...before] }, workload, acceptance, generation, now: at });
}

function asBindings(result: readonly WorkloadBinding[] | 'unchanged'): readonly WorkloadBinding[] {
  assert.notEqual(result, 'unchanged');
  return result === 'unchanged' ? [] : result;
}

const accepted = asBindings(bind([], { accepted: true }));

describe('bindWorkload', () => {
  it('says that the object was accepted', () => {
    const conditions = [{ type: 'Accepted', status: 'True', lastTransitionTime: now, observedGeneration: 1 }];
    assert.deepEqual(accepted, [{ ...k8s, conditions }]);
  });

  it('says how its targets are, keeps that while nobody knows, and drops it where nobody asks', () => {
    const up = { status: 'True', reason: 'TargetsUp', message: '2 of 2 targets are up' };
    const say = (before: readonly WorkloadBinding[], scraping: BindingInput['scraping'], at = now) =>
      bindWorkload({
        ...{ before: { bindings: [...before] }, workload: k8s, generation: 1, now: at, scraping },
        acceptance: { accepted: true },
      });
    const told = asBindings(say(accepted, up));
    assert.deepEqual(told[0]?.conditions, [
      ...(accepted[0]?.conditions ?? []),
      { type: 'Scraping', ...up, lastTransitionTime: now },
    ]);
    assert.equal(say(told, 'keep', later), 'unchanged');
    assert.equal(say(told, up, later), 'unchanged');
    const more = asBindings(say(told, { ...up, message: '3 of 3 targets are up' }, later));
    assert.equal(more[0]?.conditions?.[1]?.lastTransitionTime, now);
    const down = asBindings(say(told, { status: 'False', reason: 'TargetsDown', message: '' }, later));
    assert.equal(down[0]?.conditions?.[1]?.lastTransitionTime, later);
    assert.deepEqual(say(told, undefined), accepted);
    assert.deepEqual(say(accepted, 'keep'), 'unchanged');
    const rejected = asBindings(bind(told, { accepted: false, message: 'x' }));
    assert.equal(rejected[0]?.conditions?.length, 1);
  });

  it('says why it was not', () => {
    const [binding] = asBindings(bind(accepted, { accepted: false, message: 'Bad regex' }, { at: later }));
    assert.deepEqual(binding?.conditions, [
      {
        type: 'Accepted',
        status: 'False',
        reason: 'InvalidConfiguration',
        message: 'Bad regex',
        lastTransitionTime: later,
        observedGeneration: 1,
      },
    ]);
  });

  it('writes nothing when nothing is new', () => {
    assert.equal(bind(accepted, { accepted: true }, { at: later }), 'unchanged');
  });

  it('keeps the time when only the generation is new', () => {
    const [binding] = asBindings(bind(accepted, { accepted: true }, { generation: 2, at: later }));
    assert.equal(binding?.conditions?.[0]?.observedGeneration, 2);
    assert.equal(binding.conditions[0].lastTransitionTime, now);
  });

  it('leaves the bindings of others alone', () => {
    const two = asBindings(bind(accepted, { accepted: true }, { workload: ruler }));
    assert.deepEqual(
      two.map(({ resource }) => resource),
      ['prometheuses', 'thanosrulers'],
    );
    const changed = asBindings(bind(two, { accepted: false, message: 'x' }));
    assert.deepEqual(changed[1], two[1]);
    assert.equal(changed.length, 2);
  });
});

describe('unbindWorkload', () => {
  it('removes only its own binding', () => {
    const two = [...asBindings(bind(accepted, { accepted: true }, { workload: ruler }))];
    assert.deepEqual(unbindWorkload({ bindings: two }, ruler), accepted);
    assert.equal(unbindWorkload({ bindings: [...accepted] }, ruler), 'unchanged');
    assert.equal(unbindWorkload(undefined, k8s), 'unchanged');
  });
});
