import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig, AlertmanagerConfigSpec } from '../../../../src/api/alertmanager-config.ts';
import { Version } from '../../../../src/base/version.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { loadAlertmanagerConfig } from '../../../../src/core/alertmanager-config/load.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeLister } from '../select/fixtures.ts';

/** Milliseconds; generous, as the rules are about orders of magnitude. */
const patience = 10_000;

const makeConfig = (key: string, spec: AlertmanagerConfigSpec): AlertmanagerConfig => {
  const [namespace = '', name = ''] = key.split('/');
  return { metadata: { namespace, name, uid: key, resourceVersion: '1' }, spec };
};

const receivers = [{ name: 'r' }];
/** A tenant who does nothing wrong; nobody may touch its alerts. */
const neighbour = makeConfig('z/good', { route: { receiver: 'r' }, receivers });

const makeSecret = (key: string, data: AssetObject['data'] = {}): AssetObject => {
  const [namespace = '', name = ''] = key.split('/');
  return { metadata: { namespace, name }, data };
};
const encode = (text: string): string => Buffer.from(text).toString('base64');

interface Outcome {
  /** "reason field" of the hostile object's rejection; undefined when it is accepted. */
  readonly verdict: string | undefined;
  readonly message: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Renders the object together with its neighbour, who must be in the configuration as if it were alone. */
function renderBeside(object: AlertmanagerConfig, secrets: readonly AssetObject[] = []): Outcome {
  const selectors = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec: selectors };
  const sources = { AlertmanagerConfig: makeLister([object, neighbour]), namespaces: makeLister([]) };
  const cache = new ConfigCache();
  const match = complete(matchAlertmanager({ alertmanager, version: Version.parse('0.33.1') }, sources, cache));
  const assets = new AssetStore({ secrets: [...secrets], configMaps: [] });
  const { config, selected, rejected } = complete(renderAlertmanagerConfig(match, assets, cache));
  assert.ok(selected.includes(neighbour), 'the neighbour is there');
  const document = parseYaml(config.toString()) as Outcome['config'];
  assert.deepEqual(loadAlertmanagerConfig(config.toString(), { version: Version.parse('0.33.1') }), { ok: true });
  const { routes = [] } = document.route as { routes?: readonly { receiver: string; matchers: readonly string[] }[] };
  assert.deepEqual(
    routes.filter(({ receiver }) => receiver === 'z/good/r').map(({ matchers }) => matchers),
    [['namespace="z"']],
  );
  const rejection = rejected[0]?.rejection;
  return {
    verdict: rejection && `${rejection.reason} ${rejection.field}`,
    message: rejection?.message ?? '',
    config: document,
  };
}

describe('a hostile tenant of an Alertmanager', () => {
  it('with 10,000 routes and matchers is judged like anybody', () => {
    const routes = Array.from({ length: 10_000 }, (_, at) => ({
      receiver: 'r',
      matchers: [{ name: 'team', value: `t${at}`, matchType: '=' as const }],
    }));
    const started = performance.now();
    const { verdict } = renderBeside(makeConfig('a/many', { route: { receiver: 'r', routes }, receivers }));
    const took = performance.now() - started;
    assert.equal(verdict, undefined);
    assert.ok(took < patience, `${took} ms`);
  });

  it('with 5 MB of text is left out before anybody looks into it', () => {
    const webhookConfigs = [{ url: 'https://a', payload: '{{ x }} '.repeat(650_000) }];
    const started = performance.now();
    const object = makeConfig('a/long', { route: { receiver: 'r' }, receivers: [{ name: 'r', webhookConfigs }] });
    const { verdict } = renderBeside(object);
    assert.match(verdict ?? '', /^ObjectTooLarge /);
    assert.ok(performance.now() - started < patience);
  });

  it('who names more Secrets than are read is left out', () => {
    const webhookConfigs = Array.from({ length: 300 }, (_, at) => ({ urlSecret: { name: `s${at}`, key: 'k' } }));
    const object = makeConfig('a/refs', { route: { receiver: 'r' }, receivers: [{ name: 'r', webhookConfigs }] });
    assert.match(renderBeside(object).verdict ?? '', /^TooManyReferences /);
  });

  it('cannot have two receivers of one name, nor take the name of a neighbour', () => {
    const twice = makeConfig('a/x', { route: { receiver: 'r' }, receivers: [{ name: 'r' }, { name: 'r' }] });
    assert.match(renderBeside(twice).verdict ?? '', /^DuplicateReceiver spec\.receivers\[1\]/);
    const posing = makeConfig('a/x', { route: { receiver: 'z/good/r' }, receivers: [{ name: 'z/good/r' }] });
    const { config } = renderBeside(posing);
    assert.deepEqual(
      (config.receivers as { name: string }[]).map(({ name }) => name),
      ['null', 'a/x/z/good/r', 'z/good/r'],
    );
    const reaching = makeConfig('a/x', { route: { receiver: 'z/good/r' }, receivers });
    assert.match(renderBeside(reaching).verdict ?? '', /^UnknownReceiver spec\.route\.receiver/);
  });

  it('has its namespace among the matchers of every way into its routes, whatever its own say', () => {
    const tricks = [
      { name: 'namespace', value: 'z', matchType: '=' as const },
      { name: 'namespace', value: '.*', matchType: '=~' as const },
      { name: 'job', value: '", namespace=~".*', matchType: '=' as const },
      { name: 'job', value: '\\', matchType: '=' as const },
      { name: 'job', value: '} or {namespace=~".+"', regex: true },
    ];
    const routes = [{ receiver: 'r', matchers: tricks, continue: true }];
    const { verdict, config } = renderBeside(
      makeConfig('a/x', { route: { receiver: 'r', matchers: tricks, routes }, receivers }),
    );
    assert.equal(verdict, undefined);
    const [own] = (config.route as { routes: { receiver: string; matchers: string[] }[] }).routes;
    assert.equal(own?.receiver, 'a/x/r');
    assert.ok(own.matchers.includes('namespace="a"'), own.matchers.join());
    assert.equal(own.matchers.length, tricks.length + 1, 'each is one matcher');
  });

  it('cannot put a matcher into the name of a label', () => {
    for (const name of ['job="x",namespace', 'a b', '', 'namespace=~".*"#', 'a\n']) {
      const matchers = [{ name, value: 'x', matchType: '=' as const }];
      const object = makeConfig('a/x', { route: { receiver: 'r', matchers }, receivers });
      const { verdict, config } = renderBeside(object);
      if (verdict !== undefined) continue;
      const [own] = (config.route as { routes: { matchers: string[] }[] }).routes;
      assert.ok(
        own?.matchers.includes('namespace="a"') && own.matchers.length === 2,
        `${name}: ${own?.matchers.join()}`,
      );
    }
  });

  it('silences nobody else by an inhibition', () => {
    const matcher = { name: 'namespace', value: 'z', matchType: '=' as const };
    const inhibitRules = [{ sourceMatch: [matcher], targetMatch: [matcher] }];
    const { config } = renderBeside(makeConfig('a/x', { route: { receiver: 'r' }, receivers, inhibitRules }));
    const [rule] = config.inhibit_rules as { target_matchers: string[]; source_matchers: string[] }[];
    assert.ok(rule?.target_matchers.includes('namespace="a"') && rule.source_matchers.includes('namespace="a"'));
  });

  it('reads no Secret of another namespace', () => {
    const secrets = [makeSecret('z/hook', { url: encode('https://hunter2') })];
    for (const name of ['hook', 'z/hook', '../z/hook', '..']) {
      const webhookConfigs = [{ urlSecret: { name, key: 'url' } }];
      const object = makeConfig('a/x', { route: { receiver: 'r' }, receivers: [{ name: 'r', webhookConfigs }] });
      const { verdict, message, config } = renderBeside(object, secrets);
      assert.match(verdict ?? '', /^(SecretNotFound|InvalidReference) spec\.receivers\[0\]/, name);
      assert.doesNotMatch(message + JSON.stringify(config), /hunter2/);
    }
  });

  it('may write templates that do not end: they are expanded, and fail, for its own alerts alone', () => {
    const webhookConfigs = [{ url: 'https://a', payload: '{{ range .A }}'.repeat(1000) }];
    const object = makeConfig('a/x', { route: { receiver: 'r' }, receivers: [{ name: 'r', webhookConfigs }] });
    renderBeside(object);
  });
});

describe('a base Secret', () => {
  const renderWith = (data: AssetObject['data'] | undefined): string => {
    const secrets = data === undefined ? [] : [makeSecret('monitoring/alertmanager-main', data)];
    try {
      const { config } = renderBeside(makeConfig('a/x', { route: { receiver: 'r' }, receivers }), secrets);
      return (config.route as { receiver: string }).receiver;
    } catch (error) {
      assert.ok(error instanceof Error && error.name === 'TerminalError', String(error));
      return error.message;
    }
  };

  it('that is missing, without the key or empty is replaced by the one that is built in', () => {
    for (const data of [undefined, {}, { other: 'eA==' }, { 'alertmanager.yaml': '' }])
      assert.equal(renderWith(data), 'null');
  });

  it('that is no YAML, no text or no mapping stops the configuration, with its name and no value', () => {
    const texts = ['hunter2: [', '\u0000hunter2', '- hunter2', 'hunter2', 'a: 1\na: hunter2', '%hunter2'];
    for (const text of [...texts, Buffer.from([0xff, 0xfe, 0x80, 0x0a])]) {
      const message = renderWith({ 'alertmanager.yaml': Buffer.from(text).toString('base64') });
      assert.match(
        message,
        /^spec\.configSecret: Cannot use key "alertmanager\.yaml" of Secret "monitoring\/alertmanager-main"/,
      );
      assert.doesNotMatch(message, /hunter2/);
    }
  });
});
