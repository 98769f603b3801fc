import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { parseYamlVerbatim } from '../../../../src/base/yaml.ts';
import { parseMerged } from '../../../../src/core/routing/parse-merged.ts';
import { makeConfig, makeHook, render, withBase } from '../desired/alertmanager-configs.ts';
import type { World } from '../desired/alertmanager-configs.ts';

const base = `
route: { receiver: cluster, group_wait: 0644s, routes: [{ receiver: cluster, matchers: [severity="yes"] }] }
receivers: [{ name: cluster }]
inhibit_rules: [{ source_matchers: [a="1"], target_matchers: [b="2"] }]
time_intervals: [{ name: night, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }]
`;
const full = makeConfig('shop/full', {
  route: {
    receiver: 'mail',
    groupBy: ['alertname'],
    muteTimeIntervals: ['weekend'],
    routes: [{ receiver: 'mail', matchers: [{ name: 'severity', value: 'on|0644', matchType: '=~' }] }],
  },
  receivers: [{ name: 'mail', webhookConfigs: [{ url: 'http://mail.example.com' }] }],
  inhibitRules: [{ sourceMatch: [{ name: 'a', value: '1' }], targetMatch: [{ name: 'b', value: 'no' }] }],
  muteTimeIntervals: [{ name: 'weekend', timeIntervals: [{ weekdays: ['monday:friday'] }] }],
});
const rules = makeConfig('shop/rules', { inhibitRules: full.spec.inhibitRules ?? [] });

const worlds: Readonly<Record<string, World>> = {
  'no objects': { secrets: withBase(base) },
  'no Secret': { configs: [full] },
  'objects of every kind': {
    secrets: { ...withBase(base), 'shop/hook': { url: 'http://x' } },
    configs: [full, rules, makeHook('shop/hook')],
  },
  'a base that has all but a list of routes': {
    secrets: withBase(base.replace(/, routes: \[\{.*?\}\]/, '')),
    configs: [full],
  },
  'an object as the base': {
    spec: {
      alertmanagerConfigSelector: {},
      alertmanagerConfigNamespaceSelector: {},
      alertmanagerConfiguration: { name: 'own' },
    },
    configs: [makeConfig('monitoring/own', { ...full.spec, route: { receiver: 'mail', groupBy: ['b'] } }), full],
  },
  'bytes of the user': { spec: {}, secrets: withBase(base) },
};

/** A list that is empty is as good as none. */
function fill(document: unknown): object {
  const { route, ...rest } = document as Readonly<Record<string, object>>;
  const none = { inhibit_rules: [], receivers: [], mute_time_intervals: [] };
  return { ...none, ...rest, route: { routes: [], ...route } };
}

describe('a merged configuration, read bit by bit', () => {
  for (const [name, world] of Object.entries(worlds))
    it(`is what its text says: ${name}`, () => {
      const rendered = render(world);
      assert.deepEqual(rendered.rejected, []);
      const text = Buffer.from(rendered.config).toString('utf8');
      assert.deepEqual(fill(complete(parseMerged(rendered))), fill(parseYamlVerbatim(text)));
    });
});
