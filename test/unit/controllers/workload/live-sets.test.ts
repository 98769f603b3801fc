import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SetComparison } from '../../../../src/controllers/workload/live-sets.ts';
import { renderStatefulSet } from '../../../../src/core/render/prometheus/prometheus-sets.ts';
import { reviseStamped, stampStatefulSet } from '../../../../src/core/render/shared/input-hash.ts';
import type { StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import { makeServer } from '../../core/render/prometheus/fixtures.ts';

const input = { shard: 0, tlsAssetSecrets: 1, ruleConfigMaps: ['r'] };
const render = (replicas: number): StatefulSet => renderStatefulSet(makeServer({ replicas }), input);

describe('SetComparison', () => {
  it('finds what reviseStamped() finds, the first time and again', () => {
    const comparison = new SetComparison();
    const live = stampStatefulSet(render(1));
    for (const replicas of [1, 1, 2, 1, 2]) {
      const found = comparison.revise(live, render(replicas)).differences;
      assert.deepEqual(found, reviseStamped(live, render(replicas)).differences, `${replicas} replicas`);
      assert.equal(found.length > 0, replicas === 2);
    }
  });

  it('compares anew once the live set is another one', () => {
    const comparison = new SetComparison();
    assert.deepEqual(comparison.revise(stampStatefulSet(render(1)), render(1)).differences, []);
    assert.notDeepEqual(comparison.revise(stampStatefulSet(render(3)), render(1)).differences, []);
  });
});
