import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Version } from '../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../src/core/prometheus-config/load-config.ts';
import type { KubernetesSdConfig } from '../../../src/core/targets/sd-config.ts';
import { createSystemClock } from '../../../src/base/clock.ts';
import type { ClientConfig } from '../../../src/kubernetes/client/client-config.ts';
import { chooseClient } from '../../../src/discovery/kubernetes/client-choice.ts';

/** The configuration as it comes from a prometheus.yml. */
function read(more: string): KubernetesSdConfig {
  const text = `scrape_configs: [{job_name: j, kubernetes_sd_configs: [{role: pod, ${more}}]}]`;
  const [config] = loadPrometheusConfig(text, Version.parse('3.14.0')).jobs[0]?.discovery ?? [];
  assert.equal(config?.mechanism, 'kubernetes');
  return config;
}

const choose = (config: KubernetesSdConfig, env = {}): ClientConfig =>
  chooseClient(config, { clock: createSystemClock(), env });

describe('chooseClient', () => {
  it('takes the named API server with the credentials of the HTTP client block', async () => {
    const client = choose(
      read('api_server: "https://x:6443/", authorization: {credentials: t}, tls_config: {insecure_skip_verify: yes}'),
    );
    assert.equal(client.server, 'https://x:6443');
    assert.deepEqual(await client.applyAuth(), {
      headers: { authorization: 'Bearer t' },
      tls: { rejectUnauthorized: false },
    });
  });

  it('reads files each time, as they may change', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stoker-client-'));
    const file = join(folder, 'token');
    try {
      await writeFile(file, 'one\n');
      const client = choose(
        read(`api_server: "https://x", bearer_token_file: ${file}, tls_config: {ca_file: ${file}, server_name: s}`),
      );
      assert.deepEqual(await client.applyAuth(), {
        headers: { authorization: 'Bearer one' },
        tls: { ca: 'one', servername: 's' },
      });
      await writeFile(file, 'two\n');
      assert.deepEqual((await client.applyAuth()).headers, { authorization: 'Bearer two' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('knows basic authentication', async () => {
    const client = choose(read('api_server: "https://x", basic_auth: {username: u, password: p}'));
    assert.deepEqual((await client.applyAuth()).headers, {
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    });
    const word = choose(read('api_server: "https://x", basic_auth: {username: no}'));
    assert.deepEqual((await word.applyAuth()).headers, {
      authorization: `Basic ${Buffer.from('no:').toString('base64')}`,
    });
  });

  it('fails without a kubeconfig that is named', () => {
    assert.throws(() => choose(read('kubeconfig_file: /nowhere/at/all')), /nowhere/);
  });

  it('sends headers, and asks for the versions of TLS', async () => {
    const client = choose(
      read(
        'api_server: "https://x", http_headers: {X-Scope: {values: [a, b]}}, tls_config: {min_version: TLS12, max_version: TLS13}',
      ),
    );
    assert.deepEqual(await client.applyAuth(), {
      headers: { 'x-scope': ['a', 'b'] },
      tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
    });
  });

  it('goes through the proxy that is meant', () => {
    const proxyOf = (more: string): string | undefined =>
      choose(read(`api_server: "https://x.example", ${more}`), { HTTPS_PROXY: 'http://env:1' }).proxyUrl;
    assert.equal(proxyOf('follow_redirects: true'), undefined);
    assert.equal(proxyOf('proxy_url: "http://p:3128"'), 'http://p:3128');
    assert.equal(proxyOf('proxy_url: "http://p:3128", no_proxy: .example'), undefined);
    assert.equal(proxyOf('proxy_url: "http://p:3128", no_proxy: .other'), 'http://p:3128');
    assert.equal(proxyOf('proxy_from_environment: true'), 'http://env:1');
  });

  const refused: Readonly<Record<string, RegExp>> = {
    'api_server: ""': /Cannot use api_server "": want an URL/,
    'api_server: "https://x", proxy_url: "http://p", proxy_connect_header: {a: [b]}': /Cannot use proxy_connect_header/,
    'api_server: "https://x", oauth2: {client_id: a, client_certificate_key: hidden, token_url: "http://t"}':
      /^(?!.*hidden).*Cannot use oauth2 with a client certificate key/,
  };
  for (const [more, message] of Object.entries(refused)) {
    it(`says what it cannot do: ${more}`, () => assert.throws(() => choose(read(more)), { message }));
  }

  it('names a file that cannot be read, when it is needed', async () => {
    const client = choose(read('api_server: "https://x", authorization: {credentials_file: /nowhere/token}'));
    await assert.rejects(client.applyAuth(), { message: 'Cannot read "/nowhere/token": there is no such file' });
  });
});
