import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ObjectEvent } from '../../../src/sandbox/api.ts';
import { createFaults } from '../../../src/sandbox/faults/faults.ts';
import type { FaultRequest } from '../../../src/sandbox/faults/hook.ts';
import { conflict, internalError, tooManyRequests } from '../../../src/sandbox/faults/refusals.ts';

const request = (change: Partial<FaultRequest> = {}): FaultRequest => ({
  verb: 'update',
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  namespace: 'monitoring',
  name: 'web',
  ...change,
});

const event = (type: 'ADDED' | 'DELETED', name: string): ObjectEvent => ({
  type,
  object: { apiVersion: 'v1', kind: 'Secret', metadata: { name } },
});

describe('faults', () => {
  it('spoil nothing without rules', () => {
    const { hook } = createFaults();
    assert.equal(hook.onRequest(request()), undefined);
    assert.equal(hook.onWatchEvent(request({ verb: 'watch' }), event('ADDED', 'a')), undefined);
  });

  it('match by verb, group, resource, subresource, namespace, name and predicate', () => {
    const faults = createFaults();
    faults.add({
      fault: conflict,
      match: {
        verb: ['update', 'patch'],
        group: 'apps',
        resource: 'statefulsets',
        subresource: '',
        namespace: 'monitoring',
        name: 'web',
        when: ({ version }) => version === 'v1',
      },
    });
    const changes: Partial<FaultRequest>[] = [
      { verb: 'get' },
      { group: '' },
      { resource: 'deployments' },
      { subresource: 'status' },
      { namespace: 'other' },
      { name: 'other' },
      { version: 'v2' },
    ];
    for (const change of changes)
      assert.equal(faults.hook.onRequest(request(change)), undefined, JSON.stringify(change));
    assert.equal(faults.hook.onRequest(request()), conflict);
    assert.equal(faults.hook.onRequest(request({ verb: 'patch' })), conflict);
  });

  it('skip the first requests, spoil the given number and then let all pass', () => {
    const faults = createFaults();
    const rule = faults.add({ fault: internalError, skip: 1, times: 2 });
    const seen = Array.from({ length: 5 }, () => faults.hook.onRequest(request()) === internalError);
    assert.deepEqual(seen, [false, true, true, false, false]);
    assert.deepEqual([rule.hits, faults.hits], [2, 2]);
  });

  it('take the first added rule that is not used up', () => {
    const faults = createFaults();
    faults.add({ fault: conflict, times: 1 });
    faults.add({ fault: tooManyRequests(3) });
    const seen = [faults.hook.onRequest(request()), faults.hook.onRequest(request())];
    assert.deepEqual(seen, [conflict, tooManyRequests(3)]);
  });

  it('end with remove and clear, and the counts stay', () => {
    const faults = createFaults();
    const first = faults.add({ fault: conflict });
    faults.hook.onRequest(request());
    first.remove();
    assert.equal(faults.hook.onRequest(request()), undefined);
    faults.add({ fault: conflict });
    faults.clear();
    assert.equal(faults.hook.onRequest(request()), undefined);
    assert.deepEqual([first.hits, faults.hits], [1, 1]);
  });

  it('of watches look at the event, and leave requests alone', () => {
    const faults = createFaults();
    const watch = request({ verb: 'watch', resource: 'secrets' });
    faults.add({
      match: { resource: 'secrets' },
      watch: { kind: 'drop' },
      event: { type: 'DELETED', name: 'a' },
      times: 1,
    });
    assert.equal(faults.hook.onRequest(watch), undefined);
    assert.equal(faults.hook.onWatchEvent(watch, event('ADDED', 'a')), undefined);
    assert.equal(faults.hook.onWatchEvent(watch, event('DELETED', 'b')), undefined);
    assert.equal(faults.hook.onWatchEvent(request({ verb: 'watch' }), event('DELETED', 'a')), undefined);
    assert.deepEqual(faults.hook.onWatchEvent(watch, event('DELETED', 'a')), { kind: 'drop' });
    assert.equal(faults.hook.onWatchEvent(watch, event('DELETED', 'a')), undefined);
  });
});
