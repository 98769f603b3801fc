import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { parseMatchers } from '../../../../src/core/alertmanager-config/matchers/matchers.ts';
import { createLoadContext } from '../../../../src/core/prometheus-config/load-context.ts';

const context = createLoadContext(Version.parse('0.35.0'), 'utf8');
const read = (input: string): string =>
  parseMatchers(input, context)
    .map(({ name, type, value }) => `${name} ${type} ${value}`)
    .join('; ');

/** What Alertmanager takes them for: the older grammar where it takes the text, the newer one elsewhere. */
const readings: readonly (readonly [input: string, reading: string])[] = [
  ['a=b', 'a = b'],
  [' { a = "b" , c!~"d|e", } ', 'a = b; c !~ d|e'],
  ['a=b c', 'a = b c'],
  ['a="b,c",d!=e', 'a = b,c; d != e'],
  ['a="b\\"c\\\\d\\ne"', 'a = b"c\\d\ne'],
  ['a="\\d"', 'a = \\d'],
  ['a=\\', 'a = \\'],
  ['a=', 'a = '],
  ['a=~x)|(y', 'a =~ x)|(y'],
  ['"a b"="\\u00e9"', 'a b = é'],
  ['""=x', ' = x'],
  ['{}', ''],
  ['', ''],
  ['  ', ''],
  ['{', ''],
  ['a=b}', 'a = b'],
  ['{a=b', 'a = b'],
];

describe('matchers', () => {
  for (const [input, reading] of readings)
    it(JSON.stringify(input), () => {
      assert.equal(read(input), reading);
    });

  for (const input of ['a', 'a=b,,c=d', ',', 'é', 'a b=c', '"a"="\\xff"', 'a=~(', 'a="b"c', 'a=b"', '=', 'a!b'])
    it(`${JSON.stringify(input)} is refused`, () => {
      assert.throws(() => read(input), SyntaxError);
    });
});
