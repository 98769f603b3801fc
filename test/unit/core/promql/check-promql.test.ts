import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPromql } from '../../../../src/core/promql/check-promql.ts';
import { defaultPromqlOptions, readPromqlOptions } from '../../../../src/core/promql/types.ts';
import type { PromqlType } from '../../../../src/core/promql/types.ts';

const everything = readPromqlOptions([
  'promql-experimental-functions',
  'promql-duration-expr',
  'promql-extended-range-selectors',
  'promql-binop-fill-modifiers',
]);

/** `LINE:COLUMN MESSAGE` of everything wrong with an expression. */
function listErrors(text: string, options = defaultPromqlOptions): string[] {
  return checkPromql(text, options).errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

function assertTypes(table: readonly (readonly [string, PromqlType])[], options = defaultPromqlOptions): void {
  for (const [text, type] of table) assert.deepEqual(checkPromql(text, options), { type, errors: [] }, text);
}

function assertErrors(table: readonly (readonly [string, ...string[]])[], options = defaultPromqlOptions): void {
  for (const [text, ...errors] of table) assert.deepEqual(listErrors(text, options), errors, text);
}

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

describe('checkPromql: selectors', () => {
  it('wants a matcher that an absent label does not fulfil', () => {
    const message = 'want at least one matcher that an empty label does not fulfil';
    for (const text of ['{}', '{a=""}', '{a!="b"}', '{a=~".*"}', '{a!~".+"}', '{""}']) {
      assert.deepEqual(listErrors(text), [`1:1 Invalid selector "${text}": ${message}`]);
    }
    assertTypes([
      ['{a=~".+"}', 'vector'],
      ['{a!=""}', 'vector'],
      ['{a!~"|b"}', 'vector'],
      ['up{a=""}', 'vector'],
    ]);
  });

  it('wants the metric name once and regular expressions that RE2 knows', () => {
    assertErrors([
      ['up{__name__="down"}', '1:1 Invalid selector: the metric name is set twice, to "up" and "down"'],
      ['up{"down"}', '1:1 Invalid selector: the metric name is set twice, to "up" and "down"'],
    ]);
    const [error = ''] = listErrors('up{a=~"(?=b)"}');
    assert.match(error, /^1:4 Invalid matcher a=~"\(\?=b\)": /);
  });

  it('checks ranges, subqueries, offsets and @', () => {
    assertErrors([
      [
        '(a)[5m]',
        '1:4 Invalid range after an expression of type instant vector: want a selector, or a subquery such as [5m:1m]',
      ],
      ['a offset 5m [5m]', '1:13 Invalid range after offset: write the range first, then the offset'],
      ['a @ 5 [5m]', '1:7 Invalid range after @: write the range first, then the @ modifier'],
      ['a[5m][5m:]', '1:1 Invalid subquery over an expression of type range vector: want an instant vector'],
      ['a offset 1m offset 2m', '1:1 Invalid offset: it is set twice on one selector'],
      ['a @ 1 @ 2', '1:1 Invalid @ modifier: it is set twice on one selector'],
      ['a @ Inf', '1:5 Invalid timestamp "Inf" after @: want seconds since 1970 that fit in 64 bits'],
      [
        'rate(a[5m]) offset 1m',
        '1:1 Invalid offset modifier after an expression of type instant vector: it must follow a selector, a range or a subquery',
      ],
    ]);
  });

  it('refuses anchored and smoothed until their feature is on', () => {
    const [error = ''] = listErrors('rate(a[5m] anchored)');
    assert.match(error, /^1:6 Modifier anchored is experimental/);
    assertTypes([['rate(a[5m] anchored) + a smoothed', 'vector']], everything);
    assertErrors(
      [
        ['a[5m] anchored smoothed', '1:1 Invalid modifiers: anchored and smoothed exclude each other'],
        ['a[5m:] anchored', '1:1 Invalid modifier anchored: it must follow a selector or a range'],
      ],
      everything,
    );
  });

  it('checks durations, and arithmetic in them once its feature is on', () => {
    assertErrors([
      ['a[0s]', '1:3 Invalid duration "0s": want one greater than 0'],
      ['a[5m:-1m]', '1:6 Invalid duration "-1m": want one greater than 0'],
      ['a[300y]', '1:3 Cannot parse duration "300y": the duration is out of range'],
      ['a offset 1e10', '1:10 Invalid duration "1e10": it is longer than 292 years'],
      [
        'a[2*5m]',
        '1:3 Invalid duration "2*5m": arithmetic in durations is experimental, enable it with feature promql-duration-expr',
      ],
    ]);
    assertTypes(
      [
        ['a[2*5m+step()] offset -max_of(1m, step())', 'matrix'],
        ['a[MIN_OF(range(), 5m):STEP()]', 'matrix'],
        ['a[-(1m)]', 'matrix'],
      ],
      everything,
    );
    assertErrors(
      [
        ['a[5m/0]', '1:5 Invalid duration: division by zero'],
        ['a[step():5m]', '1:3 Invalid range "step()" of a subquery: want a number before the colon, such as 1*step()'],
        [
          'a offset (5m) - b',
          '1:15 Cannot parse expression: "-" behind "offset (…)" belongs to the duration, put the selector and its offset in parentheses',
        ],
      ],
      everything,
    );
  });
});

describe('checkPromql: what leaves the grammar', () => {
  it('says what was found where, and what could stand there', () => {
    const cannot = 'Cannot parse expression: found';
    assertErrors([
      ['', `1:1 ${cannot} nothing, want an expression`],
      ['# nothing\n', `1:1 ${cannot} nothing, want an expression`],
      ['up{job=api}', `1:8 ${cannot} "api", want a quoted string`],
      ['up{job}', `1:7 ${cannot} "}", want one of =, !=, =~ and !~`],
      ['up{job="a" env="b"}', `1:12 ${cannot} "env", want "," or "}"`],
      ['up{,}', `1:4 ${cannot} ",", want a label matcher or "}"`],
      ['sum by job (up)', `1:8 ${cannot} "job", want "(" with label names`],
      ['sum by (a,,) (up)', `1:11 ${cannot} ",", want a label name or ")"`],
      ['rate(up[5m]', `1:12 ${cannot} its end, want a closing ")"`],
      ['topk(5,)', `1:8 ${cannot} ")", want an argument`],
      ['up +', `1:5 ${cannot} its end, want an expression`],
      ['up + * 2', `1:6 ${cannot} "*", want an expression`],
      ['up down', `1:4 ${cannot} "down", want an operator, a modifier or the end`],
      ['(up))', `1:5 ${cannot} ")", want an operator, a modifier or the end`],
      ['up[5m', `1:6 ${cannot} its end, want a closing "]"`],
      ['up[]', `1:4 ${cannot} "]", want a duration such as 5m`],
      ['up[5m:1m', `1:9 ${cannot} its end, want a closing "]"`],
      ['up offset yesterday', `1:11 ${cannot} "yesterday", want a duration such as 5m`],
      ['up @ now', `1:6 ${cannot} "now", want a timestamp in seconds, start() or end()`],
      ['a + ignoring(b) on(c) d', `1:17 ${cannot} "on", want an expression, group_left or group_right`],
      ['up ! 1', `1:4 ${cannot} character "!" (U+0021) outside of a string`],
    ]);
  });

  it('counts lines, and characters rather than UTF-16 units', () => {
    assertErrors([
      [
        'up{a="😀"}\n  and {b="😀😀"} §',
        '2:16 Cannot parse expression: found character "§" (U+00A7) outside of a string',
      ],
    ]);
  });

  it('finds bad literals', () => {
    const number = 'want for example 1.5, 0x1f or 1h30m';
    assertErrors([
      ['a[5m1]', `1:3 Cannot read number or duration "5m1": ${number}`],
      ['1..2', `1:1 Cannot read number or duration "1..2": ${number}`],
      [
        '1and 2',
        '1:1 Cannot read number "1a": put a blank behind "1"',
        '1:2 Invalid operand of "and" of type scalar: want an instant vector on both sides',
      ],
      ['up{a="b}', '1:6 Cannot read string: it has no closing "'],
      ["up{a='\\d'}", '1:6 Cannot read string: unknown escape sequence "\\d"'],
      ['1e999', '1:1 Cannot read number "1e999": it is too large'],
    ]);
  });
});
