import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerSpec } from '../../../../../src/api/alertmanager.ts';
import { renderStatefulSet } from '../../../../../src/core/render/alertmanager/alertmanager-set.ts';
import { findContainer, makePod, makeWorkload } from './fixtures.ts';

/** Everything that is mounted. */
const full: AlertmanagerSpec = {
  alertmanagerConfiguration: {
    name: 'base',
    templates: [
      { secret: { name: 't1', key: 'a.tmpl' } },
      { configMap: { name: 't2', key: 'a.tmpl' } },
      { configMap: { name: 't2', key: 'b.tmpl' } },
    ],
  },
  secrets: ['s'],
  configMaps: ['c'],
  web: { tlsConfig: { keySecret: { name: 'w', key: 'k' }, cert: { secret: { name: 'w', key: 'c' } } } },
  volumes: [{ name: 'mine', emptyDir: {} }],
  volumeMounts: [{ name: 'mine', mountPath: '/mine' }],
};

const listMounts = (spec: AlertmanagerSpec, container: string): string[] =>
  (findContainer(makePod(spec), container).volumeMounts ?? []).map(
    ({ name, readOnly }) => `${name}${readOnly === true ? ' ro' : ''}`,
  );

describe('the pod of an Alertmanager', () => {
  it('has volumes and mounts in the order of the reference', () => {
    assert.deepEqual(
      makePod(full).volumes?.map(({ name }) => name.replace(/-[0-9a-f]{7,8}$/, '')),
      [
        ...['config-volume', 'tls-assets', 'config-out', 'notification-templates', 'secret-s', 'configmap-c'],
        ...['web-config', 'web-config-tls-secret-key-w', 'web-config-tls-secret-cert-w', 'cluster-tls-config'],
        ...['alertmanager-main-db', 'mine'],
      ].map((name) => name.replace(/-[0-9a-f]{7,8}$/, '')),
    );
    const mounts = listMounts(full, 'alertmanager').filter((name) => !name.startsWith('web-config-tls'));
    assert.deepEqual(mounts, [
      ...['config-volume', 'config-out ro', 'tls-assets ro', 'alertmanager-main-db', 'notification-templates ro'],
      ...['secret-s ro', 'configmap-c ro', 'mine', 'web-config ro', 'cluster-tls-config ro'],
    ]);
  });

  it('projects the first of two templates with one key', () => {
    const volume = makePod(full).volumes?.find(({ name }) => name === 'notification-templates');
    assert.deepEqual(volume?.projected?.sources, [
      { secret: { name: 't1', items: [{ key: 'a.tmpl', path: 'a.tmpl' }] } },
      { configMap: { name: 't2', items: [{ key: 'b.tmpl', path: 'b.tmpl' }] } },
    ]);
  });

  it('lets both config-reloaders see what makes Alertmanager reload', () => {
    for (const name of ['config-reloader', 'init-config-reloader']) {
      const mounts = listMounts(full, name).filter((one) => !one.startsWith('web-config-tls'));
      const shared = ['notification-templates ro', 'secret-s ro', 'configmap-c ro', 'web-config ro'];
      assert.deepEqual(mounts, ['config-volume ro', 'config-out', ...shared], name);
      const folders = findContainer(makePod(full), name).args?.filter((one) => one.startsWith('--watched-dir'));
      assert.deepEqual(folders, [
        '--watched-dir=/etc/alertmanager/config',
        '--watched-dir=/etc/alertmanager/templates',
        '--watched-dir=/etc/alertmanager/secrets/s',
        '--watched-dir=/etc/alertmanager/configmaps/c',
      ]);
    }
  });

  it('speaks https where Alertmanager can', () => {
    for (const [version, scheme] of [
      ['0.22.0', 'HTTPS'],
      ['0.21.0', undefined],
    ] as const) {
      const pod = makePod({ ...full, version, routePrefix: '/am/' });
      const { livenessProbe, readinessProbe } = findContainer(pod, 'alertmanager');
      assert.deepEqual(livenessProbe?.httpGet, { path: '/am/-/healthy', port: 'web', ...(scheme && { scheme }) });
      assert.deepEqual(readinessProbe?.httpGet, { path: '/am/-/ready', port: 'web', ...(scheme && { scheme }) });
      const { args = [] } = findContainer(pod, 'config-reloader');
      assert.ok(args.includes(`--reload-url=${scheme === undefined ? 'http' : 'https'}://localhost:9093/am/-/reload`));
      assert.equal(
        args.includes('--web-config-file=/etc/alertmanager/web_config/web-config.yaml'),
        scheme !== undefined,
      );
    }
  });

  it('mounts nothing of what its version does not know', () => {
    const names = (version: string): string =>
      JSON.stringify(makePod({ ...full, version }).volumes?.map(({ name }) => name));
    assert.doesNotMatch(names('0.21.0'), /web-config|cluster-tls/);
    assert.match(names('0.23.0'), /web-config"/);
    assert.doesNotMatch(names('0.23.0'), /cluster-tls/);
  });

  it('knows its name from 0.30 on', () => {
    const env = (version: string): unknown =>
      findContainer(makePod({ version }), 'alertmanager').env?.map(({ name }) => name);
    assert.deepEqual(env('0.29.0'), ['POD_IP']);
    assert.deepEqual(env('0.30.0'), ['POD_IP', 'POD_NAME']);
  });

  it('asks for memory, unless it may have less or the user asks himself', () => {
    const resources = (given: AlertmanagerSpec['resources']): unknown =>
      findContainer(makePod(given === undefined ? {} : { resources: given }), 'alertmanager').resources;
    assert.deepEqual(resources(undefined), { requests: { memory: '200Mi' } });
    const cpu = { requests: { cpu: '1' }, limits: { memory: '1Gi' } };
    assert.deepEqual(resources(cpu), { ...cpu, requests: { cpu: '1', memory: '200Mi' } });
    assert.deepEqual(resources({ requests: { memory: '1Gi' } }), { requests: { memory: '1Gi' } });
    assert.deepEqual(resources({ limits: { memory: '100Mi' } }), { limits: { memory: '100Mi' } });
  });

  it('carries labels and annotations of the user, but not in the place of its own', () => {
    const workload = makeWorkload(
      {
        podMetadata: {
          labels: { team: 'x', alertmanager: 'other', 'app.kubernetes.io/version': 'mine' },
          annotations: { note: 'y', 'kubectl.kubernetes.io/default-container': 'mine' },
        },
      },
      { labels: { all: 'z' } },
    );
    const { spec, metadata } = renderStatefulSet(workload, 1);
    assert.deepEqual(spec.template.metadata.labels, {
      'app.kubernetes.io/version': 'mine',
      team: 'x',
      alertmanager: 'main',
      'app.kubernetes.io/name': 'alertmanager',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      'app.kubernetes.io/instance': 'main',
      all: 'z',
    });
    assert.deepEqual(spec.template.metadata.annotations, {
      note: 'y',
      'kubectl.kubernetes.io/default-container': 'alertmanager',
    });
    assert.equal(spec.selector.matchLabels?.team, undefined);
    assert.equal(metadata.name, 'alertmanager-main');
    assert.equal(metadata.ownerReferences?.[0]?.kind, 'Alertmanager');
  });
});

describe('the version of an Alertmanager', () => {
  it('is part of the image as it is written', () => {
    const image = (version: string): unknown => findContainer(makePod({ version }), 'alertmanager').image;
    assert.equal(image('0.28'), 'quay.io/prometheus/alertmanager:0.28');
    assert.equal(image(''), 'quay.io/prometheus/alertmanager:v0.33.1');
  });

  it('is one that can be rendered for', () => {
    for (const version of ['0.14.9', '0.15.0-rc.1', '1.0.0', 'new']) {
      assert.throws(() => makeWorkload({ version }), { name: 'TerminalError' }, version);
    }
    for (const version of ['0.15.0', 'v0.99']) assert.doesNotThrow(() => makeWorkload({ version }), version);
  });
});

describe('replicas of an Alertmanager', () => {
  it('are one by default and never less than none', () => {
    const replicas = (given: AlertmanagerSpec): unknown => renderStatefulSet(makeWorkload(given), 1).spec.replicas;
    assert.deepEqual([replicas({}), replicas({ replicas: 0 }), replicas({ replicas: -2 })], [1, 0, 0]);
  });
});
