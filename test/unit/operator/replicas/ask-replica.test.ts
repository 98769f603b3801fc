import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { createAuthority, createLeaf } from '../../../../src/base/certificates.ts';
import type { KeyedCertificate } from '../../../../src/base/certificates.ts';
import { createSystemClock } from '../../../../src/base/clock.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { AskError, createAskReplica } from '../../../../src/operator/replicas/ask-replica.ts';

const servers: Server[] = [];

async function listen(server: Server): Promise<{ host: string; port: number; prefix: string }> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, prefix: '/p' };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const ask = createAskReplica(createSystemClock());

async function failureOf(asking: Promise<unknown>): Promise<string> {
  const error: unknown = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AskError, String(error));
  return `${error.failure} ${error.message}`;
}

const dates = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 86_400_000) };

async function makeCertificates(): Promise<Record<'own' | 'other', KeyedCertificate>> {
  const authority = await createAuthority({ commonName: 'ca', ...dates });
  const make = (): Promise<KeyedCertificate> =>
    createLeaf(authority, { commonName: 'prometheus', ...dates, hosts: ['prometheus.shop.svc'] });
  return { own: await make(), other: await make() };
}

describe('Asking a replica', () => {
  it('gives its answer and its time, and sends nothing but the path', async () => {
    const seen: unknown[] = [];
    const answer: RequestListener = ({ method, url, headers }, response) => {
      seen.push(method, url, headers);
      response.end('{"ä":1}');
    };
    const address = await listen(createServer(answer));
    const { text, at } = await ask(address, '/api/v1/status/config');
    assert.equal(text, '{"ä":1}');
    assert.ok(Math.abs((at ?? 0) - Date.now()) < 60_000);
    assert.deepEqual(seen, [
      ...['GET', '/p/api/v1/status/config'],
      { accept: 'application/json', 'user-agent': 'stoker', host: `127.0.0.1:${address.port}`, connection: 'close' },
    ]);
  });

  it('follows no redirect, and takes no endless answer', async () => {
    const redirecting = await listen(createServer((_, response) => response.writeHead(302, { location: '/x' }).end()));
    assert.equal(await failureOf(ask(redirecting, '/')), 'status gives status 302');
    const piece = Buffer.alloc(1024 ** 2, 'a');
    const endless = await listen(
      createServer((_, response) => {
        const write = (): void => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', write);
        write();
      }),
    );
    assert.equal(await failureOf(ask(endless, '/')), 'tooLong answers with more than 64 MiB');
  });

  it('waits no longer than it should, and says when nobody is there', async () => {
    const clock = new FakeClock();
    const silent = await listen(createServer(() => undefined));
    const waiting = failureOf(createAskReplica(clock)(silent, '/'));
    await once(servers[0] as Server, 'request');
    await clock.advance(10_000);
    assert.equal(await waiting, 'silent does not answer in 10 s');
    servers[0]?.closeAllConnections();
    servers.splice(0)[0]?.close();
    assert.match(await failureOf(ask(silent, '/')), /^closed connect ECONNREFUSED/);
  });

  it('trusts the configured certificate and no other, whoever signed it', async () => {
    const { own, other } = await makeCertificates();
    const serve = (one: KeyedCertificate): Promise<{ host: string; port: number; prefix: string }> =>
      listen(createTlsServer({ cert: one.certificate, key: one.key }, (_, response) => response.end('yes')));
    const address = await serve(own);
    assert.equal((await ask({ ...address, certificate: own.certificate }, '/')).text, 'yes');
    const foreign = await failureOf(ask({ ...(await serve(other)), certificate: own.certificate }, '/'));
    assert.match(foreign, /^untrusted /);
    assert.match(
      await failureOf(ask({ ...address, certificate: 'no certificate' }, '/')),
      /^untrusted is configured with/,
    );
    const plain = await listen(createServer((_, response) => response.end('yes')));
    assert.match(await failureOf(ask({ ...plain, certificate: own.certificate }, '/')), /^untrusted /);
  });
});
