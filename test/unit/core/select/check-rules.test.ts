import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusRule } from '../../../../src/api/prometheus-rule.ts';
import type { RuleContext } from '../../../../src/core/render/rules/rule-context.ts';
import type { Rejection } from '../../../../src/core/rejection.ts';
import { RuleCache, selectRules } from '../../../../src/core/select/rules.ts';
import { makeContext, makeGroup, makeRule, makeSingle, makeThanosContext } from '../render/rules/fixtures.ts';

/** Everything for which an object is left out; empty when it is accepted. */
function listRejections(object: PrometheusRule, context: RuleContext): readonly Rejection[] {
  const { rejected } = complete(selectRules([object], context, new RuleCache()));
  return rejected.flatMap(({ rejections }) => rejections);
}

/** `REASON FIELD` of everything wrong with an object. */
function listReasons(object: PrometheusRule, context: RuleContext = makeContext()): string[] {
  return listRejections(object, context).map(({ reason, field }) => `${reason} ${field}`);
}

describe('a PrometheusRule', () => {
  it('accepts alerting and recording rules', () => {
    const object = makeRule([
      makeGroup({ interval: '30s', query_offset: '0', labels: { team: 'a' }, limit: 5 }),
      makeGroup({
        name: 'second',
        rules: [
          { record: 'job:up:sum', expr: 'sum by (job) (up)', for: '0s', labels: { a: '{{ anything' } },
          { alert: 'A', expr: '1', for: '5m', keep_firing_for: '1h', annotations: { summary: '{{ $value }}' } },
        ],
      }),
    ]);
    assert.deepEqual(listRejections(object, makeContext()), []);
  });

  it('accepts an object without groups', () => {
    assert.deepEqual(listReasons(makeRule([])), []);
  });

  it('is left out where its uid is no text, as only a file can have it', () => {
    const object = makeRule([makeGroup()]);
    const uid = [{ toString: 1 }] as unknown as string;
    assert.deepEqual(listReasons({ ...object, metadata: { ...object.metadata, uid } }), ['InvalidType metadata.uid']);
  });

  it('tells everything that is wrong, each with its path', () => {
    const object = makeRule([
      makeGroup({ interval: '1x', labels: { __name__: 'a' } }),
      makeGroup({ rules: [{ expr: 'rate(up)' }, { alert: 'A', record: 'b', expr: '' }] }),
      makeGroup({ name: '', rules: [{ record: 'a{b="c"}', expr: 'up', for: '1m', annotations: { a: 'b' } }] }),
    ]);
    assert.deepEqual(listReasons(object), [
      'InvalidDuration spec.groups[0].interval',
      'InvalidLabelName spec.groups[0].labels.__name__',
      'DuplicateGroup spec.groups[1].name',
      'InvalidRuleKind spec.groups[1].rules[0]',
      'InvalidExpression spec.groups[1].rules[0].expr',
      'InvalidRuleKind spec.groups[1].rules[1]',
      'InvalidExpression spec.groups[1].rules[1].expr',
      'InvalidGroupName spec.groups[2].name',
      'FieldNotAllowed spec.groups[2].rules[0].annotations',
      'FieldNotAllowed spec.groups[2].rules[0].for',
      'InvalidMetricName spec.groups[2].rules[0].record',
    ]);
  });

  it('says where in an expression the mistake is', () => {
    const [rejection] = listRejections(makeSingle({ alert: 'A', expr: 'up ==\n  rate(up)' }), makeContext());
    const message = '2:8: Wrong type of argument 1 of "rate": found instant vector, want range vector';
    assert.equal(rejection?.message, message);
  });

  it('judges names by the version of Prometheus, and by its validation scheme', () => {
    const object = makeSingle({ record: 'größe', labels: { 'a.b': 'c' } });
    assert.deepEqual(listReasons(object), []);
    const wrong = [
      'InvalidMetricName spec.groups[0].rules[0].record',
      'InvalidLabelName spec.groups[0].rules[0].labels.a.b',
    ];
    assert.deepEqual(listReasons(object, makeContext({}, '2.55.0')), wrong);
    assert.deepEqual(listReasons(object, makeContext({ nameValidationScheme: 'Legacy' })), wrong);
    assert.deepEqual(listReasons(object, makeThanosContext('0.37.0')), wrong);
    assert.deepEqual(listReasons(object, makeThanosContext('0.38.0')), []);
  });

  it('takes a name of braces for an expression at the wrong place', () => {
    const [rejection] = listRejections(makeSingle({ record: 'a{b}' }), makeContext());
    assert.equal(rejection?.message, 'Cannot record "a{b}": braces belong into expr or labels');
  });

  it('checks annotation names and templates of alerts', () => {
    const object = makeSingle({
      alert: 'A',
      labels: { severity: '{{ if }}' },
      annotations: { 'a b': 'c', summary: '{{ $valu }}' },
    });
    assert.deepEqual(listReasons(object, makeContext({}, '2.55.0')), [
      'InvalidAnnotationName spec.groups[0].rules[0].annotations.a b',
      'InvalidTemplate spec.groups[0].rules[0].labels.severity',
      'InvalidTemplate spec.groups[0].rules[0].annotations.summary',
    ]);
  });

  it('allows experimental PromQL when the Prometheus has it switched on', () => {
    const object = makeSingle({ alert: 'A', expr: 'mad_over_time(up[5m]) > 1' });
    assert.deepEqual(listReasons(object), ['InvalidExpression spec.groups[0].rules[0].expr']);
    assert.deepEqual(listReasons(object, makeContext({ enableFeatures: ['promql-experimental-functions'] })), []);
  });

  it('does not judge what the version drops anyway', () => {
    const object = makeRule([
      makeGroup({ labels: { 'a-b': 'c' }, rules: [{ alert: 'A', expr: '1', keep_firing_for: 'x' }] }),
    ]);
    assert.equal(listReasons(object, makeContext({}, '3.13.2')).length, 1);
    assert.deepEqual(listReasons(object, makeContext({}, '2.40.0')), []);
  });

  it('refuses an object whose file would not fit a ConfigMap', () => {
    const object = makeSingle({ alert: 'A', annotations: { text: 'x'.repeat(524_288) } });
    const [rejection] = listRejections(object, makeContext());
    assert.equal(rejection?.reason, 'RulesTooLarge');
    assert.equal(rejection.field, 'spec');
  });
});
