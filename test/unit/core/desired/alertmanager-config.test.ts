import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig } from '../../../../src/api/alertmanager-config.ts';
import { Version } from '../../../../src/base/version.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { writeYamlItems } from '../../../../src/base/yaml-writer.ts';
import type { YamlFields } from '../../../../src/base/yaml-writer.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeLister } from '../select/fixtures.ts';
import type { Secrets, World } from './alertmanager-configs.ts';
import { all, makeAssets, makeConfig, makeHook, render, read, withBase } from './alertmanager-configs.ts';

describe('the base of a configuration', () => {
  it('is built in where the Secret is missing or empty', () => {
    const expected = { route: { receiver: 'null' }, receivers: [{ name: 'null' }], templates: [] };
    assert.deepEqual(read(render({})), expected);
    assert.deepEqual(read(render({ secrets: withBase('') })), expected);
  });

  it('is published byte by byte where nothing is merged, with the other keys of its Secret', () => {
    const text = '# mine\nroute: {receiver: a}\nreceivers: [{name: a}]\n';
    const secrets = { 'monitoring/own': { 'alertmanager.yaml': text, 'a.tmpl': 'x', 'alertmanager.yaml.gz': 'y' } };
    const { config, extraKeys } = render({ spec: { configSecret: 'own' }, secrets });
    assert.equal(config.toString(), text);
    assert.deepEqual(Object.keys(extraKeys), ['a.tmpl']);
  });

  it('stops everything when it cannot be used, and no value out of it is told', () => {
    const wrong = {
      'route: {receiver: hunter2': /Secret "monitoring\/alertmanager-main"/,
      'route: {receiver: a, matchers: [hunter2=a]}': /at "route\.matchers"/,
      'receivers: [{name: hunter2}]': /at "route"/,
      'route: {receiver: a}\nsecret: hunter2': /at "secret"/,
      'route: {receiver: a}\nglobal: {resolve_timeout: hunter2}': /at "global\.resolve_timeout"/,
    };
    for (const [text, message] of Object.entries(wrong)) {
      const check = (error: Error): boolean => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /hunter2/);
        return error.name === 'TerminalError';
      };
      assert.throws(() => render({ secrets: withBase(text) }), check);
    }
  });

  it('keeps event_recorder for versions that have one', () => {
    const text = 'route: {receiver: a}\nreceivers: [{name: a}]\nevent_recorder: {file_outputs: [{path: /x}]}\n';
    const recorder = (version: string): unknown => read(render({ secrets: withBase(text), version })).event_recorder;
    assert.deepEqual(recorder('0.33.0'), { file_outputs: [{ path: '/x' }] });
    assert.equal(recorder('0.32.0'), undefined);
  });

  it('keeps texts that look like something else as they were written', () => {
    const text =
      'route: {receiver: a, group_wait: 30s}\nreceivers: [{name: a, opsgenie_configs: [{api_key: 0644, note: yes}]}]\n';
    const { config } = render({ secrets: withBase(text) });
    assert.match(config.toString(), /api_key: "0644"\n\s+note: "yes"/);
  });

  it('may be an AlertmanagerConfig, which must be there', () => {
    const spec = {
      ...all,
      alertmanagerConfiguration: { name: 'top', templates: [{ configMap: { name: 't', key: 'a.tmpl' } }] },
    };
    assert.throws(() => render({ spec }), /Cannot find AlertmanagerConfig "monitoring\/top"/);
    assert.throws(() => render({ spec: { alertmanagerConfiguration: {} } }), /Cannot begin .* set "name"/);
    const top = makeConfig('monitoring/top', { route: { receiver: 'a' }, receivers: [{ name: 'a' }] });
    assert.deepEqual(read(render({ spec, configs: [top] })), {
      route: { receiver: 'monitoring/top/a' },
      receivers: [{ name: 'monitoring/top/a' }],
      templates: ['/etc/alertmanager/templates/a.tmpl'],
    });
  });
});

describe('durations', () => {
  it('have no days where Alertmanager reads those of Go', () => {
    const object = makeConfig('a/x', {
      route: { receiver: 'r', repeatInterval: '1d' },
      receivers: [{ name: 'r', webhookConfigs: [{ url: 'https://a', timeout: '1d' }] }],
    });
    const { config } = render({ configs: [object] });
    assert.match(config.toString(), /timeout: "?24h/);
    assert.match(config.toString(), /repeat_interval: "?1d/);
  });
});

describe('what Alertmanager would refuse', () => {
  it("is charged to the object that says it, in Alertmanager's words", () => {
    const slack = (key: string): AlertmanagerConfig =>
      makeConfig(key, { route: { receiver: 'r' }, receivers: [{ name: 'r', slackConfigs: [{ channel: '#a' }] }] });
    const group = makeConfig('b/x', { route: { receiver: 'r', groupBy: [''] }, receivers: [{ name: 'r' }] });
    const good = makeConfig('c/x', { route: { receiver: 'r' }, receivers: [{ name: 'r' }] });
    const { rejected, selected } = render({ configs: [slack('a/x'), group, good] });
    assert.deepEqual(
      rejected.map(({ rejection }) => rejection),
      [
        {
          reason: 'InvalidConfiguration',
          field: 'spec.receivers[0].slackConfigs[0]',
          message: 'Alertmanager refuses it: no Slack API URL nor App token set either inline or in a file',
        },
        {
          reason: 'InvalidConfiguration',
          field: 'spec.route.groupBy',
          message: 'Alertmanager refuses it: invalid label name "" in group_by list',
        },
      ],
    );
    assert.deepEqual(selected, [good]);
    const secrets = withBase('global: {slack_api_url: "https://a"}\nroute: {receiver: a}\nreceivers: [{name: a}]\n');
    assert.equal(render({ configs: [slack('a/x')], secrets }).rejected.length, 0);
  });

  it("is not published when it is the user's own, merged or not", () => {
    const secrets = withBase('route: {receiver: hunter2}\nreceivers: [{name: a}]\n');
    for (const spec of [all, {}])
      assert.throws(
        () => render({ spec, secrets }),
        /at "route\.receiver": Alertmanager refuses it: undefined receiver "…"/,
      );
  });
});

describe('what nothing is merged into', () => {
  it('may be for any known version, unless the spec names one', () => {
    const text = 'route: {receiver: a, labels: {a: b}}\nreceivers: [{name: a}]\n';
    const secrets = withBase(text);
    assert.equal(render({ spec: {}, secrets }).config.toString(), text);
    assert.throws(
      () => render({ spec: { version: 'v0.33.1' }, secrets }),
      /at "route\.labels": Alertmanager refuses it/,
    );
  });
});

describe('routes below routes', () => {
  /** Three levels; routes with nothing before or nothing behind those below them. */
  const leaf = { matchers: [{ name: 'a', value: 'b', regex: true }], repeatInterval: '1h' };
  const nested = {
    routes: [{ receiver: 'x', routes: [leaf, { groupBy: ['c'], routes: [leaf] }], groupWait: '5s' }, leaf],
  };
  const receivers = [{ name: 'x' }];

  it('are the same text as the tree of them at once', () => {
    const [object, other] = [
      makeConfig('a/b', { route: { receiver: 'x', ...nested }, receivers }),
      makeConfig('a/c', {}),
    ];
    const { config, rejected } = render({ configs: [object, other] });
    assert.deepEqual(rejected, []);
    const { route } = parseYaml(config.toString()) as { route: YamlFields };
    const written = config.toString();
    assert.ok(written.includes(`  routes:\n${writeYamlItems(route.routes as YamlFields[], '  ')}`), written);
    const [top] = route.routes as { routes: { receiver: string; routes: object[]; group_wait: string }[] }[];
    const below = { matchers: ['a=~"b"'], repeat_interval: '1h' };
    assert.deepEqual(top?.routes, [
      { receiver: 'a/b/x', routes: [below, { group_by: ['c'], routes: [below] }], group_wait: '5s' },
      below,
    ]);
  });

  it('are refused with their place, whatever stands above them', () => {
    const bad = (child: object): string[] => {
      const route = { receiver: 'x', routes: [leaf, { receiver: 'x', routes: [child] }] };
      const { rejected } = render({ configs: [makeConfig('a/b', { route, receivers })] });
      return rejected.map(({ rejection }) => `${rejection.reason} ${rejection.field}`);
    };
    const place = 'spec.route.routes[1].routes[0]';
    assert.deepEqual(bad({ receiver: 'y' }), [`UnknownReceiver ${place}.receiver`]);
    assert.deepEqual(bad({ groupWait: 'soon' }), [`InvalidValue ${place}.groupWait`]);
    assert.deepEqual(bad({ groupBy: [''] }), [`InvalidConfiguration ${place}.groupBy`]);
  });

  it('cost as much as they are many', () => {
    const routes = Array.from({ length: 2000 }, (_, at) => ({ matchers: [{ name: 'a', value: String(at) }] }));
    const config = makeConfig('a/b', { route: { receiver: 'x', routes: [{ routes }, ...routes] }, receivers });
    const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec: all };
    const sources = { AlertmanagerConfig: makeLister([config]), namespaces: makeLister([]) };
    const cache = new ConfigCache();
    const match = complete(matchAlertmanager({ alertmanager, version: Version.parse('0.33.1') }, sources, cache));
    const pieces = [...renderAlertmanagerConfig(match, makeAssets({}), cache)];
    assert.ok(pieces.length > 2 * 4001, `${pieces.length} places to rest`);
  });
});

describe('the cache of AlertmanagerConfigs', () => {
  const secrets: Secrets = { 'a/hook': { url: 'https://a' }, 'b/hook': { url: 'https://b' } };

  it('judges again what has changed, and only that', () => {
    const cache = new ConfigCache();
    const configs = ['a/hook', 'b/hook'].map(makeHook);
    const judged: string[] = [];
    const judge = cache.judge.bind(cache);
    const verdicts = new Map<string, unknown>();
    cache.judge = function* (object, context, assets) {
      const verdict = yield* judge(object, context, assets);
      const key = object.metadata.namespace ?? '';
      if (verdicts.get(key) !== verdict) judged.push(key);
      verdicts.set(key, verdict);
      return verdict;
    };
    const sync = (world: World): readonly string[] => {
      judged.length = 0;
      render({ cache, ...world });
      return [...judged];
    };
    assert.deepEqual(sync({ configs, secrets }), ['a', 'b']);
    assert.deepEqual(sync({ configs: ['a/hook', 'b/hook'].map(makeHook), secrets }), []);
    assert.deepEqual(sync({ configs, secrets: { ...secrets, 'b/hook': { url: 'https://c' } } }), ['b']);
    assert.deepEqual(sync({ configs, secrets, version: '0.30.0' }), ['a', 'b']);
  });
});
