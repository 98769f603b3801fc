import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Version } from '../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../src/core/targets/config/load-config.ts';
import type { KubernetesSdConfig } from '../../../src/core/targets/sd-config.ts';
import { chooseClient } from '../../../src/discovery/kubernetes/client-choice.ts';

/** The configuration as it comes from a prometheus.yml. */
function read(more: string): KubernetesSdConfig {
  const text = `scrape_configs: [{job_name: j, kubernetes_sd_configs: [{role: pod, ${more}}]}]`;
  const [config] = loadPrometheusConfig(text, Version.parse('3.14.0')).jobs[0]?.discovery ?? [];
  assert.equal(config?.mechanism, 'kubernetes');
  return config;
}

describe('chooseClient', () => {
  it('takes the named API server with the credentials of the HTTP client block', async () => {
    const client = chooseClient(
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
      const client = chooseClient(
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
    const client = chooseClient(read('api_server: "https://x", basic_auth: {username: u, password: p}'));
    assert.deepEqual((await client.applyAuth()).headers, {
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    });
  });

  it('fails without a kubeconfig that is named', () => {
    assert.throws(() => chooseClient(read('kubeconfig_file: /nowhere/at/all')), /nowhere/);
  });
});
