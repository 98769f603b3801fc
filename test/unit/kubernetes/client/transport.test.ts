import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { connect, createServer as createMuteServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { after, before, describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { createSystemClock } from '../../../../src/base/clock.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import type { ClientConfig, TlsOptions } from '../../../../src/kubernetes/client/client-config.ts';
import type { TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { createCertificates } from '../../../../src/sandbox/http/certificates.ts';
import type { Certificates } from '../../../../src/sandbox/http/certificates.ts';
import { until } from '../until.ts';
import { FakeServer, answer } from './fake-server.ts';

const nodes: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };
const node = { namespace: '', name: 'n' };
const clock = createSystemClock();

let own: Certificates;
let other: Certificates;

before(async () => {
  own = await createCertificates();
  other = await createCertificates();
});

/** A server that tells the fingerprint of the client's certificate; calls `use` with its address. */
async function withTlsServer(use: (server: string) => Promise<void>): Promise<void> {
  const server = createServer(
    { cert: own.certificate, key: own.key, ca: [own.ca, other.ca], requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { fingerprint256 } = (request.socket as TLSSocket).getPeerCertificate() as { fingerprint256?: string };
      response.end(JSON.stringify({ metadata: { name: fingerprint256 ?? 'nobody' } }));
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function configFor(server: string, tls: () => TlsOptions): ClientConfig {
  return { server, namespace: 'default', applyAuth: () => Promise.resolve({ headers: {}, tls: tls() }) };
}

function present(identity: Certificates | undefined): TlsOptions {
  return identity === undefined ? {} : { cert: identity.certificate, key: identity.key };
}

function fingerprint({ certificate }: Certificates): string {
  return new X509Certificate(certificate).fingerprint256;
}

describe('TLS', () => {
  it('is verified unless the user says otherwise', async () => {
    await withTlsServer(async (server) => {
      for (const [tls, failure] of [
        [{}, 'tls'],
        [{ ca: other.ca }, 'tls'],
        [{ ca: own.ca }, undefined],
        [{ rejectUnauthorized: false }, undefined],
      ] as const) {
        const client = createClient(
          configFor(server, () => tls),
          { userAgent: 'test', clock },
        );
        const got = client.get(nodes, node);
        if (failure === undefined) await got;
        else await assert.rejects(got, { failure });
        await client.close();
      }
    });
  });

  it('takes new certificates when they change; what is under way ends on the old ones', async () => {
    await withTlsServer(async (server) => {
      let identity: Certificates | undefined;
      const client = createClient(
        configFor(server, () => ({ ca: own.ca, ...present(identity) })),
        { userAgent: 'test', clock },
      );
      const ask = async (): Promise<unknown> => (await client.get(nodes, node)).metadata.name;
      assert.equal(await ask(), 'nobody');
      identity = other;
      assert.deepEqual(await Promise.all([ask(), ask()]), [fingerprint(other), fingerprint(other)]);
      identity = own;
      assert.equal(await ask(), fingerprint(own));
      await client.close();
    });
  });
});

describe('a server that takes the connection and says nothing', () => {
  it('is given up at the deadline of the request, and let go when the client closes', async () => {
    const mute = createMuteServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const server = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const fake = new FakeClock();
    const client = createClient(
      configFor(server, () => ({})),
      { userAgent: 'test', clock: fake },
    );
    const connected = once(mute, 'connection');
    const got = client.get(nodes, node).catch((error: unknown) => error);
    const [socket] = (await connected) as [Socket];
    await fake.advance(60_000);
    assert.equal(((await got) as TransportError).failure, 'timeout');
    const closed = once(socket.resume(), 'close');
    await client.close();
    await closed;
    mute.close();
  });
});

describe('connections', () => {
  const server = new FakeServer();
  before(() => server.start());
  after(() => server.stop());

  it('are few for requests, and one more for each watch', async () => {
    const client = createClient(server.config, { userAgent: 'test', clock });
    const end = new AbortController();
    server.script = [(response) => response.writeHead(200).flushHeaders()];
    const watches = Array.from({ length: 30 }, async () => {
      for await (const event of client.watch(nodes, { signal: end.signal })) assert.ok(event);
    });
    await until(() => server.requests.length === 30, 'all watches were open');
    server.script = [answer({ metadata: {} })];
    await Promise.all(Array.from({ length: 200 }, () => client.get(nodes, node)));
    assert.ok(server.connections <= 46, `${server.connections} connections`);
    end.abort();
    await Promise.allSettled(watches);
    await client.close();
  });

  it('go through the proxy that the kubeconfig names', async () => {
    const asked: string[] = [];
    const proxy = createProxy();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      const target = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const config = { ...server.config, proxyUrl: `http://127.0.0.1:${port}` };
    const client = createClient(config, { userAgent: 'test', clock });
    server.script = [answer({ metadata: { name: 'behind' } })];
    assert.equal((await client.get(nodes, node)).metadata.name, 'behind');
    assert.deepEqual(asked, [config.server.replace('http://', '')]);
    await client.close();
    proxy.close();
  });
});
