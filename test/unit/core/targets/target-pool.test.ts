import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TargetPool } from '../../../../src/core/targets/target-pool.ts';
import { compile, group, rule } from './job.ts';

describe('TargetPool', () => {
  const origin = {};

  it('makes one target of equal ones and shows the last as discovered', () => {
    const pool = new TargetPool(compile());
    pool.set(
      origin,
      'a',
      group('a', [
        { __address__: 'h:1', __meta_n: '1' },
        { __address__: 'h:1', __meta_n: '2' },
      ]),
    );
    pool.set(origin, 'b', group('b', [{ __address__: 'h:2' }]));
    const { active, dropped, failed } = pool.list();
    assert.deepEqual([active.length, dropped.length, failed.length], [2, 0, 0]);
    const last = active[0]?.discovered.at(-1);
    assert.ok(last);
    assert.equal(pool.describeDiscovered(last).get('__meta_n'), '2');
    assert.equal(pool.discoveredCount, 3);
  });

  it('keeps targets apart that differ in a reserved label', () => {
    const pool = new TargetPool(compile());
    pool.set(
      origin,
      'a',
      group('a', [
        { __address__: 'h:1', __tmp_x: '1' },
        { __address__: 'h:1', __tmp_x: '2' },
      ]),
    );
    assert.equal(pool.list().active.length, 2);
  });

  it('replaces and removes groups by key', () => {
    const pool = new TargetPool(compile());
    pool.set(origin, 'a', group('a', [{ __address__: 'h:1' }, { __address__: 'h:2' }]));
    pool.set(origin, 'a', group('a', [{ __address__: 'h:3' }]));
    assert.deepEqual(
      pool.list().active.map(({ labels }) => labels.get('instance')),
      ['h:3'],
    );
    pool.set(origin, 'a', undefined);
    assert.deepEqual(pool.list().active, []);
    assert.equal(pool.discoveredCount, 0);
  });

  it('relabels only groups that are new', () => {
    const pool = new TargetPool(compile());
    const kept = group('a', [{ __address__: 'h:1' }]);
    pool.replace(
      origin,
      new Map([
        ['a', kept],
        ['b', group('b', [{ __address__: 'h:2' }])],
      ]),
    );
    const before = pool.list();
    pool.replace(origin, new Map([['a', kept]]));
    assert.equal(pool.list().active.length, 1);
    assert.equal(pool.list().active[0]?.labels, before.active[0]?.labels);
    const after = pool.list();
    pool.replace(origin, new Map([['a', kept]]));
    assert.equal(pool.list(), after);
  });

  it('keeps the sources of several origins apart', () => {
    const pool = new TargetPool(compile());
    pool.set(origin, '0', group('0', [{ __address__: 'h:1' }]));
    const other = {};
    pool.set(other, '0', group('0', [{ __address__: 'h:2' }]));
    assert.equal(pool.list().active.length, 2);
    pool.forgetOrigin(other);
    assert.deepEqual(
      pool.list().active.map(({ labels }) => labels.get('instance')),
      ['h:1'],
    );
  });

  it('counts unique targets against the limit', () => {
    const pool = new TargetPool(compile({ targetLimit: 1 }));
    pool.set(origin, 'a', group('a', [{ __address__: 'h:1' }, { __address__: 'h:1' }]));
    assert.equal(pool.exceedsTargetLimit, false);
    pool.set(origin, 'b', group('b', [{ __address__: 'h:2' }]));
    assert.equal(pool.exceedsTargetLimit, true);
  });

  it('tells dropped and failed targets apart, with rule and reason', () => {
    const pool = new TargetPool(compile({ relabelRules: [rule({ action: 'drop', sourceLabels: ['d'], regex: 'y' })] }));
    pool.set(origin, 'a', group('a', [{ __address__: 'h:1', d: 'y' }, { d: 'n' }]));
    const { active, dropped, failed } = pool.list();
    assert.deepEqual([active.length, dropped[0]?.rule, failed[0]?.failure.reason], [0, 0, 'NoAddress']);
    assert.equal(failed[0]?.index, 1);
  });
});
