import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import type { LogFields, Logger } from '../../../src/base/logger.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { TlsFiles } from '../../../src/web/tls-files.ts';
import { makeAuthority, makeFolder, makeServer, writePair } from './tls-fixture.ts';

const start = Date.parse('2026-06-01T00:00:00Z');

async function prepare(test: TestContext) {
  const paths = makeFolder(test);
  const authority = await makeAuthority();
  const first = await makeServer(authority);
  writePair(paths, first);
  const clock = new FakeClock(start);
  const errors: LogFields[] = [];
  const logger: Logger = { ...silentLogger, error: (_, fields = {}) => void errors.push(fields) };
  const reloads: boolean[] = [];
  const expiries: number[] = [];
  const observer = {
    observeExpiry: (expiresAt: number) => void expiries.push(expiresAt),
    observeReload: (failed: boolean) => void reloads.push(failed),
  };
  const open = (): TlsFiles => new TlsFiles(paths, { clock, logger, observer });
  return { paths, authority, first, clock, errors, reloads, expiries, open };
}

describe('TlsFiles', () => {
  it('takes over a new certificate and tells listeners', async (test) => {
    const { paths, authority, reloads, expiries, open } = await prepare(test);
    const files = open();
    const told: string[] = [];
    files.subscribe(({ certificate }) => void told.push(certificate));
    files.reload();
    assert.deepEqual([told, reloads], [[], []], 'nothing has changed');
    const second = await makeServer(authority, new Date('2030-01-01T00:00:00Z'));
    writePair(paths, second);
    files.reload();
    assert.deepEqual(told, [second.certificate]);
    assert.equal(files.current.key, second.key);
    assert.deepEqual(reloads, [false]);
    assert.equal(expiries.at(-1), Date.parse('2030-01-01T00:00:00Z'));
  });

  it('keeps the old one while a file is half written, and says so once without a word of the key', async (test) => {
    const { paths, authority, first, errors, reloads, open } = await prepare(test);
    const files = open();
    const second = await makeServer(authority);
    writeFileSync(paths.certFile, second.certificate.slice(0, 100));
    files.reload();
    files.reload();
    assert.equal(files.current.certificate, first.certificate);
    assert.equal(errors.length, 1);
    writeFileSync(paths.certFile, second.certificate);
    files.reload();
    assert.equal(errors[1]?.err, 'Cannot use the key: it is not that of the certificate');
    writeFileSync(paths.keyFile, second.key.slice(0, 60));
    files.reload();
    assert.match(String(errors[2]?.err), /^Cannot read the key: /);
    assert.doesNotMatch(JSON.stringify(errors), /MIG|BEGIN/);
    assert.deepEqual(reloads, [true, true, true, true]);
    writeFileSync(paths.keyFile, second.key);
    files.reload();
    assert.equal(files.current.certificate, second.certificate);
    assert.deepEqual(reloads.at(-1), false);
  });

  it('keeps the old one when the new one has ended', async (test) => {
    const { paths, authority, first, errors, open } = await prepare(test);
    const files = open();
    writePair(paths, await makeServer(authority, new Date('2026-01-01T00:00:00Z')));
    files.reload();
    assert.equal(files.current.certificate, first.certificate);
    assert.equal(errors[0]?.err, 'Cannot use the certificate: it ended on 2026-01-01T00:00:00Z');
  });

  it('reads the files at every interval, and soon after their folder changes', async (test) => {
    const { paths, authority, clock, open } = await prepare(test);
    const files = open();
    const stop = new AbortController();
    const running = files.run(60_000, stop.signal);
    const second = await makeServer(authority);
    writePair(paths, second);
    // Whichever comes first: the folder's event or the interval.
    while (files.current.certificate !== second.certificate) await clock.advance(1_000);
    stop.abort(new Error('stopped'));
    await clock.advance(0);
    await running;
  });

  it('needs a certificate to begin with', async (test) => {
    const { paths, open } = await prepare(test);
    writeFileSync(paths.keyFile, 'no key');
    assert.throws(open, /Cannot read the key/);
  });

  it('asks clients for a certificate when there is a CA file at the start', async (test) => {
    const { paths, authority, open } = await prepare(test);
    assert.equal(open().current.clientCa, undefined);
    writeFileSync(paths.clientCaFile, authority.certificate);
    assert.equal(open().current.clientCa, authority.certificate);
  });
});
