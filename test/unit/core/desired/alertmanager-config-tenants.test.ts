import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig } from '../../../../src/api/alertmanager-config.ts';
import { makeConfig, makeHook, render, read, withBase } from './alertmanager-configs.ts';

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
