import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { configMapType } from '../../../src/api/builtin-types.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { FencedError } from '../../../src/runtime/controller.ts';
import { FencedClient } from '../../../src/runtime/fenced-client.ts';
import { FakeServer, answer, refuse } from '../kubernetes/client/fake-server.ts';
import { until } from '../kubernetes/until.ts';

const name = { namespace: 'a', name: 'x' };
const object = { metadata: name };

describe('a fenced client', () => {
  let server: FakeServer;
  let clock: FakeClock;
  let inner: KubernetesClient;
  let client: KubernetesClient;
  let mayWrite: boolean;
  beforeEach(async () => {
    server = new FakeServer();
    clock = new FakeClock();
    await server.start();
    server.script = [answer({ ...object, items: [] })];
    inner = createClient(server.config, { userAgent: 'test', clock });
    mayWrite = true;
    client = new FencedClient(inner, () => {
      if (!mayWrite) throw new FencedError();
    });
  });
  afterEach(async () => {
    await inner.close();
    await server.stop();
  });

  it('sends every write while it may', async () => {
    await client.create(configMapType, object);
    await client.update(configMapType, object);
    await client.patch(configMapType, name, { kind: 'merge', body: {} });
    await client.delete(configMapType, name);
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['POST', 'PUT', 'PATCH', 'DELETE'],
    );
  });

  it('sends no write after it may not, and reads on', async () => {
    mayWrite = false;
    await assert.rejects(client.create(configMapType, object), FencedError);
    await assert.rejects(client.update(configMapType, object), FencedError);
    await assert.rejects(client.patch(configMapType, name, { kind: 'merge', body: {} }), FencedError);
    await assert.rejects(client.delete(configMapType, name), FencedError);
    assert.deepEqual(server.requests, []);
    await client.get(configMapType, name);
    await client.list(configMapType);
    assert.equal(server.requests.length, 2);
  });

  it('does not repeat a write that waited for a Retry-After while the lease was lost', async () => {
    server.script = [refuse(429, 'TooManyRequests', { 'retry-after': '5' }), answer(object)];
    const written = client.update(configMapType, object);
    const outcome = { ended: false };
    void written.catch(() => undefined).finally(() => (outcome.ended = true));
    await until(() => server.requests.length === 1 && clock.pending === 1, 'it waits');
    mayWrite = false;
    while (!outcome.ended) {
      await clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await assert.rejects(written, FencedError);
    assert.equal(server.requests.length, 1);
  });
});
