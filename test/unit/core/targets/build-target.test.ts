import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { buildTarget, createLabelBuilder } from '../../../../src/core/targets/build-target.ts';
import { compileJob } from '../../../../src/core/targets/scrape-job.ts';
import { compile, group, plainJob, rule } from './job.ts';
import type { TargetOutcome } from '../../../../src/core/targets/build-target.ts';
import type { CompiledJob } from '../../../../src/core/targets/scrape-job.ts';

type Labels = Readonly<Record<string, string>>;

function build(compiled: CompiledJob, target: Labels, shared: Labels = {}): TargetOutcome {
  return buildTarget(compiled, group('s', [], shared), LabelSet.from(target));
}

function label(outcome: TargetOutcome, name: string): string | undefined {
  assert.equal(outcome.kind, 'active');
  return outcome.labels.get(name);
}

const address = { __address__: '10.0.0.1:80' };

describe('discovered labels', () => {
  const discover = (target: Labels, shared: Labels, version = '3.14.0'): Labels =>
    createLabelBuilder(
      compile({ params: new Map([['a', ['1', '2']]]) }, version),
      group('s', [], shared),
      LabelSet.from(target),
    )
      .toLabelSet()
      .toObject();

  it('prefer the target to the group and both to the job', () => {
    const labels = discover({ x: 't', job: 'mine' }, { x: 'g', y: 'g', __scheme__: 'https' });
    assert.deepEqual([labels['x'], labels['y'], labels['job'], labels['__scheme__']], ['t', 'g', 'mine', 'https']);
    assert.deepEqual([labels['__metrics_path__'], labels['__scrape_interval__']], ['/metrics', '1m']);
  });

  it('let an empty value of the target hide the label of the group, but not the default', () => {
    const labels = discover({ x: '', job: '' }, { x: 'g', job: 'g' });
    assert.deepEqual([labels['x'], labels['job']], [undefined, 'pods']);
  });

  it('keep a discovered param since 3.0, and not before', () => {
    assert.equal(discover({ __param_a: 'd' }, {})['__param_a'], 'd');
    assert.equal(discover({ __param_a: 'd' }, {}, '2.53.0')['__param_a'], '1');
  });

  it('tell how histograms are scraped since 3.13', () => {
    assert.equal(discover({}, {})['__scrape_native_histograms__'], 'false');
    assert.equal(discover({}, {}, '3.12.0')['__scrape_native_histograms__'], undefined);
  });
});

describe('buildTarget', () => {
  it('drops meta labels, also those that rules have made, and keeps reserved ones', () => {
    const made = rule({ targetLabel: '__meta_made', replacement: 'x' });
    const kept = rule({ targetLabel: '__tmp_kept', replacement: 'x' });
    const outcome = build(compile({ relabelRules: [made, kept] }), address, { __meta_group: 'x' });
    assert.equal(outcome.kind, 'active');
    assert.deepEqual(
      Object.keys(outcome.labels.toObject()).filter((name) => /meta_|tmp/.test(name)),
      ['__tmp_kept'],
    );
  });

  it('tells which rule dropped a target', () => {
    const relabelRules = [
      rule({ targetLabel: 'a', replacement: 'b' }),
      rule({ action: 'drop', regex: 'b', sourceLabels: ['a'] }),
    ];
    assert.deepEqual(build(compile({ relabelRules }), address), { kind: 'dropped', rule: 1 });
  });

  it('does not restore a job label that a rule has taken away', () => {
    assert.equal(
      label(build(compile({ relabelRules: [rule({ action: 'labeldrop', regex: 'job' })] }), address), 'job'),
      undefined,
    );
  });

  it('fails for values that are no text', () => {
    const outcome = build(compile(), { ...address, custom: '\ud800' });
    assert.deepEqual([outcome.kind, outcome.kind === 'failed' && outcome.reason], ['failed', 'InvalidLabelValue']);
  });

  it('fails for addresses with a slash', () => {
    const outcome = build(compile(), { __address__: 'http://a' });
    assert.equal(outcome.kind === 'failed' && outcome.message, '"http://a" is not a valid hostname');
  });

  it('fails when a rule takes the interval away', () => {
    const outcome = build(compile({ relabelRules: [rule({ action: 'labeldrop', regex: '__scrape_.*' })] }), address);
    assert.equal(outcome.kind === 'failed' && outcome.message, 'error parsing scrape interval: empty duration string');
  });

  it('adds ports before 3.0 only, and refuses schemes that imply none', () => {
    const bare = { __address__: 'host' };
    assert.equal(label(build(compile({}, '2.53.0'), bare), 'instance'), 'host:80');
    assert.equal(label(build(compile({ scheme: 'https' }, '2.53.0'), bare), '__address__'), 'host:443');
    assert.equal(label(build(compile({}, '2.53.0'), { __address__: 'fd00::1' }), '__address__'), 'fd00::1');
    assert.equal(label(build(compile(), bare), '__address__'), 'host');
    const outcome = build(compile({ scheme: 'ftp' }, '2.53.0'), bare);
    assert.equal(outcome.kind === 'failed' && outcome.message, 'invalid scheme: "ftp"');
  });

  it('takes default ports away with no-default-scrape-port, but not from the instance', () => {
    const compiled = compileJob(plainJob, Version.parse('2.53.0'), { flags: { noDefaultScrapePort: true } });
    const outcome = build(compiled, { __address__: 'host:80' });
    assert.deepEqual([label(outcome, '__address__'), label(outcome, 'instance')], ['host', 'host:80']);
  });
});
