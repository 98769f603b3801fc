import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { makeHarness, thingType } from './informer-harness.ts';
import { bookmark, fail, makeList, reset } from './scripted-client.ts';

const refused = new TransportError('Cannot reach the API server', 'refused');

describe('trouble', () => {
  it('is met with growing waits and no end: refused from the start', async () => {
    const { client, clock, informer, logger, start, stop } = makeHarness();
    client.watchListError = undefined;
    client.refusals = Array.from({ length: 50 }, () => refused);
    client.lists = [refused];
    await start();
    const times: number[] = [];
    let seen = 0;
    for (let ms = 0; ms <= 90_000; ms += 100) {
      if (client.calls.length > seen) times.push(ms);
      seen = client.calls.length;
      await clock.advance(100);
    }
    assert.deepEqual(times, [0, 800, 2400, 5600, 12_000, 24_800, 50_400, 80_400]);
    assert.equal(informer.hasSynced(), false);
    const { synced, settled, failingSince, lastError } = informer.health();
    assert.deepEqual([synced, settled, lastError], [false, false, 'Cannot reach the API server']);
    assert.equal(failingSince, Date.UTC(2026, 0, 1));
    assert.ok(logger.said.length < 6, `said ${logger.said.length} times`);
    client.refusals = [];
    client.lists = [makeList(10)];
    await clock.advance(30_000);
    client.lastWatch.push(bookmark(10, true));
    await clock.advance(0);
    assert.equal(informer.hasSynced(), true);
    assert.equal(informer.health().failingSince, undefined);
    assert.equal(logger.said.at(-1), 'Works again');
    await stop();
  });

  it('keeps the position through 500s and resets, and the waits grow', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    client.refusals = [fail(500), reset, fail(503), undefined];
    await start();
    await clock.advance(800);
    await clock.advance(1600);
    assert.equal(client.watches.length, 0);
    await clock.advance(3200);
    assert.deepEqual(client.calls.slice(2), ['watch 10', 'watch 10', 'watch 10', 'watch 10']);
    assert.equal(client.watches.length, 1);
    await stop();
  });

  it('begins with short waits again after a watch that lived', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    client.refusals = [fail(500), fail(500), fail(500)];
    await start();
    await clock.advance(800 + 1600 + 3200);
    await clock.advance(20_000);
    client.lastWatch.push(reset);
    await clock.advance(800);
    assert.equal(client.watches.length, 2);
    await stop();
  });

  it('honours Retry-After of a 429, and goes on where it was', async () => {
    const { client, clock, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    client.refusals = [fail(429, { retryAfterSeconds: 20 })];
    await start();
    await clock.advance(19_999);
    assert.equal(client.watches.length, 0);
    await clock.advance(1);
    assert.equal(client.watches.length, 1);
    assert.deepEqual(client.calls.slice(2), ['watch 10', 'watch 10']);
    await stop();
  });

  it('that passes is told once when it begins and once when it is over', async () => {
    const { client, clock, logger, informer, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    await start();
    await clock.advance(60_000);
    client.lastWatch.push(reset);
    await clock.advance(800);
    assert.deepEqual(logger.said, ['Cannot list and watch: trying again']);
    const { fields } = logger.lines.at(-1) ?? {};
    assert.deepEqual(fields, {
      resource: 'things.test.io',
      namespace: 'all',
      verb: 'watch',
      failures: 1,
      retryInMs: 800,
      error: 'other side closed',
    });
    await clock.advance(5000);
    assert.deepEqual(logger.said, ['Cannot list and watch: trying again', 'Works again']);
    assert.equal(informer.health().failingSince, undefined);
    await stop();
  });

  it('of a missing permission names verb, resource and namespace, shows in health, and ends when it is granted', async () => {
    const { client, clock, logger, informer, start, stop } = makeHarness({
      scope: { kind: 'namespaces', names: ['a'] },
    });
    client.watchListError = fail(403);
    client.lists = [fail(403)];
    await start();
    const line = logger.lines.find(({ level }) => level === 'warn');
    assert.equal(line?.message, 'Not allowed to list and watch: waiting for the permission');
    assert.deepEqual(
      [line.fields['verb'], line.fields['resource'], line.fields['namespace']],
      ['list', 'things.test.io', 'a'],
    );
    const { synced, settled, refusals } = informer.health();
    assert.deepEqual([synced, settled], [false, true]);
    assert.deepEqual(refusals, [{ verb: 'list', status: 403, namespace: 'a', message: 'status 403' }]);
    client.watchListError = undefined;
    await clock.advance(800);
    client.lastWatch.push(bookmark(5, true));
    await clock.advance(0);
    const { synced: syncedNow, refusals: refusalsNow } = informer.health();
    assert.deepEqual([syncedNow, refusalsNow], [true, []]);
    await stop();
  });

  it('of a watch that is refused while lists are allowed stays visible through each list', async () => {
    const { client, clock, logger, informer, start, stop } = makeHarness();
    client.watchListError = fail(403);
    client.lists = [makeList(10)];
    client.refusals = Array.from({ length: 50 }, () => fail(403));
    await start();
    await clock.advance(20_000);
    assert.equal(informer.hasSynced(), true);
    assert.deepEqual(informer.health().refusals, [
      { verb: 'watch', status: 403, namespace: '', message: 'status 403' },
    ]);
    assert.ok(!logger.said.includes('Works again'));
    await stop();
  });

  it('of a missing CRD is asked about at least every ten seconds', async () => {
    const { client, clock, logger, start, stop } = makeHarness();
    client.watchListError = fail(404);
    client.lists = [fail(404)];
    await start();
    await clock.advance(120_000);
    const lists = client.calls.filter((call) => call === 'list').length;
    assert.ok(lists >= 14, `listed ${lists} times`);
    assert.equal(logger.said[0], 'The API server does not serve this resource: waiting for its CRD');
    client.lists = [makeList(10)];
    await clock.advance(10_000);
    assert.equal(client.calls.at(-1), 'watch 10');
    await stop();
  });

  it('is counted', async () => {
    const counted: string[] = [];
    const { client, clock, start, stop } = makeHarness({
      metrics: {
        observeList: (type, failed) => counted.push(`list ${type.plural} ${failed ? 'failed' : 'ok'}`),
        observeWatch: (type, failed) => counted.push(`watch ${type.plural} ${failed ? 'failed' : 'ok'}`),
      },
    });
    client.lists = [fail(500), makeList(10)];
    client.refusals = [fail(500)];
    await start();
    await clock.advance(800 + 1600);
    const plural = thingType.plural;
    assert.deepEqual(counted, [
      `list ${plural} failed`,
      `list ${plural} ok`,
      `watch ${plural} failed`,
      `watch ${plural} ok`,
    ]);
    await stop();
  });
});
