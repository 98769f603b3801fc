import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSameExpression } from '../../../../src/core/promql/same-expression.ts';

describe('An expression as it is written and as Prometheus prints it', () => {
  /** As Prometheus 3.15.0 printed them. */
  const printed: readonly (readonly [written: string, printed: string])[] = [
    [`SUM(rate(x{a='b', c=~"d",}[300s])) by (job,) > bool 1e3`, 'sum by (job) (rate(x{a="b",c=~"d"}[5m])) > bool 1000'],
    ['a and on() vector(0x10) # why', 'a and on () vector(16)'],
    ['sum by () (x)', 'sum(x)'],
    ['a * ignoring() b', 'a * b'],
    ['-foo offset 90m @ end() ^ 2', '-foo @ end() offset 1h30m ^ 2'],
    ['x{}', 'x'],
    ['foo @ 3.3335', 'foo @ 3.334'],
    ['0755', '493'],
    ['{"up", "a.b"=~`x\\d`}', '{"up","a.b"=~"x\\\\d"}'],
    ['a + +1', 'a + 1'],
  ];
  for (const [written, text] of printed)
    it(`is the same: ${written}`, () => assert.equal(isSameExpression(written, text), true));

  const others: readonly (readonly [string, string])[] = [
    ['a - b', 'b - a'],
    ['sum by (a) (x)', 'sum without (a) (x)'],
    ['sum by (a) (x)', 'sum(x)'],
    ['rate(x[5m])', 'rate(x[6m])'],
    ['x{a="b"}', 'x{a!="b"}'],
    ['a * on () b', 'a * b'],
    ['-a', 'a'],
    ['(a)', 'a'],
    ['x @ start()', 'x @ end()'],
    ['a == b', 'a == bool b'],
  ];
  for (const [one, other] of others)
    it(`is another: ${one}, ${other}`, () => assert.equal(isSameExpression(one, other), false));

  it('is not called another where it is printed as only a later version does', () => {
    assert.equal(isSameExpression('a', 'a §§ b'), true);
  });
});
