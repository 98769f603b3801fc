import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileFieldTerms, parseFieldSelector } from '../../../../../src/core/targets/selectors/field-selector.ts';
import { parseLabelSelector } from '../../../../../src/core/selectors/label-query.ts';

type Labels = Readonly<Record<string, string>>;

describe('parseLabelSelector', () => {
  it('knows all operators', () => {
    const cases: readonly [selector: string, labels: Labels, selected: boolean][] = [
      ['', {}, true],
      ['a=b', { a: 'b' }, true],
      ['a==b', { a: 'c' }, false],
      ['a!=b', {}, true],
      ['a!=b', { a: 'b' }, false],
      ['a in (x, y)', { a: 'y' }, true],
      ['a in (x,y)', {}, false],
      ['a notin (x,y)', {}, true],
      ['a notin (x,y)', { a: 'x' }, false],
      ['a', { a: '' }, true],
      ['!a', { a: '' }, false],
      ['!a', {}, true],
      ['a=', { a: '' }, true],
      ['a=', {}, false],
      ['a>1', { a: '2' }, true],
      ['a gt 1', { a: 'x' }, false],
      ['a < 1', { a: '-5' }, true],
      ['a lt 1', {}, false],
      ['a in (,x)', { a: '' }, true],
      ['app.kubernetes.io/name=web,tier', { 'app.kubernetes.io/name': 'web', tier: '' }, true],
      ['app.kubernetes.io/name=web,tier', { 'app.kubernetes.io/name': 'web' }, false],
      ['in', { in: '' }, true],
    ];
    for (const [selector, labels, selected] of cases)
      assert.equal(parseLabelSelector(selector)(labels), selected, `${selector} on ${JSON.stringify(labels)}`);
  });

  it('refuses what the API server refuses', () => {
    for (const selector of [
      'a b',
      ',',
      'a,',
      'a in',
      'a in x',
      'a in (x',
      'a in (x y)',
      '!',
      '=b',
      'a>b',
      'a=b=c',
      '-a',
      'a=-b',
    ])
      assert.throws(() => parseLabelSelector(selector), SyntaxError, selector);
    assert.throws(() => parseLabelSelector('a b'), {
      message: "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
    });
    assert.doesNotThrow(() => parseLabelSelector('a in ()'));
  });
});

describe('parseFieldSelector', () => {
  const pod = { metadata: { name: 'p', namespace: 'n' }, spec: { nodeName: 'a,b' }, status: { phase: 'Running' } };
  const selects = (text: string): boolean => compileFieldTerms('pod', parseFieldSelector(text))(pod);

  it('compares fields, with escapes', () => {
    assert.equal(selects('spec.nodeName=a\\,b,status.phase!=Failed'), true);
    assert.equal(selects('metadata.name==q'), false);
    assert.equal(selects(',,'), true);
    assert.equal(selects('spec.hostNetwork=false'), true);
  });

  it('refuses what cannot be understood, and fields that are not served', () => {
    assert.throws(() => parseFieldSelector('metadata.status-Running'), {
      message: "invalid selector: 'metadata.status-Running'; can't understand 'metadata.status-Running'",
    });
    assert.throws(() => parseFieldSelector('a=b=c'), {
      message: 'invalid field selector: unescaped character in value: 61',
    });
    assert.throws(() => selects('metadata.status=Running'), RangeError);
    assert.throws(() => compileFieldTerms('ingress', parseFieldSelector('spec.type=a')), RangeError);
  });
});
