import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAndCheck } from '../../../../src/core/promql/check-promql.ts';
import { listSelectors } from '../../../../src/core/promql/emptiness.ts';
import { defaultPromqlOptions } from '../../../../src/core/promql/types.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { relabelDefaults } from '../../../../src/core/relabel/rule.ts';
import type { RelabelRule } from '../../../../src/core/relabel/rule.ts';
import { JobSeries } from '../../../../src/core/series/job-series.ts';
import { judgeSelector } from '../../../../src/core/series/judge-selector.ts';
import type { SeriesSources } from '../../../../src/core/series/judge-selector.ts';
import { describeTarget } from '../../../../src/core/series/target-shapes.ts';
import type { TargetShape } from '../../../../src/core/series/target-shapes.ts';
import { plainJob } from '../targets/job.ts';

const anyTarget: TargetShape = {
  ...{ isThere: false, isMany: true },
  rangeOf: () => undefined,
  findPlacement: () => ({ isEverywhere: false, key: undefined, isByInstance: true }),
};

interface JobOptions {
  readonly honorsLabels?: boolean;
  readonly isOpen?: boolean;
  readonly rules?: readonly Partial<RelabelRule>[];
}

function makeJob(targets: readonly Record<string, string>[], options: JobOptions = {}): JobSeries {
  const { honorsLabels = false, isOpen = false, rules = [] } = options;
  const metricRules = rules.map((rule) => ({ ...relabelDefaults, ...rule }));
  return new JobSeries({ job: plainJob, samples: { honorsLabels, metricRules } }, [
    ...targets.map((labels) => describeTarget(LabelSet.from(labels))),
    ...(isOpen ? [anyTarget] : []),
  ]);
}

const cart = { job: 'cart', namespace: 'shop', pod: 'cart-1' };
const search = { job: 'search', namespace: 'find', team: 'red' };

function judge(selector: string, jobs: readonly JobSeries[], more: Partial<SeriesSources> = {}): string {
  const { expression: node } = parseAndCheck(selector, defaultPromqlOptions);
  assert.ok(node !== undefined);
  const [first] = listSelectors({ text: selector, node });
  assert.ok(first !== undefined);
  const verdict = judgeSelector(first, {
    jobs,
    recorded: new Map([['job:up:sum', ['sum(up)']]]),
    others: undefined,
    ...more,
  });
  if (verdict.verdict !== 'impossible') return verdict.verdict;
  const { miss } = verdict;
  return miss.kind === 'label' ? `${miss.matcher.name} is ${miss.values.join(',')}` : miss.kind;
}

describe('judgeSelector', () => {
  const jobs = [makeJob([cart]), makeJob([search])];

  for (const [selector, wanted] of [
    ['up{job="cart"}', 'possible'],
    ['up{job=~"c.*", namespace!="find"}', 'possible'],
    ['up{job="chart"}', 'job is cart,search'],
    ['up{job=~"car"}', 'job is cart,search'],
    ['up{job=""}', 'job is cart,search'],
    ['up{job="cart", namespace="find"}', 'together'],
    ['up{job!~"cart|search"}', 'job is cart,search'],
    ['up{team="blue"}', 'possible'],
    ['up{job="search", team="blue"}', 'together'],
    ['http_requests_total{code="500"}', 'possible'],
    ['{job="cart"}', 'possible'],
    ['job:up:sum{job="anything"}', 'possible'],
    ['{__name__=~"job:.*", job="anything"}', 'possible'],
    ['ALERTS{job="anything"}', 'possible'],
  ] as const)
    it(`${selector}: ${wanted}`, () => assert.equal(judge(selector, jobs), wanted));

  it('a job that honours labels, or writes one, says nothing of it', () => {
    assert.equal(judge('up{job="x"}', [makeJob([cart], { honorsLabels: true })]), 'unknown');
    assert.equal(judge('up{job="x"}', [makeJob([cart], { rules: [{ targetLabel: 'job' }] })]), 'unknown');
    assert.equal(judge('up{job="x"}', [makeJob([cart], { rules: [{ targetLabel: '${1}' }] })]), 'unknown');
    assert.equal(judge('up{job=""}', [makeJob([cart], { rules: [{ action: 'labeldrop', regex: 'jo.' }] })]), 'unknown');
    assert.equal(judge('up{job=""}', [makeJob([cart], { rules: [{ action: 'labelkeep', regex: 'pod' }] })]), 'unknown');
    assert.equal(judge('up{job="x"}', [makeJob([cart], { rules: [{ action: 'labelmap', regex: 'a' }] })]), 'unknown');
    assert.equal(judge('up{job="x"}', [makeJob([cart], { rules: [{ targetLabel: 'pod' }] })]), 'job is cart');
  });

  it('knows what is dropped by the name of the metric alone', () => {
    const drop = { action: 'drop', sourceLabels: ['__name__'], regex: 'go_.*' } as const;
    const keep = { action: 'keep', sourceLabels: ['__name__'], regex: 'go_.*' } as const;
    assert.equal(judge('go_info', [makeJob([cart], { rules: [drop] })]), 'dropped');
    assert.equal(judge('up_info', [makeJob([cart], { rules: [keep] })]), 'dropped');
    const all = { action: 'drop', sourceLabels: ['__name__'], regex: '.*' } as const;
    assert.equal(judge('go_info', [makeJob([cart], { rules: [all] })]), 'dropped');
    for (const own of ['up', 'scrape_duration_seconds', 'scrape_samples_post_metric_relabeling', 'scrape_sample_limit'])
      assert.equal(judge(own, [makeJob([cart], { rules: [all] })]), 'possible', `${own} is Prometheus' own`);
    assert.equal(judge('{__name__=~"go_.*"}', [makeJob([cart], { rules: [drop] })]), 'possible');
    assert.equal(judge('go_info', [makeJob([cart], { rules: [drop] }), makeJob([search])]), 'possible');
    assert.equal(judge('go_info{job="cart"}', [makeJob([cart], { rules: [drop] }), makeJob([search])]), 'dropped');
    assert.equal(judge('go_info', [makeJob([cart], { rules: [{ targetLabel: '__name__' }, drop] })]), 'possible');
    const byLabel = { ...drop, sourceLabels: ['__name__', 'job'] };
    assert.equal(judge('go_info', [makeJob([cart], { rules: [byLabel] })]), 'possible');
  });

  it('says nothing where there may be more', () => {
    assert.equal(judge('up{job="x"}', [...jobs, makeJob([], { isOpen: true })]), 'unknown');
    assert.equal(judge('up{job="x"}', jobs, { others: 'remote writes' }), 'unknown');
    assert.equal(judge('up{job="cart"}', jobs, { others: 'remote writes' }), 'possible');
    assert.equal(judge('up', []), 'no jobs');
  });
});
