import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import type { ClientOptions, KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { ApiError, TransportError } from '../../../../src/kubernetes/client/errors.ts';
import {
  isAlreadyExists,
  isConflict,
  isForbidden,
  isGone,
  isInvalid,
  isNotFound,
  isServerTimeout,
  isTransport,
  isUnauthorized,
} from '../../../../src/kubernetes/client/errors.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { until } from '../until.ts';
import { FakeServer, answer, breakOff, hang, refuse } from './fake-server.ts';

const pods: ResourceType = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
const nodes: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const things: ResourceType = { group: 'test.io', version: 'v1', plural: 'things', kind: 'Thing', namespaced: true };
const name = { namespace: 'a', name: 'x' };
const pod = { metadata: { namespace: 'a', name: 'x' } };

let server: FakeServer;
let clock: FakeClock;
let client: KubernetesClient;

function connect(options: Partial<ClientOptions> = {}): KubernetesClient {
  return createClient(server.config, { userAgent: 'test/1.0', clock, ...options });
}

beforeEach(async () => {
  server = new FakeServer();
  clock = new FakeClock();
  await server.start();
  client = connect();
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

describe('requests', () => {
  it('are not sent for names that would make another path', async () => {
    server.script = [answer({})];
    const bad = { namespace: 'a', name: '../../b/pods/x' };
    const refusal = { name: 'ApiError', status: 400 };
    await assert.rejects(client.get(pods, bad), refusal);
    await assert.rejects(client.list(pods, { namespace: '..' }), refusal);
    await assert.rejects(client.update(pods, { metadata: bad }), refusal);
    await assert.rejects(client.patch(pods, bad, { kind: 'merge', body: {} }), refusal);
    await assert.rejects(client.delete(pods, bad), refusal);
    await assert.rejects(client.create(pods, { metadata: { ...bad, namespace: 'a/b' } }), refusal);
    await assert.rejects(async () => {
      for await (const event of client.watch(pods, { namespace: '..' })) assert.fail(event.type);
    }, refusal);
    await assert.rejects(client.raw({ method: 'GET', path: '/api/v1/../v2' }), refusal);
    assert.deepEqual(server.lines, []);
  });

  it('address objects, collections and subresources', async () => {
    server.script = [answer({ items: [], metadata: {} })];
    await client.get(pods, name);
    await client.get(nodes, { namespace: '', name: 'n:1' });
    await client.get(things, name, { subresource: 'status' });
    await client.list(pods);
    await client.list(things, { namespace: 'a', labelSelector: 'a in (b,c)', limit: 5, continue: 'token' });
    await client.list(things, { resourceVersion: '5', resourceVersionMatch: 'NotOlderThan', fieldSelector: 'x=y' });
    assert.deepEqual(server.lines, [
      'GET /api/v1/namespaces/a/pods/x',
      'GET /api/v1/nodes/n%3A1',
      'GET /apis/test.io/v1/namespaces/a/things/x/status',
      'GET /api/v1/pods',
      'GET /apis/test.io/v1/namespaces/a/things?labelSelector=a+in+%28b%2Cc%29&limit=5&continue=token',
      'GET /apis/test.io/v1/things?fieldSelector=x%3Dy&resourceVersion=5&resourceVersionMatch=NotOlderThan',
    ]);
    const { headers } = server.requests[0]!;
    assert.deepEqual([headers.accept, headers['user-agent']], ['application/json', 'test/1.0']);
  });

  it('write objects with field manager, dry run and the right type of patch', async () => {
    server.script = [answer(pod, 201)];
    await client.create(pods, pod, { fieldManager: 'me', dryRun: true });
    await client.create(pods, pod, { subresource: 'eviction' });
    await client.update(pods, pod, { subresource: 'status' });
    for (const kind of ['json', 'merge', 'strategic'] as const) await client.patch(pods, name, { kind, body: [] });
    await client.patch(pods, name, { kind: 'apply', body: pod, fieldManager: 'me', force: true });
    assert.deepEqual(server.lines, [
      'POST /api/v1/namespaces/a/pods?fieldManager=me&dryRun=All',
      'POST /api/v1/namespaces/a/pods/x/eviction',
      'PUT /api/v1/namespaces/a/pods/x/status',
      ...Array.from({ length: 3 }, () => 'PATCH /api/v1/namespaces/a/pods/x'),
      'PATCH /api/v1/namespaces/a/pods/x?fieldManager=me&force=true',
    ]);
    assert.deepEqual(
      server.requests.slice(2).map(({ headers }) => headers['content-type']),
      [
        'application/json',
        'application/json-patch+json',
        'application/merge-patch+json',
        'application/strategic-merge-patch+json',
        'application/apply-patch+yaml',
      ],
    );
    assert.deepEqual(JSON.parse(server.requests[0]!.body), pod);
  });

  it('delete with propagation and preconditions', async () => {
    server.script = [answer({ kind: 'Status', status: 'Success' })];
    const preconditions = { uid: 'u', resourceVersion: '5' };
    await client.delete(pods, name, { propagationPolicy: 'Foreground', preconditions, gracePeriodSeconds: 0 });
    await client.delete(pods, name, { dryRun: true });
    const bodies = server.requests.map(({ body }) => JSON.parse(body) as unknown);
    const common = { apiVersion: 'v1', kind: 'DeleteOptions' };
    assert.deepEqual(bodies, [
      { ...common, propagationPolicy: 'Foreground', preconditions, gracePeriodSeconds: 0 },
      { ...common, dryRun: ['All'] },
    ]);
  });

  it('that cannot be addressed fail before they are sent', async () => {
    await assert.rejects(client.get(pods, { namespace: '', name: 'x' }), /namespace is empty/);
    await assert.rejects(client.get(pods, { namespace: 'a', name: '' }), /name is empty/);
    await assert.rejects(client.create(pods, { metadata: { name: 'x' } }), TypeError);
    assert.deepEqual(server.lines, []);
  });

  it('may be raw', async () => {
    server.script = [answer({ major: '1' }), answer('ok'), answer('')];
    const version = await client.raw({ method: 'GET', path: '/version', query: { timeout: '5s' } });
    assert.deepEqual(version, { status: 200, body: { major: '1' } });
    const health = await client.raw({ method: 'POST', path: '/x', body: [1], contentType: 'text/x', accept: 'text/y' });
    assert.deepEqual(health, { status: 200, body: 'ok' });
    assert.equal((await client.raw({ method: 'GET', path: '/' })).body, undefined);
    assert.equal(server.lines[0], 'GET /version?timeout=5s');
    const { headers, body } = server.requests[1]!;
    assert.deepEqual([headers['content-type'], headers.accept, body], ['text/x', 'text/y', '[1]']);
  });

  it('keep their connections', async () => {
    server.script = [answer(pod)];
    for (let round = 0; round < 10; round += 1) await client.get(pods, name);
    assert.ok(server.connections <= 2, `${server.connections} connections`);
  });

  it('carry credentials', async () => {
    server.script = [answer(pod)];
    server.credentials = { headers: { authorization: 'Bearer t', 'impersonate-group': ['a', 'b'] }, tls: {} };
    await client.get(pods, name);
    const { headers } = server.requests[0]!;
    assert.deepEqual([headers.authorization, headers['impersonate-group']], ['Bearer t', 'a, b']);
  });
});

describe('answers', () => {
  it('of lists name the type of each item', async () => {
    server.script = [answer({ metadata: { resourceVersion: '5' }, items: [{ metadata: { name: 'x' } }] })];
    const { items, metadata } = await client.list(pods);
    assert.deepEqual(items, [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }]);
    assert.equal(metadata.resourceVersion, '5');
    server.script = [answer({ items: null })];
    assert.deepEqual(await client.list(pods), { items: [], metadata: {} });
  });

  it('are cut to metadata when asked, whatever the server sends', async () => {
    const partial = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: { name: 'x' } };
    server.script = [answer({ items: [partial, { ...partial, data: { a: 'secret' } }] }), answer(partial)];
    const { items } = await client.list(things, { metadataOnly: true });
    const expected = { apiVersion: 'test.io/v1', kind: 'Thing', metadata: { name: 'x' } };
    assert.deepEqual(items, [expected, expected]);
    assert.match(server.requests[0]?.headers.accept ?? '', /^application\/json;as=PartialObjectMetadataList;/);
    assert.deepEqual(await client.get(things, name, { metadataOnly: true }), expected);
    assert.match(server.requests[1]?.headers.accept ?? '', /^application\/json;as=PartialObjectMetadata;/);
  });

  it('that are no objects are an error', async () => {
    server.script = [answer('<html>')];
    await assert.rejects(client.get(pods, name), /not a JSON object/);
  });

  it('of refusal are ApiErrors, told apart by predicates', async () => {
    const predicates = {
      isAlreadyExists,
      isConflict,
      isForbidden,
      isGone,
      isInvalid,
      isNotFound,
      isServerTimeout,
      isTransport,
      isUnauthorized,
    };
    const expected: [number, string, string][] = [
      [401, 'Unauthorized', 'isUnauthorized'],
      [403, 'Forbidden', 'isForbidden'],
      [404, 'NotFound', 'isNotFound'],
      [409, 'Conflict', 'isConflict'],
      [409, 'AlreadyExists', 'isAlreadyExists'],
      [410, 'Expired', 'isGone'],
      [422, 'Invalid', 'isInvalid'],
      [500, 'ServerTimeout', 'isServerTimeout'],
      [504, 'Timeout', 'isServerTimeout'],
    ];
    for (const [status, reason, predicate] of expected) {
      server.script = [refuse(status, reason)];
      const error = await client.get(pods, name).catch((caught: unknown) => caught);
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.status, error.reason, error.message], [status, reason, `it is ${reason}`]);
      const said = Object.entries(predicates).filter(([, says]) => says(error));
      assert.deepEqual(
        said.map(([key]) => key),
        [predicate],
      );
    }
  });

  it('of refusal keep causes, and need not be a Status', async () => {
    const details = { name: 'x', causes: [{ field: 'spec.a', message: 'bad' }] };
    server.script = [answer({ kind: 'Status', reason: 'Invalid', message: 'no', details, code: 422 }, 422)];
    await assert.rejects(client.update(pods, pod), { details });
    server.script = [answer('upstream is down\nsecond line', 502)];
    await assert.rejects(client.get(pods, name), { status: 502, message: 'upstream is down', reason: 'Unknown' });
    server.script = [answer('', 403)];
    await assert.rejects(client.get(pods, name), { message: 'The API server answered 403 Forbidden' });
  });

  it('may carry a warning, which is shown once', async () => {
    const logger = new RecordingLogger();
    client = connect({ logger });
    server.script = [answer(pod, 200, { warning: '299 - "v1 Thing is old"' })];
    await client.get(pods, name);
    await client.get(pods, name);
    assert.deepEqual(
      logger.lines.map(({ fields }) => fields['warning']),
      ['v1 Thing is old'],
    );
  });
});

describe('trouble', () => {
  it('with Retry-After is tried again after that time', async () => {
    server.script = [
      refuse(429, 'TooManyRequests', { 'retry-after': '2' }),
      refuse(503, 'ServiceUnavailable', { 'retry-after': new Date(clock.now() + 5000).toUTCString() }),
      answer(pod, 201),
    ];
    const created = client.create(pods, pod);
    await until(() => server.requests.length === 1 && clock.pending === 1, 'the first answer came');
    await clock.advance(1999);
    assert.equal(server.requests.length, 1);
    await clock.advance(1);
    await until(() => server.requests.length === 2 && clock.pending === 1, 'the second answer came');
    await clock.advance(5000);
    await created;
    assert.equal(server.requests.length, 3);
  });

  it('with Retry-After is given up after five retries', async () => {
    server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '0' })];
    await assert.rejects(client.get(pods, name), { status: 429, retryAfterSeconds: 0 });
    assert.equal(server.requests.length, 6);
  });

  it('of a write is not tried again where it may have been carried out', async () => {
    server.script = [refuse(504, 'Timeout', { 'retry-after': '0' })];
    await assert.rejects(client.create(pods, pod), { status: 504 });
    assert.equal(server.requests.length, 1);
    await assert.rejects(client.get(pods, name), { status: 504 });
    assert.equal(server.requests.length, 7);
  });

  it('without Retry-After, or with a long one, is the caller’s', async () => {
    server.script = [refuse(500, 'InternalError')];
    await assert.rejects(client.get(pods, name), { status: 500, retryAfterSeconds: undefined });
    server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '3600' })];
    await assert.rejects(client.get(pods, name), { status: 429, retryAfterSeconds: 3600 });
    server.script = [refuse(429, 'TooManyRequests', { 'retry-after': 'soon' })];
    await assert.rejects(client.get(pods, name), { status: 429, retryAfterSeconds: undefined });
    assert.equal(server.requests.length, 3);
  });

  it('of 401 is tried once with new credentials', async () => {
    server.script = [refuse(401, 'Unauthorized'), answer(pod)];
    await client.get(pods, name);
    assert.deepEqual(server.authCalls, [false, true]);
    server.script = [refuse(401, 'Unauthorized')];
    await assert.rejects(client.get(pods, name), isUnauthorized);
    assert.deepEqual(server.authCalls, [false, true, false, true]);
  });

  it('of a broken connection is tried once more for a GET, never for a write', async () => {
    server.script = [breakOff, answer(pod)];
    await client.get(pods, name);
    server.script = [breakOff];
    await assert.rejects(client.create(pods, pod), { failure: 'reset' });
    await assert.rejects(client.get(pods, name), { failure: 'reset' });
    assert.deepEqual(
      server.lines.map((line) => line.slice(0, 4)),
      ['GET ', 'GET ', 'POST', 'GET ', 'GET '],
    );
  });

  it('of a server that does not answer ends with the time-out', async () => {
    server.script = [hang];
    const got = client.get(pods, name).catch((error: unknown) => error);
    await until(() => server.requests.length === 1, 'the request came');
    await clock.advance(60_000);
    const error = await got;
    assert.ok(error instanceof TransportError);
    assert.equal(error.failure, 'timeout');
    assert.match(error.message, /^No answer within 60000 ms from the API server at "http/);
  });

  it('of a server that stops in the middle of its answer, too', async () => {
    client = connect({ requestTimeoutMs: 5000 });
    let begun = false;
    server.script = [
      (response) => {
        response.writeHead(200);
        response.write('{"metadata":');
        begun = true;
      },
    ];
    const got = client.get(pods, name).catch((error: unknown) => error);
    await until(() => begun, 'the answer began');
    await clock.advance(5000);
    assert.equal((await got) instanceof TransportError, true);
  });

  it('of a server that is not there is a TransportError that names it', async () => {
    const { config } = server;
    await server.stop();
    await assert.rejects(client.get(pods, name), (error: unknown) => {
      assert.ok(isTransport(error));
      assert.equal(error.failure, 'refused');
      assert.match(error.message, /^Cannot reach the API server at "http:\/\/127\.0\.0\.1:\d+": connect ECONNREFUSED/);
      return true;
    });
    const unknown = { ...config, server: 'http://no-such-host.invalid:1' };
    const other = createClient(unknown, { userAgent: 'test', clock });
    await assert.rejects(other.get(pods, name), { failure: 'dns' });
    await server.start();
  });

  it('of credentials is the error itself', async () => {
    const fault = new TransportError('Cannot authenticate', 'auth');
    const other = createClient({ ...server.config, applyAuth: () => Promise.reject(fault) }, { userAgent: 'x', clock });
    await assert.rejects(other.get(pods, name), fault);
    const never = new Promise<never>(() => undefined);
    const stuck = createClient({ ...server.config, applyAuth: () => never }, { userAgent: 'x', clock });
    const got = stuck.get(pods, name).catch((error: unknown) => error);
    await clock.advance(60_000);
    assert.equal(((await got) as TransportError).failure, 'timeout');
  });

  it('ends with the signal’s reason when the caller does not want any more', async () => {
    server.script = [hang];
    const end = new AbortController();
    const got = client.get(pods, name, { signal: end.signal }).catch((error: unknown) => error);
    await until(() => server.requests.length === 1, 'the request came');
    const reason = new Error('enough');
    end.abort(reason);
    assert.equal(await got, reason);
    await assert.rejects(client.get(pods, name, { signal: end.signal }), reason);
    assert.equal(clock.pending, 0);
  });

  it('after close is an error', async () => {
    await client.close();
    await assert.rejects(client.get(pods, name), { failure: 'closed' });
  });
});

describe('throttle', () => {
  it('lets a burst pass, then so many requests a second, in order', async () => {
    const waits: number[] = [];
    client = connect({ qps: 2, burst: 2, metrics: { observeThrottle: ({ waitedMs }) => waits.push(waitedMs) } });
    server.script = [answer(pod)];
    const all = Array.from({ length: 4 }, () => client.get(pods, name));
    await Promise.all(all.slice(0, 2));
    assert.equal(server.requests.length, 2);
    await clock.advance(500);
    await all[2];
    assert.equal(server.requests.length, 3);
    await clock.advance(500);
    await all[3];
    assert.deepEqual(waits, [0, 0, 500, 1000]);
    await clock.advance(60_000);
    await Promise.all([client.get(pods, name), client.get(pods, name)]);
  });

  it('gives back the place of a request that was given up', async () => {
    client = connect({ qps: 1, burst: 1 });
    server.script = [answer(pod)];
    await client.get(pods, name);
    const end = new AbortController();
    const given = client.get(pods, name, { signal: end.signal }).catch((error: unknown) => error);
    await clock.advance(0);
    end.abort();
    await given;
    const next = client.get(pods, name);
    await clock.advance(1000);
    await next;
    assert.equal(server.requests.length, 2);
  });
});

describe('metrics', () => {
  it('tell method, endpoint without names, status and duration of each request', async () => {
    const seen: unknown[] = [];
    client = connect({ metrics: { observeRequest: (request) => seen.push(Object.values(request)) } });
    server.script = [answer(pod)];
    await client.get(things, name, { subresource: 'status' });
    server.script = [refuse(404, 'NotFound')];
    await client.list(nodes).catch(() => undefined);
    server.script = [breakOff];
    await client.create(things, pod).catch(() => undefined);
    assert.deepEqual(seen, [
      ['GET', '/apis/test.io/v1/namespaces/{namespace}/things/{name}/status', '200', 0],
      ['GET', '/api/v1/nodes', '404', 0],
      ['POST', '/apis/test.io/v1/namespaces/{namespace}/things', '<error>', 0],
    ]);
  });
});
