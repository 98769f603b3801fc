import { complete } from '../../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusRule } from '../../../../../src/api/prometheus-rule.ts';
import { parseYaml } from '../../../../../src/base/yaml.ts';
import type { RuleContext } from '../../../../../src/core/render/rules/rule-context.ts';
import { RuleCache, selectRules } from '../../../../../src/core/select/rules.ts';
import { makeContext, makeGroup, makeRule, makeSingle, makeThanosContext } from './fixtures.ts';

function renderText(object: PrometheusRule, context: RuleContext = makeContext()): string {
  const { files, rejected } = complete(selectRules([object], context, new RuleCache()));
  assert.deepEqual(rejected, []);
  return files[0]?.text ?? '';
}

describe('rule files', () => {
  it('have their keys in alphabetical order and leave out what is not set', () => {
    const object = makeRule([
      makeGroup({
        name: 'g',
        labels: { b: '2', a: '1' },
        interval: '',
        limit: 0,
        rules: [{ record: 'a:b', labels: {}, for: '', expr: 1 }],
      }),
    ]);
    const text = [
      'groups:',
      '- labels:',
      '    a: "1"',
      '    b: "2"',
      '  limit: 0',
      '  name: g',
      '  rules:',
      '  - expr: 1',
      '    record: a:b',
      '',
    ];
    assert.equal(renderText(object), text.join('\n'));
    assert.equal(renderText(makeRule([])), '{}\n');
  });

  it('write several lines as blocks that mean the same', () => {
    const annotations = {
      a: 'one\ntwo\n',
      b: 'one\n\n  two: "x"  ',
      c: ' first\nsecond',
      d: 'one\n\n',
      e: '\n',
      f: 'a\r\nb',
      g: '- a\n# b\n\ttab é 😀',
    };
    const expr = '# all\nsum by (a) (\n  up{b=~"c|d"}\n)\n';
    const text = renderText(makeSingle({ alert: 'A', annotations, expr }));
    assert.ok(text.includes('    expr: |\n      # all\n      sum by (a) (\n        up{b=~"c|d"}\n      )\n'), text);
    assert.ok(text.includes('      a: |\n        one\n        two\n'), text);
    assert.deepEqual(parseYaml(text), { groups: [{ name: 'group', rules: [{ alert: 'A', annotations, expr }] }] });
  });

  it('keep the partial response strategy for Thanos alone', () => {
    const object = makeRule([makeGroup({ partial_response_strategy: 'warn' })]);
    assert.ok(!renderText(object).includes('partial_response_strategy'));
    assert.ok(renderText(object, makeThanosContext('0.42.4')).includes('partial_response_strategy: warn'));
  });

  it('restrict labels and expressions to the namespace', () => {
    const object = makeSingle({ alert: 'A', expr: 'up{namespace="other"} == 0', labels: { namespace: 'other' } });
    const text = renderText(object, makeContext({ enforcedNamespaceLabel: 'namespace' }));
    assert.deepEqual(parseYaml(text), {
      groups: [
        {
          name: 'group',
          rules: [{ alert: 'A', expr: 'up{namespace="team"} == 0', labels: { namespace: 'team' } }],
        },
      ],
    });
  });

  it('restrict expressions with the features that the Prometheus has switched on', () => {
    const object = makeSingle({ record: 'a', expr: 'limitk(1, up)' });
    const spec = { enforcedNamespaceLabel: 'ns', enableFeatures: ['promql-experimental-functions'] };
    assert.ok(renderText(object, makeContext(spec)).includes('limitk(1, up{ns="team"})'));
  });

  it('leave excluded objects as they are', () => {
    const object = makeSingle({ record: 'a', expr: 'up' });
    const reference = { resource: 'prometheusrules', namespace: 'team' } as const;
    const isRestricted = (spec: Parameters<typeof makeContext>[0]): boolean =>
      renderText(object, makeContext({ enforcedNamespaceLabel: 'ns', ...spec })).includes('ns=');
    assert.equal(isRestricted({ excludedFromEnforcement: [reference] }), false);
    assert.equal(isRestricted({ excludedFromEnforcement: [{ ...reference, name: 'rules' }] }), false);
    assert.equal(isRestricted({ excludedFromEnforcement: [{ ...reference, name: 'other' }] }), true);
    assert.equal(isRestricted({ excludedFromEnforcement: [{ ...reference, namespace: 'other' }] }), true);
    assert.equal(isRestricted({ excludedFromEnforcement: [{ ...reference, namespace: '' }] }), true);
    assert.equal(isRestricted({ excludedFromEnforcement: [{ ...reference, resource: 'probes' }] }), true);
    const deprecated = [{ ruleNamespace: 'team', ruleName: 'rules' }];
    assert.equal(isRestricted({ prometheusRulesExcludedFromEnforce: deprecated }), false);
  });
});
