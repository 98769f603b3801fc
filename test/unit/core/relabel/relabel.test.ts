import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileRules } from '../../../../src/core/relabel/compile-rules.ts';
import { LabelBuilder } from '../../../../src/core/relabel/label-builder.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { relabel, traceRelabel } from '../../../../src/core/relabel/relabel.ts';
import { relabelDefaults } from '../../../../src/core/relabel/rule.ts';
import { newestSemantics } from './newest-semantics.ts';
import type { RelabelRule, RelabelSemantics } from '../../../../src/core/relabel/rule.ts';

type Labels = Readonly<Record<string, string>>;

/** The labels after the rules, or undefined when they dropped them. */
function run(
  labels: Labels,
  rules: readonly Partial<RelabelRule>[],
  semantics: RelabelSemantics = newestSemantics,
): Labels | undefined {
  const builder = LabelBuilder.from(LabelSet.from(labels));
  const full = rules.map((rule) => ({ ...relabelDefaults, ...rule }));
  return relabel(builder, compileRules(full, semantics)) === -1 ? builder.toLabelSet().toObject() : undefined;
}

describe('relabel', () => {
  it('ends where rules make a label longer than any that is of use, and so does its trace', () => {
    const twice: Partial<RelabelRule> = { sourceLabels: ['a', 'a'], separator: '', targetLabel: 'a' };
    const rules = Array.from({ length: 40 }, () => ({ ...relabelDefaults, ...twice }));
    const many = [{ ...relabelDefaults, sourceLabels: ['a'], targetLabel: 'a', replacement: '$1'.repeat(1_000_000) }];
    for (const list of [rules, many]) {
      assert.throws(() => run({ a: 'x'.repeat(1000) }, list), { name: 'LabelBoundError' });
      const steps = traceRelabel(LabelSet.from({ a: 'x'.repeat(1000) }), compileRules(list, newestSemantics));
      assert.ok(steps.length < 12, String(steps.length));
    }
  });

  it('joins missing labels as empty texts and keeps the separators', () => {
    const rule: Partial<RelabelRule> = { sourceLabels: ['x', 'y'], regex: ';', targetLabel: 'z', replacement: 'both' };
    assert.deepEqual(run({}, [rule]), { z: 'both' });
  });

  it('reads the empty value when a rule has no source labels', () => {
    assert.deepEqual(run({ a: '1' }, [{ targetLabel: 'b', replacement: 'c' }]), { a: '1', b: 'c' });
    assert.equal(run({ a: '1' }, [{ action: 'keep', regex: '.+' }]), undefined);
  });

  it('deletes the target for an empty replacement, and for $1 of a regex without groups', () => {
    assert.deepEqual(run({ a: '1', b: '2' }, [{ targetLabel: 'b', replacement: '' }]), { a: '1' });
    const rule: Partial<RelabelRule> = { sourceLabels: ['a'], regex: '1', targetLabel: 'b' };
    assert.deepEqual(run({ a: '1', b: '2' }, [rule]), { a: '1' });
  });

  it('ignores expanded names that the scheme does not allow', () => {
    const rule: Partial<RelabelRule> = { sourceLabels: ['a'], targetLabel: '$1', replacement: 'x' };
    assert.deepEqual(run({ a: 'b.c' }, [rule]), { a: 'b.c', 'b.c': 'x' });
    assert.deepEqual(run({ a: 'b.c' }, [rule], { ...newestSemantics, nameScheme: 'legacy' }), { a: 'b.c' });
  });

  it('deleted the label named like the template before 2.50', () => {
    const rule: Partial<RelabelRule> = { sourceLabels: ['a'], targetLabel: 'b', replacement: '$2' };
    const old: RelabelSemantics = { nameScheme: 'legacy', dotNewline: false, deletesTemplateName: true };
    assert.deepEqual(run({ a: '1', b: '2' }, [rule], old), { a: '1' });
    const templated = { ...rule, targetLabel: '${1}', replacement: '' };
    assert.deepEqual(run({ a: 'c', c: '2' }, [templated], old), { a: 'c', c: '2' });
    assert.deepEqual(run({ a: 'c', c: '2' }, [templated]), { a: 'c' });
  });

  it('treats two missing labels as equal', () => {
    assert.equal(run({}, [{ action: 'dropequal', sourceLabels: ['a'], targetLabel: 'b' }]), undefined);
    assert.deepEqual(run({}, [{ action: 'keepequal', sourceLabels: ['a'], targetLabel: 'b' }]), {});
  });

  it('hashes as MD5 modulo, also with moduli that no double holds', () => {
    const vectors: readonly [string, string, string, string, string][] = [
      ['', '1', '6', '958', '7602086723416769150'],
      ['baz', '2', '0', '976', '7227425850715500168'],
      ['foo\nbar', '1', '6', '734', '4523751842884085734'],
      ['10.0.0.1:8080', '0', '4', '260', '8530149591427357260'],
      ['日本', '2', '3', '459', '7381742644977801651'],
    ];
    for (const [value, ...expected] of vectors) {
      const rules = [3n, 8n, 1000n, 2n ** 63n].map((modulus, index): Partial<RelabelRule> => {
        return { action: 'hashmod', sourceLabels: ['v'], modulus, targetLabel: `h${index}` };
      });
      const [h0, h1, h2, h3] = expected;
      const rest = value === '' ? {} : { v: value };
      assert.deepEqual(run({ v: value }, rules), { h0, h1, h2, h3, ...rest });
    }
  });

  it('changes letters one by one, as Go does', () => {
    const lower = (v: string): string | undefined =>
      run({ v }, [{ action: 'lowercase', sourceLabels: ['v'], targetLabel: 'v' }])?.['v'];
    const upper = (v: string): string | undefined =>
      run({ v }, [{ action: 'uppercase', sourceLabels: ['v'], targetLabel: 'v' }])?.['v'];
    assert.equal(lower('ΑΣ İẞ'), 'ασ iß');
    assert.equal(upper('ßŉﬁ ǅ ᾳ ᾀ é'), 'ßŉﬁ Ǆ ᾼ ᾈ É');
  });

  it('maps names over a snapshot, and may give the empty name', () => {
    const map: Partial<RelabelRule> = { action: 'labelmap', regex: '(a+)', replacement: 'a$1' };
    assert.deepEqual(run({ a: '1', aa: '2' }, [map]), { a: '1', aa: '1', aaa: '2' });
    assert.deepEqual(run({ a: '1' }, [{ action: 'labelmap', regex: 'a' }]), { '': '1', a: '1' });
  });

  it('lets the last name win where labelmap brings several to one', () => {
    const map: Partial<RelabelRule> = { action: 'labelmap', regex: '(.).*', replacement: 'x_$1' };
    assert.equal(run({ b2: '2', b1: '1' }, [map])?.['x_b'], '2');
  });

  it('drops and keeps labels by name', () => {
    assert.deepEqual(run({ a: '1', b: '2' }, [{ action: 'labeldrop', regex: 'b' }]), { a: '1' });
    assert.deepEqual(run({ a: '1', b: '2' }, [{ action: 'labelkeep', regex: 'b' }]), { b: '2' });
  });

  it('has no trouble with names that objects of JavaScript know', () => {
    const rule: Partial<RelabelRule> = { sourceLabels: ['constructor'], targetLabel: '__proto__', replacement: 'x' };
    const builder = LabelBuilder.from(LabelSet.empty);
    relabel(builder, compileRules([{ ...relabelDefaults, ...rule }], newestSemantics));
    assert.deepEqual(builder.toLabelSet().pairs, ['__proto__', 'x']);
    assert.equal(JSON.stringify(builder.toLabelSet().toObject()), '{"__proto__":"x"}');
  });
});

describe('traceRelabel', () => {
  const rules = compileRules(
    [
      { ...relabelDefaults, sourceLabels: ['a'], targetLabel: 'b' },
      { ...relabelDefaults, action: 'keep', sourceLabels: ['a', 'b'], regex: 'x;y' },
      { ...relabelDefaults, targetLabel: 'c', replacement: 'never' },
    ],
    newestSemantics,
  );

  it('tells what each rule compared and changed, up to the one that dropped', () => {
    const [first, second, ...rest] = traceRelabel(LabelSet.from({ a: 'x' }), rules);
    assert.deepEqual(first?.changes, [{ name: 'b', before: '', after: 'x' }]);
    assert.equal(second?.value, 'x;x');
    assert.equal(second.matched, false);
    assert.equal(second.kept, false);
    assert.deepEqual(rest, []);
  });
});
