import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { isTransport, isUnauthorized } from '../../../../src/kubernetes/client/errors.ts';
import { until } from '../until.ts';
import { answer, breakOff, hang, refuse } from './fake-server.ts';
import { name, pod, pods, useClient } from './client-world.ts';

const world = useClient();

describe('trouble', () => {
  it('with Retry-After is tried again after that time', async () => {
    world.server.script = [
      refuse(429, 'TooManyRequests', { 'retry-after': '2' }),
      refuse(503, 'ServiceUnavailable', { 'retry-after': new Date(world.clock.now() + 5000).toUTCString() }),
      answer(pod, 201),
    ];
    const created = world.client.create(pods, pod);
    await until(() => world.server.requests.length === 1 && world.clock.pending === 1, 'the first answer came');
    await world.clock.advance(1999);
    assert.equal(world.server.requests.length, 1);
    await world.clock.advance(1);
    await until(() => world.server.requests.length === 2 && world.clock.pending === 1, 'the second answer came');
    await world.clock.advance(5000);
    await created;
    assert.equal(world.server.requests.length, 3);
  });

  it('with Retry-After is given up after five retries', async () => {
    world.server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '0' })];
    await assert.rejects(world.client.get(pods, name), { status: 429, retryAfterSeconds: 0 });
    assert.equal(world.server.requests.length, 6);
  });

  it('of a write is not tried again where it may have been carried out', async () => {
    world.server.script = [refuse(504, 'Timeout', { 'retry-after': '0' })];
    await assert.rejects(world.client.create(pods, pod), { status: 504 });
    assert.equal(world.server.requests.length, 1);
    await assert.rejects(world.client.get(pods, name), { status: 504 });
    assert.equal(world.server.requests.length, 7);
  });

  it('without Retry-After, or with a long one, is the caller’s', async () => {
    world.server.script = [refuse(500, 'InternalError')];
    await assert.rejects(world.client.get(pods, name), { status: 500, retryAfterSeconds: undefined });
    world.server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '3600' })];
    await assert.rejects(world.client.get(pods, name), { status: 429, retryAfterSeconds: 3600 });
    world.server.script = [refuse(429, 'TooManyRequests', { 'retry-after': 'soon' })];
    await assert.rejects(world.client.get(pods, name), { status: 429, retryAfterSeconds: undefined });
    assert.equal(world.server.requests.length, 3);
  });

  it('of 401 is tried once with new credentials', async () => {
    world.server.script = [refuse(401, 'Unauthorized'), answer(pod)];
    await world.client.get(pods, name);
    assert.deepEqual(world.server.authCalls, [false, true]);
    world.server.script = [refuse(401, 'Unauthorized')];
    await assert.rejects(world.client.get(pods, name), isUnauthorized);
    assert.deepEqual(world.server.authCalls, [false, true, false, true]);
  });

  it('of a broken connection is tried once more for a GET, never for a write', async () => {
    world.server.script = [breakOff, answer(pod)];
    await world.client.get(pods, name);
    world.server.script = [breakOff];
    await assert.rejects(world.client.create(pods, pod), { failure: 'reset' });
    await assert.rejects(world.client.get(pods, name), { failure: 'reset' });
    assert.deepEqual(
      world.server.lines.map((line) => line.slice(0, 4)),
      ['GET ', 'GET ', 'POST', 'GET ', 'GET '],
    );
  });

  it('of a server that does not answer ends with the time-out', async () => {
    world.server.script = [hang];
    const got = world.client.get(pods, name).catch((error: unknown) => error);
    await until(() => world.server.requests.length === 1, 'the request came');
    await world.clock.advance(60_000);
    const error = await got;
    assert.ok(error instanceof TransportError);
    assert.equal(error.failure, 'timeout');
    assert.match(error.message, /^No answer within 60000 ms from the API server at "http/);
  });

  it('of a server that stops in the middle of its answer, too', async () => {
    world.client = world.connect({ requestTimeoutMs: 5000 });
    let begun = false;
    world.server.script = [
      (response) => {
        response.writeHead(200);
        response.write('{"metadata":');
        begun = true;
      },
    ];
    const got = world.client.get(pods, name).catch((error: unknown) => error);
    await until(() => begun, 'the answer began');
    await world.clock.advance(5000);
    assert.equal((await got) instanceof TransportError, true);
  });

  it('of a server that is not there is a TransportError that names it', async () => {
    const { config } = world.server;
    await world.server.stop();
    await assert.rejects(world.client.get(pods, name), (error: unknown) => {
      assert.ok(isTransport(error));
      assert.equal(error.failure, 'refused');
      assert.match(error.message, /^Cannot reach the API server at "http:\/\/127\.0\.0\.1:\d+": connect ECONNREFUSED/);
      return true;
    });
    const unknown = { ...config, server: 'http://no-such-host.invalid:1' };
    const other = createClient(unknown, { userAgent: 'test', clock: world.clock });
    await assert.rejects(other.get(pods, name), { failure: 'dns' });
    await world.server.start();
  });

  it('of credentials is the error itself', async () => {
    const fault = new TransportError('Cannot authenticate', 'auth');
    const other = createClient(
      { ...world.server.config, applyAuth: () => Promise.reject(fault) },
      { userAgent: 'x', clock: world.clock },
    );
    await assert.rejects(other.get(pods, name), fault);
    const never = new Promise<never>(() => undefined);
    const stuck = createClient(
      { ...world.server.config, applyAuth: () => never },
      { userAgent: 'x', clock: world.clock },
    );
    const got = stuck.get(pods, name).catch((error: unknown) => error);
    await world.clock.advance(60_000);
    assert.equal(((await got) as TransportError).failure, 'timeout');
  });

  it('ends with the signal’s reason when the caller does not want any more', async () => {
    world.server.script = [hang];
    const end = new AbortController();
    const got = world.client.get(pods, name, { signal: end.signal }).catch((error: unknown) => error);
    await until(() => world.server.requests.length === 1, 'the request came');
    const reason = new Error('enough');
    end.abort(reason);
    assert.equal(await got, reason);
    await assert.rejects(world.client.get(pods, name, { signal: end.signal }), reason);
    assert.equal(world.clock.pending, 0);
  });

  it('after close is an error', async () => {
    await world.client.close();
    await assert.rejects(world.client.get(pods, name), { failure: 'closed' });
  });
});

describe('throttle', () => {
  it('lets a burst pass, then so many requests a second, in order', async () => {
    const waits: number[] = [];
    world.client = world.connect({
      qps: 2,
      burst: 2,
      metrics: { observeThrottle: ({ waitedMs }) => waits.push(waitedMs) },
    });
    world.server.script = [answer(pod)];
    const all = Array.from({ length: 4 }, () => world.client.get(pods, name));
    await Promise.all(all.slice(0, 2));
    assert.equal(world.server.requests.length, 2);
    await world.clock.advance(500);
    await all[2];
    assert.equal(world.server.requests.length, 3);
    await world.clock.advance(500);
    await all[3];
    assert.deepEqual(waits, [0, 0, 500, 1000]);
    await world.clock.advance(60_000);
    await Promise.all([world.client.get(pods, name), world.client.get(pods, name)]);
  });

  it('gives back the place of a request that was given up', async () => {
    world.client = world.connect({ qps: 1, burst: 1 });
    world.server.script = [answer(pod)];
    await world.client.get(pods, name);
    const end = new AbortController();
    const given = world.client.get(pods, name, { signal: end.signal }).catch((error: unknown) => error);
    await world.clock.advance(0);
    end.abort();
    await given;
    const next = world.client.get(pods, name);
    await world.clock.advance(1000);
    await next;
    assert.equal(world.server.requests.length, 2);
  });
});
