import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import type { SandboxServer } from '../../../src/sandbox/server.ts';
import { StatusError } from '../../../src/sandbox/status-error.ts';
import { readBody } from './read-body.ts';

interface Reply {
  readonly status: number;
  readonly text: string;
}

function ask(sandbox: SandboxServer, path: string, token = sandbox.adminToken): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { ca: sandbox.caCertificate, headers: { authorization: `Bearer ${token}` } };
    const call = request(`${sandbox.url}${path}`, options, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the sandbox on the network', () => {
  const viewer = { name: 'viewer', groups: [] };
  const sandbox = createSandboxServer({
    clock: createSystemClock({ unref: true }),
    tokens: { 'viewer-token': viewer },
  });
  before(() => sandbox.listen());
  after(() => sandbox.close());

  it('is trusted by its certificate and lets its tokens in', async () => {
    const admin = await ask(sandbox, '/api/v1/namespaces/default');
    const other = await ask(sandbox, '/api/v1/namespaces/default', 'viewer-token');
    const stranger = await ask(sandbox, '/api/v1/namespaces/default', 'nobody');
    assert.deepEqual([admin.status, other.status, stranger.status], [200, 200, 401]);
  });

  it('says whose token it is', async () => {
    const review = async (token: string): Promise<unknown> => {
      const answer = await sandbox.handle({
        method: 'POST',
        url: '/apis/authentication.k8s.io/v1/tokenreviews',
        headers: { authorization: `Bearer ${sandbox.adminToken}` },
        body: JSON.stringify({ spec: { token } }),
      });
      return (JSON.parse(await readBody(answer)) as { readonly status?: unknown }).status;
    };
    assert.deepEqual(await review('viewer-token'), { authenticated: true, user: { username: 'viewer', groups: [] } });
    assert.deepEqual(await review('nobody'), { user: {} });
  });

  it('says that it is well, and its version, to everyone', async () => {
    const answers = await Promise.all(
      ['/healthz', '/livez', '/readyz', '/version'].map((path) => ask(sandbox, path, 'nobody')),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.match(answers[3]?.text ?? '', /"gitVersion":"v1\.36\./);
  });

  it('gives a kubeconfig with which it is found', () => {
    const config = JSON.parse(sandbox.kubeconfig()) as {
      clusters: { cluster: Record<string, string> }[];
      users: { user: { token: string } }[];
    };
    const [{ cluster } = { cluster: {} }] = config.clusters;
    assert.equal(cluster.server, sandbox.url);
    assert.equal(Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64').toString(), sandbox.caCertificate);
    assert.equal(config.users[0]?.user.token, sandbox.adminToken);
  });

  it('streams a watch line by line and ends it when it closes', async () => {
    const other = createSandboxServer();
    await other.listen();
    const path = '/api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Ddefault';
    const lines = await new Promise<string[]>((resolve, reject) => {
      const seen: string[] = [];
      const call = request(
        `${other.url}${path}`,
        { ca: other.caCertificate, headers: { authorization: `Bearer ${other.adminToken}` } },
        (response) => {
          response.on('data', (piece: Buffer) => {
            seen.push(piece.toString());
            void other.close();
          });
          response.on('error', () => resolve(seen));
          response.on('end', () => resolve(seen));
        },
      );
      call.on('error', reject);
      call.end();
    });
    assert.match(lines.join(''), /^\{"type":"ADDED","object":\{"kind":"Namespace","apiVersion":"v1",/);
  });

  it('refuses a port that is taken', async () => {
    const port = Number(new URL(sandbox.url).port);
    await assert.rejects(createSandboxServer({ port }).listen(), /EADDRINUSE/);
  });
});

describe('the data file', () => {
  it('keeps state from one sandbox to the next', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-sandbox-'));
    const dataFile = join(folder, 'state.json');
    const clock = new FakeClock();
    try {
      const first = createSandboxServer({ dataFile, clock });
      const made = first.api.create(
        { group: '', plural: 'configmaps' },
        { metadata: { name: 'a', namespace: 'default' } },
      );
      await clock.advance(2_000);
      assert.match(readFileSync(dataFile, 'utf8'), /"configmaps"/);
      await first.close();
      const second = createSandboxServer({ dataFile, clock });
      const found = second.api.get({ group: '', plural: 'configmaps' }, { namespace: 'default', name: 'a' });
      assert.deepEqual(found, made);
      await second.close();
      assert.equal(clock.pending, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the API from inside', () => {
  const configMaps = { group: '', plural: 'configmaps' };
  const statefulSets = { group: 'apps', plural: 'statefulsets' };
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'x', image: 'i' }] } };
  const set = {
    metadata: { name: 'a', namespace: 'default' },
    spec: { serviceName: 'a', selector: { matchLabels: { a: 'b' } }, template },
  };

  it('creates with defaults, updates, writes status and deletes', () => {
    const { api } = createSandboxServer({ clock: new FakeClock() });
    const made = api.create(statefulSets, set);
    assert.deepEqual([made.metadata.generation, (made.spec as { replicas: number }).replicas], [1, 1]);
    const scaled = api.update(statefulSets, {
      ...made,
      spec: { ...(made.spec as object), replicas: 2 },
    } as typeof made);
    const status = { replicas: 1, availableReplicas: 0 };
    const reported = api.updateStatus(statefulSets, { ...scaled, spec: {}, status } as typeof made);
    assert.deepEqual(
      [reported.metadata.generation, (reported.spec as { replicas: number }).replicas, reported.status],
      [2, 2, status],
    );
    const name = { namespace: 'default', name: 'a' };
    assert.deepEqual([api.delete(statefulSets, name), api.delete(statefulSets, name)], [true, false]);
  });

  it('patches in every way', () => {
    const { api } = createSandboxServer({ clock: new FakeClock() });
    api.create(statefulSets, set);
    const name = { namespace: 'default', name: 'a' };
    const image = { spec: { template: { spec: { containers: [{ name: 'x', image: 'j' }] } } } };
    api.patch(statefulSets, name, { kind: 'strategic', body: image });
    api.patch(statefulSets, name, { kind: 'json', body: [{ op: 'replace', path: '/spec/replicas', value: 3 }] });
    api.patch(statefulSets, name, { kind: 'merge', body: { metadata: { labels: { x: 'y' } } } });
    api.patch(statefulSets, name, { kind: 'merge', body: { spec: { replicas: 4 } }, subresource: 'scale' });
    const applied = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a', annotations: { k: 'v' } } };
    const object = api.patch(statefulSets, name, { kind: 'apply', body: applied, fieldManager: 'me' });
    const spec = object.spec as { replicas: number; template: typeof template };
    assert.deepEqual([spec.replicas, spec.template.spec.containers[0]?.image], [4, 'j']);
    assert.deepEqual([object.metadata.labels, object.metadata.annotations], [{ x: 'y' }, { k: 'v' }]);
  });

  it('throws refusals as StatusError', () => {
    const { api } = createSandboxServer({ clock: new FakeClock() });
    const made = api.create(configMaps, { metadata: { name: 'a', namespace: 'default' } });
    api.update(configMaps, { ...made, data: { k: 'v' } } as typeof made);
    assert.throws(
      () => api.update(configMaps, { ...made, data: {} } as typeof made),
      (error) => error instanceof StatusError && error.status.code === 409,
    );
    assert.throws(() => api.list({ group: 'none', plural: 'such' }), StatusError);
    assert.throws(() => api.watch(configMaps, { resourceVersion: 'x' }, () => undefined), StatusError);
  });

  it('calls watches back in order, never inside the write', async () => {
    const { api } = createSandboxServer({ clock: new FakeClock() });
    const seen: string[] = [];
    api.create(configMaps, { metadata: { name: 'a', namespace: 'default', labels: { in: 'yes' } } });
    const watch = api.watch(configMaps, { namespace: 'default', labelSelector: 'in=yes' }, ({ type, object }) => {
      seen.push(`${type} ${object.metadata.name ?? ''}`);
      if (object.metadata.name === 'a')
        api.create(configMaps, { metadata: { name: 'c', namespace: 'default', labels: { in: 'yes' } } });
    });
    api.create(configMaps, { metadata: { name: 'b', namespace: 'default', labels: { in: 'yes' } } });
    api.create(configMaps, { metadata: { name: 'other', namespace: 'kube-system', labels: { in: 'yes' } } });
    assert.deepEqual(seen, []);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(seen, ['ADDED a', 'ADDED b', 'ADDED c']);
    watch.stop();
    watch.stop();
    api.delete(configMaps, { namespace: 'default', name: 'a' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(seen.length, 3);
  });

  it('names every stored type once, reviews not', () => {
    const { api } = createSandboxServer({ clock: new FakeClock() });
    const kinds = api.resources().map(({ group, plural }) => `${plural}.${group}`);
    assert.equal(new Set(kinds).size, kinds.length);
    assert.deepEqual(
      [kinds.includes('pods.'), kinds.includes('subjectaccessreviews.authorization.k8s.io')],
      [true, false],
    );
  });
});
