import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPath, showPath } from '../../../../src/core/explain/model.ts';
import {
  compareClauses,
  findNearest,
  isNearMiss,
  showSelector,
} from '../../../../src/core/explain/selector-clauses.ts';

const selector = {
  matchLabels: { app: 'checkout' },
  matchExpressions: [
    { key: 'tier', operator: 'In', values: ['edge', 'backend'] },
    { key: 'legacy', operator: 'DoesNotExist' },
    { key: 'env', operator: 'NotIn', values: ['test'] },
    { key: 'team', operator: 'Exists' },
  ],
};

describe('clauses of a selector', () => {
  it('are held against labels one by one, with what is there and what would do', () => {
    const clauses = compareClauses(selector, { app: 'cart', tier: 'backend', legacy: 'yes', env: 'test' });
    const shown = clauses.map(({ text, holds, found, wanted }) => [text, holds, found, wanted]);
    assert.deepEqual(shown, [
      ['app=checkout', false, 'app=cart', 'checkout'],
      ['tier in (edge,backend)', true, 'tier=backend', 'edge'],
      ['!legacy', false, 'legacy=yes', undefined],
      ['env notin (test)', false, 'env=test', undefined],
      ['team', false, 'no team', 'true'],
    ]);
  });

  it('are shown as one, and the empty selector says that it takes everything', () => {
    assert.equal(showSelector(selector), '{app=checkout, tier in (edge,backend), !legacy, env notin (test), team}');
    assert.equal(showSelector({}), '{} (everything)');
  });

  it('do not take labels of the prototype for labels', () => {
    const [clause] = compareClauses({ matchLabels: { constructor: 'x' } }, {});
    assert.deepEqual([clause?.holds, clause?.found], [false, 'no constructor']);
  });

  it('find the nearest candidate, and tell a slip of the pen from something else', () => {
    const wanted = { matchLabels: { app: 'chekout' } };
    const make = (app: string) => ({ metadata: { name: app, labels: { app } } });
    const near = findNearest(wanted, [make('checkout')]);
    const far = findNearest(wanted, [make('grafana')]);
    assert.ok(near !== undefined && far !== undefined);
    assert.deepEqual([isNearMiss(near), isNearMiss(far)], [true, false]);
    assert.equal(findNearest(wanted, []), undefined);
  });
});

describe('paths of fields', () => {
  it('are written and read back', () => {
    const path = ['spec', 'endpoints', 0, 'relabelings', 2, 'regex'];
    assert.equal(showPath(path), 'spec.endpoints[0].relabelings[2].regex');
    assert.deepEqual(readPath(showPath(path)), path);
    assert.equal(
      showPath(['metadata', 'labels', 'app.kubernetes.io/name']),
      'metadata.labels["app.kubernetes.io/name"]',
    );
  });
});
