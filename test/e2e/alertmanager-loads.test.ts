import { complete } from '../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readManifests } from '../../src/cli/manifests.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import { matchAlertmanager, renderAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import type { RenderedAlertmanagerConfig } from '../../src/core/desired/alertmanager-config.ts';
import { listStepObjects } from '../../src/core/desired/steps.ts';
import { renderWorkloads } from '../../src/core/kinds/render.ts';
import { createLister, readSources } from '../../src/core/manifests/sources.ts';
import type { Secret, StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { ConfigCache } from '../../src/core/select/alertmanager-config/cache.ts';
import { chooseSettings } from '../../src/cli/settings.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { askAlertmanager } from './support/alertmanager-process.ts';
import { readAmtoolVersion } from './support/amtool.ts';
import { createRandom } from './support/odd-configs.ts';
import { layOutPod } from './support/pod-files.ts';
import { Draw } from './support/random.ts';
import { realInput } from './support/shared.ts';
import { makeSecret, makeTenantConfig } from './support/tenant-configs.ts';

const count = 100;
const tenants = ['a', 'b', 'c', 'd'];
const root = join(import.meta.dirname, '..', '..');

/** A configuration merged from what these tenants write. */
function renderTenants(draw: Draw): RenderedAlertmanagerConfig {
  const configs = tenants.map((tenant) => makeTenantConfig(tenant, 'x', draw));
  const spec = { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} };
  const alertmanager = { metadata: { namespace: 'monitoring', name: 'main' }, spec };
  const sources = { AlertmanagerConfig: createLister(configs), namespaces: createLister([]) };
  const cache = new ConfigCache();
  const match = complete(matchAlertmanager({ alertmanager, version: readAmtoolVersion() }, sources, cache));
  const assets = new AssetStore({ secrets: tenants.map(makeSecret), configMaps: [] });
  return complete(renderAlertmanagerConfig(match, assets, cache));
}

/** Folders of manifests that are shown to people, and those of a stack that many clusters run where they are there. */
function listStackFolders(): string[] {
  const stacks = readdirSync(join(root, 'stacks'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const input = join(realInput, 'input');
  return [...stacks.map(({ name }) => join(root, 'stacks', name)), join(root, 'examples'), input].filter(existsSync);
}

/** The StatefulSets of the Alertmanagers in a folder, with all that their Pods can mount. */
function renderAlertmanagers(folder: string): { sets: StatefulSet[]; objects: Secret[] } {
  const manifests = readManifests([folder]);
  const settings = chooseSettings({ kubernetesVersion: '1.36' });
  const rendered = renderWorkloads(readSources(manifests), settings).filter(
    ({ kind }) => kind.type.kind === 'Alertmanager',
  );
  for (const { failures } of rendered) assert.deepEqual(failures, [], folder);
  const made = rendered.flatMap(({ desired }) => (desired === undefined ? [] : listStepObjects(desired.steps)));
  const sets = made.filter(({ kind }) => kind === 'StatefulSet') as StatefulSet[];
  return { sets, objects: [...manifests, ...made].filter(({ kind }) => /^(?:Secret|ConfigMap)$/.test(kind ?? '')) };
}

describe('a real Alertmanager', { skip: skipWithout('alertmanager') }, () => {
  it('loads each configuration that is published, but for files that are not there', async (test) => {
    const draw = new Draw(createRandom(20_262));
    const rendered = Array.from({ length: count }, () => renderTenants(draw));
    const merged = rendered.reduce((sum, { selected }) => sum + selected.length, 0);
    const answers = await askAlertmanager(rendered.map(({ config }) => String(config)));
    const loaded = answers.filter((why) => why === '').length;
    const refused = answers.flatMap((why, index) => {
      const faults = why.split('\n').filter((line) => line !== '' && !line.includes('no such file or directory'));
      return faults.map((fault) => `${index}: ${fault}`);
    });
    test.diagnostic(
      `${count} configurations of ${merged} objects, ${loaded} loaded, the others name files; ${refused.length} refused`,
    );
    assert.ok(merged > count, `only ${merged} objects were merged`);
    assert.ok(loaded > count / 2, `only ${loaded} of ${count} were loaded`);
    assert.deepEqual(refused, []);
  });

  it('loads what the Pods of all stacks find, with their files', async (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-stacks-'));
    try {
      const texts = listStackFolders().flatMap((stack, index) => {
        const { sets, objects } = renderAlertmanagers(stack);
        return sets.map((set, at) => {
          const facts = { podName: `${set.metadata.name ?? ''}-0`, nodeName: 'node-1', caCertificate: '' };
          return readFileSync(layOutPod(join(folder, `${index}-${at}`), set, objects, facts).configFile, 'utf8');
        });
      });
      const refused = (await askAlertmanager(texts)).filter((answer) => answer !== '');
      test.diagnostic(`${texts.length} Alertmanagers in stacks, ${refused.length} refused`);
      assert.ok(texts.length > 0);
      assert.deepEqual(refused, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
