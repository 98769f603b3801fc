import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { Version } from '../../../../src/base/version.ts';
import type { Lister } from '../../../../src/core/listers.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import { findTargetsOffline } from '../../../../src/core/targets/offline.ts';
import type { ClusterObjects, OfflineTargets } from '../../../../src/core/targets/offline.ts';

const version = Version.parse('3.14.0');

function lister<T extends KubernetesObject>(...objects: readonly T[]): Lister<T> {
  return {
    list: (namespace) => objects.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace),
    get: (namespace, name) =>
      objects.find(({ metadata }) => (metadata.namespace ?? '') === namespace && metadata.name === name),
  };
}

const pod = (namespace: string, name: string, ip: string, more: { app?: string; phase?: string } = {}) => ({
  metadata: { namespace, name, labels: { app: more.app ?? 'web' } },
  spec: { nodeName: 'n', containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] },
  status: { podIP: ip, phase: more.phase ?? 'Running' },
});

const cluster: ClusterObjects = {
  pod: lister(
    pod('a', 'p1', '1.1.1.1'),
    pod('a', 'p2', '1.1.1.2', { app: 'db', phase: 'Failed' }),
    pod('b', 'p1', '1.1.1.3'),
  ),
  endpoints: lister({
    metadata: { namespace: 'a', name: 's' },
    subsets: [
      { addresses: [{ ip: '9.9.9.9', targetRef: { kind: 'Pod', namespace: 'a', name: 'p2' } }], ports: [{ port: 80 }] },
    ],
  }),
  service: lister(),
  node: lister(),
  endpointslice: lister(),
  ingress: lister(),
  namespaces: lister(),
  replicaSets: lister(),
  jobs: lister(),
};

function find(body: string, ownNamespace?: string): OfflineTargets {
  const text = `scrape_configs:\n- job_name: j\n${body.replaceAll(/^/gm, '  ')}\n`;
  return findTargetsOffline(loadPrometheusConfig(text, version).jobs, cluster, { version, ownNamespace });
}

const instances = ({ pools }: OfflineTargets): readonly (string | undefined)[] =>
  (pools.get('j')?.list().active ?? []).map(({ labels }) => labels.get('instance'));

describe('findTargetsOffline', () => {
  it('covers the listed namespaces, the own one among them', () => {
    assert.deepEqual(instances(find('kubernetes_sd_configs: [{role: pod}]')), [
      '1.1.1.1:80',
      '1.1.1.2:80',
      '1.1.1.3:80',
    ]);
    assert.deepEqual(instances(find('kubernetes_sd_configs: [{role: pod, namespaces: {names: [b]}}]')), ['1.1.1.3:80']);
    const own = 'kubernetes_sd_configs: [{role: pod, namespaces: {own_namespace: true}}]';
    assert.deepEqual(instances(find(own, 'a')), ['1.1.1.1:80', '1.1.1.2:80']);
    assert.equal(find(own).skipped[0]?.reason, 'Cannot discover in the own namespace: it is not known');
  });

  it('applies selectors to each kind of object by itself', () => {
    const selected = (selectors: string): readonly (string | undefined)[] =>
      instances(find(`kubernetes_sd_configs: [{role: pod, selectors: [${selectors}]}]`));
    assert.deepEqual(selected('{role: pod, label: app=web}'), ['1.1.1.1:80', '1.1.1.3:80']);
    assert.deepEqual(selected('{role: pod, field: status.phase=Failed}'), ['1.1.1.2:80']);
    const found = find('kubernetes_sd_configs: [{role: endpoints, selectors: [{role: pod, label: app=web}]}]');
    const [target] = found.pools.get('j')?.list().active ?? [];
    assert.equal(target?.labels.get('instance'), '9.9.9.9:80');
    const group = target.discovered[0]?.group.targets[0];
    assert.equal(group?.get('__meta_kubernetes_pod_name'), undefined);
  });

  it('says what it cannot know', () => {
    const { skipped } = find(`kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, field: metadata.status=x}]}]
file_sd_configs: [{files: [/x.json]}]
consul_sd_configs: [{server: x}]
static_configs: [{targets: ['s:1']}]`);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [
        'Cannot discover with consul',
        'Cannot discover with file from the objects of a cluster alone',
        'field label not supported: metadata.status',
      ],
    );
  });
});
