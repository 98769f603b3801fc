import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOptions } from '../../../../src/operator/options/options.ts';

describe('flags of the web server', () => {
  it('are plain HTTP on :8080 by default', () => {
    assert.deepEqual(parseOptions({}).web, { listenAddress: ':8080', http2: false, tls: undefined });
  });

  it('read files, version, suites and curves, in the order given', () => {
    const { web } = parseOptions({
      'web.enable-tls': ['true'],
      'web.cert-file': ['/c'],
      'web.key-file': ['/k'],
      'web.client-ca-file': ['/ca'],
      'web.tls-reload-interval': ['30s'],
      'web.tls-min-version': ['VersionTLS12'],
      'web.tls-cipher-suites': ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
      'web.tls-curves': ['X25519', 'CurveP256'],
    });
    assert.deepEqual(web.tls, {
      files: { certFile: '/c', keyFile: '/k', clientCaFile: '/ca' },
      reloadIntervalMs: 30_000,
      names: {
        minVersion: 'VersionTLS12',
        cipherSuites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
        curves: ['X25519', 'CurveP256'],
      },
    });
  });

  it('refuse names that TLS does not have', () => {
    const parse = (name: string, text: string) => () => parseOptions({ [name]: [text] });
    assert.throws(parse('web.tls-min-version', 'VersionTLS11'), /Cannot read --web.tls-min-version: "VersionTLS11"/);
    assert.throws(parse('web.tls-cipher-suites', 'TLS_NONE'), /Cannot read --web.tls-cipher-suites: "TLS_NONE"/);
    assert.throws(parse('web.tls-curves', 'P-256'), /Cannot read --web.tls-curves: "P-256"/);
  });
});
