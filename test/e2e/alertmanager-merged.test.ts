import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig } from '../../src/api/alertmanager-config.ts';
import { keyOf } from '../../src/api/meta.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import type { RenderedAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import { createLister } from '../../src/core/manifests/sources.ts';
import { ConfigCache } from '../../src/core/select/alertmanager-config/cache.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { askAmtool, readAmtoolVersion } from './support/amtool.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';
import { makeSecret, makeTenantConfig } from './support/tenant-configs.ts';

const seed = Number(process.env['STOKER_MERGED_SEED'] ?? 20_261);
const count = Number(process.env['STOKER_MERGED_CONFIGS'] ?? 150);
const tenants = Array.from({ length: 20 }, (_, at) => `tenant-${at}`);

const bases = [
  'route: {receiver: a}\nreceivers: [{name: a}]\n',
  'global: {smtp_smarthost: "mail:25", smtp_from: a@b, slack_api_url: "https://s", opsgenie_api_key: k, victorops_api_key: k}\nroute: {receiver: a, routes: [{receiver: a}]}\nreceivers: [{name: a}]\n',
];

function render(configs: readonly AlertmanagerConfig[], base: string): RenderedAlertmanagerConfig {
  const alertmanager = {
    metadata: { namespace: 'monitoring', name: 'main' },
    spec: { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} },
  };
  const secret = {
    metadata: { namespace: 'monitoring', name: 'alertmanager-main' },
    data: { 'alertmanager.yaml': Buffer.from(base).toString('base64') },
  };
  const assets = new AssetStore({ secrets: [secret, ...tenants.map(makeSecret)], configMaps: [] });
  const cache = new ConfigCache();
  const sources = { AlertmanagerConfig: createLister(configs), namespaces: createLister([]) };
  const match = complete(matchAlertmanager({ alertmanager, version: readAmtoolVersion() }, sources, cache));
  return complete(renderAlertmanagerConfig(match, assets, cache));
}

describe('merged configurations of tenants', { skip: skipWithout('amtool') }, () => {
  it('are all taken by amtool, whatever tenants write', { timeout: 600_000 }, (test) => {
    const draw = new Draw(createRandom(seed));
    const rendered = Array.from({ length: count }, () => {
      const configs = tenants.map((tenant) => makeTenantConfig(tenant, 'x', draw));
      return render(configs, draw.pick(bases));
    });
    const answers = askAmtool(rendered.map(({ config }) => config.toString()));
    const refused = rendered.flatMap(({ selected }, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [`${at} (${selected.map(keyOf).join(' ')}): ${answer}`];
    });
    const selected = rendered.reduce((sum, one) => sum + one.selected.length, 0);
    const rejected = rendered.flatMap((one) => one.rejected);
    const objects = `${selected} objects merged, ${rejected.length} rejected`;
    test.diagnostic(`seed ${seed}: ${count} configurations, ${objects}, ${refused.length} refused by amtool`);
    assert.deepEqual(refused, []);
    assert.ok(selected > rejected.length && rejected.length > 0, objects);
  });
});
