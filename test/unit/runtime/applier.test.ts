import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { configMapType } from '../../../src/api/builtin-types.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { ApiError } from '../../../src/kubernetes/client/errors.ts';
import type { KubernetesClient, WriteOptions } from '../../../src/kubernetes/client/client.ts';
import { Applier } from '../../../src/runtime/applier.ts';
import type { Desired } from '../../../src/runtime/applier.ts';
import { FencedError } from '../../../src/runtime/controller.ts';

interface Item extends KubernetesObject {
  data?: Record<string, string>;
}

const refuse = (status: number, reason: string): never => {
  const details = status === 404 ? { details: { name: 'x' } } : {};
  throw new ApiError({ status, reason, message: reason, ...details });
};

/** One object on a server that counts what is asked of it. */
function createServer(stored?: Item) {
  const state = { stored, version: 1, calls: [] as string[], metadataOnly: [] as unknown[] };
  const write = (object: Item): Item => {
    state.version += 1;
    state.stored = { ...object, metadata: { ...object.metadata, uid: 'u', resourceVersion: String(state.version) } };
    return state.stored;
  };
  const client = {
    get: () => {
      state.calls.push('get');
      return Promise.resolve().then(() => state.stored ?? refuse(404, 'NotFound'));
    },
    create: (_type: unknown, object: Item, { metadataOnly }: WriteOptions) => {
      state.calls.push('create');
      state.metadataOnly.push(metadataOnly);
      return Promise.resolve().then(() => (state.stored === undefined ? write(object) : refuse(409, 'AlreadyExists')));
    },
    update: (_type: unknown, object: Item, { metadataOnly }: WriteOptions) => {
      state.calls.push('update');
      state.metadataOnly.push(metadataOnly);
      return Promise.resolve().then(() => {
        if (state.stored === undefined) return refuse(404, 'NotFound');
        const given = object.metadata.resourceVersion;
        return given === state.stored.metadata.resourceVersion ? write(object) : refuse(409, 'Conflict');
      });
    },
    delete: () => {
      state.calls.push('delete');
      state.stored = undefined;
      return Promise.resolve();
    },
  } as unknown as KubernetesClient;
  return { state, client, write };
}

function desire(text: string, more: Partial<Desired<Item>> = {}): Desired<Item> {
  return {
    type: configMapType,
    object: { metadata: { namespace: 'n', name: 'a' }, data: { text } },
    fingerprint: text,
    revise: (live, desired) => ({
      object: { ...desired, metadata: { ...desired.metadata, ...live.metadata } },
      differences: live.data?.text === desired.data?.text ? [] : [{ path: 'data' }],
    }),
    ...more,
  };
}

function setUp(stored?: Item) {
  const clock = new FakeClock();
  const server = createServer(stored);
  const state = { leads: true };
  const fence = () => {
    if (!state.leads) throw new FencedError();
  };
  const applier = new Applier({ client: server.client, clock, fence, fieldManager: 'test' });
  const apply = async (desired: Desired<Item>) => {
    const applied = applier.apply(desired);
    applied.catch(() => undefined);
    await clock.advance(1000);
    return await applied;
  };
  return { ...server, clock, applier, apply, lead: state };
}

const versionOf = ({ stored }: { stored: Item | undefined }): string => stored?.metadata.resourceVersion ?? '';

describe('Applier', () => {
  it('creates what is missing, and asks nothing while the cache shows what it wrote', async () => {
    const { state, apply } = setUp();
    assert.equal(await apply(desire('1', { observedVersion: '' })), 'created');
    state.calls.length = 0;
    assert.equal(await apply(desire('1', { observedVersion: '' })), 'unchanged');
    assert.equal(await apply(desire('1', { observedVersion: versionOf(state) })), 'unchanged');
    assert.deepEqual(state.calls, []);
  });

  it('a change costs one update', async () => {
    const { state, apply } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    state.calls.length = 0;
    assert.equal(await apply(desire('2', { observedVersion: versionOf(state) })), 'updated');
    assert.deepEqual(state.calls, ['update']);
    assert.equal(state.stored?.data?.text, '2');
  });

  it('what is there and equal after a restart is read once and not written', async () => {
    const { state, apply } = setUp({
      metadata: { namespace: 'n', name: 'a', resourceVersion: '1' },
      data: { text: '1' },
    });
    assert.equal(await apply(desire('1', { observedVersion: '1' })), 'unchanged');
    assert.equal(await apply(desire('1', { observedVersion: '1' })), 'unchanged');
    assert.deepEqual(state.calls, ['get']);
  });

  it('a foreign write is seen by its version and undone', async () => {
    const { state, apply, write } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    write({ metadata: { namespace: 'n', name: 'a' }, data: { text: 'foreign' } });
    assert.equal(await apply(desire('1', { observedVersion: versionOf(state) })), 'updated');
    assert.equal(state.stored?.data?.text, '1');
  });

  it('a lost race is compared anew', async () => {
    const { state, apply, write } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    const seen = versionOf(state);
    write({ metadata: { namespace: 'n', name: 'a' }, data: { text: 'foreign' } });
    state.calls.length = 0;
    assert.equal(await apply(desire('2', { observedVersion: seen })), 'updated');
    assert.deepEqual(state.calls, ['update', 'get', 'update']);
    assert.equal(state.stored?.data?.text, '2');
  });

  it('an object that vanished behind the cache is created again', async () => {
    const { state, apply } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    const seen = versionOf(state);
    state.stored = undefined;
    assert.equal(await apply(desire('2', { observedVersion: seen })), 'created');
  });

  it('an object that it created and somebody deleted is created again', async () => {
    const { state, applier, apply } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    const { metadata } = state.stored ?? { metadata: {} };
    state.stored = undefined;
    // A tombstone of a relist: the last known state, under the version that was written.
    applier.forgetDeleted(configMapType, metadata);
    assert.equal(applier.isKnown(configMapType, metadata), false);
    assert.equal(await apply(desire('1', { observedVersion: '' })), 'created');
  });

  it('the late news of an older object’s end changes nothing', async () => {
    const { state, applier, apply } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    applier.forgetDeleted(configMapType, { namespace: 'n', name: 'a', uid: 'older' });
    state.calls.length = 0;
    assert.equal(await apply(desire('1', { observedVersion: '' })), 'unchanged');
    assert.deepEqual(state.calls, []);
  });

  it('a cache that shows nothing for a minute after a create is not believed to lag any more', async () => {
    const { state, apply, clock } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    state.stored = undefined;
    await clock.advance(60_000);
    assert.equal(await apply(desire('1', { observedVersion: '' })), 'created');
  });

  it('one that the cache does not show is found at create and compared', async () => {
    const { state, apply } = setUp({
      metadata: { namespace: 'n', name: 'a', resourceVersion: '1' },
      data: { text: 'old' },
    });
    assert.equal(await apply(desire('1', { cache: { object: undefined } })), 'updated');
    assert.deepEqual(state.calls, ['create', 'get', 'update']);
  });

  it('without a cache what was seen is believed for a minute', async () => {
    const { state, apply, clock } = setUp();
    await apply(desire('1'));
    state.calls.length = 0;
    assert.equal(await apply(desire('1')), 'unchanged');
    await clock.advance(60_000);
    await apply(desire('1'));
    assert.deepEqual(state.calls, ['get']);
  });

  it('writes once more when the answer of the server is to be acknowledged', async () => {
    const { state, apply } = setUp();
    const acknowledge = (written: Item) => ({ ...written, data: { text: 'acknowledged' } });
    await apply(desire('1', { acknowledge }));
    assert.deepEqual(state.calls, ['get', 'create', 'update']);
    assert.equal(state.stored?.data?.text, 'acknowledged');
  });

  it('wants no content back, unless the answer is to be acknowledged', async () => {
    const { state, apply } = setUp();
    await apply(desire('1', { observedVersion: '' }));
    await apply(desire('2', { observedVersion: versionOf(state) }));
    await apply(desire('3', { observedVersion: versionOf(state), acknowledge: () => undefined }));
    assert.deepEqual(state.metadataOnly, [true, true, false]);
  });

  it('does not write behind the fence', async () => {
    const { state, apply, applier, lead } = setUp();
    lead.leads = false;
    await assert.rejects(apply(desire('1')), FencedError);
    await assert.rejects(applier.delete(configMapType, { namespace: 'n', name: 'a' }), FencedError);
    assert.deepEqual(state.calls, ['get']);
  });

  it('refusals come through', async () => {
    const { apply, client } = setUp();
    client.create = () => Promise.reject(new ApiError({ status: 403, reason: 'Forbidden', message: 'no' }));
    await assert.rejects(apply(desire('1')), /no/);
  });
});
