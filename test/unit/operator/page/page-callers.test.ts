import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createLeaf } from '../../../../src/base/certificates.ts';
import type { KeyedCertificate, LeafSubject } from '../../../../src/base/certificates.ts';
import { createSystemClock } from '../../../../src/base/clock.ts';
import type { Subject } from '../../../../src/kubernetes/subject-access.ts';
import { createCallerGuard } from '../../../../src/operator/page/page-callers.ts';
import { startHttpServer } from '../../../../src/web/http-server.ts';
import { checkIdentity } from '../../../../src/web/identity.ts';
import { chooseTlsSettings } from '../../../../src/web/tls-settings.ts';
import { fullSight } from '../../../../src/web/page/sight.ts';
import { look, makeAuthority, makeServer, validity } from '../../web/tls-fixture.ts';

const refused = { refusal: { status: 401, message: 'Send a token' } } as const;

/** A server that answers with what its guard says of whoever asks; the token "right" is bob's. */
async function serve(test: TestContext, authority: KeyedCertificate, { http2 = false } = {}) {
  const time = { now: Date.now() };
  let subject: Subject | undefined;
  const guard = createCallerGuard({
    identities: {
      identifyToken: (token) => Promise.resolve(token === 'right' ? { subject: { user: 'bob', groups: [] } } : refused),
    },
    rights: {
      mayDo: (who) => {
        subject = who;
        return Promise.resolve(true);
      },
    },
    sights: { look: () => Promise.resolve(fullSight) },
    clock: { now: () => time.now },
  });
  const identity = checkIdentity({ ...(await makeServer(authority)), clientCa: authority.certificate }, Date.now());
  const server = await startHttpServer({
    ...{ address: '127.0.0.1:0', clock: createSystemClock(), http2 },
    tls: {
      settings: chooseTlsSettings({ minVersion: 'VersionTLS13', cipherSuites: [], curves: [] }),
      identity: { current: identity, subscribe: () => () => undefined },
      certificateOptional: true,
    },
    fetch: async (request, exchange) => {
      const admission = await guard(request, exchange);
      if ('refusal' in admission) return Response.json(admission.refusal, { status: admission.refusal.status });
      await admission.caller.mayGet({ group: '', resource: 'pods' });
      return Response.json(subject);
    },
  });
  test.after(() => server.close());
  return { url: server.url, time };
}

const createClient = (authority: KeyedCertificate, more: Partial<LeafSubject> = {}): Promise<KeyedCertificate> =>
  createLeaf(authority, {
    ...{ commonName: 'alice', organizations: ['shop', 'ops'], hosts: [], usage: 'client', ...validity },
    ...more,
  });

describe('callers by their certificates', () => {
  it('are the common name and the organisations, as the API server reads them', async (test) => {
    const authority = await makeAuthority();
    const { url } = await serve(test, authority);
    const { certificate: cert, key } = await createClient(authority);
    const { status, text } = await look(url, { ca: authority.certificate, cert, key });
    const expected = { user: 'alice', groups: ['shop', 'ops', 'system:authenticated'] };
    assert.deepEqual([status, JSON.parse(text)], [200, expected]);
  });

  it('are nobody with one of another CA, one that has ended, one of a server, one without a name, and without any; a token still counts', async (test) => {
    const [authority, other] = [await makeAuthority(), await makeAuthority()];
    const { url } = await serve(test, authority);
    const wrong = [
      await createClient(other),
      await createClient(authority, { notAfter: new Date('2021-01-01') }),
      await createClient(authority, { notBefore: new Date('2048-01-01') }),
      await createClient(authority, { usage: 'server' }),
      await createClient(authority, { commonName: '' }),
      undefined,
    ];
    for (const [index, one] of wrong.entries()) {
      const shown = {
        ca: authority.certificate,
        ...(one === undefined ? {} : { cert: one.certificate, key: one.key }),
      };
      assert.equal((await look(url, shown)).status, 401, String(index));
      const { text } = await look(url, { ...shown, headers: { authorization: 'Bearer right' } });
      assert.deepEqual(JSON.parse(text), { user: 'bob', groups: [] }, String(index));
    }
  });

  it('are known over HTTP/2, until the certificate ends while the connection stays', async (test) => {
    const authority = await makeAuthority();
    const { url, time } = await serve(test, authority, { http2: true });
    const { certificate: cert, key } = await createClient(authority);
    const session = connect(url, { ca: authority.certificate, cert, key });
    test.after(() => session.destroy());
    const ask = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        session.on('error', reject);
        session
          .request({ ':path': '/' })
          .on('response', (headers) => resolve(headers[':status']))
          .resume();
      });
    assert.equal(await ask(), 200);
    time.now = validity.notAfter.getTime();
    assert.equal(await ask(), 401);
  });
});
