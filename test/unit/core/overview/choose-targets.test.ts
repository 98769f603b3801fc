import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { chooseTargets } from '../../../../src/core/overview/choose-targets.ts';
import type { ChosenTargets, TargetQuery } from '../../../../src/core/overview/choose-targets.ts';
import type { SurveyedTarget, SurveyedTargets } from '../../../../src/core/overview/target-survey.ts';

const workload = { kind: 'Prometheus', namespace: 'monitoring', name: 'main' };
const monitorOf = (namespace: string) => ({ kind: 'ServiceMonitor', namespace, name: 'cart' });

const makeRow = (namespace: string, more: Partial<SurveyedTarget> = {}): SurveyedTarget => ({
  ...{ workload, monitor: monitorOf(namespace), job: `serviceMonitor/${namespace}/cart/0`, namespace },
  ...{
    url: `http://${namespace}:80/metrics`,
    state: 'active',
    why: '',
    from: '',
    source: `pod/${namespace}/a`,
    overlaps: [],
  },
  ...more,
});

const overlapping = {
  overlaps: ['serviceMonitor/pay/hidden/0'],
  why: 'overlap: also scraped by serviceMonitor/pay/hidden/0',
};
const { monitor: _monitor, ...ofSecret } = makeRow('monitoring', { job: 'quiet' });
const all: SurveyedTargets = {
  rows: [
    makeRow('shop', { health: 'up' }),
    makeRow('shop', { health: 'down', why: 'connection refused' }),
    makeRow('shop', overlapping),
    makeRow('shop', { state: 'dropped', why: 'rule 3 keep', namespace: 'pay', url: 'http://elsewhere:80/' }),
    makeRow('pay', { state: 'failed', why: 'no address' }),
    ofSecret,
  ],
  unlisted: [
    { workload, monitor: monitorOf('shop'), dropped: 3 },
    { workload, monitor: monitorOf('pay'), dropped: 40 },
  ],
  notes: [],
};

function choose(query: Partial<TargetQuery> = {}): ChosenTargets {
  return complete(chooseTargets(all, { words: [], sees: () => true, from: 0, atMost: 100, ...query }));
}

const ofShop: TargetQuery['sees'] = (_, namespace) => namespace === 'shop';

describe('targets that are chosen', () => {
  it('are all, with what can be chosen, where nothing is said', () => {
    const { rows, found, counts, unlisted, workloads, namespaces } = choose();
    assert.deepEqual([rows.length, found, unlisted], [6, 6, 43]);
    assert.deepEqual(counts, { active: 4, dropped: 1, failed: 1, duplicate: 0 });
    assert.deepEqual([workloads, namespaces], [['monitoring/main'], ['monitoring', 'pay', 'shop']]);
  });

  it('are of a state or a health, a workload, a namespace of either side, and have all words', () => {
    assert.equal(choose({ state: 'failed' }).found, 1);
    assert.equal(choose({ state: 'down' }).rows[0]?.why, 'connection refused');
    assert.equal(choose({ state: 'unknown' }).found, 2);
    assert.equal(choose({ workload: 'monitoring/other' }).found, 0);
    assert.equal(choose({ namespace: 'pay' }).found, 2);
    assert.equal(choose({ words: ['shop', 'refused'] }).found, 1);
  });

  it('come in pages', () => {
    const { rows, found } = choose({ from: 4, atMost: 4 });
    assert.deepEqual([rows.length, found], [2, 6]);
  });

  it('are of monitors and of Pods that may be seen, and of no Secret', () => {
    const { rows, counts, unlisted, namespaces } = choose({ sees: ofShop });
    assert.equal(rows.length, 3);
    assert.deepEqual(counts, { active: 3, dropped: 0, failed: 0, duplicate: 0 });
    assert.deepEqual([unlisted, namespaces], [3, ['shop']]);
    assert.doesNotMatch(JSON.stringify(rows), /pay|quiet|elsewhere/);
  });

  it('do not tell by what words find what may not be seen', () => {
    for (const word of ['pay', 'hidden', 'elsewhere', 'quiet'])
      assert.equal(choose({ sees: ofShop, words: [word] }).found, 0, word);
    assert.equal(choose({ words: ['hidden'] }).found, 1);
    assert.equal(choose({ sees: ofShop, words: ['another', 'job'] }).found, 1);
  });
});
