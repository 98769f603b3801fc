import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NamespacedName } from '../../../../src/api/meta.ts';
import { keyOf } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { Poller } from '../../../../src/kubernetes/cache/poller.ts';
import { createPoller, isPoller } from '../../../../src/kubernetes/cache/poller.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { createTeller, makeHarness, thingType } from './informer-harness.ts';
import type { TestObject } from './scripted-client.ts';
import { fail, makeObject, missing } from './scripted-client.ts';

interface Harness {
  readonly poller: Poller;
  readonly server: Map<string, TestObject | Error>;
  readonly asked: string[];
  readonly told: string[];
  readonly logger: RecordingLogger;
  readonly pass: (ms: number) => Promise<void>;
}

const parse = (key: string): NamespacedName => {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
};

async function withPoller(run: (harness: Harness) => Promise<void>, always: readonly string[] = []): Promise<void> {
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const server = new Map<string, TestObject | Error>();
  const asked: string[] = [];
  const client = {
    get: (_type: unknown, name: NamespacedName, options?: { metadataOnly?: boolean | undefined }) => {
      asked.push(`${name.namespace}/${name.name}${options?.metadataOnly === true ? '' : ' whole'}`);
      const answer = server.get(`${name.namespace}/${name.name}`) ?? missing(name.name);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(structuredClone(answer) as never);
    },
  };
  const all = always.map(parse);
  const parts = { client, type: thingType, intervalMs: 1000, clock, random: () => 0, logger };
  const poller = createPoller({ ...parts, always: all });
  const told: string[] = [];
  poller.addHandler(createTeller(told));
  const end = new AbortController();
  const running = poller.run(end.signal);
  await clock.advance(0);
  await run({ poller, server, asked, told, logger, pass: (ms) => clock.advance(ms) });
  end.abort();
  await running;
}

describe('a cache that reads by name', () => {
  it('asks for nothing but metadata of what is followed, once an interval', () =>
    withPoller(async ({ poller, server, asked, told, pass }) => {
      assert.equal(poller.hasSynced(), true);
      assert.ok(isPoller(poller) && !isPoller(makeHarness().informer));
      server.set('a/x', makeObject('a/x', 1));
      poller.follow('one', [parse('a/x'), parse('a/missing')]);
      poller.follow('two', [parse('a/x')]);
      await pass(1000);
      assert.deepEqual(asked.sort(), ['a/missing', 'a/x']);
      assert.deepEqual(told, ['add a/x@1']);
      await pass(3000);
      assert.equal(asked.length, 8);
      assert.deepEqual(told, ['add a/x@1'], 'what has not changed is not told');
    }));

  it('says when a round is over that could look at something, also where it found nothing', () =>
    withPoller(async ({ poller, server, pass }) => {
      let looks = 0;
      poller.addHandler({ synced: () => (looks += 1) });
      assert.equal(looks, 1, 'the first round is over');
      server.set('a/refused', fail(403));
      poller.follow('one', [parse('a/refused')]);
      await pass(2000);
      assert.equal(looks, 1, 'it could not look');
      poller.follow('one', [parse('a/missing'), parse('a/refused')]);
      await pass(2000);
      assert.equal(looks, 3);
    }));

  it('tells of changes, of objects that come, go, and are made anew', () =>
    withPoller(async ({ poller, server, told, pass }) => {
      poller.follow('one', [parse('a/x')]);
      await pass(1000);
      server.set('a/x', makeObject('a/x', 1));
      await pass(1000);
      server.set('a/x', makeObject('a/x', 2));
      await pass(1000);
      server.set('a/x', makeObject('a/x', 3, { metadata: { uid: 'other' } }));
      await pass(1000);
      server.delete('a/x');
      await pass(1000);
      assert.deepEqual(told, ['add a/x@1', 'update a/x@1 to a/x@2', 'tombstone a/x@2', 'add a/x@3', 'delete a/x@3']);
      assert.equal(poller.store.get('a', 'x'), undefined);
    }));

  it('drops what nobody follows any more, without a word', () =>
    withPoller(async ({ poller, server, asked, told, pass }) => {
      server.set('a/x', makeObject('a/x', 1));
      poller.follow('one', [parse('a/x')]);
      poller.follow('two', [parse('a/x')]);
      await pass(1000);
      poller.follow('one', []);
      assert.deepEqual(poller.store.list().map(keyOf), ['a/x']);
      poller.follow('two', []);
      assert.deepEqual(poller.store.list().map(keyOf), []);
      const before = asked.length;
      await pass(5000);
      assert.equal(asked.length, before);
      assert.deepEqual(told, ['add a/x@1']);
    }));

  it('keeps what it has while the server refuses, and says so', () =>
    withPoller(async ({ poller, server, told, logger, pass }) => {
      server.set('a/x', makeObject('a/x', 1));
      server.set('a/y', makeObject('a/y', 1));
      poller.follow('one', [parse('a/x'), parse('a/y')]);
      await pass(1000);
      server.set('a/x', fail(403));
      server.set('a/y', makeObject('a/y', 2));
      await pass(1000);
      assert.deepEqual(poller.store.list().map(keyOf).sort(), ['a/x', 'a/y']);
      assert.ok(told.includes('update a/y@1 to a/y@2'), 'the others go on');
      const [refusal] = poller.health().refusals;
      assert.deepEqual([refusal?.verb, refusal?.status], ['get', 403]);
      assert.deepEqual(logger.said, ['Not allowed to read by name: waiting for the permission']);
      server.set('a/x', makeObject('a/x', 3));
      await pass(1000);
      assert.equal(poller.health().failingSince, undefined);
      assert.deepEqual(poller.health().refusals, []);
      assert.equal(logger.said.at(-1), 'Works again');
    }));

  it('is filled once those that are always followed were asked for, there or not', () =>
    withPoller(
      async ({ poller, told, server, pass }) => {
        assert.equal(poller.hasSynced(), true);
        assert.deepEqual(told, []);
        server.set('/here', makeObject('here', 1));
        await pass(1000);
        assert.deepEqual(told, ['add here@1']);
      },
      ['/here'],
    ));
});
