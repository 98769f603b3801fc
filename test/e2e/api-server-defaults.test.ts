import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PrometheusSpec } from '../../src/api/prometheus.ts';
import { renderServerService } from '../../src/core/render/prometheus/prometheus-service.ts';
import { renderHttpClientSecret } from '../../src/core/render/prometheus/prometheus-secrets.ts';
import { renderTlsAssetSecrets } from '../../src/core/render/shared/owned-secrets.ts';
import { renderDaemonSet, renderStatefulSet } from '../../src/core/render/prometheus/prometheus-sets.ts';
import { acknowledgeWrite, reviseStamped, stampStatefulSet } from '../../src/core/render/shared/input-hash.ts';
import type { StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { reviseDaemonSet, reviseSecret, reviseService } from '../../src/core/render/shared/revision.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane } from '../control-plane/locate.ts';
import { makeAgent, makePrometheus, makeServer, makeSettings } from '../unit/core/render/prometheus/fixtures.ts';

/** Every kind of field that kube-apiserver fills in, rewrites or drops zeros of. */
const everything: PrometheusSpec = {
  replicas: 0,
  minReadySeconds: 5,
  terminationGracePeriodSeconds: 0,
  persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
  resources: { requests: { cpu: '1000m', memory: '512Mi' }, limits: { cpu: 2, memory: '0.5Gi' } },
  securityContext: { runAsUser: 0, fsGroup: 2000 },
  serviceAccountName: 'prometheus',
  nodeSelector: { blank: '' },
  tolerations: [
    { key: 'k', operator: 'Exists', effect: '' },
    { key: 'n', operator: 'Equal', value: 'v', effect: 'NoExecute', tolerationSeconds: 0 },
  ],
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: { topologyKey: 'zone', namespaceSelector: {}, labelSelector: { matchLabels: { a: 'b' } } },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', additionalLabelSelectors: 'OnResource' },
  ],
  volumes: [
    { name: 'nothing' },
    { name: 'secret', secret: { secretName: 's', items: [{ key: 'a', path: 'b' }] } },
    { name: 'host', hostPath: { path: '/x' } },
    { name: 'empty', emptyDir: { sizeLimit: '1024Mi' } },
    {
      name: 'projected',
      projected: {
        sources: [
          { serviceAccountToken: { path: 't' } },
          { downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
        ],
      },
    },
    {
      name: 'downward',
      downwardAPI: {
        items: [{ path: 'c', resourceFieldRef: { containerName: 'prometheus', resource: 'limits.cpu' } }],
      },
    },
    {
      name: 'ephemeral',
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '0.5Gi' } } },
        },
      },
    },
    { name: 'nfs', nfs: { server: 'a', path: '/b' } },
    { name: 'csi', csi: { driver: 'x' } },
    { name: 'claim', persistentVolumeClaim: { claimName: 'c' } },
    { name: 'iscsi', iscsi: { targetPortal: '1.2.3.4', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
    { name: 'rbd', rbd: { monitors: ['a'], image: 'i' } },
    { name: 'azure', azureDisk: { diskName: 'd', diskURI: 'https://blob.blob.core.windows.net/c/d.vhd' } },
    { name: 'scale', scaleIO: { gateway: 'g', system: 's', secretRef: { name: 'x' }, volumeName: 'v' } },
    { name: 'image', image: { reference: 'a/b:c' } },
  ],
  volumeMounts: [{ name: 'secret', mountPath: '/secret' }],
  containers: [
    {
      name: 'extra',
      image: 'busybox',
      env: [
        { name: 'A', value: '' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      ports: [{ containerPort: 80 }],
      livenessProbe: { tcpSocket: { port: 80 } },
      readinessProbe: { grpc: { port: 80 } },
      lifecycle: { preStop: { httpGet: { port: 80 } } },
    },
    { name: 'prometheus', env: [{ name: 'X', value: 'y' }], resources: { limits: { cpu: '1.5' } } },
  ],
  initContainers: [{ name: 'init', image: `a/b@sha256:${'01'.repeat(32)}`, restartPolicy: 'Always' }],
  thanos: { objectStorageConfig: { name: 'o', key: 'k' } },
  web: { tlsConfig: { keySecret: { name: 'k', key: 'x' }, cert: { secret: { name: 'k', key: 'y' } } } },
  hostAliases: [{ ip: '1.1.1.1', hostnames: ['a'] }],
  dnsConfig: { options: [{ name: 'ndots', value: '1' }] },
  imagePullSecrets: [{ name: 'p' }],
  enableServiceLinks: false,
  priorityClassName: '',
};

const specs: Readonly<Record<string, PrometheusSpec>> = {
  'an empty spec': {},
  'the network of the host': { hostNetwork: true, listenLocal: true },
  'a claim template': {
    storage: {
      volumeClaimTemplate: { spec: { resources: { requests: { storage: '1000Mi' } }, storageClassName: '' } },
    },
  },
  'every kind of field': everything,
};

const { skipped } = locateControlPlane();

describe('what a real API server stores', { skip: skipped ?? false }, () => {
  let controlPlane: ControlPlane;
  before(async () => {
    controlPlane = await startControlPlane();
    await controlPlane.kubectl(['create', 'namespace', 'monitoring']);
  });
  after(() => controlPlane.stop());

  async function write<T extends object>(verb: 'create' | 'replace', object: T): Promise<T> {
    const output = await controlPlane.kubectl(
      [verb, '-n', 'monitoring', '-f', '-', '-o', 'json'],
      JSON.stringify(object),
    );
    return JSON.parse(output) as T;
  }

  const render = (spec: PrometheusSpec, shard: number): StatefulSet =>
    renderStatefulSet(makeServer(spec), { shard, tlsAssetSecrets: 1, ruleConfigMaps: ['r'] });

  for (const [shard, [what, spec]] of Object.entries(specs).entries()) {
    it(`is no drift from a StatefulSet with ${what}`, async () => {
      const desired = render(spec, shard);
      const stored = await write('create', stampStatefulSet(desired));
      assert.deepEqual(reviseStamped(stored, desired).differences, []);
      assert.equal(acknowledgeWrite(stored, desired), undefined);
    });
  }

  it('settles when the server drops a field, and drift is undone with other people’s labels kept', async () => {
    const updateStrategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxUnavailable: 2 } };
    const desired = render({ updateStrategy }, 9);
    let live = await write('create', stampStatefulSet(desired));
    const settle = async (): Promise<void> => {
      const acknowledged = acknowledgeWrite(live, desired);
      if (acknowledged !== undefined) live = await write('replace', acknowledged);
      assert.deepEqual(reviseStamped(live, desired).differences, []);
    };
    await settle();
    const drifted = structuredClone(live);
    const [container] = drifted.spec.template.spec.containers;
    assert.ok(container);
    container.resources = { requests: { cpu: '1' } };
    container.stdin = true;
    drifted.metadata.labels = { ...drifted.metadata.labels, foreign: 'yes' };
    const revision = reviseStamped(await write('replace', drifted), desired);
    const paths = revision.differences.map(({ path }) => path);
    assert.ok(paths.includes('spec.template.spec.containers[prometheus].resources'), paths.join());
    assert.ok(paths.includes('spec.template.spec.containers[prometheus].stdin'), paths.join());
    live = await write('replace', revision.object);
    await settle();
    assert.equal(live.metadata.labels?.foreign, 'yes');
    assert.equal(live.spec.template.spec.containers[0]?.stdin, undefined);
  });

  it('is no drift from DaemonSets, Services and Secrets', async () => {
    const { replicas: _replicas, thanos: _thanos, persistentVolumeClaimRetentionPolicy: _policy, ...pod } = everything;
    const daemonSet = renderDaemonSet(makeAgent({ ...pod, mode: 'DaemonSet' }), 1);
    assert.deepEqual(reviseDaemonSet(await write('create', daemonSet), daemonSet).differences, []);
    const workload = makeServer({ thanos: {} });
    const service = renderServerService([makePrometheus({ thanos: {} })], makeSettings());
    assert.ok(service);
    assert.deepEqual(reviseService(await write('create', service), service).differences, []);
    for (const secret of [renderHttpClientSecret(workload), ...renderTlsAssetSecrets(workload, [])]) {
      assert.deepEqual(reviseSecret(await write('create', secret), secret).differences, []);
    }
  });
});
