import { complete } from '../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import type { AlertmanagerConfig } from '../../../src/api/alertmanager-config.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../../src/core/desired/alertmanager-config.ts';
import { createLister } from '../../../src/core/manifests/sources.ts';
import { ConfigCache } from '../../../src/core/select/alertmanager-config/cache.ts';
import { readAmtoolVersion } from './amtool.ts';
import { tenants } from './route-trees.ts';

export const strategies = ['OnNamespace', 'OnNamespaceExceptForAlertmanagerNamespace', 'None'] as const;

type Strategy = (typeof strategies)[number];

/** What Stoker merges for an Alertmanager in the namespace of the first tenant; none of the objects may be rejected. */
export function mergeRoutes(configs: readonly AlertmanagerConfig[], base: string, type: Strategy): string {
  const alertmanager = {
    metadata: { namespace: tenants[0], name: 'main' },
    spec: {
      alertmanagerConfigSelector: {},
      alertmanagerConfigNamespaceSelector: {},
      alertmanagerConfigMatcherStrategy: { type },
    },
  };
  const data = { 'alertmanager.yaml': Buffer.from(base).toString('base64') };
  const secret = { metadata: { namespace: tenants[0], name: 'alertmanager-main' }, data };
  const cache = new ConfigCache();
  const sources = { AlertmanagerConfig: createLister(configs), namespaces: createLister([]) };
  const match = complete(matchAlertmanager({ alertmanager, version: readAmtoolVersion() }, sources, cache));
  const rendered = complete(
    renderAlertmanagerConfig(match, new AssetStore({ secrets: [secret], configMaps: [] }), cache),
  );
  assert.deepEqual(rendered.rejected, []);
  return rendered.config.toString();
}
