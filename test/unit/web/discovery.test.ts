import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DiscoveryAnswer } from '../../../src/web/discovery.ts';
import { createDiscoveryApp } from '../../../src/web/discovery.ts';
import type { Refusal } from '../../../src/web/guard.ts';

const body = Buffer.from('[]');

function start(answer: DiscoveryAnswer, refusal?: Refusal) {
  const observed: number[] = [];
  const app = createDiscoveryApp({
    admit: () => Promise.resolve(refusal),
    answer: () => answer,
    observe: (status) => observed.push(status),
    monotonic: () => 0,
  });
  const get = (headers: Record<string, string> = {}) => app.fetch(new Request('http://stoker/v1/final/x', { headers }));
  return { get, observed };
}

describe('targets over HTTP', () => {
  const known: DiscoveryAnswer = {
    status: 200,
    body,
    packed: () => gzipSync(body),
    asOf: Date.UTC(2026, 0, 1),
    askElsewhere: false,
  };

  it('are JSON, and say of when they are', async () => {
    const { get, observed } = start(known);
    const response = await get();
    assert.deepEqual([response.status, await response.text()], [200, '[]']);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(response.headers.get('stoker-as-of'), '2026-01-01T00:00:00.000Z');
    assert.equal(response.headers.get('connection'), null);
    assert.deepEqual(observed, [200]);
  });

  it('come packed to whom takes it, unless they are small', async () => {
    const large = Buffer.from(JSON.stringify(Array.from({ length: 5000 }, (_, at) => ({ targets: [String(at)] }))));
    const packed = await start({ ...known, body: large, packed: () => gzipSync(large) }).get({
      'accept-encoding': 'gzip',
    });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.deepEqual(gunzipSync(Buffer.from(await packed.arrayBuffer())), large);
    const small = await start(known).get({ 'accept-encoding': 'gzip' });
    assert.deepEqual([small.headers.get('content-encoding'), await small.text()], [null, '[]']);
  });

  it('are not given to whom is refused', async () => {
    const { get, observed } = start(known, { status: 401, message: 'Send a token' });
    const response = await get();
    assert.deepEqual([response.status, await response.text()], [401, 'Send a token\n']);
    assert.equal(response.headers.get('www-authenticate'), 'Bearer');
    assert.deepEqual(observed, [401]);
  });

  it('end the connection where another replica may know better', async () => {
    for (const answer of [
      { ...known, askElsewhere: true },
      { status: 503, message: 'not yet' },
      { status: 404, message: 'no such job' },
    ] as const) {
      const response = await start(answer).get();
      assert.deepEqual([response.status, response.headers.get('connection')], [answer.status, 'close']);
    }
  });

  for (const status of [404, 503] as const)
    it(`say with ${status} why there are none`, async () => {
      const response = await start({ status, message: 'why' }).get();
      assert.deepEqual([response.status, await response.text()], [status, 'why\n']);
    });
});
