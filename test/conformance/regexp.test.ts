import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GoRegexp } from '../../src/base/go-regexp.ts';
import { readRecording, skipReason } from './case-folder.ts';

interface RecordedPattern {
  readonly pattern: string;
  readonly error?: string | null;
  readonly matches?: readonly {
    readonly input: string;
    readonly groups: readonly string[];
    readonly expanded: Readonly<Record<string, string>>;
  }[];
  readonly unmatched?: readonly string[];
}

function checkPattern({ pattern, error, matches = [], unmatched = [] }: RecordedPattern): void {
  if (error !== undefined && error !== null) {
    assert.throws(() => GoRegexp.compileAnchored(pattern), { name: 'SyntaxError', message: error });
    return;
  }
  const expression = GoRegexp.compileAnchored(pattern);
  for (const input of unmatched) {
    assert.equal(expression.matches(input), false, `matches ${JSON.stringify(input)}`);
    assert.equal(expression.match(input), undefined);
  }
  for (const { input, groups, expanded } of matches) {
    assert.equal(expression.matches(input), true, `does not match ${JSON.stringify(input)}`);
    const match = expression.match(input);
    assert.ok(match);
    assert.deepEqual(
      match.map((text) => text ?? ''),
      groups,
      `groups on ${JSON.stringify(input)}`,
    );
    for (const [template, text] of Object.entries(expanded)) {
      assert.equal(expression.compileTemplate(template).expand(match), text, `${template} on ${JSON.stringify(input)}`);
    }
  }
}

describe('regular expressions', { skip: skipReason }, () => {
  it('agree with the recorded patterns: errors, matches, groups and expansions', (test) => {
    const patterns = readRecording('regexp.json') as RecordedPattern[];
    const failed: string[] = [];
    for (const recorded of patterns) {
      try {
        checkPattern(recorded);
      } catch (error) {
        failed.push(`${JSON.stringify(recorded.pattern)}: ${(error as Error).message}`);
      }
    }
    test.diagnostic(`regexp.json: ${patterns.length - failed.length} passed, ${failed.length} failed`);
    assert.deepEqual(failed, []);
    assert.ok(patterns.length > 0);
  });
});
