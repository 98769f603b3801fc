import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AssetStore } from '../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import type { RenderedAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import { createLister } from '../../src/core/manifests/sources.ts';
import { ConfigCache } from '../../src/core/select/alertmanager-config/cache.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import type { RunningAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { readAmtoolVersion } from './support/amtool.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';
import { makeSecret, makeTenantConfig } from './support/tenant-configs.ts';

const count = 100;
const tenants = ['a', 'b', 'c', 'd'];

/** A configuration merged from what these tenants write. */
function renderTenants(draw: Draw): RenderedAlertmanagerConfig {
  const configs = tenants.map((tenant) => makeTenantConfig(tenant, 'x', draw));
  const spec = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec };
  const sources = { AlertmanagerConfig: createLister(configs), namespaces: createLister([]) };
  const cache = new ConfigCache();
  const match = matchAlertmanager({ alertmanager, version: readAmtoolVersion() }, sources, cache);
  const assets = new AssetStore({ secrets: tenants.map(makeSecret), configMaps: [] });
  return renderAlertmanagerConfig(match, assets, cache);
}

describe('a real Alertmanager', { skip: skipWithout('alertmanager') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-alertmanager-loads-'));
  const configFile = join(folder, 'alertmanager.yml');
  let alertmanager: RunningAlertmanager;
  before(async () => {
    writeFileSync(configFile, '{ route: { receiver: a }, receivers: [{ name: a }] }');
    alertmanager = await startAlertmanager({ configFile });
  });
  after(async () => {
    await alertmanager.stop();
    rmSync(folder, { recursive: true });
  });

  it('loads each configuration that is published, but for files that are not there', async (test) => {
    const draw = new Draw(createRandom(20_262));
    const refused: string[] = [];
    let [merged, loaded] = [0, 0];
    for (let index = 0; index < count; index++) {
      const { config, selected } = renderTenants(draw);
      writeFileSync(configFile, config);
      merged += selected.length;
      const why = await alertmanager.reload().then(
        () => '',
        (error: unknown) => String(error),
      );
      if (why === '') loaded++;
      const faults = why.split('\n').filter((line) => line !== '' && !line.includes('no such file or directory'));
      refused.push(...faults.map((fault) => `${index}: ${fault}`));
    }
    test.diagnostic(
      `${count} configurations of ${merged} objects, ${loaded} loaded, the others name files; ${refused.length} refused`,
    );
    assert.ok(merged > count, `only ${merged} objects were merged`);
    assert.ok(loaded > count / 2, `only ${loaded} of ${count} were loaded`);
    assert.deepEqual(refused, []);
  });
});
