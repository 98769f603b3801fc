import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listRoutes } from '../../../../src/core/plan/route-list.ts';

describe('routes by their names', () => {
  it('has the matchers on the way and the receiver, that of the parent where it has none', () => {
    const routes = listRoutes({
      receiver: 'all',
      routes: [
        { matchers: ['team="a"', 'env!="dev"'], routes: [{ match: { severity: 'critical' }, receiver: 'pager' }] },
        { match_re: { team: 'b|c' }, receiver: 'chat' },
      ],
    });
    assert.deepEqual(
      [...routes.keys()],
      [
        'top to all',
        '{team="a", env!="dev"} to all',
        '{team="a", env!="dev"} {severity="critical"} to pager',
        '{team=~"b|c"} to chat',
      ],
    );
    assert.deepEqual(routes.get('{team="a", env!="dev"} to all'), { matchers: ['team="a"', 'env!="dev"'] });
  });

  it('numbers those that are called the same', () => {
    const twice = { receiver: 'a', matchers: ['x="y"'] };
    assert.deepEqual([...listRoutes({ receiver: 'a', routes: [twice, twice] }).keys()].slice(1), [
      '{x="y"} to a',
      '{x="y"} to a (2)',
    ]);
  });

  it('has none where there is no tree', () => {
    for (const root of [undefined, null, 'x', []]) assert.equal(listRoutes(root).size, 0);
  });
});
