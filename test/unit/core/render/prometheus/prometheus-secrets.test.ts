import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webConfigFolder } from '../../../../../src/core/render/prometheus/prometheus-paths.ts';
import {
  renderConfigSecret,
  renderHttpClientSecret,
} from '../../../../../src/core/render/prometheus/prometheus-secrets.ts';
import { renderTlsAssetSecrets, renderWebConfigSecret } from '../../../../../src/core/render/shared/owned-secrets.ts';
import { makeAgent, makeServer } from './fixtures.ts';

describe('Secrets of a Prometheus', () => {
  const workload = makeServer({}, { labels: { team: 'x' }, annotations: { note: 'y' } });

  it('belong to it and carry what every object carries', () => {
    const secrets = [
      renderConfigSecret(workload, new Uint8Array([31, 139])),
      renderWebConfigSecret(workload, webConfigFolder),
      renderHttpClientSecret(workload),
      ...renderTlsAssetSecrets(workload, []),
    ];
    for (const { metadata, type } of secrets) {
      assert.equal(type, 'Opaque');
      assert.equal(metadata.namespace, 'monitoring');
      assert.deepEqual(metadata.annotations, { note: 'y' });
      assert.deepEqual(metadata.labels, {
        'managed-by': 'prometheus-operator',
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        team: 'x',
      });
      assert.deepEqual(metadata.ownerReferences, [
        {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'Prometheus',
          name: 'k8s',
          uid: 'u1',
          controller: true,
          blockOwnerDeletion: true,
        },
      ]);
    }
    assert.deepEqual(secrets[0]?.data, { 'prometheus.yaml.gz': 'H4s=' });
    assert.deepEqual(secrets[1]?.data, { 'web-config.yaml': '' });
  });

  it('number TLS assets from 0, and make one even without any', () => {
    assert.deepEqual(
      renderTlsAssetSecrets(workload, []).map(({ metadata, data }) => [metadata.name, data]),
      [['prometheus-k8s-tls-assets-0', {}]],
    );
    assert.deepEqual(
      renderTlsAssetSecrets(makeAgent(), [{ a: 'x' }, { b: 'y' }]).map(({ metadata }) => metadata.name),
      ['prom-agent-edge-tls-assets-0', 'prom-agent-edge-tls-assets-1'],
    );
  });
});
