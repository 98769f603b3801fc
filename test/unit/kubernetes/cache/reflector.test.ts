import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeHarness } from './informer-harness.ts';
import { bookmark, fail, makeList, makeObject, reset } from './scripted-client.ts';

describe('list and watch', () => {
  it('lists page by page, then watches from there', async () => {
    const { client, told, informer, start, stop } = makeHarness();
    client.lists = [
      { items: [makeObject('a/x', 1)], metadata: { resourceVersion: '10', continue: 'more' } },
      makeList(10, makeObject('a/y', 2)),
    ];
    await start();
    assert.deepEqual(client.calls, ['watch initial', 'list', 'list more', 'watch 10']);
    assert.equal(client.listOptions[0]?.limit, 500);
    assert.deepEqual(told, ['initial a/x@1', 'initial a/y@2']);
    assert.equal(informer.hasSynced(), true);
    await stop();
  });

  it('lists everything at once when a continue token has expired', async () => {
    const { client, told, start, stop } = makeHarness();
    client.lists = [
      { items: [makeObject('a/gone', 1)], metadata: { resourceVersion: '10', continue: 'more' } },
      fail(410),
      makeList(20, makeObject('a/x', 2)),
    ];
    await start();
    assert.deepEqual(client.calls.slice(1), ['list', 'list more', 'list full', 'watch 20']);
    assert.deepEqual(told, ['initial a/x@2']);
    await stop();
  });

  it('tells of changes with the object before and after', async () => {
    const { client, told, informer, settle, start, stop } = makeHarness();
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    client.lastWatch.send('MODIFIED', makeObject('a/x', 11));
    client.lastWatch.send('ADDED', makeObject('a/y', 12));
    client.lastWatch.send('DELETED', makeObject('a/x', 13));
    client.lastWatch.send('DELETED', makeObject('a/never-seen', 14));
    await settle();
    assert.deepEqual(told, ['initial a/x@1', 'update a/x@1 to a/x@11', 'add a/y@12', 'delete a/x@13']);
    assert.deepEqual(
      informer.store.list().map(({ metadata }) => metadata.name),
      ['y'],
    );
    await stop();
  });

  it('asks for bookmarks and for an end after 5 to 10 minutes, and for a watchdog', async () => {
    const { client, start, stop } = makeHarness({ random: () => 0.5 });
    client.lists = [makeList(10)];
    await start();
    const { allowWatchBookmarks, timeoutSeconds, silenceMs } = client.lastWatch.options;
    assert.deepEqual([allowWatchBookmarks, timeoutSeconds, silenceMs], [true, 450, 130_000]);
    await stop();
  });

  it('resumes from the last event or bookmark when a watch has ended', async () => {
    const { client, clock, settle, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    await start();
    client.lastWatch.send('ADDED', makeObject('a/x', 11));
    client.lastWatch.push('end');
    await settle();
    client.lastWatch.push(bookmark(25));
    client.lastWatch.push('end');
    await settle();
    client.lastWatch.push(reset);
    await clock.advance(800);
    assert.deepEqual(client.calls.slice(2), ['watch 10', 'watch 11', 'watch 25', 'watch 25']);
    await stop();
  });

  it('waits when a watch ends at once, again and again', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    await start();
    for (let round = 0; round < 3; round += 1) {
      client.lastWatch.push('end');
      await clock.advance(0);
    }
    assert.equal(client.watches.length, 1);
    await clock.advance(800);
    assert.equal(client.watches.length, 2);
    await stop();
  });

  it('sees an object once, however often the same state arrives', async () => {
    const { client, told, settle, start, stop } = makeHarness();
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    await settle();
    assert.deepEqual(told, ['initial a/x@1']);
    await stop();
  });

  it('rejects for an error that is neither the server’s nor the network’s, and stops all watches', async () => {
    const { client, informer } = makeHarness({ scope: { kind: 'namespaces', names: ['a', 'b'] } });
    client.lists = [makeList(1), makeList(1), new TypeError('a bug')];
    client.refusals = [undefined, new TypeError('a bug')];
    await assert.rejects(informer.run(new AbortController().signal), /a bug/);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(client.watches.every(({ closed }) => closed));
  });

  it('does nothing with a signal that was aborted before', async () => {
    const { client, informer } = makeHarness({ resyncMs: 1000, verifyMs: 1000 });
    await informer.run(AbortSignal.abort());
    assert.deepEqual(client.calls, []);
  });
});

describe('relist', () => {
  it('after 410 in the stream comes with a wait, updates what differs, and tombstones what is gone', async () => {
    const { client, clock, told, start, stop, stored } = makeHarness();
    const kept = makeObject('a/kept', 1);
    client.lists = [
      makeList(10, kept, makeObject('a/changed', 2), makeObject('a/gone', 3)),
      makeList(50, kept, makeObject('a/changed', 44), makeObject('a/new', 45)),
    ];
    await start();
    told.length = 0;
    client.lastWatch.push(fail(410, { reason: 'Expired' }));
    await clock.advance(799);
    assert.deepEqual(told, []);
    await clock.advance(1);
    assert.deepEqual(told, ['update a/changed@2 to a/changed@44', 'add a/new@45', 'tombstone a/gone@3']);
    assert.deepEqual(stored().toSorted(), ['a/changed', 'a/kept', 'a/new']);
    assert.deepEqual(client.calls.slice(-2), ['list', 'watch 50']);
    await stop();
  });

  it('does not become a busy loop when every watch is too old', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    client.refusals = Array.from({ length: 100 }, () => fail(410));
    await start();
    await clock.advance(60_000);
    assert.equal(client.calls.filter((call) => call === 'list').length, 7);
    await stop();
  });

  it('takes an object that was made anew under the same name for a delete and an add', async () => {
    const { client, clock, told, start, stop } = makeHarness();
    client.lists = [
      makeList(10, makeObject('a/x', 1)),
      makeList(50, makeObject('a/x', 44, { metadata: { uid: 'another' } })),
    ];
    await start();
    client.lastWatch.push(fail(410));
    await clock.advance(800);
    assert.deepEqual(told, ['initial a/x@1', 'tombstone a/x@1', 'add a/x@44']);
    await stop();
  });

  it('follows when the server has forgotten the resourceVersion after a restore', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(1000), makeList(10)];
    client.refusals = [fail(504, { reason: 'Timeout' })];
    await start();
    await clock.advance(800);
    assert.deepEqual(client.calls.slice(2), ['watch 1000', 'watch 1000'], 'a plain time-out needs no list');
    const tooLarge = fail(504, { reason: 'Timeout' });
    Object.assign(tooLarge, { details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } });
    client.lastWatch.push(tooLarge);
    await clock.advance(1600);
    assert.deepEqual(client.calls.slice(-2), ['list', 'watch 10']);
    await stop();
  });
});
