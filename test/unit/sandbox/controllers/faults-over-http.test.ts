import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { createFaults } from '../../../../src/sandbox/faults/faults.ts';
import { conflict, tooManyRequests } from '../../../../src/sandbox/faults/refusals.ts';
import { createSandboxServer } from '../../../../src/sandbox/server.ts';

const path = '/api/v1/namespaces/default/configmaps';

describe('faults over HTTP', () => {
  const faults = createFaults();
  const sandbox = createSandboxServer({ faults: faults.hook });
  let agent: Agent;

  before(async () => {
    await sandbox.listen();
    agent = new Agent({ connect: { ca: sandbox.caCertificate } });
  });
  after(async () => {
    await agent.destroy();
    await sandbox.close();
  });
  beforeEach(() => faults.clear());

  function call(method: Dispatcher.HttpMethod, target: string, body?: object) {
    const headers = { authorization: `Bearer ${sandbox.adminToken}`, 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return request(`${sandbox.url}${target}`, { method, headers, dispatcher: agent, ...text });
  }

  const create = (name: string) => call('POST', path, { metadata: { name } });
  const exists = (name: string) =>
    sandbox.api.get({ group: '', plural: 'configmaps' }, { namespace: 'default', name }) !== undefined;

  it('a refusal is a Status, with Retry-After, and nothing is done', async () => {
    faults.add({ match: { verb: 'create', resource: 'configmaps' }, fault: tooManyRequests(7), times: 1 });
    const { statusCode, headers, body } = await create('limited');
    const status = (await body.json()) as { kind: string; reason: string };
    assert.deepEqual(
      [statusCode, headers['retry-after'], status.kind, status.reason],
      [429, '7', 'Status', 'TooManyRequests'],
    );
    assert.equal(exists('limited'), false);
    assert.equal((await create('limited')).statusCode, 201);
  });

  it('a rule is about the subresource it names', async () => {
    await create('named');
    faults.add({ match: { verb: 'update', subresource: '' }, fault: conflict });
    const answer = await call('PUT', `${path}/named`, { metadata: { name: 'named' } });
    assert.equal(answer.statusCode, 409);
    assert.equal((await call('GET', `${path}/named`)).statusCode, 200);
  });

  it('a reset cuts the connection before anything is done, or after', async () => {
    faults.add({ match: { verb: 'create' }, fault: { kind: 'reset' }, times: 1 });
    await assert.rejects(create('cut-before'));
    assert.equal(exists('cut-before'), false);
    faults.add({ match: { verb: 'create' }, fault: { kind: 'reset', afterBytes: 10 }, times: 1 });
    await assert.rejects(async () => (await create('cut-after')).body.text());
    assert.equal(exists('cut-after'), true);
  });

  it('a watch is cut in the middle of a line', async () => {
    faults.add({ match: { verb: 'watch' }, fault: { kind: 'reset', afterBytes: 30 }, times: 1 });
    const { body } = await call('GET', `${path}?watch=true`);
    let seen = '';
    await assert.rejects(async () => {
      for await (const piece of body as AsyncIterable<Buffer>) seen += piece.toString();
    });
    assert.ok(seen.length > 0 && !seen.includes('\n'), seen);
  });

  it('an event is dropped, and the watch goes on', async () => {
    const { resourceVersion } = sandbox.api.list({ group: '', plural: 'configmaps' });
    faults.add({
      match: { verb: 'watch', resource: 'configmaps' },
      fate: 'drop',
      event: { type: 'ADDED', name: 'unseen' },
    });
    const { body } = await call('GET', `${path}?watch=true&resourceVersion=${resourceVersion}&timeoutSeconds=30`);
    await create('unseen');
    await create('seen');
    const lines = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const { value } = (await lines.next()) as { value: Buffer };
    const event = JSON.parse(value.toString().split('\n')[0] ?? '') as { object: { metadata: { name: string } } };
    assert.equal(event.object.metadata.name, 'seen');
    await lines.return?.();
  });

  it('an event ends the watch as expired', async () => {
    const target = '/api/v1/namespaces/default/secrets';
    faults.add({ match: { verb: 'watch', resource: 'secrets' }, fate: 'expire', times: 1 });
    const { body } = await call('GET', `${target}?watch=true`);
    await call('POST', target, { metadata: { name: 'late' } });
    const lines = (await body.text()).trim().split('\n');
    const event = JSON.parse(lines[0] ?? '') as { type: string; object: { code: number } };
    assert.deepEqual([lines.length, event.type, event.object.code], [1, 'ERROR', 410]);
  });
});
