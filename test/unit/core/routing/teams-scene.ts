/** An Alertmanager with routes of its own, in a Secret, and of two teams. */
import { complete } from '../../../../src/base/interruptible.ts';
import type { AlertmanagerConfig } from '../../../../src/api/alertmanager-config.ts';
import type { RoutingScene } from '../../../../src/core/routing/routing-scene.ts';
import { createScene } from '../../../../src/core/routing/routing-scene.ts';
import { Version } from '../../../../src/base/version.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../../src/core/desired/alertmanager-config.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { all, makeAssets, makeConfig, withBase } from '../desired/alertmanager-configs.ts';
import { makeLister } from '../select/fixtures.ts';

const base = `
route:
  receiver: cluster
  group_interval: 17m
  routes: [{ receiver: audit, matchers: [audit="yes"] }]
receivers: [{ name: cluster, webhook_configs: [{ url: 'http://cluster.example/hush' }] }, { name: audit }]
inhibit_rules: [{ source_matchers: [cluster="down"], target_matchers: [severity="critical"] }]
`;

const makeTeam = (namespace: string): AlertmanagerConfig =>
  makeConfig(`${namespace}/team`, {
    route: {
      receiver: 'chat',
      groupWait: '10s',
      routes: [{ receiver: 'pager', matchers: [{ name: 'severity', value: 'critical' }] }],
    },
    receivers: ['chat', 'pager'].map((name) => ({ name, webhookConfigs: [{ url: `http://${name}.example/hush` }] })),
  });

interface OpenedTeams {
  readonly scene: RoutingScene;
  readonly selected: readonly AlertmanagerConfig[];
}

export function openTeams(namespaces: readonly string[] = ['pay', 'shop']): OpenedTeams {
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec: all };
  const sources = { AlertmanagerConfig: makeLister(namespaces.map(makeTeam)), namespaces: makeLister([]) };
  const cache = new ConfigCache();
  const version = Version.parse('0.33.1');
  const match = complete(matchAlertmanager({ alertmanager, version, hasOriginLabels: false }, sources, cache));
  const rendered = complete(renderAlertmanagerConfig(match, makeAssets(withBase(base)), cache));
  const scene = complete(createScene({ match, rendered, version, locate: () => undefined }));
  return { scene, selected: rendered.selected };
}
