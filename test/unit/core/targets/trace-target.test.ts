import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCollidingKeys } from '../../../../src/core/targets/groups/colliding-keys.ts';
import { describeDrop, traceTarget } from '../../../../src/core/targets/trace-target.ts';
import { compile, group, rule } from './job.ts';

describe('traceTarget', () => {
  const compiled = compile({
    relabelRules: [
      rule({ sourceLabels: ['__meta_x'], targetLabel: 'x' }),
      rule({ action: 'keep', sourceLabels: ['x', 'y'], regex: 'a;.+' }),
      rule({ action: 'dropequal', sourceLabels: ['x'], targetLabel: 'y' }),
    ],
  });
  const trace = (labels: Readonly<Record<string, string>>) =>
    traceTarget(compiled, { group: group('s', [{ __address__: 'h:1', ...labels }]), index: 0 });

  it('names the rule that dropped a target, and what it compared', () => {
    const { steps, outcome } = trace({ __meta_x: 'a' });
    const last = steps.at(-1);
    assert.deepEqual(outcome, { kind: 'dropped', rule: 1 });
    assert.equal(last && describeDrop(last), 'keep: x;y is "a;", which does not match a;.+');
    const equal = trace({ __meta_x: 'a', y: 'a' }).steps.at(-1);
    assert.equal(equal && describeDrop(equal), 'dropequal: x is "a", y is "a"');
  });

  it('goes to the URL of a target that is kept', () => {
    const { steps, outcome, url } = trace({ __meta_x: 'a', y: 'b' });
    assert.equal(steps.length, 3);
    assert.equal(outcome.kind, 'active');
    assert.equal(url, 'http://h:1/metrics');
  });
});

describe('findCollidingKeys', () => {
  it('finds keys that come to one label name', () => {
    const labels = { 'a.b': '1', 'a-b': '2', c: '3' };
    assert.deepEqual(findCollidingKeys({ metadata: { labels, annotations: { 'a.b': 'x' } } }), [
      { kind: 'label', name: 'a_b', keys: ['a.b', 'a-b'] },
    ]);
  });
});
