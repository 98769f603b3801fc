import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeSharing, judgeSharing } from '../../../../src/core/targets/judge-sharing.ts';
import type { MeasuredJob } from '../../../../src/core/targets/judge-sharing.ts';

const measured = (name: string, changes: Partial<MeasuredJob> = {}): MeasuredJob => ({
  ...{ jobName: `podMonitor/shop/${name}/0`, block: 'pods of shop', isSelectable: true },
  ...{ found: 5000, kept: 25, spared: 4950 },
  ...changes,
});

const advise = (...jobs: readonly MeasuredJob[]): string[] =>
  judgeSharing(jobs).map(({ advice, jobs: members }) => `${advice} ${members.length}`);

describe('what jobs should share', () => {
  for (const [what, jobs, wanted] of [
    ['one that throws nearly all away', [measured('a')], 'select 1'],
    ['what is not much', [measured('a', { found: 1000, spared: 999 })], 'share 1'],
    [
      'much that adds up',
      [measured('a', { found: 1000, spared: 999 }), measured('b', { found: 1100, spared: 1099 })],
      'select 2',
    ],
    ['one of twenty that is wanted', [measured('a', { spared: 4700 })], 'share 1'],
    ['as many as may have a watch each', Array.from({ length: 20 }, (_, at) => measured(`m${at}`)), 'select 20'],
    ['more than may have a watch each', Array.from({ length: 21 }, (_, at) => measured(`m${at}`)), 'share 21'],
    ['one that selects already, or is no monitor', [measured('a', { isSelectable: false })], 'share 1'],
    ['one in company of such', [measured('a'), measured('b', { isSelectable: false })], 'share 2'],
  ] as const)
    it(`${what}: ${wanted}`, () => assert.deepEqual(advise(...jobs), [wanted]));

  it('is judged for each discovery by itself', () => {
    const other = measured('b', { block: 'pods of bank', spared: 0 });
    assert.deepEqual(advise(measured('a'), other), ['select 1', 'share 1']);
  });

  it('is said in words', () => {
    const [one] = judgeSharing([measured('a')]);
    const [two] = judgeSharing([measured('a'), measured('b')]);
    assert.ok(one && two);
    const way = 'with selectorMechanism: RoleSelector the API server would send little else than these';
    assert.equal(describeSharing(one), `job podMonitor/shop/a/0 discovers 5000 targets and keeps 25: ${way}`);
    assert.equal(describeSharing(two), `job podMonitor/shop/a/0 and 1 more discover 10000 targets and keep 50: ${way}`);
  });
});
