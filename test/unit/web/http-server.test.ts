import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createSystemClock } from '../../../src/base/clock.ts';
import type { KeyedCertificate } from '../../../src/base/certificates.ts';
import type { HttpServer, HttpServerOptions } from '../../../src/web/http-server.ts';
import { startHttpServer } from '../../../src/web/http-server.ts';
import { checkIdentity } from '../../../src/web/identity.ts';
import type { IdentitySource, ServerIdentity } from '../../../src/web/identity.ts';
import { chooseTlsSettings } from '../../../src/web/tls-settings.ts';
import { look, makeAuthority, makeClient, makeServer } from './tls-fixture.ts';

const clock = createSystemClock();

/** An identity that tests change. */
class Passport implements IdentitySource {
  current: ServerIdentity;
  #listener: (identity: ServerIdentity) => void = () => undefined;

  constructor(pair: KeyedCertificate, clientCa?: string) {
    this.current = checkIdentity({ ...pair, clientCa }, Date.now());
  }

  subscribe(listener: (identity: ServerIdentity) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  change(pair: KeyedCertificate): void {
    this.current = checkIdentity({ ...pair, clientCa: this.current.clientCa }, Date.now());
    this.#listener(this.current);
  }
}

const plainNames = { minVersion: 'VersionTLS13', cipherSuites: [], curves: [] };

async function serve(test: TestContext, options: Partial<HttpServerOptions>): Promise<HttpServer> {
  const fetch = (): Response => new Response('hello');
  const server = await startHttpServer({ address: '127.0.0.1:0', fetch, clock, ...options });
  test.after(() => server.close());
  return server;
}

const fingerprintOf = ({ certificate }: KeyedCertificate): string => new X509Certificate(certificate).fingerprint256;

describe('startHttpServer', () => {
  it('serves plain HTTP without TLS', async (test) => {
    const server = await serve(test, {});
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await (await fetch(server.url)).text(), 'hello');
  });

  it('serves TLS, and the new certificate to new connections as soon as it changes', async (test) => {
    const authority = await makeAuthority();
    const first = await makeServer(authority);
    const second = await makeServer(authority);
    const identity = new Passport(first);
    const server = await serve(test, { tls: { settings: chooseTlsSettings(plainNames), identity } });
    const ca = authority.certificate;
    const before = await look(server.url, { ca });
    assert.deepEqual([before.text, before.fingerprint, before.protocol], ['hello', fingerprintOf(first), 'TLSv1.3']);
    identity.change(second);
    assert.equal((await look(server.url, { ca })).fingerprint, fingerprintOf(second));
  });

  it('refuses TLS below the lowest version, and takes the suites it was given', async (test) => {
    const authority = await makeAuthority();
    const identity = new Passport(await makeServer(authority));
    const ca = authority.certificate;
    const strict = await serve(test, { tls: { settings: chooseTlsSettings(plainNames), identity } });
    await assert.rejects(look(strict.url, { ca, maxVersion: 'TLSv1.2' }), /protocol version|EPROTO/);
    const suites = ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];
    const settings = chooseTlsSettings({ minVersion: 'VersionTLS12', cipherSuites: suites, curves: ['CurveP256'] });
    const loose = await serve(test, { tls: { settings, identity } });
    const seen = await look(loose.url, { ca, maxVersion: 'TLSv1.2' });
    assert.deepEqual([seen.protocol, seen.cipher], ['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384']);
    assert.equal((await look(loose.url, { ca })).protocol, 'TLSv1.3');
    await assert.rejects(look(loose.url, { ca, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }));
  });

  it('lets in clients with a certificate of the right CA only', async (test) => {
    const [authority, stranger] = [await makeAuthority(), await makeAuthority()];
    const identity = new Passport(await makeServer(authority), authority.certificate);
    const server = await serve(test, { tls: { settings: chooseTlsSettings(plainNames), identity } });
    const ca = authority.certificate;
    const [known, unknown] = [await makeClient(authority), await makeClient(stranger)];
    assert.equal((await look(server.url, { ca, cert: known.certificate, key: known.key })).text, 'hello');
    await assert.rejects(look(server.url, { ca, cert: unknown.certificate, key: unknown.key }));
    await assert.rejects(look(server.url, { ca }));
  });

  it('offers HTTP/2 when told to', async (test) => {
    const authority = await makeAuthority();
    const identity = new Passport(await makeServer(authority));
    const server = await serve(test, { http2: true, tls: { settings: chooseTlsSettings(plainNames), identity } });
    const session = connect(server.url, { ca: authority.certificate });
    test.after(() => session.destroy());
    const status = await new Promise((resolve, reject) => {
      session.on('error', reject);
      session.request({ ':path': '/' }).on('response', (headers) => resolve(headers[':status']));
    });
    assert.equal(status, 200);
    assert.equal((await look(server.url, { ca: authority.certificate })).text, 'hello');
  });

  it('cuts off a client that does not send its request in time', async (test) => {
    const fetch = async (request: Request): Promise<Response> => new Response(await request.text());
    const server = await serve(test, { requestTimeoutMs: 200, fetch });
    const socket = connectSocket(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nslow');
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      socket.on('data', (piece: Buffer) => (text += piece.toString()));
      socket.on('error', reject).on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 408/);
  });

  it('lets requests under way end before it closes', async (test) => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const server = await serve(test, {
      fetch: async () => {
        begin();
        await held;
        return new Response('late');
      },
    });
    const answer = fetch(server.url).then((response) => response.text());
    await begun;
    const closed = server.close(60_000);
    release();
    assert.equal(await answer, 'late');
    await closed;
  });

  it('says what is wrong with an address', async () => {
    const start = (address: string): Promise<HttpServer> =>
      startHttpServer({ address, fetch: () => new Response(), clock });
    await assert.rejects(start('8080'), new RangeError('Cannot listen on "8080": want HOST:PORT or :PORT'));
    await assert.rejects(start(':99999'), RangeError);
    const first = await start('127.0.0.1:0');
    await assert.rejects(start(new URL(first.url).host), /Cannot listen on "127.0.0.1:\d+": .*EADDRINUSE/);
    await first.close();
  });
});
