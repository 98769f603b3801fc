import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAndCheck } from '../../../../src/core/promql/check-promql.ts';
import { canGive, listSelectors } from '../../../../src/core/promql/emptiness.ts';
import { readPromqlOptions } from '../../../../src/core/promql/types.ts';
import type { Expression } from '../../../../src/core/promql/emptiness.ts';

const options = readPromqlOptions(['promql-experimental-functions', 'promql-binop-fill-modifiers']);

function parse(text: string): Expression {
  const { expression: node, errors } = parseAndCheck(text, options);
  assert.deepEqual(errors, [], text);
  assert.ok(node !== undefined);
  return { text, node };
}

/** The metric "none" has no series. */
const gives = (text: string): boolean =>
  canGive(parse(text), ({ matchers }) => !matchers.some(({ value }) => value === 'none'));

describe('canGive', () => {
  for (const text of [
    ...['none + a', 'a + none', 'none > 1', 'none and a', 'none unless a', 'a and none', '-none', '(none)'],
    ...[
      'sum by (job) (rate(none{job="x"}[5m])) > 0',
      'topk(5, none)',
      'quantile(0.9, none)',
      'count_values("x", none)',
    ],
    ...['none offset 5m', 'none @ 100', 'min_over_time((none > 1)[5m:1m])', 'histogram_quantile(0.9, none)'],
    ...['label_replace(none, "a", "b", "c", "d")', 'vector(1) + none', 'none or none', 'count(none)', 'info(none)'],
  ])
    it(`nothing: ${text}`, () => assert.equal(gives(text), false));

  for (const text of [
    ...['a', 'none or a', 'a or none', 'a unless none', 'absent(none)', 'absent_over_time(none[5m])', 'scalar(none)'],
    ...['vector(1)', 'time() > bool 1', '(none or a) and on() vector(1)', 'none + fill(0) a', 'day_of_week() == 1'],
    ...['{"a", x=~"y"}', '1 + a', 'sum(none) or vector(0)'],
  ])
    it(`something: ${text}`, () => assert.equal(gives(text), true));

  it('walks chains of any length', () => {
    const chain = Array.from({ length: 2000 }, () => 'none').join(' or ');
    assert.equal(gives(chain), false);
    assert.equal(gives(`${chain} or a`), true);
  });
});

describe('listSelectors', () => {
  it('reads names and matchers however they are written', () => {
    const [first, second, third] = listSelectors(parse(`a{b!="c"} + {"d.e", 'f'=~"g|h"} + absent(i{j!~"k"})`));
    const show = (selector: typeof first) =>
      selector?.matchers.map(({ name, operator, value }) => `${name}${operator}${value}`);
    assert.deepEqual(show(first), ['__name__=a', 'b!=c']);
    assert.deepEqual(show(second), ['__name__=d.e', 'f=~g|h']);
    assert.deepEqual(show(third), ['__name__=i', 'j!~k']);
    assert.deepEqual([first?.isAbsence, third?.isAbsence], [false, true]);
  });
});
