import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { compareRules } from '../../../../src/core/loaded/compare-rules.ts';
import type { KnownRuleFiles } from '../../../../src/core/loaded/compare-rules.ts';
import { readRulesAnswer } from '../../../../src/core/loaded/read-rules.ts';

const text = `
groups:
- name: g
  labels: { team: shop }
  rules:
  - alert: A
    expr: sum(x) by (job) > 1
    for: 90s
    labels: { replica: own }
`;
const rule = {
  ...{ name: 'A', type: 'alerting', query: 'sum by (job) (x) > 1', duration: 90, alerts: null },
  labels: { team: 'shop', replica: 'r-0', cluster: 'eu' },
};
const group = { name: 'g', file: '/etc/thanos/rules/thanos-ruler-main-rulefiles-0/a.yaml', rules: [rule] };
const users = { name: 'own', file: '/etc/thanos/own/a.yaml', rules: [rule] };

function compare(groups: readonly unknown[], known: KnownRuleFiles = new Map()): string {
  const printed = complete(readRulesAnswer(JSON.stringify({ status: 'success', data: { groups } })));
  assert.ok(printed);
  const written = {
    files: new Map([['thanos-ruler-main-rulefiles-0/a.yaml', text]]),
    prefix: 'thanos-ruler-main-rulefiles-',
    ownLabels: new Set(['replica', 'cluster']),
  };
  const compared = complete(compareRules({ written, printed, known }));
  return compared.same ? '' : compared.place;
}

describe('Rules that were written and rules that are loaded', () => {
  it('are the same, whatever the program adds, and whatever users mount beside them', () => {
    const known: KnownRuleFiles = new Map();
    assert.equal(compare([group, users], known), '');
    assert.equal(known.size, 1);
    assert.equal(compare([group], known), '');
  });

  it('differ where one says something else, which is named, and no value of it', () => {
    const at = 'rule "A" in group "g" of rule file thanos-ruler-main-rulefiles-0/a.yaml';
    const withRule = (change: object): unknown => ({ ...group, rules: [{ ...rule, ...change }] });
    assert.equal(compare([withRule({ query: 'x' })]), `expr of ${at}`);
    assert.equal(compare([withRule({ duration: 60 })]), `for of ${at}`);
    assert.equal(compare([withRule({ labels: { team: 'bank' } })]), `labels of ${at}`);
    assert.equal(compare([withRule({ annotations: { a: 'b' } })]), `annotations of ${at}`);
    assert.match(compare([withRule({ name: 'B' })]), /^the order of its rules: rule "A" stands elsewhere in group/);
  });

  it('differ where one is missing, or is left from before', () => {
    const file = 'of rule file thanos-ruler-main-rulefiles-0/a.yaml';
    assert.equal(compare([users]), `group "g", which is missing, ${file}`);
    assert.equal(compare([group, { ...group, name: 'old' }]), `group "old", which is not written any more, ${file}`);
    const left = { ...group, file: '/etc/thanos/rules/thanos-ruler-main-rulefiles-0/b.yaml' };
    assert.match(compare([group, left]), /^group "g" of rule file .*\/b\.yaml, which is not written any more$/);
    assert.match(compare([{ ...group, rules: [] }]), /^rule "A", which is missing, in group "g"/);
  });

  it('cannot be read from another answer', () => {
    for (const answer of ['', '{}', '{"data":{"groups":[{]}}', '<html>'])
      assert.equal(complete(readRulesAnswer(answer)), undefined, answer);
  });
});
