import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Situations } from '../../../../src/controllers/workload/situations.ts';

describe('situations', () => {
  const verdict = { status: 'False', reason: 'PermissionMissing', message: 'list pods' } as const;

  it('wake the status when something else is told than before, and only then', () => {
    const woken: string[] = [];
    const situations = new Situations((key) => woken.push(key));
    situations.tell('shop/main', 'Contested', undefined);
    assert.deepEqual(woken, []);
    situations.tell('shop/main', 'Contested', verdict);
    situations.tell('shop/main', 'Contested', { ...verdict });
    assert.deepEqual(woken, ['shop/main']);
    situations.tell('shop/main', 'Contested', undefined);
    assert.deepEqual(woken, ['shop/main', 'shop/main']);
  });

  it('are kept apart by workload and condition, until they are forgotten', () => {
    const situations = new Situations(() => undefined);
    situations.tell('shop/main', 'Contested', verdict);
    situations.tell('shop/main', 'Loaded', verdict);
    assert.deepEqual(situations.of('shop/main'), { Contested: verdict, Loaded: verdict });
    assert.deepEqual(situations.of('shop/other'), {});
    situations.forget('shop/main');
    assert.deepEqual(situations.of('shop/main'), {});
  });
});
