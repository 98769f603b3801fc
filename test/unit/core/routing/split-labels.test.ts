import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLabels, splitLabels } from '../../../../src/core/routing/read-labels.ts';

describe('labels in one text', () => {
  it('have blanks between them, and in quotes', () => {
    assert.deepEqual(splitLabels('  a=b \t c="d e"  "f g"="h \\" i" '), ['a=b', 'c="d e"', '"f g"="h \\" i"']);
    assert.deepEqual(
      [...readLabels(splitLabels('c="d e" "f g"="h \\" i"'))],
      [
        ['c', 'd e'],
        ['f g', 'h " i'],
      ],
    );
    assert.deepEqual(splitLabels(' \n '), []);
  });

  it('end their quotes', () => {
    for (const text of ['a="b', 'a="b\\"', '"']) assert.throws(() => splitLabels(text), /a quote does not end/);
  });
});
