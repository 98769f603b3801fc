import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readNumber, readString } from '../../../../src/core/promql/literals.ts';

describe('readString', () => {
  it('reads every escape sequence of Go', () => {
    assert.deepEqual(readString('"\\a\\b\\f\\n\\r\\t\\v\\\\\\""'), { value: '\x07\b\f\n\r\t\v\\"' });
    assert.deepEqual(readString("'\\''"), { value: "'" });
    assert.deepEqual(readString('"\\x41\\101\\u00e9\\U0001F600"'), { value: 'AAé😀' });
    assert.deepEqual(readString('`\\n "`'), { value: '\\n "' });
  });

  it('joins bytes to UTF-8 and marks those that are none', () => {
    assert.deepEqual(readString('"\\xc3\\xa9"'), { value: 'é' });
    assert.deepEqual(readString('"\\xff"'), { value: '\uFFFD' });
  });

  it('tells what is wrong', () => {
    const problems = {
      '"a': 'it has no closing "',
      '"a\nb"': 'it has no closing " on its line',
      '"\\\'"': 'unknown escape sequence "\\\'"',
      '"\\400"': 'escape sequence "\\400" is no byte',
      '"\\ud800"': 'escape sequence "\\ud800" is no Unicode code point',
      '"\uFFFD"': 'it holds a character that is not valid UTF-8',
    };
    for (const [text, problem] of Object.entries(problems)) {
      assert.deepEqual(readString(text), { problem: `Cannot read string: ${problem}` }, text);
    }
  });
});

describe('readNumber', () => {
  it('reads decimals, hexadecimals, underscores and durations', () => {
    const numbers = {
      '1.5e3': 1500,
      '.5': 0.5,
      '5.': 5,
      '0x1F': 31,
      '0X_1f': 31,
      '1_000': 1000,
      '1h30m': 5400,
      '5ms': 0.005,
    };
    for (const [text, value] of Object.entries(numbers)) assert.deepEqual(readNumber(text), { value }, text);
    assert.deepEqual(readNumber('iNf'), { value: Infinity });
    assert.deepEqual(readNumber('NaN'), { value: NaN });
  });

  it('refuses what is too large or no number', () => {
    for (const text of ['1e400', '0xffffffffffffffffff', '300y', '5m1h', '1__0', 'five']) {
      assert.ok('problem' in readNumber(text), text);
    }
  });
});
