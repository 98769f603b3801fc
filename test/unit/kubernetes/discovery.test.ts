import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { reviewAccess } from '../../../src/kubernetes/access.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { getServerVersion } from '../../../src/kubernetes/discovery.ts';
import { FakeServer, answer } from './client/fake-server.ts';

const server = new FakeServer();
let client: KubernetesClient;

before(async () => {
  await server.start();
  client = createClient(server.config, { userAgent: 'test', clock: new FakeClock() });
});

after(async () => {
  await client.close();
  await server.stop();
});

describe('discovery', () => {
  it('reads the version of the server, also where a provider decorates it', async () => {
    server.script = [answer({ major: '1', minor: '36+', gitVersion: 'v1.36.2-eks' }), answer({})];
    assert.deepEqual(await getServerVersion(client), { major: 1, minor: 36, gitVersion: 'v1.36.2-eks' });
    assert.deepEqual(await getServerVersion(client), { major: 0, minor: 0, gitVersion: '' });
  });
});

describe('access review', () => {
  it('asks for one action and gives the answer with its reason', async () => {
    server.script = [answer({ status: { allowed: true } }), answer({ status: { reason: 'no role' } }), answer({})];
    const request = { verb: 'create', group: 'events.k8s.io', resource: 'events', namespace: 'a' };
    assert.deepEqual(await reviewAccess(client, request), { allowed: true, reason: '' });
    const { method, url, body } = server.requests.at(-1)!;
    assert.equal(`${method} ${url}`, 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews');
    assert.deepEqual((JSON.parse(body) as { spec: unknown }).spec, { resourceAttributes: request });
    assert.deepEqual(await reviewAccess(client, request), { allowed: false, reason: 'no role' });
    assert.deepEqual(await reviewAccess(client, request), { allowed: false, reason: '' });
  });
});
