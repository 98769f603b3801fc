import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EventFacts, RequestFacts } from '../../../../src/sandbox/fault-hook.ts';
import type { Faults } from '../../../../src/sandbox/faults/faults.ts';
import { createFaults } from '../../../../src/sandbox/faults/faults.ts';
import {
  conflict,
  expired,
  forbidden,
  internalError,
  tooManyRequests,
  unavailable,
} from '../../../../src/sandbox/faults/refusals.ts';

const request = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  verb: 'update',
  method: 'PUT',
  path: '/apis/apps/v1/namespaces/monitoring/statefulsets/web',
  query: {},
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  subresource: '',
  namespace: 'monitoring',
  name: 'web',
  user: 'admin',
  userAgent: 'test',
  ...change,
});

const event = (type: string, name: string): EventFacts => ({
  type,
  name,
  namespace: 'monitoring',
  resourceVersion: '7',
});
const fateOf = ({ hook }: Faults, watch: RequestFacts, facts: EventFacts) => hook.onEvent?.(watch, facts);

describe('faults', () => {
  it('spoil nothing without rules', () => {
    const faults = createFaults();
    assert.equal(faults.hook.before(request()), undefined);
    assert.equal(fateOf(faults, request({ verb: 'watch' }), event('ADDED', 'a')), 'send');
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
    const changes: Partial<RequestFacts>[] = [
      { verb: 'get' },
      { group: '' },
      { resource: 'deployments' },
      { subresource: 'status' },
      { namespace: 'other' },
      { name: 'other' },
      { version: 'v2' },
    ];
    for (const change of changes) assert.equal(faults.hook.before(request(change)), undefined, JSON.stringify(change));
    assert.equal(faults.hook.before(request()), conflict);
    assert.equal(faults.hook.before(request({ verb: 'patch' })), conflict);
  });

  it('skip the first requests, spoil the given number and then let all pass', () => {
    const faults = createFaults();
    const rule = faults.add({ fault: internalError, skip: 1, times: 2 });
    const seen = Array.from({ length: 5 }, () => faults.hook.before(request()) === internalError);
    assert.deepEqual(seen, [false, true, true, false, false]);
    assert.deepEqual([rule.hits, faults.hits], [2, 2]);
  });

  it('take the first added rule that is not used up', () => {
    const faults = createFaults();
    faults.add({ fault: conflict, times: 1 });
    faults.add({ fault: tooManyRequests(3) });
    assert.deepEqual([faults.hook.before(request()), faults.hook.before(request())], [conflict, tooManyRequests(3)]);
  });

  it('end with remove and clear, and the counts stay', () => {
    const faults = createFaults();
    const first = faults.add({ fault: conflict });
    faults.hook.before(request());
    first.remove();
    first.remove();
    assert.equal(faults.hook.before(request()), undefined);
    faults.add({ fault: conflict });
    faults.clear();
    assert.equal(faults.hook.before(request()), undefined);
    assert.deepEqual([first.hits, faults.hits], [1, 1]);
  });

  it('of watches look at the event, and leave requests alone', () => {
    const faults = createFaults();
    const watch = request({ verb: 'watch', resource: 'secrets' });
    faults.add({ match: { resource: 'secrets' }, fate: 'drop', event: { type: 'DELETED', name: 'a' }, times: 1 });
    assert.equal(faults.hook.before(watch), undefined);
    assert.equal(fateOf(faults, watch, event('ADDED', 'a')), 'send');
    assert.equal(fateOf(faults, watch, event('DELETED', 'b')), 'send');
    assert.equal(fateOf(faults, request({ verb: 'watch' }), event('DELETED', 'a')), 'send');
    assert.equal(fateOf(faults, watch, event('DELETED', 'a')), 'drop');
    assert.equal(fateOf(faults, watch, event('DELETED', 'a')), 'send');
  });

  it('have refusals with the codes and reasons of Kubernetes', () => {
    const all = [conflict, expired, internalError, unavailable, tooManyRequests(5), forbidden('no')];
    const codes = all.map((fault) => (fault.kind === 'status' ? `${fault.code} ${fault.reason ?? ''}` : fault.kind));
    const wanted = ['409 Conflict', '410 Expired', '500 InternalError', '503 ServiceUnavailable'];
    assert.deepEqual(codes, [...wanted, '429 TooManyRequests', '403 Forbidden']);
    const limited = tooManyRequests(5);
    assert.deepEqual(limited.kind === 'status' ? limited.headers : {}, { 'retry-after': '5' });
  });
});
