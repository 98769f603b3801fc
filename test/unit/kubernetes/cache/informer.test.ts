import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTeller, makeHarness } from './informer-harness.ts';
import { bookmark, fail, makeList, makeObject } from './scripted-client.ts';

describe('handlers', () => {
  it('that come later are told of all that is there, and those removed of nothing more', async () => {
    const { client, informer, settle, start, stop } = makeHarness();
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    const told: string[] = [];
    const registration = informer.addHandler(createTeller(told));
    assert.deepEqual(told, ['initial a/x@1']);
    assert.equal(registration.hasSynced(), true);
    registration.remove();
    client.lastWatch.send('ADDED', makeObject('a/y', 11));
    await settle();
    assert.equal(told.length, 1);
    await stop();
  });

  it('that throw are logged and harm no other', async () => {
    const { client, informer, logger, told, settle, start, stop } = makeHarness();
    const fault = (): never => {
      throw new Error('oops');
    };
    informer.addHandler({ add: fault, update: fault, delete: fault });
    const later: string[] = [];
    informer.addHandler(createTeller(later));
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    client.lastWatch.send('MODIFIED', makeObject('a/x', 11));
    client.lastWatch.send('DELETED', makeObject('a/x', 12));
    await settle();
    assert.deepEqual(told, ['initial a/x@1', 'update a/x@1 to a/x@11', 'delete a/x@12']);
    assert.deepEqual(later, told);
    const errors = logger.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(
      errors.map(({ message, fields }) => [message, fields['event'], fields['name'], fields['error']]),
      ['add', 'update', 'delete'].map((event) => ['A handler failed', event, 'x', 'oops']),
    );
    await stop();
  });

  it('that are added by a handler are told of each object once', async () => {
    const { client, informer, start, stop } = makeHarness();
    const later: string[] = [];
    let added = false;
    informer.addHandler({
      add: () => {
        if (!added) informer.addHandler(createTeller(later));
        added = true;
      },
    });
    client.lists = [makeList(10, makeObject('a/x', 1), makeObject('a/y', 2))];
    await start();
    assert.deepEqual(later, ['initial a/x@1', 'initial a/y@2']);
    await stop();
  });

  it('find the store up to date', async () => {
    const { client, informer, settle, start, stop } = makeHarness();
    const seen: number[] = [];
    const count = (): void => void seen.push(informer.store.list().length);
    informer.addHandler({ add: count, delete: count });
    client.lists = [makeList(10, makeObject('a/x', 1), makeObject('a/y', 2))];
    await start();
    client.lastWatch.send('DELETED', makeObject('a/x', 11));
    await settle();
    assert.deepEqual(seen, [2, 2, 1]);
    await stop();
  });

  it('are told once that all was listed, of each namespace by itself, when the store shows it', async () => {
    const scope = { kind: 'namespaces', names: ['a', 'b'] } as const;
    const { client, clock, informer, start, stop } = makeHarness({ scope });
    const told: string[] = [];
    const seen = (namespace: string): void => void told.push(`${namespace}: ${informer.store.list().length}`);
    informer.addHandler({ synced: seen });
    client.lists = [fail(503), makeList(10, makeObject('b/y', 1))];
    await start();
    assert.deepEqual(told, ['b: 1']);
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await clock.advance(60_000);
    assert.deepEqual(told, ['b: 1', 'a: 2']);
    informer.addHandler({ synced: seen });
    assert.deepEqual(told.slice(2), ['a: 2', 'b: 2']);
    await stop();
  });

  it('are told of every object again at each resync', async () => {
    const { client, clock, told, start, stop } = makeHarness({ resyncMs: 60_000 });
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    await clock.advance(120_000);
    assert.deepEqual(told, ['initial a/x@1', 'update a/x@1 to a/x@1', 'update a/x@1 to a/x@1']);
    await stop();
  });
});

describe('what is stored', () => {
  it('is trimmed and frozen to the ground', async () => {
    const { client, informer, start, stop } = makeHarness();
    const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
    const managedFields = [{ manager: 'kubectl' }];
    client.lists = [
      makeList(
        10,
        makeObject('a/x', 1, {
          metadata: { managedFields, annotations: { [lastApplied]: '{}' } },
          spec: { list: [{ deep: true }] },
        }),
        makeObject('a/y', 1, { metadata: { annotations: { [lastApplied]: '{}', kept: 'yes' } } }),
      ),
    ];
    await start();
    const x = informer.store.get('a', 'x');
    assert.deepEqual(x?.metadata, { name: 'x', namespace: 'a', uid: 'uid-a/x', resourceVersion: '1' });
    assert.deepEqual(informer.store.get('a', 'y')?.metadata.annotations, { kept: 'yes' });
    const list = x.spec?.['list'] as { deep: boolean }[];
    assert.throws(() => (list[0]!.deep = false), TypeError);
    assert.throws(() => (x.metadata.name = 'z'), TypeError);
    await stop();
  });

  it('keeps what kubectl applied last where that is asked for', async () => {
    const { client, informer, start, stop } = makeHarness({ keepLastApplied: true });
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    client.lists = [makeList(10, makeObject('a/x', 1, { metadata: { managedFields: [], annotations } }))];
    await start();
    const { annotations: kept, managedFields } = informer.store.get('a', 'x')?.metadata ?? {};
    assert.deepEqual([kept, managedFields], [annotations, undefined]);
    await stop();
  });

  it('goes through the transform, which may leave objects out', async () => {
    const { client, told, stored, informer, settle, start, stop } = makeHarness({
      transform: (object) => {
        delete object.spec;
        return object.metadata.labels?.['skip'] === 'yes' ? undefined : object;
      },
    });
    const skipped = { labels: { skip: 'yes' } };
    client.lists = [
      makeList(10, makeObject('a/x', 1, { spec: { a: 1 } }), makeObject('a/out', 2, { metadata: skipped })),
    ];
    await start();
    assert.deepEqual(stored(), ['a/x']);
    assert.equal(informer.store.get('a', 'x')?.spec, undefined);
    client.lastWatch.send('MODIFIED', makeObject('a/x', 11, { metadata: skipped }));
    client.lastWatch.send('MODIFIED', makeObject('a/out', 12));
    await settle();
    assert.deepEqual(told, ['initial a/x@1', 'delete a/x@1', 'add a/out@12']);
    client.lastWatch.send('DELETED', makeObject('a/out', 13, { metadata: skipped }));
    await settle();
    assert.equal(told.at(-1), 'delete a/out@12', 'the last known state where the final one is left out');
    await stop();
  });

  it('is the object as it came when the transform fails', async () => {
    const { client, stored, logger, start, stop } = makeHarness({
      transform: () => {
        throw new Error('cannot');
      },
    });
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    assert.deepEqual(stored(), ['a/x']);
    assert.deepEqual(logger.said, ['Cannot transform an object']);
    await stop();
  });

  it('is found by indexes, also when an indexer fails on some objects', async () => {
    const { client, informer, logger, settle, start, stop } = makeHarness({
      indexers: { byRef: (object) => object.spec?.['refs'] as string[] & { at(index: number): string } },
    });
    const withRefs = (name: string, version: number, ...refs: string[]): ReturnType<typeof makeObject> =>
      makeObject(name, version, { spec: { refs } });
    client.lists = [makeList(10, withRefs('a/x', 1, 'one', 'two'), withRefs('a/y', 2, 'two'))];
    await start();
    const find = (value: string): unknown[] =>
      informer.store.byIndex('byRef', value).map(({ metadata }) => metadata.name);
    assert.deepEqual([find('one'), find('two'), find('three')], [['x'], ['x', 'y'], []]);
    client.lastWatch.send('MODIFIED', withRefs('a/x', 11, 'three'));
    client.lastWatch.send('DELETED', withRefs('a/y', 12, 'two'));
    await settle();
    assert.deepEqual([find('one'), find('two'), find('three')], [[], [], ['x']]);
    assert.throws(() => informer.store.byIndex('other', 'x'), /not declared/);
    assert.deepEqual(logger.said, []);
    await stop();
  });

  it('survives an indexer that throws', async () => {
    const { client, stored, logger, start, stop } = makeHarness({
      indexers: {
        bad: () => {
          throw new Error('no such field');
        },
      },
    });
    client.lists = [makeList(10, makeObject('a/x', 1))];
    await start();
    assert.deepEqual(stored(), ['a/x']);
    assert.deepEqual(logger.said, ['An indexer failed']);
    await stop();
  });
});

describe('verification', () => {
  it('finds an event that was lost without a trace, and lists again', async () => {
    const { client, clock, told, logger, start, stop } = makeHarness({ verifyMs: 600_000 });
    const state = makeList(20, makeObject('a/x', 15), makeObject('a/new', 16));
    client.lists = [makeList(10, makeObject('a/x', 1), makeObject('a/gone', 2)), state];
    await start();
    await clock.advance(600_000);
    assert.equal(client.listOptions.at(-1)?.metadataOnly, true);
    assert.equal(told.length, 2);
    await clock.advance(10_000 + 800);
    assert.deepEqual(told.slice(2), ['update a/x@1 to a/x@15', 'add a/new@16', 'tombstone a/gone@2']);
    assert.ok(logger.said.includes('The cache had missed changes: listing again'));
    await clock.advance(620_000);
    assert.equal(client.calls.filter((call) => call === 'list').length, 4, 'no further relist');
    await stop();
  });

  it('waits for events that are on their way', async () => {
    const { client, clock, logger, start, stop } = makeHarness({ verifyMs: 600_000 });
    client.lists = [makeList(10, makeObject('a/x', 1)), makeList(20, makeObject('a/x', 15))];
    await start();
    await clock.advance(600_000);
    client.lastWatch.send('MODIFIED', makeObject('a/x', 15));
    await clock.advance(20_000);
    assert.deepEqual(logger.said, []);
    assert.equal(client.watches.length, 1);
    await stop();
  });

  it('does not mind objects that the transform left out, nor a list that fails', async () => {
    const { client, clock, logger, start, stop } = makeHarness({ verifyMs: 600_000, transform: () => undefined });
    client.lists = [makeList(10, makeObject('a/x', 1)), fail(500), makeList(10, makeObject('a/x', 1))];
    await start();
    await clock.advance(1_300_000);
    assert.deepEqual(logger.said, []);
    assert.equal(client.watches.length, 1);
    await stop();
  });
});

describe('health', () => {
  it('tells when the last event came', async () => {
    const { client, clock, informer, start, stop } = makeHarness();
    client.lists = [makeList(10)];
    assert.equal(informer.health().lastEventAt, undefined);
    await start();
    const begin = clock.now();
    assert.equal(informer.health().lastEventAt, begin);
    await clock.advance(5000);
    client.lastWatch.push(bookmark(11));
    await clock.advance(0);
    assert.equal(informer.health().lastEventAt, begin + 5000);
    await stop();
  });
});
