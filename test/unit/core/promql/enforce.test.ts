import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enforceLabel } from '../../../../src/core/promql/enforce.ts';
import { defaultPromqlOptions } from '../../../../src/core/promql/types.ts';

function enforce(text: string, name = 'ns', value = 'team'): string {
  const enforced = enforceLabel(text, { name, value }, defaultPromqlOptions);
  return 'text' in enforced ? enforced.text : `error: ${enforced.errors[0]?.message ?? ''}`;
}

describe('enforceLabel', () => {
  it('adds the matcher to every selector, wherever it stands', () => {
    assert.equal(
      enforce('sum(rate(a[5m])) / on(x) b{c="d"} offset 1h > topk(scalar(e), {f="g"})'),
      'sum(rate(a{ns="team"}[5m])) / on(x) b{c="d",ns="team"} offset 1h > topk(scalar(e{ns="team"}), {f="g",ns="team"})',
    );
    assert.equal(enforce('a{} + {"b.c"}'), 'a{ns="team"} + {"b.c",ns="team"}');
    assert.equal(enforce('max_over_time(a[5m:1m])'), 'max_over_time(a{ns="team"}[5m:1m])');
    assert.equal(enforce('1 + time()'), '1 + time()');
  });

  it('replaces matchers on the label, whatever they want', () => {
    assert.equal(enforce('a{ns="other",b="c",ns!~"x.*"}'), 'a{b="c",ns="team"}');
    assert.equal(enforce('a{"ns"=~".*"}'), 'a{ns="team"}');
    assert.equal(enforce('a{ns="team"}'), 'a{ns="team"}');
  });

  it('keeps the rest of the text, comments and commas included', () => {
    assert.equal(enforce('a { # c\n b="d" , # e\n }  +  5.'), 'a { # c\n b="d",ns="team" , # e\n }  +  5.');
  });

  it('quotes names and values that need it', () => {
    assert.equal(enforce('a', 'k8s.ns', 'x"y'), 'a{"k8s.ns"="x\\"y"}');
  });

  it('gives the errors of what is no expression, and of what needs a feature', () => {
    assert.equal(enforce('a{b="c"'), 'error: Cannot parse expression: found its end, want a closing "}"');
    assert.match(enforce('limitk(1, a)'), /is experimental/);
  });
});
