import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { argsOf, containerOf, makeRulerSet, podOf } from './fixtures.ts';

describe('the StatefulSet of a ThanosRuler', () => {
  it('selects by all labels of the pods but the version, which users cannot set', () => {
    const labels = { team: 'a', 'thanos-ruler': 'other', 'op/label': 'user' };
    const podMetadata = { labels: { ...labels, 'app.kubernetes.io/version': '1' } };
    const { spec } = makeRulerSet({ podMetadata, version: 'v0.41.0' }, { labels: { 'op/label': 'flag' } });
    const own = {
      'app.kubernetes.io/name': 'thanos-ruler',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      'app.kubernetes.io/instance': 'main',
      'thanos-ruler': 'main',
    };
    assert.deepEqual(spec.selector.matchLabels, { ...labels, 'op/label': 'flag', ...own });
    assert.deepEqual(spec.template.metadata.labels, {
      ...spec.selector.matchLabels,
      'app.kubernetes.io/version': '0.41.0',
    });
  });

  it('keeps its default container', () => {
    const annotations = { note: 'x', 'kubectl.kubernetes.io/default-container': 'other' };
    const { metadata } = makeRulerSet({ podMetadata: { annotations } }).spec.template;
    assert.deepEqual(metadata.annotations, { note: 'x', 'kubectl.kubernetes.io/default-container': 'thanos-ruler' });
  });

  it('leaves the number of replicas to the API when none is given', () => {
    assert.equal('replicas' in makeRulerSet().spec, false);
    assert.equal(makeRulerSet({ replicas: 0 }).spec.replicas, 0);
  });

  it('mounts the configurations of users, then TLS, web, data, rules and what users mount', () => {
    const set = makeRulerSet({
      queryConfig: { name: 'query', key: 'q.yaml' },
      alertmanagersConfig: { name: 'alerts', key: 'a.yaml' },
      objectStorageConfig: { name: 'ignored', key: 'o.yaml' },
      objectStorageConfigFile: '/o.yaml',
      volumes: [{ name: 'mine', emptyDir: {} }],
      volumeMounts: [{ name: 'mine', mountPath: '/mine' }],
    });
    const mounts = containerOf(set, 'thanos-ruler').volumeMounts ?? [];
    assert.deepEqual(
      mounts.map(({ mountPath }) => mountPath),
      [
        '/etc/thanos/config/remote-write-config',
        '/etc/thanos/config/query-config',
        '/etc/thanos/config/alertmanager-config',
        '/etc/thanos/certs',
        '/etc/thanos/web_config/web-config.yaml',
        '/thanos/data',
        '/etc/thanos/rules/rules-0',
        '/mine',
      ],
    );
    assert.deepEqual(podOf(set).volumes?.slice(0, 3), [
      {
        name: 'remote-write-config',
        secret: {
          secretName: 'thanos-ruler-main-config',
          items: [{ key: 'remote-write.yaml', path: 'remote-write.yaml' }],
        },
      },
      { name: 'query-config', secret: { secretName: 'query', items: [{ key: 'q.yaml', path: 'q.yaml' }] } },
      { name: 'alertmanager-config', secret: { secretName: 'alerts', items: [{ key: 'a.yaml', path: 'a.yaml' }] } },
    ]);
  });

  it('keeps its data in the whole volume', () => {
    const set = makeRulerSet({ storage: { volumeClaimTemplate: { metadata: { name: 'data' } } } });
    const mount = containerOf(set, 'thanos-ruler').volumeMounts?.find(({ name }) => name === 'data');
    assert.deepEqual(mount, { name: 'data', mountPath: '/thanos/data' });
    assert.equal(set.spec.volumeClaimTemplates?.[0]?.metadata.name, 'data');
  });

  it('asks for memory unless users do', () => {
    const requestsOf = (requests: Record<string, string>): unknown =>
      containerOf(makeRulerSet({ resources: { requests } }), 'thanos-ruler').resources?.requests;
    assert.deepEqual(requestsOf({ cpu: '1' }), { memory: '200Mi', cpu: '1' });
    assert.deepEqual(requestsOf({ memory: '1Gi' }), { memory: '1Gi' });
  });

  it('has no operator in its init containers, and none at all without users', () => {
    assert.equal('initContainers' in podOf(makeRulerSet()), false);
    const initContainers = [{ name: 'init', image: 'x' }];
    assert.deepEqual(podOf(makeRulerSet({ initContainers })).initContainers, initContainers);
  });

  it('reloads over TLS below the route prefix', () => {
    const web = { tlsConfig: { certFile: '/c', keyFile: '/k' } };
    const urlOf = (version: string, routePrefix: string): string | undefined =>
      containerOf(makeRulerSet({ web, version, routePrefix }), 'config-reloader').args?.find((one) =>
        one.startsWith('--reload-url'),
      );
    assert.equal(urlOf('v0.42.0', '/rules/'), '--reload-url=https://localhost:10902/rules/-/reload');
    assert.equal(urlOf('v0.20.0', 'rules'), '--reload-url=http://localhost:10902/rules/-/reload');
  });

  it('is reached from inside only with listenLocal', () => {
    const set = makeRulerSet({ listenLocal: true, portName: 'web', imagePullPolicy: 'Always' });
    const [ruler, reloader] = [containerOf(set, 'thanos-ruler'), containerOf(set, 'config-reloader')];
    assert.deepEqual(ruler.ports, [{ name: 'grpc', containerPort: 10901, protocol: 'TCP' }]);
    assert.equal(reloader.ports, undefined);
    assert.ok(reloader.args?.includes('--listen-address=localhost:8080'));
    assert.equal(ruler.imagePullPolicy, 'Always');
    assert.equal(reloader.imagePullPolicy, undefined);
  });

  it('cannot be made for what is no version', () => {
    assert.throws(() => argsOf({ version: 'latest' }), { name: 'TerminalError', message: /spec\.version "latest"/ });
  });
});
