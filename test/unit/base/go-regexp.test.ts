import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GoRegexp } from '../../../src/base/go-regexp.ts';

const matches = (pattern: string, text: string): boolean => GoRegexp.compileAnchored(pattern).matches(text);

function expand(pattern: string, text: string, template: string): string | undefined {
  const expression = GoRegexp.compileAnchored(pattern);
  const match = expression.match(text);
  return match === undefined ? undefined : expression.compileTemplate(template).expand(match);
}

describe('GoRegexp', () => {
  it('matches whole texts only', () => {
    assert.equal(matches('f|o', 'foo'), false);
    assert.equal(matches('foo', 'foo bar'), false);
    assert.equal(matches('fo+', 'foo'), true);
  });

  it('lets a dot match newlines unless told otherwise', () => {
    assert.equal(matches('a.b', 'a\nb'), true);
    assert.equal(GoRegexp.compileAnchored('a.b', { dotNewline: false }).matches('a\nb'), false);
    assert.equal(GoRegexp.compileAnchored('a.b', { dotNewline: false }).matches('a\u2028b'), true);
  });

  it('adds its anchors as text, so that alternatives can break out of them', () => {
    assert.deepEqual(
      ['a', 'xb', 'ax', 'x'].map((text) => matches('a)|(b', text)),
      [true, true, true, false],
    );
    assert.equal(expand('a)|(b', 'xb', '$1'), 'b');
    assert.throws(() => GoRegexp.compile('a)|(b'), SyntaxError);
  });

  it('keeps the last participating iteration of a repeated group, as RE2 does', () => {
    assert.equal(expand('(?:(a)|b)*', 'ab', '$1'), 'a');
  });

  it('takes the first alternative that leads to a match', () => {
    assert.equal(expand('(a|ab)(c|bcd)(d*)', 'abcd', '$1-$2-$3'), 'a-bcd-');
    assert.equal(expand('(a+?)(a*)', 'aaa', '$1-$2'), 'a-aa');
  });

  it('refuses what Go refuses, with its message', () => {
    const refused: Record<string, string> = {
      '(?=a)': 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
      'a++': 'error parsing regexp: invalid nested repetition operator: `++`',
      '(': 'error parsing regexp: missing closing ): `^(?s:()$`',
      'a{1001}': 'error parsing regexp: invalid repeat count: `{1001}`',
      'a\uD800': 'error parsing regexp: invalid UTF-8',
    };
    for (const [pattern, message] of Object.entries(refused)) {
      assert.throws(() => GoRegexp.compileAnchored(pattern), { name: 'SyntaxError', message });
    }
  });

  it('bounds what counted repetitions stand for', () => {
    const message = 'error parsing regexp: repetitions stand for more than 10000 characters';
    for (const pattern of ['[ab]{1000}'.repeat(11), `(?:${'ab'.repeat(60)}){100}`, '(?:x{100}y){99}']) {
      assert.throws(() => GoRegexp.compileAnchored(pattern), { name: 'SyntaxError', message }, pattern);
    }
    assert.throws(() => GoRegexp.compileAnchored(`{${'['.repeat(100_000)}`), SyntaxError);
    for (const pattern of ['[a-z]{1,63}'.repeat(100), 'x{5}'.repeat(1000), '[{1000}]{9}'.repeat(1000), '\\x{41}{2}']) {
      assert.doesNotThrow(() => GoRegexp.compileAnchored(pattern), pattern);
    }
  });

  it('bounds how many Unicode classes a pattern has', () => {
    const message = 'error parsing regexp: more than 100 Unicode classes';
    for (const one of ['\\pL', '\\P{Greek}', '(?i:\\p{Lu})'])
      assert.throws(() => GoRegexp.compileAnchored(one.repeat(101)), { name: 'SyntaxError', message }, one);
    assert.ok(GoRegexp.compileAnchored('\\pL'.repeat(100)).matches('ä'.repeat(100)));
  });

  it('knows several groups of one name: the first that took part counts', () => {
    assert.equal(expand('(?P<n>a)|(?P<n>b)', 'b', '<$n>'), '<b>');
    assert.equal(expand('[(?P<x>](?P<n>a)\\(?(?<m>b)', 'xab', '${n}-${m}-${x}'), 'a-b-');
  });

  it('expands templates as Go does', () => {
    const expected: Record<string, string> = {
      $1_y: '',
      '${1}_y': 'x_y',
      '$1-y': 'x-y',
      $$1: '$1',
      $1é: '',
      '${10}': '',
      $01: '',
      '$-': '$-',
      $: '$',
      '${1 }': '${1 }',
    };
    for (const [template, text] of Object.entries(expected)) assert.equal(expand('(x)', 'x', template), text, template);
    assert.equal(GoRegexp.compileAnchored('x').compileTemplate('a$$b').constant, 'a$b');
  });

  it('answers alike on the fast and the slow path', () => {
    const long = 'x'.repeat(2000);
    assert.equal(expand('(.*)-(.*)', `${long}-b`, '$2'), 'b');
    assert.equal(expand('(.*)-(.*)', 'a-b-c', '$1'), 'a-b');
    assert.equal(matches('(.*)a(.*)a(.*)b', 'a'.repeat(3000)), false);
  });

  it('answers at once where the work of going back multiplies', () => {
    const evil = `.*.*.*${'(.|..|...|....|.....|......|.......)'.repeat(6)}y`;
    assert.equal(matches(evil, 'x'.repeat(90)), false);
    assert.equal(matches(`${'(a|aa|aaa|aaaa)'.repeat(6)}(.*)b`, 'a'.repeat(5000)), false);
  });

  it('stays fast where backtracking would not end', () => {
    assert.equal(matches('(x+x+)+y', 'x'.repeat(2000)), false);
    assert.equal(matches('.*a.*b.*c', 'ab'.repeat(20_000)), false);
  });
});
