import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskConfig, maskObject } from '../../../../src/core/masking/mask-object.ts';
import { SecretTexts } from '../../../../src/core/masking/secret-texts.ts';

const secretOf = (data: Readonly<Record<string, string>>, type = 'Opaque'): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type,
  metadata: { name: 'auth', namespace: 'shop' },
  stringData: data,
});

function hide(text: string, ...objects: readonly object[]): string {
  const secrets = new SecretTexts();
  for (const object of objects) secrets.observe(object as never);
  return secrets.hide(text);
}

describe('masking of a configuration', () => {
  it('leaves what is no secret, and files and addresses', () => {
    const config = `basic_auth:
  username: <secret>
  password: <secret>
bearer_token_file: /var/run/token
oauth2:
  client_id: me
  client_secret: <secret>
  token_url: https://t.example.com
http_headers:
  X-A:
    values:
      - <secret>
receivers:
  - webhook_configs:
      - url: <secret>
    opsgenie_configs:
      - api_key: <secret>
        api_url: <secret>
http_sd_configs:
  - url: http://me:<secret>@a.example.com
params:
  module:
    - http_2xx
`;
    const given = config
      .replace('<secret>@', 'word@')
      .replaceAll('- <secret>', '- open')
      .replaceAll(': <secret>', ': open');
    assert.ok(!given.includes('<secret>'));
    assert.equal(maskConfig(given), config);
  });

  it('hides as a whole what is no configuration', () => {
    assert.equal(maskConfig('hunter2'), '<secret> (7 bytes)');
    const masked = maskObject(secretOf({ 'a.yaml': 'password: x\nport: 1', key: 'hunter2' }) as never);
    assert.deepEqual((masked as { stringData?: unknown }).stringData, {
      'a.yaml': 'password: <secret>\nport: 1\n',
      key: '<secret> (7 bytes)',
    });
  });
});

describe('texts of Secrets', () => {
  it('are found in any form, short ones as words only', () => {
    const secret = secretOf({ long: 'open sesame', short: 'abcd' });
    assert.equal(hide('xopen sesamex abcd abcde', secret), 'x<secret>x <secret> abcde');
    assert.equal(hide(`${btoa('open sesame')} open%20sesame`, secret), '<secret> <secret>');
  });

  it('the longest first', () => {
    assert.equal(hide('hunter2hunter2', secretOf({ a: 'hunter2hunter2', b: 'hunter2h' })), '<secret>');
  });

  it('of configurations only what their secret keys hold, of other texts each line', () => {
    assert.equal(hide('jobs-a topsecret', secretOf({ a: 'job: jobs-a\npassword: topsecret' })), 'jobs-a <secret>');
    assert.equal(hide('line 2: secondline', secretOf({ a: 'firstline\nsecondline' })), 'line 2: <secret>');
    assert.equal(hide('found "hunter2222"', secretOf({ a: 'password: hunter2222\n :' })), 'found "<secret>"');
  });

  it('are none that are names as well, or the namespace beside a token', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'prometheus' } };
    assert.equal(hide('prometheus', secretOf({ user: 'prometheus' }), service), 'prometheus');
    const token = secretOf({ namespace: 'other', token: 'ey-token-123' }, 'kubernetes.io/service-account-token');
    assert.equal(hide('other ey-token-123', token), 'other <secret>');
  });
});
