import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compilePattern } from '../../../src/base/glob.ts';

/** Pattern, names that match, names that do not: Go's filepath.Match. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['*.yml', ['a.yml', '.yml', 'a.b.yml'], ['a.yaml', 'ayml', 'a.yml.bak']],
  ['a?.json', ['ab.json', 'aä.json'], ['a.json', 'abc.json']],
  ['[a-c]1', ['a1', 'c1'], ['d1', '-1']],
  ['[^a-c]1', ['d1'], ['a1', '1']],
  ['a+(b).yml', ['a+(b).yml'], ['aab.yml']],
  [String.raw`\*.yml`, ['*.yml'], ['a.yml']],
];

describe('compilePattern', () => {
  for (const [pattern, matching, others] of cases) {
    it(`reads ${pattern} as Go does`, () => {
      const matches = compilePattern(pattern);
      assert.deepEqual([...matching, ...others].filter(matches), matching);
    });
  }

  it('takes time in proportion to name and pattern, however many stars there are', () => {
    const matches = compilePattern(`${'*a'.repeat(60)}*b`);
    assert.equal(matches('a'.repeat(255)), false);
    assert.equal(matches(`${'xa'.repeat(60)}b`), true);
  });

  it('refuses a class that does not end', () => {
    assert.throws(() => compilePattern('a[b'), SyntaxError);
  });
});
