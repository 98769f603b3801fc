import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig, AlertmanagerConfigSpec } from '../../../../src/api/alertmanager-config.ts';
import type { AlertmanagerSpec } from '../../../../src/api/alertmanager.ts';
import { Version } from '../../../../src/base/version.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { writeYamlItems } from '../../../../src/base/yaml-writer.ts';
import type { YamlFields } from '../../../../src/base/yaml-writer.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import type { RenderedAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeLister } from '../select/fixtures.ts';

const all = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };

/** Secrets by "namespace/name" as text. */
type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

function makeAssets(secrets: Secrets): AssetStore {
  const objects = Object.entries(secrets).map(([key, texts]) => {
    const [namespace = '', name = ''] = key.split('/');
    const data = Object.entries(texts).map(([at, text]) => [at, Buffer.from(text).toString('base64')] as const);
    return { metadata: { namespace, name }, data: Object.fromEntries(data) };
  });
  return new AssetStore({ secrets: objects, configMaps: [] });
}

const makeConfig = (key: string, spec: AlertmanagerConfigSpec): AlertmanagerConfig => {
  const [namespace = '', name = ''] = key.split('/');
  return { metadata: { namespace, name, uid: key, resourceVersion: '1' }, spec };
};

/** An object that sends all of its alerts to a webhook, whose URL is in the Secret "hook". */
const makeHook = (key: string): AlertmanagerConfig =>
  makeConfig(key, {
    route: { receiver: 'hook' },
    receivers: [{ name: 'hook', webhookConfigs: [{ urlSecret: { name: 'hook', key: 'url' } }] }],
  });

interface World {
  readonly spec?: AlertmanagerSpec;
  readonly configs?: readonly AlertmanagerConfig[];
  readonly secrets?: Secrets;
  readonly version?: string;
  readonly cache?: ConfigCache;
}

function render({
  spec = all,
  configs = [],
  secrets = {},
  version = '0.33.1',
  cache,
}: World): RenderedAlertmanagerConfig {
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec };
  const sources = { AlertmanagerConfig: makeLister(configs), namespaces: makeLister([]) };
  const known = cache ?? new ConfigCache();
  const match = complete(matchAlertmanager({ alertmanager, version: Version.parse(version) }, sources, known));
  return complete(renderAlertmanagerConfig(match, makeAssets(secrets), known));
}

const read = (rendered: RenderedAlertmanagerConfig): Record<string, unknown> =>
  parseYaml(rendered.config.toString()) as Record<string, unknown>;

const withBase = (text: string): Secrets => ({ 'monitoring/alertmanager-main': { 'alertmanager.yaml': text } });

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

describe('AlertmanagerConfigs', () => {
  it('with a bad value in a Secret are left out alone, and the value is not told', () => {
    const configs = ['a/hook', 'b/hook', 'c/hook'].map(makeHook);
    const secrets = { 'a/hook': { url: 'https://a' }, 'b/hook': { url: 'hunter2' }, 'c/hook': { url: 'https://c' } };
    const rendered = render({ configs, secrets });
    assert.deepEqual(
      rendered.selected.map(({ metadata }) => metadata.namespace),
      ['a', 'c'],
    );
    assert.deepEqual(
      rendered.rejected.map(({ object, rejection }) => ({ namespace: object.metadata.namespace, ...rejection })),
      [
        {
          namespace: 'b',
          reason: 'InvalidURL',
          field: 'spec.receivers[0].webhookConfigs[0].urlSecret',
          message: 'Cannot use the URL in this key: want http:// or https:// and a host',
        },
      ],
    );
    assert.deepEqual(read(rendered).receivers, [
      { name: 'null' },
      { name: 'a/hook/hook', webhook_configs: [{ url: 'https://a' }] },
      { name: 'c/hook/hook', webhook_configs: [{ url: 'https://c' }] },
    ]);
  });

  it('that only conversion finds wrong are charged with the field behind it', () => {
    const object = makeConfig('a/x', {
      route: { receiver: 'r' },
      receivers: [{ name: 'r', msteamsConfigs: [{ webhookUrl: { name: 'hook', key: 'url' } }] }],
    });
    const { rejected } = render({ configs: [object], secrets: { 'a/hook': { url: 'hunter2' } } });
    assert.deepEqual(rejected[0]?.rejection, {
      reason: 'InvalidConfiguration',
      field: 'spec.receivers[0].msteamsConfigs[0].webhookUrl',
      message: 'Cannot use this URL: want http:// or https:// and a host',
    });
  });

  it('cannot take a name of the base, nor mails without a server', () => {
    const secrets = withBase('route: {receiver: a/x/r}\nreceivers: [{name: a/x/r}]\n');
    const taken = makeConfig('a/x', { route: { receiver: 'r' }, receivers: [{ name: 'r' }] });
    const mail = makeConfig('b/x', {
      route: { receiver: 'r' },
      receivers: [{ name: 'r', emailConfigs: [{ to: 'a@b' }] }],
    });
    const { rejected } = render({ configs: [taken, mail], secrets });
    assert.deepEqual(
      rejected.map(({ rejection }) => `${rejection.reason} ${rejection.field}`),
      ['DuplicateReceiver spec.receivers[0].name', 'InvalidReceiver spec.receivers[0].emailConfigs[0].smarthost'],
    );
  });

  it('may name time intervals of the base, and their own come first', () => {
    const secrets = withBase(
      'route: {receiver: a}\nreceivers: [{name: a}]\ntime_intervals: [{name: night}, {name: day}]\n',
    );
    const object = makeConfig('a/x', {
      route: { receiver: 'r', activeTimeIntervals: ['night', 'day'] },
      receivers: [{ name: 'r' }],
      muteTimeIntervals: [{ name: 'day', timeIntervals: [{ weekdays: ['Monday'] }] }],
    });
    const { route } = read(render({ configs: [object], secrets })) as { route: { routes: unknown[] } };
    assert.deepEqual(route.routes, [
      {
        receiver: 'a/x/r',
        matchers: ['namespace="a"'],
        continue: true,
        active_time_intervals: ['night', 'a/x/day'],
      },
    ]);
    const { rejected } = render({ configs: [object] });
    assert.equal(rejected[0]?.rejection.reason, 'UnknownTimeInterval');
  });

  it('may make the URL of a receiver by a template, from the Alertmanager on that takes one', () => {
    const verdictOf = (url: string, version: string): string => {
      const object = makeConfig('a/x', {
        route: { receiver: 'r' },
        receivers: [{ name: 'r', webhookConfigs: [{ url }] }],
      });
      const { rejected, config } = render({ configs: [object], version });
      const [first] = rejected;
      return first === undefined ? (config.toString().includes(url) ? 'written' : 'changed') : first.rejection.field;
    };
    const url = 'https://hooks/{{ .CommonLabels.team }}';
    assert.equal(verdictOf(url, '0.31.0'), 'written');
    assert.equal(verdictOf('{{ .CommonAnnotations.hook }}', '0.31.0'), 'written');
    assert.match(verdictOf('{{ .CommonAnnotations.hook }}', '0.30.0'), /^spec\.receivers\[0\]\.webhookConfigs\[0\]/);
    assert.match(verdictOf('https://hooks/{{ .A', '0.31.0'), /^spec\.receivers\[0\]\.webhookConfigs\[0\]\.url$/);
  });

  it('keep a time interval without parts by its name', () => {
    const object = makeConfig('a/x', {
      route: { receiver: 'r', muteTimeIntervals: ['never'] },
      receivers: [{ name: 'r' }],
      muteTimeIntervals: [{ name: 'never' }],
    });
    assert.deepEqual(read(render({ configs: [object] })).mute_time_intervals, [
      { name: 'a/x/never', time_intervals: [] },
    ]);
  });

  it('write matchers so that no value leaves its quotes', () => {
    const object = makeConfig('a/x', {
      route: { receiver: 'r', matchers: [{ name: 'job', value: '",namespace=~".*\\\n', matchType: '=' }] },
      receivers: [{ name: 'r' }],
    });
    const { route } = read(render({ configs: [object] })) as { route: { routes: { matchers: string[] }[] } };
    assert.deepEqual(route.routes[0]?.matchers, [String.raw`job="\",namespace=~\".*\\\n"`, 'namespace="a"']);
  });

  it('are told of by a warning where the version does not know a field', () => {
    const object = makeConfig('a/x', {
      route: { receiver: 'r' },
      receivers: [{ name: 'r', webhookConfigs: [{ url: 'https://a', timeout: '90s' }] }],
    });
    assert.deepEqual(render({ configs: [object], version: '0.27.0' }).warnings, [
      {
        object: 'AlertmanagerConfig a/x',
        message: 'Left out "receivers[0].webhook_configs[0].timeout": it needs Alertmanager 0.28.0, this is 0.27.0',
      },
    ]);
    assert.match(render({ configs: [object] }).config.toString(), /timeout: "1m30s"/);
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

describe('the cage of a tenant', () => {
  it('has a bottom: routes cannot be nested without end', () => {
    let route: { receiver: string; routes: unknown[] } = { receiver: 'r', routes: [] };
    for (let depth = 0; depth < 20_000; depth += 1) route = { receiver: 'r', routes: [route] };
    const object = makeConfig('a/x', { route, receivers: [{ name: 'r' }] });
    const [first] = render({ configs: [object] }).rejected;
    assert.equal(first?.rejection.reason, 'NestedTooDeeply');
    assert.match(first.rejection.message, /deeper than 100 levels/);
  });

  it('holds child routes, which the API server does not look into', () => {
    const makeChild = (child: unknown): AlertmanagerConfig =>
      makeConfig('a/x', { route: { receiver: 'r', routes: [child] }, receivers: [{ name: 'r' }] });
    const wrong = [null, 7, [], { routes: [null] }, { routes: {} }, { matchers: [null] }, { groupBy: [null] }];
    for (const child of wrong) {
      const { rejected } = render({ configs: [makeChild(child)] });
      assert.equal(rejected[0]?.rejection.reason, 'InvalidType', JSON.stringify(child));
    }
    const blank = {
      receiver: null,
      groupBy: null,
      matchers: [{ name: 'a', value: null, matchType: null }],
      continue: null,
    };
    const { route } = read(render({ configs: [makeChild(blank)] })) as { route: { routes: { routes: unknown }[] } };
    assert.deepEqual(route.routes[0]?.routes, [{ matchers: ['a=""'] }]);
  });

  it('has walls: who needs most room is left out when the Secret is full, and nobody else', () => {
    const noise = (seed: number): string =>
      Array.from({ length: 9000 }, (_, at) => createHash('sha256').update(`${seed} ${at}`).digest('hex')).join('');
    const makeText = (key: string, text: string): AlertmanagerConfig =>
      makeConfig(key, {
        route: { receiver: 'r' },
        receivers: [{ name: 'r', webhookConfigs: [{ url: 'https://a', payload: text }] }],
      });
    const configs = [makeText('a/x', noise(1)), makeText('b/x', 'small'), makeText('c/x', noise(2).slice(0, 500_000))];
    configs.push(makeText('d/x', noise(3)), makeText('e/x', noise(4)), makeText('f/x', noise(5)));
    const { gzip, selected, rejected } = render({ configs });
    assert.ok(gzip.length < 1024 * 1024);
    assert.deepEqual(
      selected.map(({ metadata }) => metadata.namespace).filter((name) => name === 'b' || name === 'c'),
      ['b', 'c'],
    );
    assert.ok(rejected.length > 0 && selected.length + rejected.length === configs.length);
    assert.ok(rejected.every(({ rejection }) => rejection.reason === 'ConfigTooLarge'));
  });

  it('has no room for a base that is a bomb', () => {
    const levels = Array.from({ length: 30 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]`);
    const text = `route: {receiver: a}\nl0: &l0 [x, x]\n${levels.join('\n')}\n`;
    assert.throws(() => render({ secrets: withBase(text) }), { name: 'TerminalError' });
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
