import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertErrors, assertTypes, everything, listErrors } from './promql-verdicts.ts';

describe('checkPromql: types', () => {
  it('tells scalars, instant vectors, range vectors and strings apart', () => {
    assertTypes([
      ['1 + 2 * 3', 'scalar'],
      ['1 == bool 2', 'scalar'],
      ['scalar(up) > bool 5', 'scalar'],
      ['5m', 'scalar'],
      ['-Inf', 'scalar'],
      ['up', 'vector'],
      ['{job="a", "http.requests"}', 'vector'],
      ['1 + up', 'vector'],
      ['(-up)', 'vector'],
      ['count_values("version", build_info)', 'vector'],
      ['up[5m]', 'matrix'],
      ['rate(up[5m])[1h:5m] offset 1d', 'matrix'],
      ['`raw "text"`', 'string'],
    ]);
  });

  it('binds modifiers to the operand before them, not to the whole operation', () => {
    assertTypes([
      ['a - a offset 1w', 'vector'],
      ['a / b @ end() > 2', 'vector'],
      ['-a offset 5m', 'vector'],
      ['1 - rate(a[5m] offset 1d) * 2', 'vector'],
    ]);
    assertErrors([
      ['-a[5m]', '1:1 Invalid operand of a sign of type range vector: want a scalar or an instant vector'],
      ['a * b[5m]', '1:5 Invalid operand of "*" of type range vector: want a scalar or an instant vector'],
    ]);
  });

  it('knows keywords that are used as names', () => {
    assertTypes([
      ['sum + count', 'vector'],
      ['offset offset 5m', 'vector'],
      ['a and offset', 'vector'],
      ['a * on(b) offset + on(b) group_left offset', 'vector'],
      ['sum by (on, offset, bool) (by)', 'vector'],
      ['up{offset="1", and="2"}', 'vector'],
    ]);
  });

  it('ignores blanks and comments, also when a carriage return ends them', () => {
    assertTypes([
      ['sum( # all\n  up # of them\n)', 'vector'],
      ['up # comment\r and on() up', 'vector'],
      ['up[5m # range\n]', 'matrix'],
    ]);
    assertErrors([
      ['up[ # range\n 5m]', '1:5 Cannot parse expression: found a comment, want a duration such as 5m'],
      ['up\u00a0', '1:3 Cannot parse expression: found character "\u00a0" (U+00A0) outside of a string'],
    ]);
  });
});

describe('checkPromql: functions and aggregations', () => {
  it('checks how many arguments there are', () => {
    assertErrors([
      ['time(up)', '1:1 Wrong number of arguments of "time": found 1, want 0'],
      ['hour(up, up)', '1:1 Wrong number of arguments of "hour": found 2, want 0 to 1'],
      ['label_join(up)', '1:1 Wrong number of arguments of "label_join": found 1, want at least 3'],
      ['1 + topk(up)', '1:5 Wrong number of arguments of "topk": found 1, want 2'],
    ]);
    assertTypes([
      ['label_join(up, "a", ",", "b", "c", "d")', 'vector'],
      ['round(up, 0.1) + round(up)', 'vector'],
    ]);
  });

  it('checks which types arguments have, and reports each of them', () => {
    assertErrors([
      ['rate(up)', '1:6 Wrong type of argument 1 of "rate": found instant vector, want range vector'],
      [
        'clamp(1, "a", up)',
        '1:7 Wrong type of argument 1 of "clamp": found scalar, want instant vector',
        '1:10 Wrong type of argument 2 of "clamp": found string, want scalar',
        '1:15 Wrong type of argument 3 of "clamp": found instant vector, want scalar',
      ],
      ['label_join(up, "a", ",", 1)', '1:26 Wrong type of argument 4 of "label_join": found scalar, want string'],
      ['quantile("0.9", up)', '1:10 Wrong type of argument 1 of "quantile": found string, want scalar'],
    ]);
  });

  it('names unknown functions and one that is spelled alike', () => {
    assertErrors([
      ['rates(up[5m])', '1:1 Unknown function "rates": did you mean "rate"'],
      ['1 + Abs(up)', '1:5 Unknown function "Abs": did you mean "abs"'],
      ['my_own(up)', '1:1 Unknown function "my_own"'],
    ]);
  });

  it('refuses experimental functions until their feature is on', () => {
    const message = 'is experimental: enable it with feature promql-experimental-functions';
    assertErrors([
      ['sort_by_label(up, "a")', `1:1 Function "sort_by_label" ${message}`],
      ['limitk(5, up)', `1:1 Function "limitk" ${message}`],
    ]);
    assertTypes(
      [
        ['sort_by_label(up, "a")', 'vector'],
        ['limitk(5, up)', 'vector'],
        ['max_of(1, 2) + start()', 'scalar'],
        ['info(up, {version=""})', 'vector'],
        ['info(up, {version="1"} offset 1h)', 'vector'],
      ],
      everything,
    );
    const infoMessage = 'Invalid argument 2 of "info": want label matchers in braces, without a metric name';
    assertErrors([['info(up, target_info)', `1:10 ${infoMessage}`]], everything);
  });
});

describe('checkPromql: operators', () => {
  it('checks bool, comparisons of scalars and set operators', () => {
    assertErrors([
      ['up + bool 1', '1:6 Invalid bool after "+": it belongs to comparisons only'],
      ['1 == 1', '1:3 Invalid comparison of two scalars: write "== bool"'],
      ['up and 1', '1:4 Invalid operand of "and" of type scalar: want an instant vector on both sides'],
      ['up + "a"', '1:6 Invalid operand of "+" of type string: want a scalar or an instant vector'],
    ]);
  });

  it('checks how series are matched', () => {
    assertErrors([
      ['up or on(a) group_left(b) up', '1:7 Invalid matching: "or" takes no group modifier'],
      ['a * on(x) group_left(y, x) b', '1:5 Invalid matching: label "x" is in on() and in the group modifier'],
      ['1 * on(x) a', '1:5 Invalid matching: on() and ignoring() need an instant vector on both sides'],
      ['sum by (without) (up)', '1:9 Unexpected "without": want a label name, quote it if it is one'],
      ['sum by ("") (up)', '1:9 Invalid label name "": want text in UTF-8 that is not empty'],
    ]);
    assertTypes([
      ['a * on("http.method", b:c) group_left b', 'vector'],
      ['a > bool ignoring(x) b', 'vector'],
    ]);
  });

  it('refuses fill until its feature is on', () => {
    assertErrors([
      ['a + fill(0) b', '1:5 Modifier fill is experimental: enable it with feature promql-binop-fill-modifiers'],
    ]);
    assertTypes([['a + on(x) fill_left(0) fill_right(-1) b', 'vector']], everything);
    assertErrors(
      [
        ['a and fill(0) b', '1:7 Invalid fill: "and" takes none'],
        ['a + fill(0) 1', '1:5 Invalid fill: it needs an instant vector on both sides'],
      ],
      everything,
    );
  });

  it('takes long chains and deep nesting without failing', () => {
    const chain = (count: number): string => Array.from({ length: count }, () => 'up{a="b"}').join(' or ');
    assertTypes([
      [chain(1500), 'vector'],
      [`${'('.repeat(500)}up${')'.repeat(500)}`, 'vector'],
    ]);
    const errors = listErrors('('.repeat(200_000));
    assert.equal(errors.length, 1);
  });
});
