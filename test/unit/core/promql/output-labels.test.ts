import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAndCheck } from '../../../../src/core/promql/check-promql.ts';
import { describeOutput } from '../../../../src/core/promql/output-labels.ts';
import { defaultPromqlOptions } from '../../../../src/core/promql/types.ts';

/** "names | fixed": "*" stands for any names. */
function show(text: string): string {
  const { expression: node, errors } = parseAndCheck(text, defaultPromqlOptions);
  assert.deepEqual(errors, []);
  assert.ok(node !== undefined);
  const { names, fixed } = describeOutput({ text, node });
  const shown = names === undefined ? '*' : [...names].sort().join(',');
  return `${shown} | ${[...fixed].map((pair) => pair.join('=')).join(',')}`;
}

describe('describeOutput', () => {
  const cases: readonly (readonly [expression: string, output: string])[] = [
    ['up{job="a", x!="b", y=""} == 0', '* | job=a'],
    ['rate(x{job="a"}[5m]) > 1', '* | job=a'],
    ['sum(x{job="a"}) > 1', ' | '],
    ['sum by (job, pod) (x{job="a"})', 'job,pod | job=a'],
    ['sum(x{job="a"}) by ("job")', 'job | job=a'],
    ['sum without (job) (x{job="a", b="c"})', '* | b=c'],
    ['max by (a) (sum by (b) (x))', ' | '],
    ['topk by (a) (3, x{job="a"})', '* | job=a'],
    ['count_values("v", x{job="a"})', 'v | '],
    ['count_values by (job) ("job", x{job="a"})', 'job | '],
    ['quantile by (le) (0.9, x{le="1"})', 'le | le=1'],
    ['histogram_quantile(0.9, sum by (le, job) (rate(x{job="a"}[5m])))', 'job | job=a'],
    ['label_replace(x{job="a", b="c"}, "job", "$1", "b", "(.*)")', '* | b=c'],
    ['label_replace(sum by (job) (x), "new", "$1", "job", "(.*)")', 'job,new | '],
    ['absent(up{job="a", pod=~"x.*"})', 'job | job=a'],
    ['vector(1) > 0', ' | '],
    ['1 - x{job="a"}', '* | job=a'],
    ['time() - x{job="a"} > 60', '* | job=a'],
    ['a{job="a"} / b{pod="p"}', '* | pod=p,job=a'],
    ['a{job="a"} / on (pod) b{pod="p"}', 'pod | pod=p'],
    ['a{job="a", x="y"} / ignoring (x) b', '* | job=a'],
    ['a{job="a"} * on (pod) group_left (node) b{node="n"}', '* | job=a'],
    ['sum by (pod) (a) * on (pod) group_left (node) b', 'node,pod | '],
    ['a * on (pod) group_right (node) sum by (pod) (b)', 'node,pod | '],
    ['a{job="a"} and on (pod) b{x="y"}', '* | job=a'],
    ['a{job="a", x="y"} unless b', '* | job=a,x=y'],
    ['a{job="a", x="y"} or b{job="a", x="z"}', '* | job=a'],
    ['sum by (a) (x) or sum by (b) (x)', 'a,b | '],
    ['-(x{job="a"} offset 5m)', '* | job=a'],
    ['max_over_time(sum by (a) (x)[5m:1m])', 'a | '],
  ];
  for (const [expression, output] of cases) it(expression, () => assert.equal(show(expression), output));

  it('walks chains that are as long as they like', () => {
    assert.equal(show(Array.from({ length: 2000 }, () => 'sum by (a) (x)').join(' or ')), 'a | ');
  });
});
