import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addLabels, closeLabels, relabelKnown } from '../../../../src/core/routing/known-labels.ts';
import type { KnownLabels } from '../../../../src/core/routing/known-labels.ts';
import { compileRules } from '../../../../src/core/relabel/compile-rules.ts';
import type { CompiledRule } from '../../../../src/core/relabel/compile-rules.ts';
import { LabelBuilder } from '../../../../src/core/relabel/label-builder.ts';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { relabel } from '../../../../src/core/relabel/relabel.ts';
import { relabelDefaults } from '../../../../src/core/relabel/rule.ts';
import type { RelabelRule } from '../../../../src/core/relabel/rule.ts';
import { createRandom } from '../../../e2e/support/odd-configs.ts';

const compile = (...rules: readonly Partial<RelabelRule>[]): readonly CompiledRule[] =>
  compileRules(
    rules.map((rule) => ({ ...relabelDefaults, ...rule })),
    { nameScheme: 'utf8', dotNewline: false, deletesTemplateName: false },
  );

const names = ['a', 'b', 'c', 'd'];

/** Rules on few names and values, so that much of them matters. */
function makeRule(random: () => number): Partial<RelabelRule> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const sourceLabels = names.filter(() => random() < 0.4);
  const regex = pick(['1', '2|1', '.*', '1;2', '', '[ab]', 'c']);
  switch (pick(['replace', 'keep', 'drop', 'labeldrop', 'labelkeep', 'labelmap', 'keepequal', 'dropequal'] as const)) {
    case 'replace':
      return { sourceLabels, regex, targetLabel: pick([...names, '${1}']), replacement: pick(['1', '', '$0']) };
    case 'keep':
      return { action: 'keep', sourceLabels, regex: pick([regex, '.*']) };
    case 'drop':
      return { action: 'drop', sourceLabels, regex };
    case 'labeldrop':
      return { action: 'labeldrop', regex: pick(['a', 'b|c', 'x']) };
    case 'labelkeep':
      return { action: 'labelkeep', regex: pick(['[abc]', '.*']) };
    case 'labelmap':
      return { action: 'labelmap', regex: pick(['(a)', 'b']), replacement: 'c' };
    case 'keepequal':
      return { action: 'keepequal', sourceLabels: [pick(names)], targetLabel: pick(names) };
    case 'dropequal':
      return { action: 'dropequal', sourceLabels: [pick(names)], targetLabel: pick(names) };
  }
}

/** A whole set of labels, and a part of it that is known. */
function makeLabels(random: () => number): { readonly whole: Map<string, string>; readonly known: KnownLabels } {
  const whole = new Map<string, string>();
  for (const name of names) if (random() < 0.7) whole.set(name, random() < 0.5 ? '1' : '2');
  const values = new Map<string, string>();
  for (const name of names) if (random() < 0.5) values.set(name, whole.get(name) ?? '');
  const isClosed = random() < 0.3;
  return { whole, known: { values, names: isClosed ? new Set([...whole.keys(), 'a']) : undefined } };
}

describe('relabelKnown', () => {
  it('never says of a label or a drop what relabelling of all labels would not do: 20,000 random runs', () => {
    const random = createRandom(20_261_129);
    const counts = { dropped: 0, kept: 0, perhaps: 0, known: 0 };
    for (let run = 0; run < 20_000; run += 1) {
      const rules = compile(...Array.from({ length: 1 + Math.floor(random() * 4) }, () => makeRule(random)));
      const { whole, known } = makeLabels(random);
      const builder = LabelBuilder.from(LabelSet.fromMap(whole));
      const droppedBy = relabel(builder, rules);
      const ours = relabelKnown(known, rules);
      const shown = JSON.stringify([[...whole], [...known.values], rules.map(({ rule }) => ({ ...rule, modulus: 0 }))]);
      if (ours.droppedBy !== undefined) {
        // A rule that was passed over may have dropped it before.
        const isSame = droppedBy === ours.droppedBy || (ours.perhapsDroppedBy !== undefined && droppedBy >= 0);
        assert.ok(isSame, `${shown}: rule ${droppedBy} drops it, by us ${ours.droppedBy}`);
        counts.dropped += 1;
        continue;
      }
      if (droppedBy >= 0) {
        assert.ok(ours.perhapsDroppedBy !== undefined, `${shown}: rule ${droppedBy} drops it, by us none`);
        counts.perhaps += 1;
        continue;
      }
      counts.kept += 1;
      const after = builder.toMap();
      for (const [name, value] of ours.labels.values) {
        assert.equal(after.get(name) ?? '', value, `${shown}: ${name}`);
        counts.known += 1;
      }
      if (ours.labels.names === undefined) continue;
      for (const name of after.keys()) assert.ok(ours.labels.names.has(name), `${shown}: ${name} is there`);
    }
    for (const count of Object.values(counts)) assert.ok(count > 500, JSON.stringify(counts));
  });
});

describe('labels that are known', () => {
  const open: KnownLabels = { values: new Map([['a', '1']]), names: undefined };
  const closed: KnownLabels = { values: new Map([['a', '1']]), names: new Set(['a', 'b']) };

  it('of a closed set are known not to be there', () => {
    assert.deepEqual([...closeLabels(open, ['b', 'c'])], [['a', '1']]);
    assert.deepEqual(
      [...closeLabels(closed, ['b', 'c'])],
      [
        ['a', '1'],
        ['c', ''],
      ],
    );
  });

  it('get external labels where they have none, as far as that is known', () => {
    const external = new Map<string, string | undefined>([
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'x'],
      ['d', undefined],
    ]);
    assert.deepEqual([...addLabels(open, external).values], [['a', '1']]);
    const added = addLabels(closed, external);
    assert.deepEqual(
      [...added.values],
      [
        ['a', '1'],
        ['c', 'x'],
      ],
    );
    assert.deepEqual([...(added.names ?? [])].sort(), ['a', 'b', 'c', 'd']);
  });
});
