import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAndCheck } from '../../../../src/core/promql/check-promql.ts';
import { defaultPromqlOptions } from '../../../../src/core/promql/types.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { findSplit } from '../../../../src/core/series/find-split.ts';
import { createTargetFinder } from '../../../../src/core/series/find-targets.ts';
import { JobSeries } from '../../../../src/core/series/job-series.ts';
import { describeTarget } from '../../../../src/core/series/target-shapes.ts';
import type { Placement, TargetShape } from '../../../../src/core/series/target-shapes.ts';
import { plainJob } from '../targets/job.ts';

const makeJob = (jobName: string, shapes: readonly TargetShape[], honorsLabels = false): JobSeries =>
  new JobSeries({ job: { ...plainJob, jobName }, samples: { honorsLabels, metricRules: [] } }, shapes);

const target = (labels: Record<string, string>, placement: Partial<Placement> = {}): TargetShape =>
  describeTarget(LabelSet.from(labels), () => ({
    isEverywhere: false,
    key: undefined,
    isByInstance: true,
    ...placement,
  }));

/** Several Pods whose names are not known yet. */
const several = (job: string, placement: Partial<Placement> = {}): TargetShape => ({
  ...{ isThere: true, isMany: true },
  rangeOf: (label) =>
    label === 'job' ? new Set([job]) : label === 'pod' || label === 'instance' ? undefined : new Set(['']),
  findPlacement: () => ({ isEverywhere: false, key: undefined, isByInstance: true, ...placement }),
});

const jobs = [
  makeJob('web', [
    target({ job: 'web', instance: '10.0.0.1:80', pod: 'web-1', node: 'a' }),
    target({ job: 'web', instance: '10.0.0.2:80', pod: 'web-2', node: 'a' }),
  ]),
  makeJob('cart', [several('cart')]),
  makeJob('ksm', [target({ job: 'ksm', instance: '10.0.0.3:80', namespace: 'monitoring' })], true),
  makeJob('db', [target({ job: 'db', instance: '10.0.0.4:80' })]),
  makeJob('all', [several('all', { isEverywhere: true })]),
  makeJob('kept', [several('kept', { key: 'one' })]),
  makeJob('beside', [target({ job: 'beside', instance: 'x' }, { key: 'one' })]),
  makeJob('nodes', [
    target({ job: 'nodes', instance: 'a', node: 'a' }, { isByInstance: false }),
    target({ job: 'nodes', instance: 'b', node: 'b' }, { isByInstance: false }),
  ]),
];
const recorded = new Map([
  ['ksm:pods', ['count(pods{job="ksm"})']],
  ['web:rate', ['rate(x{job="web"}[5m])']],
  ['itself', ['itself + 1']],
]);

function split(text: string): string {
  const { expression: node, errors } = parseAndCheck(text, defaultPromqlOptions);
  assert.ok(node !== undefined && errors.length === 0, text);
  const found = findSplit({ text, node }, createTargetFinder({ jobs, recorded, others: undefined }));
  return found === undefined ? 'whole' : `${found.kind} ${found.text} of ${found.jobs.join(',')}`;
}

describe('findSplit', () => {
  for (const [expression, wanted] of [
    // Each series by itself
    ['up == 0', 'whole'],
    ['rate(x{job="web"}[5m]) > 1', 'whole'],
    ['-x{job="web"} * 100 > time()', 'whole'],
    ['max_over_time(up{job="web"}[5m:1m] offset 1h) < 1', 'whole'],
    ['vector(1)', 'whole'],
    ['hour() > 8', 'whole'],
    // Aggregations
    ['sum(x)', 'aggregation sum of all,beside,cart,db,kept,ksm,nodes,web'],
    ['sum(x{job="web"})', 'aggregation sum of web'],
    ['sum by (code) (x{job="web"})', 'aggregation sum by (code) of web'],
    ['count(x{job="web"}) by (job)', 'aggregation count by (job) of web'],
    ['sum by (instance) (x{job=~"web|cart|db"})', 'whole'],
    ['sum by (job, instance) (x)', 'whole'],
    ['sum by (pod) (x{job="web"})', 'whole'],
    ['sum by (node) (x{job="web"})', 'aggregation sum by (node) of web'],
    ['sum by (node) (x{job="nodes"})', 'whole'],
    ['sum by (instance) (x{job="nodes"})', 'whole'],
    ['sum by (instance) (x{job=~"nodes|cart"})', 'aggregation sum by (instance) of cart,nodes'],
    ['sum by (pod) (x{job="cart"})', 'whole'],
    ['sum by (pod) (x{job=~"cart|web"})', 'aggregation sum by (pod) of cart,web'],
    ['sum without (code) (x{job="web"})', 'whole'],
    ['sum without (instance, pod) (x{job="web"})', 'aggregation sum without (instance, pod) of web'],
    ['topk(3, x{job="web"})', 'aggregation topk of web'],
    ['topk by (instance) (3, x{job="web"})', 'whole'],
    ['histogram_quantile(0.9, sum by (le) (rate(x{job="web"}[5m])))', 'aggregation sum by (le) of web'],
    ['sum(sum by (instance) (x{job="web"}))', 'aggregation sum of web'],
    ['sum by (instance) (sum by (code) (x{job="web"}))', 'aggregation sum by (code) of web'],
    [
      'sum by (instance) (label_replace(x, "instance", "a", "b", "c"))',
      'aggregation sum by (instance) of all,beside,cart,db,kept,ksm,nodes,web',
    ],
    // One target, one shard, or each of them
    ['sum(x{job="ksm"})', 'whole'],
    ['sum(x{job="all"})', 'whole'],
    ['sum(x{job=~"all|web"})', 'aggregation sum of all,web'],
    ['sum(x{job="kept"})', 'whole'],
    ['sum(x{job=~"kept|beside"})', 'whole'],
    ['sum(x{job=~"kept|db"})', 'aggregation sum of db,kept'],
    ['sum(x{job="nobody"})', 'whole'],
    // Joins
    ['x{job="web"} / y{job="web"}', 'whole'],
    ['x{job="web"} / on (instance) y{job="web"}', 'whole'],
    ['x{job="web"} / on (pod) group_left () y{job="cart"}', 'join / on (pod) of cart,web'],
    ['x{job="web"} / ignoring (job, instance, pod) y{job="db"}', 'join / ignoring (job, instance, pod) of db,web'],
    ['a{job="ksm"} * on (namespace, pod) group_left (node) b{job="ksm"}', 'whole'],
    ['a{job="web"} * on (namespace) group_left () b{job="ksm"}', 'join * on (namespace) of ksm,web'],
    ['a{job="web"} * on () group_left () b{job="all"}', 'whole'],
    ['a{job="kept"} and on () b{job="beside"}', 'whole'],
    ['a{job="db"} and on () b{job="ksm"}', 'join and on () of db,ksm'],
    ['a{job="db"} unless on () b{job="ksm"}', 'join unless on () of db,ksm'],
    ['a{job="db"} or b{job="ksm"}', 'whole'],
    ['sum by (instance) (a{job="web"}) / sum by (instance) (b{job="web"}) > 0.5', 'whole'],
    ['sum by (pod) (a{job="web"}) / sum by (pod) (b{job="web"})', 'whole'],
    ['x{job="web"} > scalar(y{job="db"})', 'join > of db,web'],
    ['x{job="db"} > scalar(y{job="db"})', 'whole'],
    ['x{job="web"} and on () hour() > 8', 'whole'],
    ['vector(1) and on () x{job="db"}', 'whole'],
    // What stands in for what is missing
    ['absent(up{job="web"})', 'absence absent() of web'],
    ['absent_over_time(up{job="db"}[5m])', 'absence absent_over_time() of db'],
    ['absent(up{job="all"})', 'whole'],
    ['absent(up{job="nobody"})', 'whole'],
    ['vector(1) unless on () up{job="db"}', 'absence unless on () of db'],
    ['x{job="db"} or vector(0)', 'default or of db'],
    ['x{job="all"} or vector(0)', 'whole'],
    ['vector(0) or x{job="db"}', 'whole'],
    // What rules record of other targets
    ['sum(ksm:pods)', 'whole'],
    ['ksm:pods / count(pods{job="ksm"})', 'whole'],
    ['sum(web:rate)', 'aggregation sum of web'],
    ['web:rate > 1', 'whole'],
    ['sum(ALERTS)', 'aggregation sum of '],
    ['sum(itself)', 'whole'],
  ] as const)
    it(`${expression}: ${wanted}`, () => assert.equal(split(expression), wanted));

  it('walks long chains', () => {
    assert.equal(split(Array.from({ length: 2000 }, () => 'up').join(' or ')), 'whole');
  });
});
