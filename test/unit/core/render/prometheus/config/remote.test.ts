import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AzureAD } from '../../../../../../src/api/parts/cloud-auth.ts';
import type { RemoteWriteSpec } from '../../../../../../src/api/parts/remote-write.ts';
import { makeSecret, makeStore } from '../../../select/fixtures.ts';
import { read } from './fixtures.ts';
import type { Fields } from './fixtures.ts';

const key = (name: string) => ({ name: 'login', key: name });
const assets = makeStore([makeSecret('monitoring/login', { user: 'U', password: 'P', secret: 'S' })]);
const uuid = '00000000-a12b-3cd4-e56f-000000000000';

function write(spec: Partial<RemoteWriteSpec>, version = '3.13.2'): Fields {
  const config = read({ spec: { version, remoteWrite: [{ url: 'http://r', ...spec }] }, assets });
  return (config['remote_write'] as Fields[])[0] ?? {};
}

describe('remote_write', () => {
  it('has its keys in their order', () => {
    const fields = write({
      roundRobinDNS: true,
      metadataConfig: { send: true, sendInterval: '1m', maxSamplesPerSend: 5 },
      queueConfig: { capacity: 0, minShards: 1, maxShards: 2, retryOnRateLimit: true, sampleAgeLimit: '1h' },
      enableHTTP2: false,
      followRedirects: true,
      oauth2: {
        clientId: { secret: key('user') },
        clientSecret: key('secret'),
        tokenUrl: 'http://t',
        scopes: ['s'],
        endpointParams: { b: '1', a: '2' },
        proxyFromEnvironment: true,
        tlsConfig: { serverName: 'n', minVersion: 'TLS12' },
      },
      bearerTokenFile: '/t',
      writeRelabelConfigs: [{ action: 'drop', sourceLabels: ['a'], regex: 'b' }],
      sendNativeHistograms: true,
      sendExemplars: true,
      messageVersion: 'V2.0',
      name: 'n',
      headers: { b: '1', a: '2' },
      remoteTimeout: '5s',
    });
    const expected = {
      url: 'http://r',
      remote_timeout: '5s',
      headers: { a: '2', b: '1' },
      name: 'n',
      protobuf_message: 'io.prometheus.write.v2.Request',
      send_exemplars: true,
      send_native_histograms: true,
      write_relabel_configs: [{ source_labels: ['a'], regex: 'b', action: 'drop' }],
      bearer_token_file: '/t',
      oauth2: {
        client_id: 'U',
        client_secret: 'S',
        token_url: 'http://t',
        scopes: ['s'],
        endpoint_params: { a: '2', b: '1' },
        proxy_from_environment: true,
        tls_config: { server_name: 'n', min_version: 'TLS12' },
      },
      follow_redirects: true,
      enable_http2: false,
      queue_config: { min_shards: 1, max_shards: 2, retry_on_http_429: true, sample_age_limit: '1h' },
      metadata_config: { send: false, send_interval: '1m', max_samples_per_send: 5 },
      round_robin_dns: true,
    };
    assert.equal(JSON.stringify(fields), JSON.stringify(expected));
  });

  it('leaves out what old versions do not know', () => {
    const spec = {
      name: 'n',
      headers: { a: 'b' },
      sendExemplars: true,
      metadataConfig: {},
      queueConfig: { maxRetries: 3 },
    };
    assert.deepEqual(write(spec, '2.10.0'), { url: 'http://r', queue_config: { max_retries: 3 } });
    assert.deepEqual(write(spec)['queue_config'], {});
    assert.deepEqual(write(spec)['metadata_config'], { send: false });
  });

  it('signs for AWS with both keys or none', () => {
    const sigv4 = { region: 'r', accessKey: key('user'), secretKey: key('secret'), externalId: 'e', roleArn: 'a' };
    assert.deepEqual(write({ sigv4 })['sigv4'], {
      region: 'r',
      access_key: 'U',
      secret_key: 'S',
      role_arn: 'a',
      external_id: 'e',
    });
    assert.deepEqual(write({ sigv4: {} })['sigv4'], {});
  });

  it('authenticates against Azure in each way', () => {
    const azure = (azureAd: AzureAD): unknown => write({ azureAd })['azuread'];
    assert.deepEqual(azure({ managedIdentity: {}, cloud: 'AzureChina', scope: 's' }), {
      managed_identity: {},
      cloud: 'AzureChina',
      scope: 's',
    });
    assert.deepEqual(azure({ oauth: { clientId: uuid, clientSecret: key('secret'), tenantId: 't' } }), {
      oauth: { client_id: uuid, client_secret: 'S', tenant_id: 't' },
    });
    assert.deepEqual(azure({ sdk: {} }), { sdk: { tenant_id: '' } });
    assert.deepEqual(azure({ workloadIdentity: { clientId: uuid, tenantId: uuid } }), {
      workload_identity: { client_id: uuid, tenant_id: uuid },
    });
  });
});

describe('remote_read', () => {
  it('has its keys in their order', () => {
    const remoteRead = [
      {
        url: 'http://r',
        filterExternalLabels: false,
        followRedirects: true,
        authorization: { type: 'Custom', credentialsFile: '/c' },
        tlsConfig: { caFile: '/ca', insecureSkipVerify: false },
        bearerToken: 'b',
        readRecent: true,
        requiredMatchers: { b: '1', a: '2' },
        name: 'n',
        headers: { x: 'y' },
        remoteTimeout: '5s',
      },
    ];
    const expected = {
      url: 'http://r',
      remote_timeout: '5s',
      headers: { x: 'y' },
      name: 'n',
      required_matchers: { a: '2', b: '1' },
      read_recent: true,
      bearer_token: 'b',
      tls_config: { insecure_skip_verify: false, ca_file: '/ca' },
      authorization: { type: 'Custom', credentials_file: '/c' },
      follow_redirects: true,
      filter_external_labels: false,
    };
    assert.equal(JSON.stringify(read({ spec: { remoteRead } })['remote_read']), JSON.stringify([expected]));
  });
});

describe('alerting', () => {
  it('has the keys of an Alertmanager in their order', () => {
    const alertmanagers = [
      {
        name: 'main',
        port: 9093,
        alertRelabelings: [{ action: 'labeldrop' as const, regex: 'x' }],
        relabelings: [{ action: 'keep' as const, sourceLabels: ['a'], regex: 'b' }],
        apiVersion: 'V2' as const,
        basicAuth: { username: key('user'), password: key('password') },
        proxyUrl: 'http://p',
        tlsConfig: { serverName: 's' },
        enableHttp2: true,
        timeout: '5s',
        pathPrefix: '/x',
        scheme: 'HTTPS' as const,
      },
    ];
    const { alertmanagers: written } = read({ spec: { alerting: { alertmanagers } }, assets })['alerting'] as Fields;
    const expected = {
      scheme: 'https',
      path_prefix: '/x',
      timeout: '5s',
      enable_http2: true,
      tls_config: { server_name: 's' },
      proxy_url: 'http://p',
      kubernetes_sd_configs: [{ role: 'endpoints', namespaces: { names: ['monitoring'] } }],
      basic_auth: { username: 'U', password: 'P' },
      api_version: 'v2',
      relabel_configs: [
        { action: 'keep', source_labels: ['__meta_kubernetes_service_name'], regex: 'main' },
        { action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_number'], regex: '9093' },
        { source_labels: ['a'], regex: 'b', action: 'keep' },
      ],
      alert_relabel_configs: [{ regex: 'x', action: 'labeldrop' }],
    };
    assert.equal(JSON.stringify(written), JSON.stringify([expected]));
  });
});
