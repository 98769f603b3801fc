import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseProxy } from '../../../../src/kubernetes/client/proxy.ts';

const proxy = 'http://proxy.test:3128';

describe('the proxy', () => {
  it('is the one of the server’s scheme, in capitals or not, with or without a scheme of its own', () => {
    assert.equal(chooseProxy('https://k.test:6443', { HTTPS_PROXY: proxy, HTTP_PROXY: 'http://other' }), proxy);
    assert.equal(chooseProxy('http://k.test', { HTTP_PROXY: 'proxy.test:3128' }), proxy);
    assert.equal(chooseProxy('https://k.test', { https_proxy: proxy }), proxy);
    assert.equal(chooseProxy('https://k.test', { HTTP_PROXY: proxy }), undefined);
    assert.equal(chooseProxy('https://k.test', {}), undefined);
  });

  it('is not used for this machine', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      assert.equal(chooseProxy(`https://${host}:6443`, { HTTPS_PROXY: proxy }), undefined);
  });

  for (const [exception, server, isDirect] of [
    ['*', 'https://k.test', true],
    ['k.test', 'https://k.test', true],
    ['k.test', 'https://a.k.test', true],
    ['k.test', 'https://ak.test', false],
    ['.k.test', 'https://k.test', false],
    ['.k.test', 'https://a.k.test', true],
    ['*.k.test', 'https://a.k.test', true],
    ['K.TEST', 'https://k.test', true],
    ['k.test:6443', 'https://k.test:6443', true],
    ['k.test:6443', 'https://k.test', false],
    ['k.test:443', 'https://k.test', true],
    ['other.test, ,10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/8', 'https://k.test', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['fd00::/8', 'https://[fd12::1]', true],
    ['fd12::1', 'https://[fd12::1]', true],
    ['fd00::/8', 'https://10.1.2.3', false],
  ] as const)
    it(`is ${isDirect ? 'left out' : 'used'} for ${server} with NO_PROXY=${exception}`, () => {
      const chosen = chooseProxy(server, { HTTPS_PROXY: proxy, NO_PROXY: exception });
      assert.equal(chosen, isDirect ? undefined : proxy);
    });

  it('that is no URL is an error, which does not quote it', () => {
    assert.throws(
      () => chooseProxy('https://k.test', { HTTPS_PROXY: 'http://me:secret@' }),
      (error: Error) =>
        error.message.startsWith('Cannot use the proxy in HTTPS_PROXY') && !error.message.includes('secret'),
    );
  });
});
