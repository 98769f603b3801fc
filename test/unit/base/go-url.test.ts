import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGoUrl } from '../../../src/base/go-url.ts';

describe('parseGoUrl()', () => {
  it('finds scheme and host', () => {
    assert.deepEqual(parseGoUrl('HTTP://u:p@example.com:8080/a%20b?q=%zz#f'), {
      scheme: 'http',
      host: 'example.com:8080',
    });
    assert.deepEqual(parseGoUrl('https://[::1]:80/'), { scheme: 'https', host: '[::1]:80' });
    assert.deepEqual(parseGoUrl('unix:/run/x.sock'), { scheme: 'unix', host: '' });
    assert.deepEqual(parseGoUrl('mailto:a@b'), { scheme: 'mailto', host: '' });
    assert.deepEqual(parseGoUrl('/path/only'), { scheme: '', host: '' });
    assert.deepEqual(parseGoUrl('//host/path'), { scheme: '', host: 'host' });
    assert.deepEqual(parseGoUrl('///path'), { scheme: '', host: '' });
    assert.deepEqual(parseGoUrl(''), { scheme: '', host: '' });
  });

  it('refuses what Go refuses', () => {
    const wrong = [
      ':x',
      '127.0.0.1:8080',
      'http://a b/',
      'http://a:port/',
      'http://[::1/',
      'http://[::1]x/',
      'http://a/%zz',
    ];
    for (const url of [...wrong, 'http://a/\n', 'a%zz', 'http://%41/', 'http://u{@a/', 'http://a/#%q', 'http://a^b/'])
      assert.throws(() => parseGoUrl(url), { name: 'GoUrlError' }, url);
  });
});
