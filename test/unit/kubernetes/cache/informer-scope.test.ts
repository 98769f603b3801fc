import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { makeHarness, thingType } from './informer-harness.ts';
import { fail, makeList, makeObject, missing } from './scripted-client.ts';

const namespaceType: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

describe('scope', () => {
  it('of some namespaces is one watch each, and a relist of one leaves the other alone', async () => {
    const { client, clock, told, informer, start, stop } = makeHarness({
      scope: { kind: 'namespaces', names: ['a', 'b', 'a'] },
    });
    client.lists = [makeList(10, makeObject('a/x', 1)), makeList(10, makeObject('b/y', 2)), makeList(20)];
    await start();
    assert.deepEqual(client.calls.toSorted(), [
      'list a',
      'list b',
      'watch a 10',
      'watch a initial',
      'watch b 10',
      'watch b initial',
    ]);
    client.watches[0]?.push(fail(410));
    await clock.advance(800);
    assert.deepEqual(told, ['initial a/x@1', 'initial b/y@2', 'tombstone a/x@1']);
    assert.deepEqual(informer.store.list('b').length, 1);
    assert.deepEqual(informer.store.list('a'), []);
    await stop();
  });

  it('is synced only when each namespace is', async () => {
    const { client, clock, informer, start, stop } = makeHarness({ scope: { kind: 'namespaces', names: ['a', 'b'] } });
    client.lists = [makeList(10), fail(500), makeList(10)];
    await start();
    assert.equal(informer.hasSynced(), false);
    await clock.advance(800);
    assert.equal(informer.hasSynced(), true);
    await stop();
  });

  it('without namespaces is synced and empty', async () => {
    const { client, informer, start, stop } = makeHarness({ scope: { kind: 'namespaces', names: [] } });
    await start();
    assert.deepEqual([informer.hasSynced(), informer.store.list(), client.calls], [true, [], []]);
    await stop();
  });

  it('denies namespaces by field selector, and by itself when the server does not', async () => {
    const { client, stored, settle, start, stop } = makeHarness({
      scope: { kind: 'cluster', denied: ['kube-system', 'secret'] },
      fieldSelector: 'type!=x',
      labelSelector: 'a=b',
    });
    client.lists = [makeList(10, makeObject('a/x', 1), makeObject('secret/y', 2))];
    await start();
    const selector = 'type!=x,metadata.namespace!=kube-system,metadata.namespace!=secret';
    assert.deepEqual([client.listOptions[0]?.fieldSelector, client.listOptions[0]?.labelSelector], [selector, 'a=b']);
    assert.equal(client.lastWatch.options.fieldSelector, selector);
    client.lastWatch.send('ADDED', makeObject('secret/z', 11));
    await settle();
    assert.deepEqual(stored(), ['a/x']);
    await stop();
  });

  it('covers Namespaces by their names', async () => {
    const denied = makeHarness({ type: namespaceType, scope: { kind: 'cluster', denied: ['b'] } });
    denied.client.lists = [makeList(10, makeObject('a', 1), makeObject('b', 2))];
    await denied.start();
    assert.equal(denied.client.listOptions[0]?.fieldSelector, 'metadata.name!=b');
    assert.deepEqual(denied.stored(), ['a']);
    await denied.stop();
    const allowed = makeHarness({ type: namespaceType, scope: { kind: 'namespaces', names: ['a'] } });
    allowed.client.lists = [makeList(10, makeObject('a', 1))];
    await allowed.start();
    assert.equal(allowed.client.listOptions[0]?.fieldSelector, 'metadata.name=a');
    assert.equal(allowed.informer.store.get('', 'a')?.metadata.name, 'a');
    await allowed.stop();
  });

  it('does not touch other cluster-scoped types', async () => {
    const type = { ...thingType, namespaced: false };
    const { client, stored, start, stop } = makeHarness({ type, scope: { kind: 'namespaces', names: ['a', 'b'] } });
    client.lists = [makeList(10, makeObject('x', 1))];
    await start();
    assert.deepEqual([client.calls.filter((call) => call === 'list').length, stored()], [1, ['x']]);
    assert.equal(client.listOptions[0]?.fieldSelector, '');
    await stop();
  });

  it('reads an allowed Namespace by its name when it may not be listed', async () => {
    const { client, clock, told, informer, start, stop } = makeHarness({
      type: namespaceType,
      scope: { kind: 'namespaces', names: ['a'] },
    });
    client.watchListError = fail(403);
    client.lists = [fail(403)];
    client.gets = [makeObject('a', 1), makeObject('a', 2), missing('a')];
    await start();
    assert.deepEqual([told, informer.hasSynced()], [['initial a@1'], true]);
    await clock.advance(30_000);
    assert.deepEqual(told, ['initial a@1', 'update a@1 to a@2', 'tombstone a@2']);
    client.gets = [fail(500)];
    await clock.advance(15_000);
    assert.equal(informer.health().settled, true);
    await stop();
  });
});
