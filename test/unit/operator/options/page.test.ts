import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listFeatures } from '../../../../src/operator/cluster/access.ts';
import { parseOptions } from '../../../../src/operator/options/options.ts';
import type { Options } from '../../../../src/operator/options/options.ts';

const optionsAt = (address: string, more: Readonly<Record<string, readonly string[]>> = {}): Options =>
  parseOptions({ 'page.listen-address': [address], ...more });

describe('flags of the page', () => {
  it('have none when nothing is said', () => {
    assert.equal(parseOptions({}).page, undefined);
  });

  it('serve it on the loopback interface unless a host says otherwise, where nobody is asked', () => {
    for (const [address, listen] of [
      [':9080', '127.0.0.1:9080'],
      ['localhost:9080', 'localhost:9080'],
      ['[::1]:9080', '[::1]:9080'],
    ] as const) {
      const { page } = optionsAt(address);
      assert.deepEqual([page?.web.listenAddress, page?.asksCallers], [listen, false]);
    }
    for (const address of ['0.0.0.0:9080', '[::]:9080', '10.0.0.1:9080', 'localhost.example:9080'])
      assert.equal(optionsAt(address).page?.asksCallers, true, address);
  });

  it('ask for the right to ask about callers only where strangers reach it', () => {
    const asks = (options: Options): boolean => listFeatures(options).includes('caller-reviews');
    assert.deepEqual(
      [asks(parseOptions({})), asks(optionsAt(':9080')), asks(optionsAt('0.0.0.0:9080'))],
      [false, false, true],
    );
  });

  it('serve TLS with the certificate of the web server, and know clients by a CA of their own', () => {
    assert.equal(optionsAt(':9080', { 'web.enable-tls': ['true'] }).page?.web.tls, undefined);
    const secure = {
      'page.enable-tls': ['true'],
      'web.cert-file': ['/c'],
      'web.key-file': ['/k'],
      'web.client-ca-file': ['/w'],
    };
    assert.deepEqual(optionsAt(':9080', secure).page?.web.tls?.files, {
      certFile: '/c',
      keyFile: '/k',
      clientCaFile: '',
    });
    const known = optionsAt(':9080', { ...secure, 'page.client-ca-file': ['/ca'] });
    assert.equal(known.page?.web.tls?.files.clientCaFile, '/ca');
  });

  it('serve TLS with a certificate of their own', () => {
    const own = { 'page.cert-file': ['/pc'], 'page.key-file': ['/pk'] };
    const given = optionsAt(':9080', { 'page.enable-tls': ['true'], 'web.cert-file': ['/c'], ...own });
    assert.deepEqual(given.page?.web.tls?.files, { certFile: '/pc', keyFile: '/pk', clientCaFile: '' });
    assert.equal(given.web.tls, undefined);
    assert.equal(optionsAt(':9080', own).page?.web.tls, undefined);
    assert.throws(
      () => optionsAt(':9080', { 'page.enable-tls': ['true'], 'page.key-file': ['/pk'] }),
      /Cannot use one of --page.cert-file and --page.key-file alone/,
    );
  });

  it('refuse what cannot be meant', () => {
    assert.throws(
      () => optionsAt('9080'),
      /Cannot read --page.listen-address: "9080" is not of the form HOST:PORT or :PORT/,
    );
    assert.throws(() => optionsAt(':9080', { 'page.client-ca-file': ['/ca'] }), /without --page.enable-tls/);
  });
});
