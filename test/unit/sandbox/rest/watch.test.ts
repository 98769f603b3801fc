import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { World, configMap, configMaps, show } from '../harness.ts';

describe('a watch on the fake clock', () => {
  it('ends after its timeout, with a bookmark two seconds before', async () => {
    const world = new World();
    const watch = await world.watch(`${configMaps}?watch=true&timeoutSeconds=10&allowWatchBookmarks=true`);
    await world.clock.advance(7_999);
    assert.deepEqual(watch.events, []);
    await world.clock.advance(1);
    assert.deepEqual(watch.events, ['BOOKMARK']);
    await world.clock.advance(2_000);
    assert.equal(watch.ended, 'end');
  });

  it('sends a bookmark every minute', async () => {
    const world = new World();
    const watch = await world.watch(`${configMaps}?watch=true&allowWatchBookmarks=true`);
    await world.clock.advance(180_000);
    assert.deepEqual(watch.events, ['BOOKMARK', 'BOOKMARK', 'BOOKMARK']);
    watch.stop();
    assert.equal(world.clock.pending, 0);
  });

  it('from a version that is forgotten is an ERROR event with 410', async () => {
    const world = new World({ historySize: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await world.send('POST', configMaps, configMap(name));
    const watch = await world.watch(`${configMaps}?watch=true&resourceVersion=2`);
    assert.deepEqual(watch.events, ['ERROR 410']);
    await world.clock.advance(0);
    assert.equal(watch.ended, 'end');
  });

  it('a list from the future waits three seconds and is 504, unless the version comes', async () => {
    const world = new World();
    const { body } = await world.send('GET', configMaps);
    const next = Number(body.metadata?.resourceVersion) + 1;
    const never = world.send('GET', `${configMaps}?resourceVersion=${next + 50}`);
    const soon = world.send('GET', `${configMaps}?resourceVersion=${next}`);
    await world.clock.advance(1_000);
    await world.send('POST', configMaps, configMap('a'));
    await world.clock.advance(2_500);
    assert.deepEqual([(await never).status, (await soon).status], [504, 200]);
  });

  it('a continue token that is forgotten is 410 with a token that goes on', async () => {
    const world = new World({ historySize: 2 });
    for (const name of ['a', 'b', 'c']) await world.send('POST', configMaps, configMap(name));
    const first = await world.send('GET', `${configMaps}?limit=1`);
    const token = show(first.body.metadata?.continue);
    for (const name of ['d', 'e', 'f', 'g']) await world.send('POST', configMaps, configMap(name));
    const second = await world.send('GET', `${configMaps}?limit=1&continue=${token}`);
    assert.deepEqual([second.status, second.body.reason], [410, 'Expired']);
    const third = await world.send('GET', `${configMaps}?limit=2&continue=${show(second.body.metadata?.continue)}`);
    assert.deepEqual(
      (third.body.items as unknown as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name),
      ['b', 'c'],
    );
  });
});
