import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClusterTLSConfig } from '../../../../../src/api/alertmanager.ts';
import {
  addClusterTls,
  renderClusterTlsSecret,
  writeClusterTls,
} from '../../../../../src/core/render/alertmanager/cluster-tls.ts';
import { makeWorkload } from './fixtures.ts';

const complete: ClusterTLSConfig = {
  server: {
    keySecret: { name: 'server', key: 'tls.key' },
    cert: { configMap: { name: 'server', key: 'tls.crt' } },
    client_ca: { secret: { name: 'authority', key: 'ca.crt' } },
    clientAuthType: 'RequireAndVerifyClientCert',
  },
  client: {
    keySecret: { name: 'client', key: 'tls.key' },
    cert: { secret: { name: 'client', key: 'tls.crt' } },
    ca: { secret: { name: 'authority', key: 'ca.crt' } },
    serverName: 'alertmanager',
    insecureSkipVerify: false,
  },
};

describe('the TLS configuration of a cluster', () => {
  it('has a side of the server and one of the client', () => {
    assert.equal(
      writeClusterTls(complete),
      [
        'tls_server_config:',
        '  key_file: /etc/alertmanager/cluster_tls_config/server_tls/secret/server-key/tls.key',
        '  cert_file: /etc/alertmanager/cluster_tls_config/server_tls/configmap/server-cert/tls.crt',
        '  client_auth_type: RequireAndVerifyClientCert',
        '  client_ca_file: /etc/alertmanager/cluster_tls_config/server_tls/secret/authority-ca/ca.crt',
        'tls_client_config:',
        '  key_file: /etc/alertmanager/cluster_tls_config/client_tls/secret/client-key/tls.key',
        '  cert_file: /etc/alertmanager/cluster_tls_config/client_tls/secret/client-cert/tls.crt',
        '  ca_file: /etc/alertmanager/cluster_tls_config/client_tls/secret/authority-ca/ca.crt',
        '  server_name: alertmanager',
        '  insecure_skip_verify: false',
        '',
      ].join('\n'),
    );
  });

  it('is there without TLS too, and empty', () => {
    const { metadata, data } = renderClusterTlsSecret(makeWorkload());
    assert.equal(metadata.name, 'alertmanager-main-cluster-tls-config');
    assert.deepEqual(data, { 'cluster-tls-config.yaml': '' });
  });

  it('finds each object mounted where it says that it is', () => {
    const { volumes = [], mounts = [] } = addClusterTls(makeWorkload({ clusterTLS: complete }));
    const names = volumes.map(({ name }) => name);
    assert.deepEqual(
      names.map((name) => name.replace(/-[0-9a-f]{7,8}$/, '')),
      [
        'cluster-tls-config',
        'cluster-tls-server-config-secret-key-server',
        'cluster-tls-server-config-configmap-cert-server',
        'cluster-tls-server-config-secret-client-ca-authority',
        'cluster-tls-client-config-secret-key-client',
        'cluster-tls-client-config-secret-cert-client',
        'cluster-tls-client-config-secret-client-ca-authority',
      ],
    );
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      mounts.map(({ name }) => name),
      names,
    );
    const file = writeClusterTls(complete);
    for (const { mountPath } of mounts.slice(1)) assert.ok(file.includes(`${mountPath}/`), mountPath);
  });

  it('is refused when a side of it cannot work', () => {
    const { server, client } = complete;
    const { keySecret: _key, ...keyless } = client;
    const { cert: _cert, ...certless } = client;
    const both = { secret: { name: 'a', key: 'b' }, configMap: { name: 'a', key: 'b' } };
    const wrong: [ClusterTLSConfig, RegExp][] = [
      [{ client, server: {} }, /spec\.clusterTLS\.server: the private key is missing/],
      [{ client, server: { ...server, certFile: '/c' } }, /spec\.clusterTLS\.server: cert and certFile/],
      [{ server, client: keyless }, /spec\.clusterTLS\.client: the private key is missing/],
      [{ server, client: certless }, /spec\.clusterTLS\.client: the certificate is missing/],
      [{ server, client: { ...client, ca: both } }, /spec\.clusterTLS\.client: ca\.secret and ca\.configMap/],
      [{ server, client: { ...client, minVersion: 'TLS13', maxVersion: 'TLS12' } }, /"TLS12" is below minVersion/],
    ];
    for (const [clusterTLS, message] of wrong) {
      assert.throws(() => writeClusterTls(clusterTLS), { name: 'TerminalError', message });
    }
  });
});
