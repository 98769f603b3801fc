import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { PrometheusRule } from '../../../../src/api/prometheus-rule.ts';
import type { Lister } from '../../../../src/core/listers.ts';
import { RuleCache, matchRules, selectRules } from '../../../../src/core/select/rules.ts';
import { makeContext, makeGroup, makeRule, makeSingle } from '../render/rules/fixtures.ts';

function listOf<T extends KubernetesObject>(objects: readonly T[]): Lister<T> {
  const isIn = (namespace: string | undefined) => (object: T) =>
    namespace === undefined || object.metadata.namespace === namespace;
  return {
    list: (namespace) => objects.filter(isIn(namespace)),
    get: (namespace, name) => objects.find((object) => isIn(namespace)(object) && object.metadata.name === name),
  };
}

describe('matchRules', () => {
  const rules = [makeRule([], 'b', 'team'), makeRule([], 'a', 'team'), makeRule([], 'c', 'other')];
  const namespaces = ['team', 'other'].map((name) => ({ metadata: { name, labels: { name } } }));
  const sources = { PrometheusRule: listOf<PrometheusRule>(rules), namespaces: listOf<KubernetesObject>(namespaces) };
  const namesOf = (selectors: Parameters<typeof matchRules>[0]): (string | undefined)[] =>
    matchRules(selectors, sources, 'team').map(({ metadata }) => metadata.name);

  it('chooses by namespace and labels', () => {
    assert.deepEqual(namesOf({}), []);
    assert.deepEqual(namesOf({ ruleSelector: {} }), ['a', 'b']);
    assert.deepEqual(namesOf({ ruleSelector: {}, ruleNamespaceSelector: {} }), ['c', 'a', 'b']);
    assert.deepEqual(namesOf({ ruleSelector: { matchLabels: { a: 'b' } }, ruleNamespaceSelector: {} }), []);
  });
});

describe('selectRules', () => {
  const good = makeSingle({ alert: 'A', expr: 'up == 0' });
  const bad = makeRule([makeGroup({ rules: [{ alert: 'B', expr: 'up ==' }] })], 'bad');

  it('leaves a bad object out, says why, and keeps the others', () => {
    const { selected, rejected, files } = complete(selectRules([bad, good], makeContext(), new RuleCache()));
    assert.deepEqual(selected, [good]);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['team-rules-uid-of-rules.yaml'],
    );
    assert.equal(rejected.length, 1);
    assert.equal(rejected[0]?.object, bad);
    assert.equal(rejected[0].rejections[0]?.field, 'spec.groups[0].rules[0].expr');
  });

  it('tells of a bad expression under namespace enforcement too', () => {
    const context = makeContext({ enforcedNamespaceLabel: 'namespace' });
    const { rejected, files } = complete(selectRules([bad, good], context, new RuleCache()));
    assert.equal(files.length, 1);
    assert.equal(rejected[0]?.rejections[0]?.reason, 'InvalidExpression');
  });

  it('tells which fields it has dropped for the version', () => {
    const object = makeRule([makeGroup({ limit: 1, rules: [{ alert: 'A', expr: '1', keep_firing_for: '1m' }] })]);
    const { dropped } = complete(selectRules([object, good], makeContext({}, '2.30.0'), new RuleCache()));
    assert.equal(dropped.length, 1);
    assert.deepEqual(dropped[0]?.fields, [
      {
        field: 'spec.groups[0].limit',
        message: 'Left out limit: Prometheus "2.30.0" does not know it, it needs 2.31.0',
      },
      {
        field: 'spec.groups[0].rules[0].keep_firing_for',
        message: 'Left out keep_firing_for: Prometheus "2.30.0" does not know it, it needs 2.42.0',
      },
    ]);
  });

  it('judges an object again only when it or the context has changed', () => {
    const cache = new RuleCache();
    const [first] = complete(selectRules([good], makeContext(), cache)).files;
    assert.equal(complete(selectRules([good], makeContext(), cache)).files[0], first);
    assert.notEqual(complete(selectRules([structuredClone(good)], makeContext(), cache)).files[0], first);
    const enforced = makeContext({ enforcedNamespaceLabel: 'namespace' });
    assert.notEqual(complete(selectRules([good], enforced, cache)).files[0]?.text, first?.text);
  });
});
