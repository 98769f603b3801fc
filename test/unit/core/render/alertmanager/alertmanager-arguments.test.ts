import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerSpec } from '../../../../../src/api/alertmanager.ts';
import { renderAlertmanagerArguments } from '../../../../../src/core/render/alertmanager/alertmanager-arguments.ts';
import type { OperatorSettings } from '../../../../../src/core/settings.ts';
import { makeWorkload } from './fixtures.ts';

const render = (spec: AlertmanagerSpec = {}, settings: Partial<OperatorSettings> = {}): string[] =>
  renderAlertmanagerArguments(makeWorkload(spec, settings));

/** The arguments whose names begin so. */
const only = (args: readonly string[], ...names: readonly string[]): string[] =>
  args.filter((one) => names.some((name) => one.startsWith(`--${name}`)));

describe('arguments of Alertmanager', () => {
  it('stand in the order of the reference', () => {
    const spec: AlertmanagerSpec = {
      version: 'v0.33.1',
      replicas: 2,
      retention: '24h',
      externalUrl: 'https://am.example',
      enableFeatures: ['a', 'b'],
      routePrefix: '/am',
      web: { getConcurrency: 0, timeout: 7 },
      limits: { maxSilences: 5, maxPerSilenceBytes: '1.5KB' },
      minReadySeconds: 30,
      logLevel: 'debug',
      logFormat: 'json',
      clusterAdvertiseAddress: '10.0.0.1:9094',
      clusterGossipInterval: '1s',
      clusterPushpullInterval: '2s',
      clusterPeerTimeout: '3s',
      additionalPeers: ['other:9094'],
      clusterTLS: {
        server: { certFile: '/c', keyFile: '/k' },
        client: { cert: { secret: { name: 's', key: 'c' } }, keySecret: { name: 's', key: 'k' } },
      },
      additionalArgs: [{ name: 'cluster.settle-timeout', value: '1m' }, { name: 'web.systemd-socket' }],
    };
    assert.deepEqual(render(spec), [
      '--config.file=/etc/alertmanager/config_out/alertmanager.env.yaml',
      '--storage.path=/alertmanager',
      '--data.retention=24h',
      '--cluster.listen-address=[$(POD_IP)]:9094',
      '--web.listen-address=:9093',
      '--web.external-url=https://am.example',
      '--enable-feature=a,b',
      '--web.route-prefix=/am',
      '--web.get-concurrency=0',
      '--web.timeout=7s',
      '--silences.max-silences=5',
      '--silences.max-silence-size-bytes=1536',
      '--dispatch.start-delay=30s',
      '--log.level=debug',
      '--log.format=json',
      '--cluster.advertise-address=10.0.0.1:9094',
      '--cluster.gossip-interval=1s',
      '--cluster.pushpull-interval=2s',
      '--cluster.peer-timeout=3s',
      '--cluster.peer-name=$(POD_NAME)',
      '--cluster.label=monitoring/main',
      '--cluster.peer=alertmanager-main-0.alertmanager-operated:9094',
      '--cluster.peer=alertmanager-main-1.alertmanager-operated:9094',
      '--cluster.peer=other:9094',
      '--cluster.reconnect-timeout=5m',
      '--web.config.file=/etc/alertmanager/web_config/web-config.yaml',
      '--cluster.tls-config=/etc/alertmanager/cluster_tls_config/cluster-tls-config.yaml',
      '--cluster.settle-timeout=1m',
      '--web.systemd-socket',
    ]);
  });

  it('name the peer as the user wants, else after the pod', () => {
    const nameOf = (spec: AlertmanagerSpec): string[] => only(render(spec), 'cluster.peer-name');
    assert.deepEqual(nameOf({ version: '0.30.0' }), ['--cluster.peer-name=$(POD_NAME)']);
    const clusterPeerName = 'eu.$(POD_NAME)';
    assert.deepEqual(nameOf({ version: '0.30.0', clusterPeerName }), ['--cluster.peer-name=eu.$(POD_NAME)']);
    assert.deepEqual(nameOf({ version: '0.30.0', clusterPeerName: '' }), ['--cluster.peer-name=$(POD_NAME)']);
    assert.deepEqual(nameOf({ version: '0.29.0', clusterPeerName }), []);
  });

  it('are left out for versions that do not know them', () => {
    const spec: AlertmanagerSpec = {
      enableFeatures: ['a'],
      web: { getConcurrency: 1, timeout: 1 },
      limits: { maxSilences: 1, maxPerSilenceBytes: '1KB' },
      minReadySeconds: 1,
      logFormat: 'json',
      clusterTLS: { server: { certFile: '/c', keyFile: '/k' }, client: {} },
    };
    const since: [string, string, string][] = [
      ['log.format', '0.15.3', '0.16.0'],
      ['web.get-concurrency', '0.16.2', '0.17.0'],
      ['web.timeout', '0.16.2', '0.17.0'],
      ['web.config.file', '0.21.0', '0.22.0'],
      ['cluster.tls-config', '0.23.0', '0.24.0'],
      ['cluster.label', '0.25.1', '0.26.0'],
      ['enable-feature', '0.26.0', '0.27.0'],
      ['silences.max-silences', '0.27.0', '0.28.0'],
      ['silences.max-silence-size-bytes', '0.27.0', '0.28.0'],
      ['dispatch.start-delay', '0.29.0', '0.30.0'],
      ['cluster.peer-name', '0.29.0', '0.30.0'],
    ];
    for (const [name, before, from] of since) {
      assert.deepEqual(only(render({ ...spec, version: before }), name), [], `${name} in ${before}`);
      assert.equal(only(render({ ...spec, version: from }), name).length, 1, `${name} in ${from}`);
    }
  });

  it('give the time-out as a duration, and none as the reference gives it', () => {
    const timeout = (seconds: number): string[] => only(render({ web: { timeout: seconds } }), 'web.timeout');
    assert.deepEqual([timeout(90), timeout(0)], [['--web.timeout=90s'], ['--web.timeout=0']]);
  });

  it('form a cluster unless there is one replica alone', () => {
    const listen = (spec: AlertmanagerSpec): string[] => only(render(spec), 'cluster.listen-address');
    assert.deepEqual(listen({}), ['--cluster.listen-address=']);
    assert.deepEqual(listen({ forceEnableClusterMode: true }), ['--cluster.listen-address=[$(POD_IP)]:9094']);
    assert.deepEqual(listen({ replicas: 0 }), ['--cluster.listen-address=[$(POD_IP)]:9094']);
    assert.deepEqual(only(render({ replicas: -1 }), 'cluster.peer='), []);
  });

  it('name peers by the Service of the user, and with the domain of the cluster when it is known', () => {
    const peers = (spec: AlertmanagerSpec, clusterDomain: string): string[] =>
      only(render(spec, { clusterDomain }), 'cluster.peer=');
    assert.deepEqual(peers({ serviceName: 'mine' }, ''), ['--cluster.peer=alertmanager-main-0.mine:9094']);
    assert.deepEqual(peers({}, 'cluster.local'), [
      '--cluster.peer=alertmanager-main-0.alertmanager-operated.monitoring.svc.cluster.local.:9094',
    ]);
  });

  it('take an empty label for none, where a bare flag would take the next argument for its value', () => {
    assert.deepEqual(only(render({ clusterLabel: '' }), 'cluster.label'), ['--cluster.label=']);
    assert.deepEqual(only(render({ clusterLabel: 'all' }), 'cluster.label'), ['--cluster.label=all']);
  });

  it('delay the start by what the user says, if at all', () => {
    const delay = (additionalArgs: AlertmanagerSpec['additionalArgs'] = []): string[] =>
      only(render({ minReadySeconds: 5, additionalArgs }), 'dispatch.start-delay', 'no-dispatch.start-delay');
    assert.deepEqual(delay(), ['--dispatch.start-delay=5s']);
    assert.deepEqual(delay([{ name: 'dispatch.start-delay', value: '1m' }]), ['--dispatch.start-delay=1m']);
    assert.deepEqual(delay([{ name: 'no-dispatch.start-delay' }]), ['--no-dispatch.start-delay']);
  });

  it('leave durations of zero out where Alertmanager does not start with them', () => {
    const zeros: AlertmanagerSpec = {
      retention: '0s',
      clusterGossipInterval: '0h0m',
      clusterPushpullInterval: '0',
      clusterPeerTimeout: '0ms',
    };
    const names = ['data.retention', 'cluster.gossip', 'cluster.pushpull', 'cluster.peer-timeout'];
    assert.deepEqual(only(render({ ...zeros, version: '0.33.1' }), ...names), [
      '--data.retention=0s',
      '--cluster.gossip-interval=0h0m',
      '--cluster.pushpull-interval=0',
      '--cluster.peer-timeout=0ms',
    ]);
    assert.deepEqual(only(render({ ...zeros, version: '0.34.0' }), ...names), []);
    assert.deepEqual(only(render({ retention: '100ms', version: '0.34.0' }), ...names), ['--data.retention=100ms']);
    assert.deepEqual(only(render({ version: '0.34.0' }), ...names), ['--data.retention=120h']);
  });

  it('are not taken twice: Alertmanager would not start', () => {
    for (const name of ['cluster.listen-address', 'no-storage.path', 'cluster.peer-name']) {
      const additionalArgs = [{ name, value: 'x' }];
      assert.throws(() => render({ additionalArgs }), { name: 'TerminalError', message: /the operator itself sets/ });
    }
  });

  it('are refused for a size that is none', () => {
    const spec = { limits: { maxPerSilenceBytes: '0much' } };
    assert.throws(() => render(spec), { name: 'TerminalError', message: /spec\.limits\.maxPerSilenceBytes/ });
  });
});
