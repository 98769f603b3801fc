import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertErrors, assertTypes, everything, listErrors } from './promql-verdicts.ts';

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
