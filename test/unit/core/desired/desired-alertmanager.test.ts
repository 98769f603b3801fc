import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { AlertmanagerConfig } from '../../../../src/api/alertmanager-config.ts';
import type { AlertmanagerSpec } from '../../../../src/api/alertmanager.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../../../../src/core/desired/desired-alertmanager.ts';
import type { DesiredAlertmanager } from '../../../../src/core/desired/desired-alertmanager.ts';
import type { Secret } from '../../../../src/core/render/shared/rendered-objects.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeWorkload } from '../render/alertmanager/fixtures.ts';
import { makeLister } from '../select/fixtures.ts';
import { makePair } from '../assets/certificates-fixture.ts';

const all = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };

const makeConfig = (key: string, url: string, tls = false): AlertmanagerConfig => {
  const [namespace = '', name = ''] = key.split('/');
  const httpConfig = { tlsConfig: { ca: { secret: { name: 'authority', key: 'ca.crt' } } } };
  const webhook = { url, ...(tls ? { httpConfig } : {}) };
  return {
    metadata: { namespace, name, uid: key, resourceVersion: '1' },
    spec: { route: { receiver: 'hook' }, receivers: [{ name: 'hook', webhookConfigs: [webhook] }] },
  };
};

const makeSecret = (name: string, texts: Readonly<Record<string, string>>): AssetObject => {
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const);
  return { metadata: { namespace: 'monitoring', name }, data: Object.fromEntries(data) };
};

function render(
  spec: AlertmanagerSpec,
  configs: readonly AlertmanagerConfig[] = [],
  secrets: readonly AssetObject[] = [],
): DesiredAlertmanager {
  const sources = { AlertmanagerConfig: makeLister(configs), namespaces: makeLister([]) };
  const cache = new ConfigCache();
  const match = complete(matchAlertmanagerWorkload(makeWorkload(spec), sources, cache));
  return complete(renderAlertmanager(match, new AssetStore({ secrets: [...secrets], configMaps: [] }), cache));
}

/** The steps in words. */
const describeSteps = ({ steps }: DesiredAlertmanager): string[] =>
  steps.map((step) => ('object' in step ? `${step.kind} ${step.object?.metadata.name ?? ''}` : step.kind));

const findSecret = ({ steps }: DesiredAlertmanager, name: string): Secret | undefined =>
  steps.flatMap((step) => (step.kind === 'write' && step.object.metadata.name === name ? [step.object] : []))[0];

const everything = [
  'write alertmanager-main-generated',
  'write alertmanager-main-tls-assets-0',
  'prune',
  'write alertmanager-main-web-config',
  'write alertmanager-main-cluster-tls-config',
  'governing-service',
  'stateful-set alertmanager-main',
];

describe('all that an Alertmanager should have', () => {
  it('stands in the order in which it is written: what pods mount before the pods', () => {
    const desired = render({});
    assert.deepEqual(describeSteps(desired), everything);
    assert.deepEqual([desired.failures, desired.warnings, desired.unmanaged], [[], [], false]);
  });

  it('holds the configuration, with the other keys of the Secret that the user wrote', () => {
    const text = 'route: {receiver: a}\nreceivers: [{name: a}]\n';
    const secret = makeSecret('alertmanager-main', { 'alertmanager.yaml': text, 'a.tmpl': 'x' });
    const { data = {} } = findSecret(render({}, [], [secret]), 'alertmanager-main-generated') ?? {};
    assert.deepEqual(Object.keys(data).sort(), ['a.tmpl', 'alertmanager.yaml.gz']);
    assert.equal(gunzipSync(Buffer.from(data['alertmanager.yaml.gz'] ?? '', 'base64')).toString(), text);
  });

  it('holds the files that merged objects name, and a verdict on each object', async () => {
    const { certificate } = await makePair();
    const [good, bad] = [makeConfig('monitoring/good', 'http://a', true), makeConfig('monitoring/bad', 'no url')];
    const desired = render(all, [good, bad], [makeSecret('authority', { 'ca.crt': certificate })]);
    const { accepted = [], rejected = [] } = desired.verdicts.AlertmanagerConfig ?? {};
    assert.deepEqual(
      [accepted.map(({ metadata }) => metadata.name), rejected.map(({ object }) => object.metadata.name)],
      [['good'], ['bad']],
    );
    const assets = findSecret(desired, 'alertmanager-main-tls-assets-0');
    assert.deepEqual(Object.keys(assets?.data ?? {}), ['0_monitoring_authority_ca.crt']);
    assert.deepEqual(describeSteps(desired), everything);
  });

  it('is told to be read first', () => {
    const cache = new ConfigCache();
    const sources = { AlertmanagerConfig: makeLister([]), namespaces: makeLister([]) };
    const { references } = complete(matchAlertmanagerWorkload(makeWorkload({ configSecret: 'mine' }), sources, cache));
    assert.deepEqual(
      references.map(({ namespace, name, key }) => `${namespace}/${name}/${key}`),
      ['monitoring/mine/alertmanager.yaml'],
    );
  });

  it('says what it leaves out for its version', () => {
    const clusterTLS = {
      server: { certFile: '/c', keyFile: '/k' },
      client: { cert: { secret: { name: 's', key: 'c' } }, keySecret: { name: 's', key: 'k' } },
    };
    const messagesOf = (spec: AlertmanagerSpec): string[] => render(spec).warnings.map(({ message }) => message);
    assert.match(messagesOf({ clusterTLS, version: '0.23.0' }).join(), /^Left out "spec\.clusterTLS": .* 0\.24\.0$/);
    assert.match(messagesOf({ retention: '0s', version: '0.34.0' }).join(), /^Left out "spec\.retention": /);
    assert.deepEqual(messagesOf({ clusterTLS, retention: '0s' }), []);
  });
});

describe('what cannot be rendered', () => {
  const tlsConfig = { certFile: '/only/a/certificate' };

  /** One failure, and all steps but these. */
  function assertMissing(desired: DesiredAlertmanager, message: RegExp, ...missing: readonly string[]): void {
    assert.deepEqual(
      desired.failures.map(({ name }) => name),
      ['TerminalError'],
    );
    assert.match(desired.failures[0]?.message ?? '', message);
    assert.deepEqual(
      describeSteps(desired),
      everything.filter((step) => !missing.includes(step)),
    );
  }
  const [config, assets, prune, web, clusterTls, , set] = everything as [
    ...[string, string, string, string, string, string, string],
  ];

  it('stops the pods, and nothing that they do not need', () => {
    const secret = makeSecret('alertmanager-main', { 'alertmanager.yaml': 'route: {}' });
    const unusable = render({}, [], [secret]);
    assertMissing(unusable, /Secret "monitoring\/alertmanager-main"/, config, assets, prune, set);
    assert.deepEqual(unusable.verdicts, {});
    assert.equal(unusable.config, undefined);
    assertMissing(render({ web: { tlsConfig } }), /spec\.web\.tlsConfig/, web, set);
    assertMissing(
      render({ clusterTLS: { server: tlsConfig, client: {} } }),
      /spec\.clusterTLS\.server/,
      clusterTls,
      set,
    );
    assertMissing(render({ additionalArgs: [{ name: 'storage.path' }] }), /spec\.additionalArgs/, set);
  });

  it('may be only too large', () => {
    const secret = makeSecret('alertmanager-main', { 'a.tmpl': 'x'.repeat(1_048_576) });
    assertMissing(render({}, [], [secret]), /holds at most 1048576/, config, set);
  });

  it('is told also when it shows before anything is read', () => {
    const missing = render({ alertmanagerConfiguration: { name: 'top' } });
    assertMissing(missing, /Cannot find AlertmanagerConfig "monitoring\/top"/, config, assets, prune, set);
    const alertmanagerConfigSelector = { matchExpressions: [{ key: 'a', operator: 'Near' }] };
    assertMissing(render({ alertmanagerConfigSelector }), /Near/, config, assets, prune, set);
  });

  it('does not hide another failure', () => {
    const { failures } = render({ web: { tlsConfig }, alertmanagerConfiguration: { name: 'top' } });
    assert.equal(failures.length, 2);
  });
});
