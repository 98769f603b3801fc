import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstFinding } from '../../../../src/core/findings.ts';
import {
  checkLabelSelector,
  compileLabelSelector,
  writeLabelSelector,
} from '../../../../src/core/selectors/label-selector.ts';

const one = (key: string, operator: string, ...values: string[]) => ({ matchExpressions: [{ key, operator, values }] });

describe('compileLabelSelector()', () => {
  it('matches everything with an empty selector', () => {
    assert.ok(compileLabelSelector({})({}));
  });

  it('follows each operator, missing labels included', () => {
    const cases: [object, Record<string, string>, boolean][] = [
      [{ matchLabels: { a: '1' } }, { a: '1', b: '2' }, true],
      [{ matchLabels: { a: '' } }, {}, false],
      [one('a', 'In', '1', '2'), { a: '2' }, true],
      [one('a', 'In', ''), {}, false],
      [one('a', 'NotIn', '1'), { a: '1' }, false],
      [one('a', 'NotIn', '1'), {}, true],
      [one('a', 'Exists'), { a: '' }, true],
      [one('a', 'Exists'), { b: '' }, false],
      [one('a', 'DoesNotExist'), { a: '' }, false],
      [one('toString', 'DoesNotExist'), {}, true],
    ];
    for (const [selector, labels, expected] of cases)
      assert.equal(compileLabelSelector(selector)(labels), expected, JSON.stringify([selector, labels]));
  });
});

describe('checkLabelSelector()', () => {
  it('names the field that Kubernetes would refuse', () => {
    const fields = (selector: object): string | undefined => firstFinding(checkLabelSelector(selector, 's'))?.field;
    assert.equal(fields({ matchLabels: { 'a b': 'x' } }), 's.matchLabels');
    assert.equal(fields({ matchLabels: { a: 'x y' } }), 's.matchLabels.a');
    assert.equal(fields(one('a', 'Like', 'x')), 's.matchExpressions[0].operator');
    assert.equal(fields(one('a', 'In')), 's.matchExpressions[0].values');
    assert.equal(fields(one('a', 'Exists', 'x')), 's.matchExpressions[0].values');
    assert.equal(fields(one('x/y/z', 'Exists')), 's.matchExpressions[0].key');
    assert.equal(fields(one('-a.b/c', 'Exists')), 's.matchExpressions[0].key');
    assert.equal(fields(one('a', 'In', '-')), 's.matchExpressions[0].values');
    assert.equal(fields({ ...one('example.com/a', 'In', 'b_c', ''), matchLabels: { 'k8s.io/a-b': '' } }), undefined);
  });
});

describe('writeLabelSelector()', () => {
  it('sorts terms by key and values by bytes', () => {
    const matchExpressions = [
      { key: 'd', operator: 'In', values: ['y', 'x'] },
      { key: 'a', operator: 'NotIn', values: ['1'] },
      { key: 'e', operator: 'Exists' },
      { key: 'b', operator: 'DoesNotExist' },
    ];
    assert.equal(writeLabelSelector({ matchLabels: { c: '1' }, matchExpressions }), 'a notin (1),!b,c=1,d in (x,y),e');
    assert.equal(writeLabelSelector({}), '');
  });
});
