import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { makeHarness } from './informer-harness.ts';
import type { Harness } from './informer-harness.ts';
import { bookmark, fail, makeList, makeObject } from './scripted-client.ts';

function makeWatchListHarness(): Harness {
  const harness = makeHarness();
  harness.client.watchListError = undefined;
  return harness;
}

describe('WatchList', () => {
  it('takes the state from the first events, and goes on in the same watch', async () => {
    const { client, told, informer, settle, start, stop } = makeWatchListHarness();
    await start();
    const { sendInitialEvents, resourceVersionMatch, allowWatchBookmarks } = client.lastWatch.options;
    assert.deepEqual([sendInitialEvents, resourceVersionMatch, allowWatchBookmarks], [true, 'NotOlderThan', true]);
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    client.lastWatch.send('ADDED', makeObject('a/y', 2));
    await settle();
    assert.deepEqual([told, informer.hasSynced()], [[], false], 'half a state is none');
    client.lastWatch.push(bookmark(10, true));
    client.lastWatch.send('MODIFIED', makeObject('a/x', 11));
    await settle();
    assert.deepEqual(told, ['initial a/x@1', 'initial a/y@2', 'update a/x@1 to a/x@11']);
    assert.deepEqual(client.calls, ['watch initial']);
    await stop();
  });

  it('takes in changes that are mixed into the first events', async () => {
    const { client, told, settle, start, stop } = makeWatchListHarness();
    await start();
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    client.lastWatch.send('ADDED', makeObject('a/y', 2));
    client.lastWatch.send('MODIFIED', makeObject('a/x', 3));
    client.lastWatch.send('DELETED', makeObject('a/y', 4));
    client.lastWatch.push(bookmark(10, true));
    await settle();
    assert.deepEqual(told, ['initial a/x@3']);
    await stop();
  });

  it('resumes with a plain watch, and finds after 410 what was deleted meanwhile', async () => {
    const { client, clock, told, settle, start, stop } = makeWatchListHarness();
    await start();
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    client.lastWatch.push(bookmark(10, true));
    client.lastWatch.push('end');
    await settle();
    assert.deepEqual(client.calls, ['watch initial', 'watch 10']);
    client.lastWatch.push(fail(410));
    await clock.advance(800);
    client.lastWatch.push(bookmark(30, true));
    await settle();
    assert.deepEqual(client.calls, ['watch initial', 'watch 10', 'watch initial']);
    assert.deepEqual(told, ['initial a/x@1', 'tombstone a/x@1']);
    await stop();
  });

  for (const status of [400, 406, 422])
    it(`is given up for good when the server answers ${status}`, async () => {
      const { client, clock, start, stop } = makeHarness();
      client.watchListError = fail(status);
      client.lists = [makeList(10)];
      await start();
      client.lastWatch.push(fail(410));
      await clock.advance(800);
      assert.deepEqual(client.calls, ['watch initial', 'list', 'watch 10', 'list', 'watch 10']);
      await stop();
    });

  it('is asked for again after a 403: a permission may come', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.watchListError = fail(403);
    client.lists = [makeList(10)];
    await start();
    client.lastWatch.push(fail(410));
    await clock.advance(800);
    assert.deepEqual(client.calls, ['watch initial', 'list', 'watch 10', 'watch initial', 'list', 'watch 10']);
    await stop();
  });

  it('is given up when the server sends bookmarks but marks no end', async () => {
    const { client, clock, settle, informer, start, stop } = makeWatchListHarness();
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    client.lastWatch.push(bookmark(9));
    await settle();
    assert.deepEqual(client.calls, ['watch initial', 'list', 'watch 10']);
    assert.equal(informer.hasSynced(), true);
    client.lastWatch.push(fail(410));
    await clock.advance(800);
    assert.deepEqual(client.calls.slice(3), ['list', 'watch 10']);
    await stop();
  });

  it('gives way to a list when the events stop before the end; the second time for good', async () => {
    const { client, clock, start, stop } = makeWatchListHarness();
    client.lists = [makeList(10)];
    await start();
    await clock.advance(20_000);
    client.lastWatch.send('ADDED', makeObject('a/x', 1));
    await clock.advance(29_999);
    assert.deepEqual(client.calls, ['watch initial']);
    await clock.advance(1);
    assert.deepEqual(client.calls, ['watch initial', 'list', 'watch 10']);
    for (let round = 0; round < 2; round += 1) {
      client.lastWatch.push(fail(410));
      await clock.advance(1600);
      await clock.advance(30_000);
    }
    assert.deepEqual(client.calls.slice(3), ['watch initial', 'list', 'watch 10', 'list', 'watch 10']);
    await stop();
  });

  it('gives way to a list now and then when it always breaks off', async () => {
    const { client, clock, informer, start, stop } = makeWatchListHarness();
    client.lists = [makeList(10)];
    client.refusals = [fail(500), fail(500)];
    await start();
    await clock.advance(800 + 1600);
    client.lastWatch.push(new TransportError('gone', 'reset'));
    await clock.advance(3200);
    assert.deepEqual(client.calls, ['watch initial', 'watch initial', 'watch initial', 'list', 'watch 10']);
    assert.equal(informer.hasSynced(), true);
    await stop();
  });

  it('is not complete when the watch ends before its first events', async () => {
    const { client, clock, informer, start, stop } = makeWatchListHarness();
    await start();
    client.lastWatch.push('end');
    await clock.advance(0);
    assert.equal(informer.health().lastError, 'The watch ended before its initial events');
    await clock.advance(800);
    assert.deepEqual(client.calls, ['watch initial', 'watch initial']);
    await stop();
  });
});
