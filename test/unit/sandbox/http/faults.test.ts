import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EventFate, Fault, RequestFacts } from '../../../../src/sandbox/fault-hook.ts';
import { World, configMap, configMaps } from '../harness.ts';

const faultOn = (verb: string, fault: Fault) => ({
  before: (request: RequestFacts) => (request.verb === verb ? fault : undefined),
});

describe('the fault hook', () => {
  it('is told what a request is', async () => {
    const seen: RequestFacts[] = [];
    const world = new World({ faults: { before: (request) => void seen.push(request) } });
    await world.send('GET', '/apis/apps/v1/namespaces/default/statefulsets/a/scale?x=1');
    const [{ group, version, resource, namespace, name, subresource, query, userAgent, verb } = {} as RequestFacts] =
      seen;
    assert.deepEqual(
      { group, version, resource, namespace, name, subresource, query, userAgent, verb },
      {
        group: 'apps',
        version: 'v1',
        resource: 'statefulsets',
        namespace: 'default',
        name: 'a',
        subresource: 'scale',
        query: { x: '1' },
        userAgent: 'tester/1',
        verb: 'get',
      },
    );
  });

  it('answers in place of the server, which does nothing', async () => {
    const fault: Fault = { kind: 'status', code: 429, reason: 'TooManyRequests', headers: { 'retry-after': '7' } };
    const world = new World({ faults: faultOn('create', fault) });
    const { status, headers, body } = await world.send('POST', configMaps, configMap('a'));
    assert.deepEqual([status, headers['retry-after'], body.reason], [429, '7', 'TooManyRequests']);
    assert.equal((await world.send('GET', `${configMaps}/a`)).status, 404);
  });

  it('loses an answer after the write', async () => {
    const world = new World({ faults: faultOn('create', { kind: 'hang', afterAnswer: true }) });
    let answered = false;
    void world.send('POST', configMaps, configMap('a')).then(() => (answered = true));
    await world.clock.advance(60_000);
    assert.deepEqual([answered, (await world.send('GET', `${configMaps}/a`)).status], [false, 200]);
  });

  it('cuts a connection at once or in the middle of an answer', async () => {
    const before = new World({ faults: faultOn('create', { kind: 'reset' }) });
    await assert.rejects(before.send('POST', configMaps, configMap('a')), /aborted/);
    assert.equal((await before.send('GET', `${configMaps}/a`)).status, 404);
    const world = new World({ faults: faultOn('watch', { kind: 'reset', afterBytes: 30 }) });
    const watch = await world.watch(`${configMaps}?watch=true`);
    await world.send('POST', configMaps, configMap('a'));
    assert.deepEqual([watch.lines.join('').length, watch.ended], [30, 'abort']);
  });

  it('leaves nothing running behind a stream that was cut while it began', async () => {
    const world = new World({ faults: faultOn('watch', { kind: 'reset', afterBytes: 10 }) });
    await world.send('POST', configMaps, configMap('a'));
    const watch = await world.watch(`${configMaps}?watch=true&allowWatchBookmarks=true`);
    assert.deepEqual([watch.ended, world.clock.pending], ['abort', 0]);
  });

  it('makes answers and events late, in order', async () => {
    const world = new World({ faults: faultOn('watch', { kind: 'slow', delayMs: 500 }) });
    const opening = world.watch(`${configMaps}?watch=true`);
    await world.clock.advance(500);
    const watch = await opening;
    for (const name of ['a', 'b']) await world.send('POST', configMaps, configMap(name));
    await world.clock.advance(499);
    assert.deepEqual(watch.events, []);
    await world.clock.advance(1);
    assert.deepEqual(watch.events, ['ADDED a', 'ADDED b']);
  });

  const fates: readonly [EventFate, string[], string][] = [
    ['send', ['ADDED a', 'ADDED b', 'ADDED c'], 'no'],
    ['drop', ['ADDED a', 'ADDED c'], 'no'],
    ['end', ['ADDED a'], 'end'],
    ['expire', ['ADDED a', 'ERROR 410'], 'end'],
  ];
  for (const [fate, events, ended] of fates) {
    it(`can ${fate} an event`, async () => {
      const world = new World({
        faults: { before: () => undefined, onEvent: (_, { name }) => (name === 'b' ? fate : 'send') },
      });
      const watch = await world.watch(`${configMaps}?watch=true`);
      for (const name of ['a', 'b', 'c']) await world.send('POST', configMaps, configMap(name));
      assert.deepEqual([watch.events, watch.ended], [events, ended]);
    });
  }

  it('can reset a stream in the middle of an event, also of the first ones', async () => {
    const world = new World({ faults: { before: () => undefined, onEvent: () => 'reset' } });
    await world.send('POST', configMaps, configMap('a'));
    const watch = await world.watch(`${configMaps}?watch=true`);
    assert.deepEqual([watch.ended, watch.lines.length, watch.lines[0]?.endsWith('\n')], ['abort', 1, false]);
  });
});
