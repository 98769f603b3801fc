import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { compileRules } from '../../src/core/relabel/compile-rules.ts';
import { LabelBuilder } from '../../src/core/relabel/label-builder.ts';
import { LabelSet } from '../../src/core/relabel/label-set.ts';
import { relabel, traceRelabel } from '../../src/core/relabel/relabel.ts';
import { newestSemantics } from '../unit/core/relabel/newest-semantics.ts';
import { itAgreesWithFolder } from './case-folder.ts';
import type { NameScheme } from '../../src/core/relabel/label-names.ts';
import type { RelabelAction, RelabelRule } from '../../src/core/relabel/rule.ts';

interface RecordedRule {
  readonly action: RelabelAction;
  readonly modulus: number;
  readonly nameValidationScheme: NameScheme;
  readonly regex: string;
  readonly replacement: string;
  readonly separator: string;
  readonly source_labels: readonly string[] | null;
  readonly target_label: string;
}

interface Input {
  readonly labels: Readonly<Record<string, string>>;
  readonly relabel_configs: readonly RecordedRule[] | null;
}

interface Expected {
  readonly keep: boolean;
  readonly result: Readonly<Record<string, string>>;
}

const toRule = (recorded: RecordedRule): RelabelRule => ({
  action: recorded.action,
  sourceLabels: recorded.source_labels ?? [],
  separator: recorded.separator,
  regex: recorded.regex,
  modulus: BigInt(recorded.modulus),
  targetLabel: recorded.target_label,
  replacement: recorded.replacement,
});

describe('relabelling', () => {
  itAgreesWithFolder<Input, Expected>('relabel', ({ input, expect }) => {
    const rules = (input.relabel_configs ?? []).flatMap((recorded) =>
      compileRules([toRule(recorded)], { ...newestSemantics, nameScheme: recorded.nameValidationScheme }),
    );
    const labels = LabelBuilder.from(LabelSet.from(input.labels));
    assert.equal(relabel(labels, rules) === -1, expect.keep);
    assert.deepEqual(labels.toLabelSet().toObject(), expect.result);
    const steps = traceRelabel(LabelSet.from(input.labels), rules);
    assert.equal(steps.at(-1)?.kept ?? true, expect.keep);
  });
});
