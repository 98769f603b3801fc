import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../../src/api/prometheus.ts';
import { TerminalError } from '../../../../../src/base/errors.ts';
import { renderDaemonSet } from '../../../../../src/core/render/prometheus/prometheus-sets.ts';
import type { Container } from '../../../../../src/api/core/container.ts';
import type { PodSpec } from '../../../../../src/core/render/shared/rendered-objects.ts';
import { makeAgent, makeServer, makeSettings, makeStatefulSet } from './fixtures.ts';

function renderPod(spec: PrometheusSpec): PodSpec {
  return makeStatefulSet(makeServer(spec)).spec.template.spec;
}

function containerOf(pod: PodSpec, name: string): Container {
  const found = [...pod.containers, ...(pod.initContainers ?? [])].find((container) => container.name === name);
  assert.ok(found, `the pod has no container ${name}`);
  return found;
}

function argsOf(spec: PrometheusSpec, container = 'prometheus'): string[] {
  return containerOf(renderPod(spec), container).args ?? [];
}

describe('arguments of Prometheus', () => {
  it('drops what the version does not know', () => {
    const spec: PrometheusSpec = {
      web: { pageTitle: 'T' },
      logFormat: 'json',
      rules: { alert: { resendDelay: '1m' } },
      query: { maxSamples: 5, maxConcurrency: 2 },
      walCompression: true,
      enableFeatures: ['a', 'b'],
      enableOTLPReceiver: true,
      tsdb: { chunkEncoding: { floats: 'Xor2' } },
    };
    const old = argsOf({ ...spec, version: '2.3.0' });
    for (const name of [
      'page-title',
      'log.format',
      'rules.alert',
      'max-samples',
      'wal-compression',
      'enable-feature',
    ]) {
      assert.ok(!old.some((arg) => arg.includes(name)), `${name} in ${old.join(' ')}`);
    }
    assert.ok(old.includes('--query.max-concurrency=2'));
    assert.ok(old.includes('--storage.tsdb.retention=24h'));
    const current = argsOf(spec);
    for (const arg of [
      '--web.page-title=T',
      '--log.format=json',
      '--rules.alert.resend-delay=1m',
      '--query.max-samples=5',
      '--storage.tsdb.wal-compression',
      '--enable-feature=a,b',
      '--web.enable-otlp-receiver',
      '--enable-feature=xor2-encoding',
    ]) {
      assert.ok(current.includes(arg), `${arg} not in ${current.join(' ')}`);
    }
  });

  it('does not let remote write 2.0 on an old version take other arguments away', () => {
    const remoteWrite = [{ url: 'http://x', messageVersion: 'V2.0' as const }];
    const args = argsOf({ version: '2.53.0', remoteWrite, enableFeatures: ['a'], logFormat: 'json' });
    assert.ok(args.includes('--enable-feature=a') && args.includes('--log.format=json'));
    assert.ok(!args.includes('--enable-feature=metadata-wal-records'));
    assert.ok(argsOf({ version: '3.3.0', remoteWrite }).includes('--enable-feature=metadata-wal-records'));
    assert.ok(!argsOf({ version: '3.4.0', remoteWrite }).includes('--enable-feature=metadata-wal-records'));
  });

  it('refuses additional arguments that the operator sets, and only those that it sets here', () => {
    assert.throws(() => argsOf({ additionalArgs: [{ name: 'web.route-prefix', value: '/x' }] }), TerminalError);
    assert.throws(
      () => argsOf({ walCompression: true, additionalArgs: [{ name: 'no-storage.tsdb.wal-compression' }] }),
      /storage\.tsdb\.wal-compression/,
    );
    assert.equal(argsOf({ additionalArgs: [{ name: 'log.level', value: 'warn' }] }).at(-1), '--log.level=warn');
  });

  it('says so when the version is none', () => {
    assert.throws(() => makeServer({ version: 'latest' }), /Cannot read spec.version "latest"/);
    assert.throws(() => makeServer({ version: '4.0.0' }), /major version 2 or 3/);
    assert.throws(() => argsOf({ thanos: { version: 'newest' } }), /Cannot read spec.thanos.version "newest"/);
  });
});

describe('reaching Prometheus', () => {
  it('uses the route prefix and HTTPS in probes and reloads', () => {
    const web = { tlsConfig: { keyFile: '/k', certFile: '/c' } };
    const pod = renderPod({ routePrefix: '/prom/', web, portName: 'http' });
    const probe = { path: '/prom/-/ready', port: 'http', scheme: 'HTTPS' };
    assert.deepEqual(containerOf(pod, 'prometheus').readinessProbe?.httpGet, probe);
    assert.ok(containerOf(pod, 'config-reloader').args?.includes('--reload-url=https://localhost:9090/prom/-/reload'));
  });

  it('bounds the start by the given time', () => {
    const times = (seconds: number): unknown[] => {
      const probe = containerOf(renderPod({ maximumStartupDurationSeconds: seconds }), 'prometheus').startupProbe;
      return [probe?.periodSeconds, probe?.failureThreshold];
    };
    assert.deepEqual(times(60), [60, 1]);
    assert.deepEqual(times(600), [60, 10]);
    assert.deepEqual(times(130), [44, 3]);
    assert.deepEqual(times(59), [15, 60]);
  });

  it('opens no port and probes from inside when listening locally', () => {
    const pod = renderPod({ listenLocal: true });
    const container = containerOf(pod, 'prometheus');
    assert.equal(container.ports, undefined);
    assert.match(container.livenessProbe?.exec?.command?.at(-1) ?? '', /http:\/\/localhost:9090\/-\/healthy/);
    assert.equal(containerOf(pod, 'config-reloader').ports, undefined);
  });

  it('probes the config-reloader only when told to', () => {
    const settings = makeSettings();
    const reloader = { ...settings.reloader, probes: true };
    const pod = makeStatefulSet(makeServer({}, { reloader })).spec.template.spec;
    assert.deepEqual(containerOf(pod, 'config-reloader').startupProbe, { httpGet: { path: '/healthz', port: 8080 } });
    assert.equal(containerOf(pod, 'init-config-reloader').startupProbe, undefined);
    assert.equal(containerOf(renderPod({}), 'config-reloader').startupProbe, undefined);
  });
});

describe('volumes of the pod', () => {
  it('gives every mount a volume or a claim', () => {
    const emptyDir = { emptyDir: {}, volumeClaimTemplate: { metadata: { name: 'data' } } };
    for (const storage of [undefined, emptyDir, { volumeClaimTemplate: { metadata: { name: 'data' } } }]) {
      const set = makeStatefulSet(makeServer({ ...(storage === undefined ? {} : { storage }), secrets: ['s'] }));
      const { volumes = [], containers } = set.spec.template.spec;
      const names = [...volumes, ...(set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)];
      const known = new Set(names.map(({ name }) => name));
      const missing = containers.flatMap((one) => one.volumeMounts ?? []).filter(({ name }) => !known.has(name));
      assert.deepEqual(missing, []);
    }
  });

  it('leaves the log folder to the user who mounts one there', () => {
    const volumeMounts = [{ name: 'logs', mountPath: '/var/log/prometheus/' }];
    const mine = renderPod({ queryLogFile: 'query.log', volumes: [{ name: 'logs', emptyDir: {} }], volumeMounts });
    assert.ok(!mine.volumes?.some(({ name }) => name === 'log-file'));
    const both = renderPod({ queryLogFile: 'query.log', scrapeFailureLogFile: './fail.log' });
    assert.equal(both.volumes?.filter(({ name }) => name === 'log-file').length, 1);
    const elsewhere = renderPod({ queryLogFile: '/data/query.log' });
    assert.ok(!elsewhere.volumes?.some(({ name }) => name === 'log-file'));
  });

  it('makes no volume for a private key that is given as a file', () => {
    const web = { tlsConfig: { keyFile: '/k', cert: { secret: { name: 'tls', key: 'c' } } } };
    const volumes = renderPod({ web }).volumes?.filter(({ name }) => name.startsWith('web-config')) ?? [];
    assert.equal(volumes.length, 2);
    assert.ok(volumes.every(({ secret }) => secret?.secretName !== ''));
  });

  it('gives a DaemonSet the volumes that its mounts need', () => {
    const volumes = [{ name: 'mine', emptyDir: {} }];
    const volumeMounts = [{ name: 'mine', mountPath: '/mine' }];
    const pod = renderDaemonSet(makeAgent({ mode: 'DaemonSet', volumes, volumeMounts }), 1).spec.template.spec;
    assert.ok(pod.volumes?.some(({ name }) => name === 'mine'));
    assert.ok(containerOf(pod, 'prometheus').volumeMounts?.some(({ name }) => name === 'mine'));
  });
});

describe('network and scheduling of the pod', () => {
  it('resolves names in the cluster from the network of the host', () => {
    assert.equal(renderPod({ hostNetwork: true }).dnsPolicy, 'ClusterFirstWithHostNet');
    assert.equal(renderPod({ hostNetwork: true, dnsPolicy: 'Default' }).dnsPolicy, 'Default');
    assert.equal(renderPod({}).dnsPolicy, undefined);
  });

  it('puts each shard into its zone', () => {
    const topology = { mode: 'Topology' as const, topology: { values: ['a', 'b'] } };
    const zones = [0, 1, 2].map((shard) => {
      const set = makeStatefulSet(
        makeServer({ shards: 4, shardingStrategy: topology, nodeSelector: { os: 'linux' } }),
        shard,
      );
      return set.spec.template.spec.nodeSelector;
    });
    const zone = 'topology.kubernetes.io/zone';
    assert.deepEqual(zones, [
      { os: 'linux', [zone]: 'a' },
      { os: 'linux', [zone]: 'b' },
      { os: 'linux', [zone]: 'a' },
    ]);
  });

  it('adds its own labels to spread constraints without any', () => {
    const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const [plain, added] =
      renderPod({
        topologySpreadConstraints: [
          constraint,
          { ...constraint, additionalLabelSelectors: 'OnResource', labelSelector: {} },
        ],
      }).topologySpreadConstraints ?? [];
    assert.deepEqual(plain, constraint);
    const { matchLabels = {} } = added?.labelSelector ?? {};
    assert.equal(matchLabels.prometheus, 'k8s');
    assert.ok(!('operator.prometheus.io/shard' in matchLabels));
  });
});

describe('labels', () => {
  it('lets the flags win everywhere, selectors included', () => {
    const set = makeStatefulSet(
      makeServer({ podMetadata: { labels: { team: 'x', prometheus: 'no' } } }, { labels: { team: 'y' } }),
    );
    assert.equal(set.metadata.labels?.team, 'y');
    assert.equal(set.spec.selector.matchLabels?.team, 'y');
    assert.equal(set.spec.template.metadata.labels?.team, 'y');
    assert.equal(set.spec.template.metadata.labels.prometheus, 'k8s');
  });
});

describe('an agent', () => {
  it('needs its feature gate to run as a DaemonSet', () => {
    const gates = { ...makeSettings().gates, PrometheusAgentDaemonSet: false };
    assert.throws(() => makeAgent({ mode: 'DaemonSet' }, { gates }), TerminalError);
    assert.equal(makeAgent({ mode: 'DaemonSet' }).form, 'DaemonSet');
  });

  it('knows the node it runs on as a DaemonSet', () => {
    const pod = renderDaemonSet(makeAgent({ mode: 'DaemonSet' }), 1).spec.template.spec;
    const names = containerOf(pod, 'config-reloader').env?.map(({ name }) => name);
    assert.deepEqual(names, ['POD_NAME', 'NODE_NAME', 'SHARD']);
  });
});
