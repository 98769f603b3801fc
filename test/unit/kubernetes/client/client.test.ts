import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
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
import { answer, breakOff, refuse } from './fake-server.ts';
import { name, pod, pods, useClient } from './client-world.ts';

const world = useClient();

const nodes: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const things: ResourceType = { group: 'test.io', version: 'v1', plural: 'things', kind: 'Thing', namespaced: true };

describe('requests', () => {
  it('are not sent for names that would make another path', async () => {
    world.server.script = [answer({})];
    const bad = { namespace: 'a', name: '../../b/pods/x' };
    const refusal = { name: 'ApiError', status: 400 };
    await assert.rejects(world.client.get(pods, bad), refusal);
    await assert.rejects(world.client.list(pods, { namespace: '..' }), refusal);
    await assert.rejects(world.client.update(pods, { metadata: bad }), refusal);
    await assert.rejects(world.client.patch(pods, bad, { kind: 'merge', body: {} }), refusal);
    await assert.rejects(world.client.delete(pods, bad), refusal);
    await assert.rejects(world.client.create(pods, { metadata: { ...bad, namespace: 'a/b' } }), refusal);
    await assert.rejects(async () => {
      for await (const event of world.client.watch(pods, { namespace: '..' })) assert.fail(event.type);
    }, refusal);
    await assert.rejects(world.client.raw({ method: 'GET', path: '/api/v1/../v2' }), refusal);
    assert.deepEqual(world.server.lines, []);
  });

  it('address objects, collections and subresources', async () => {
    world.server.script = [answer({ items: [], metadata: {} })];
    await world.client.get(pods, name);
    await world.client.get(nodes, { namespace: '', name: 'n:1' });
    await world.client.get(things, name, { subresource: 'status' });
    await world.client.list(pods);
    await world.client.list(things, { namespace: 'a', labelSelector: 'a in (b,c)', limit: 5, continue: 'token' });
    await world.client.list(things, {
      resourceVersion: '5',
      resourceVersionMatch: 'NotOlderThan',
      fieldSelector: 'x=y',
    });
    assert.deepEqual(world.server.lines, [
      'GET /api/v1/namespaces/a/pods/x',
      'GET /api/v1/nodes/n%3A1',
      'GET /apis/test.io/v1/namespaces/a/things/x/status',
      'GET /api/v1/pods',
      'GET /apis/test.io/v1/namespaces/a/things?labelSelector=a+in+%28b%2Cc%29&limit=5&continue=token',
      'GET /apis/test.io/v1/things?fieldSelector=x%3Dy&resourceVersion=5&resourceVersionMatch=NotOlderThan',
    ]);
    const { headers } = world.server.requests[0]!;
    assert.deepEqual([headers.accept, headers['user-agent']], ['application/json', 'test/1.0']);
  });

  it('write objects with field manager, dry run and the right type of patch', async () => {
    world.server.script = [answer(pod, 201)];
    await world.client.create(pods, pod, { fieldManager: 'me', dryRun: true });
    await world.client.create(pods, pod, { subresource: 'eviction' });
    await world.client.update(pods, pod, { subresource: 'status' });
    for (const kind of ['json', 'merge', 'strategic'] as const)
      await world.client.patch(pods, name, { kind, body: [] });
    await world.client.patch(pods, name, { kind: 'apply', body: pod, fieldManager: 'me', force: true });
    assert.deepEqual(world.server.lines, [
      'POST /api/v1/namespaces/a/pods?fieldManager=me&dryRun=All',
      'POST /api/v1/namespaces/a/pods/x/eviction',
      'PUT /api/v1/namespaces/a/pods/x/status',
      ...Array.from({ length: 3 }, () => 'PATCH /api/v1/namespaces/a/pods/x'),
      'PATCH /api/v1/namespaces/a/pods/x?fieldManager=me&force=true',
    ]);
    assert.deepEqual(
      world.server.requests.slice(2).map(({ headers }) => headers['content-type']),
      [
        'application/json',
        'application/json-patch+json',
        'application/merge-patch+json',
        'application/strategic-merge-patch+json',
        'application/apply-patch+yaml',
      ],
    );
    assert.deepEqual(JSON.parse(world.server.requests[0]!.body), pod);
  });

  it('delete with propagation and preconditions', async () => {
    world.server.script = [answer({ kind: 'Status', status: 'Success' })];
    const preconditions = { uid: 'u', resourceVersion: '5' };
    await world.client.delete(pods, name, { propagationPolicy: 'Foreground', preconditions, gracePeriodSeconds: 0 });
    await world.client.delete(pods, name, { dryRun: true });
    const bodies = world.server.requests.map(({ body }) => JSON.parse(body) as unknown);
    const common = { apiVersion: 'v1', kind: 'DeleteOptions' };
    assert.deepEqual(bodies, [
      { ...common, propagationPolicy: 'Foreground', preconditions, gracePeriodSeconds: 0 },
      { ...common, dryRun: ['All'] },
    ]);
  });

  it('that cannot be addressed fail before they are sent', async () => {
    await assert.rejects(world.client.get(pods, { namespace: '', name: 'x' }), /namespace is empty/);
    await assert.rejects(world.client.get(pods, { namespace: 'a', name: '' }), /name is empty/);
    await assert.rejects(world.client.create(pods, { metadata: { name: 'x' } }), TypeError);
    assert.deepEqual(world.server.lines, []);
  });

  it('may be raw', async () => {
    world.server.script = [answer({ major: '1' }), answer('ok'), answer('')];
    const version = await world.client.raw({ method: 'GET', path: '/version', query: { timeout: '5s' } });
    assert.deepEqual(version, { status: 200, body: { major: '1' } });
    const health = await world.client.raw({
      method: 'POST',
      path: '/x',
      body: [1],
      contentType: 'text/x',
      accept: 'text/y',
    });
    assert.deepEqual(health, { status: 200, body: 'ok' });
    assert.equal((await world.client.raw({ method: 'GET', path: '/' })).body, undefined);
    assert.equal(world.server.lines[0], 'GET /version?timeout=5s');
    const { headers, body } = world.server.requests[1]!;
    assert.deepEqual([headers['content-type'], headers.accept, body], ['text/x', 'text/y', '[1]']);
  });

  it('keep their connections', async () => {
    world.server.script = [answer(pod)];
    for (let round = 0; round < 10; round += 1) await world.client.get(pods, name);
    assert.ok(world.server.connections <= 2, `${world.server.connections} connections`);
  });

  it('carry credentials', async () => {
    world.server.script = [answer(pod)];
    world.server.credentials = { headers: { authorization: 'Bearer t', 'impersonate-group': ['a', 'b'] }, tls: {} };
    await world.client.get(pods, name);
    const { headers } = world.server.requests[0]!;
    assert.deepEqual([headers.authorization, headers['impersonate-group']], ['Bearer t', 'a, b']);
  });
});

describe('answers', () => {
  it('of lists name the type of each item', async () => {
    world.server.script = [answer({ metadata: { resourceVersion: '5' }, items: [{ metadata: { name: 'x' } }] })];
    const { items, metadata } = await world.client.list(pods);
    assert.deepEqual(items, [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }]);
    assert.equal(metadata.resourceVersion, '5');
    world.server.script = [answer({ items: null })];
    assert.deepEqual(await world.client.list(pods), { items: [], metadata: {} });
  });

  it('are cut to metadata when asked, whatever the server sends', async () => {
    const partial = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: { name: 'x' } };
    world.server.script = [answer({ items: [partial, { ...partial, data: { a: 'secret' } }] }), answer(partial)];
    const { items } = await world.client.list(things, { metadataOnly: true });
    const expected = { apiVersion: 'test.io/v1', kind: 'Thing', metadata: { name: 'x' } };
    assert.deepEqual(items, [expected, expected]);
    assert.match(world.server.requests[0]?.headers.accept ?? '', /^application\/json;as=PartialObjectMetadataList;/);
    assert.deepEqual(await world.client.get(things, name, { metadataOnly: true }), expected);
    assert.match(world.server.requests[1]?.headers.accept ?? '', /^application\/json;as=PartialObjectMetadata;/);
  });

  it('of writes are cut to metadata, too', async () => {
    const metadata = { namespace: 'n', name: 'x', resourceVersion: '7' };
    world.server.script = [answer({ metadata, data: { a: 'large' } })];
    const written = await world.client.update(things, { metadata }, { metadataOnly: true });
    assert.deepEqual(written, { apiVersion: 'test.io/v1', kind: 'Thing', metadata });
    assert.match(world.server.requests[0]?.headers.accept ?? '', /^application\/json;as=PartialObjectMetadata;/);
  });

  it('that are no objects are an error', async () => {
    world.server.script = [answer('<html>')];
    await assert.rejects(world.client.get(pods, name), /not a JSON object/);
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
      world.server.script = [refuse(status, reason)];
      const error = await world.client.get(pods, name).catch((caught: unknown) => caught);
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
    world.server.script = [answer({ kind: 'Status', reason: 'Invalid', message: 'no', details, code: 422 }, 422)];
    await assert.rejects(world.client.update(pods, pod), { details });
    world.server.script = [answer('upstream is down\nsecond line', 502)];
    await assert.rejects(world.client.get(pods, name), { status: 502, message: 'upstream is down', reason: 'Unknown' });
    world.server.script = [answer('', 403)];
    await assert.rejects(world.client.get(pods, name), { message: 'The API server answered 403 Forbidden' });
  });

  it('may carry a warning, which is shown once', async () => {
    const logger = new RecordingLogger();
    world.client = world.connect({ logger });
    world.server.script = [answer(pod, 200, { warning: '299 - "v1 Thing is old"' })];
    await world.client.get(pods, name);
    await world.client.get(pods, name);
    assert.deepEqual(
      logger.lines.map(({ fields }) => fields['warning']),
      ['v1 Thing is old'],
    );
  });
});

describe('metrics', () => {
  it('tell method, endpoint without names, status and duration of each request', async () => {
    const seen: unknown[] = [];
    world.client = world.connect({ metrics: { observeRequest: (request) => seen.push(Object.values(request)) } });
    world.server.script = [answer(pod)];
    await world.client.get(things, name, { subresource: 'status' });
    world.server.script = [refuse(404, 'NotFound')];
    await world.client.list(nodes).catch(() => undefined);
    world.server.script = [breakOff];
    await world.client.create(things, pod).catch(() => undefined);
    assert.deepEqual(seen, [
      ['GET', '/apis/test.io/v1/namespaces/{namespace}/things/{name}/status', '200', 0],
      ['GET', '/api/v1/nodes', '404', 0],
      ['POST', '/apis/test.io/v1/namespaces/{namespace}/things', '<error>', 0],
    ]);
  });
});
