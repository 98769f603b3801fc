import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { readManifests } from '../../src/cli/manifests.ts';
import { invoke } from '../cli/invoke.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { assertPodsAccepted } from './support/promtool.ts';

const root = join(import.meta.dirname, '..', '..');
const gates = ['--feature-gates', 'PrometheusAgentDaemonSet=true'];
const listFolders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));

/** What would be in the cluster: the manifests, and what the operator makes of them. */
async function renderAll(path: string): Promise<KubernetesObject[]> {
  const flags = join(dirname(path), 'flags.txt');
  const own = existsSync(flags) ? ['--operator-args', readFileSync(flags, 'utf8')] : [];
  const { code, stdout, stderr } = await invoke('render', path, '-o', 'json', ...gates, ...own);
  // One of the stacks has an AlertmanagerConfig that is left out on purpose.
  assert.equal(code, path.endsWith('alertmanager-tenants') ? 3 : 0, stderr);
  const { items } = JSON.parse(stdout) as { items: KubernetesObject[] };
  return [...readManifests([path]), ...items];
}

describe('promtool accepts what is rendered, with all files beside it', { skip: skipWithout('promtool') }, () => {
  const golden = listFolders(join(root, 'test', 'golden', 'cases')).map((folder) => join(folder, 'input.yaml'));
  const inputs = [...golden.filter(existsSync), ...listFolders(join(root, 'stacks')), join(root, 'examples')];
  for (const input of inputs) {
    it(input.slice(root.length + 1), async (test) => {
      const { configs, ruleFiles } = await assertPodsAccepted(await renderAll(input));
      test.diagnostic(`${configs} configs, ${ruleFiles} rule files`);
      assert.ok(configs > 0);
    });
  }
});
