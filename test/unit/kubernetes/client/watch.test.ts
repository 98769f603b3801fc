import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient, WatchEvent, WatchOptions } from '../../../../src/kubernetes/client/client.ts';
import { ApiError, TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { until } from '../until.ts';
import { FakeServer, hang, refuse } from './fake-server.ts';

const things: ResourceType = { group: 'test.io', version: 'v1', plural: 'things', kind: 'Thing', namespaced: true };

let server: FakeServer;
let clock: FakeClock;
let client: KubernetesClient;
let response: ServerResponse | undefined;

beforeEach(async () => {
  server = new FakeServer();
  clock = new FakeClock();
  await server.start();
  client = createClient(server.config, { userAgent: 'test', clock });
  response = undefined;
  server.script = [
    (opened) => {
      opened.writeHead(200);
      opened.flushHeaders();
      response = opened;
    },
  ];
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

interface Reading {
  readonly events: WatchEvent[];
  readonly ended: Promise<unknown>;
}

/** Reads in the background; `ended` gives the error, or undefined for an ordinary end. */
async function read(options: WatchOptions = {}): Promise<Reading> {
  const events: WatchEvent[] = [];
  const consume = async (): Promise<void> => {
    for await (const event of client.watch(things, options)) events.push(event);
  };
  const ended = consume().then(
    () => undefined,
    (error: unknown) => error,
  );
  await until(() => server.requests.length > 0, 'the watch was asked for');
  return { events, ended };
}

const line = (type: string, name: string): string =>
  `${JSON.stringify({ type, object: { metadata: { name, annotations: { text: 'größer 🦭' } } } })}\n`;

describe('watch', () => {
  it('asks for what the options say', async () => {
    const reading = await read({
      namespace: 'a',
      resourceVersion: '5',
      labelSelector: 'a=b',
      allowWatchBookmarks: true,
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      timeoutSeconds: 300,
    });
    response?.end();
    assert.equal(await reading.ended, undefined);
    const [path, query] = (server.requests[0]?.url ?? '').split('?');
    assert.equal(path, '/apis/test.io/v1/namespaces/a/things');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), {
      labelSelector: 'a=b',
      resourceVersion: '5',
      resourceVersionMatch: 'NotOlderThan',
      watch: 'true',
      allowWatchBookmarks: 'true',
      sendInitialEvents: 'true',
      timeoutSeconds: '300',
    });
  });

  it('gives events as they come, however their bytes are cut', async () => {
    let opened = false;
    const reading = await read({ onOpen: () => (opened = true) });
    await until(() => opened, 'the watch was open');
    const bytes = Buffer.from(line('ADDED', 'x') + line('MODIFIED', 'y') + '\n' + line('BOOKMARK', ''));
    for (const byte of bytes) {
      if (response?.write(Buffer.from([byte])) === false) await once(response, 'drain');
      if (byte === 0x0a) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => reading.events.length === 3, 'all events came');
    const [first] = reading.events;
    assert.deepEqual(
      reading.events.map(({ type }) => type),
      ['ADDED', 'MODIFIED', 'BOOKMARK'],
    );
    assert.equal(first?.object.metadata.annotations?.['text'], 'größer 🦭');
    assert.deepEqual([first.object.apiVersion, first.object.kind], ['test.io/v1', 'Thing']);
    response?.end();
    assert.equal(await reading.ended, undefined);
  });

  it('of metadata leaves out everything else', async () => {
    const reading = await read({ metadataOnly: true });
    response?.end(`${JSON.stringify({ type: 'ADDED', object: { metadata: { name: 'x' }, data: { a: 'secret' } } })}\n`);
    await reading.ended;
    assert.deepEqual(reading.events[0]?.object, {
      apiVersion: 'test.io/v1',
      kind: 'Thing',
      metadata: { name: 'x' },
    });
    assert.match(server.requests[0]?.headers.accept ?? '', /as=PartialObjectMetadata;/);
  });

  it('throws the error of an ERROR event', async () => {
    const reading = await read();
    const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (2)' };
    response?.write(line('ADDED', 'x') + `${JSON.stringify({ type: 'ERROR', object })}\n`);
    const error = await reading.ended;
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.reason, reading.events.length], [410, 'Expired', 1]);
  });

  it('that is refused throws an ApiError, and is not tried again', async () => {
    server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '1' })];
    const reading = await read();
    const error = await reading.ended;
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.retryAfterSeconds, server.requests.length], [429, 1, 1]);
  });

  it('is asked for once more with new credentials after a 401', async () => {
    const [accept] = server.script;
    server.script = [refuse(401, 'Unauthorized'), accept!];
    const reading = await read();
    await until(() => response !== undefined, 'the watch was open');
    response?.end(line('ADDED', 'x'));
    assert.equal(await reading.ended, undefined);
    assert.deepEqual([server.authCalls, reading.events.length], [[false, true], 1]);
    server.script = [refuse(401, 'Unauthorized')];
    server.requests.length = 0;
    assert.equal(((await (await read()).ended) as ApiError).status, 401);
  });

  it('that ends in the middle of a line is a reset', async () => {
    const reading = await read();
    response?.end(line('ADDED', 'x') + line('ADDED', 'y').slice(0, 20));
    const error = await reading.ended;
    assert.ok(error instanceof TransportError);
    assert.deepEqual([error.failure, reading.events.length], ['reset', 1]);
  });

  it('whose connection breaks is a reset', async () => {
    const reading = await read();
    response?.write(line('ADDED', 'x'));
    await until(() => reading.events.length === 1, 'the event came');
    response?.socket?.destroy();
    assert.equal(((await reading.ended) as TransportError).failure, 'reset');
  });

  it('does not quote a line that it cannot read', async () => {
    for (const bad of ['{"type":"ADDED","object":{"data":"secret', '{"type":"ADDED"}', 'null']) {
      server.requests.length = 0;
      const reading = await read();
      response?.write(`${bad}\n`);
      const error = await reading.ended;
      assert.ok(error instanceof TransportError);
      assert.equal(error.failure, 'reset');
      assert.ok(!error.message.includes('secret'));
    }
  });

  it('that falls silent is given up: half-open connections are found', async () => {
    const reading = await read({ silenceMs: 10_000 });
    await until(() => clock.pending === 1 && response !== undefined, 'the watch was open');
    await clock.advance(9000);
    response?.write(line('ADDED', 'x'));
    await until(() => reading.events.length === 1, 'the event came');
    await clock.advance(9999);
    response?.write(line('ADDED', 'y'));
    await until(() => reading.events.length === 2, 'the next event came');
    await clock.advance(10_000);
    const error = await reading.ended;
    assert.ok(error instanceof TransportError);
    assert.equal(error.failure, 'timeout');
    assert.match(error.message, /^The watch was silent for 10000 ms/);
  });

  it('that is never answered ends with the time-out of requests', async () => {
    server.script = [hang];
    const reading = await read({ silenceMs: 10_000 });
    await clock.advance(60_000);
    assert.equal(((await reading.ended) as TransportError).failure, 'timeout');
  });

  it('ends at once when it is aborted, and lets go of its connection', async () => {
    const end = new AbortController();
    const reading = await read({ signal: end.signal, silenceMs: 10_000 });
    const closed = once(response!, 'close');
    const reason = new Error('enough');
    end.abort(reason);
    assert.equal(await reading.ended, reason);
    await closed;
    assert.equal(clock.pending, 0);
  });

  it('lets go of its connection when the reader has seen enough', async () => {
    const reader = (async () => {
      for await (const { type } of client.watch(things, {})) return type;
      return 'none';
    })();
    await until(() => response !== undefined, 'the watch was open');
    const closed = once(response!, 'close');
    response?.write(line('ADDED', 'x'));
    assert.equal(await reader, 'ADDED');
    await closed;
  });
});
