import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const teams = fileURLToPath(new URL('../../docs/alerts/teams.yaml', import.meta.url));
describe('stoker route on a cluster', () => {
  let sandbox: LiveSandbox;
  let kubeconfig = '';

  before(async () => {
    sandbox = await openLiveSandbox(parseYamlDocuments(readFileSync(teams, 'utf8'), teams) as KubernetesObject[]);
    ({ kubeconfig } = sandbox);
  });
  after(() => sandbox.close());

  /** The answer without the places in files, which a cluster has none of. */
  async function ask(args: readonly string[], where: readonly string[]): Promise<unknown> {
    const { code, stdout, stderr } = await invoke('route', ...args, '-o', 'json', ...where);
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout, (key, value: unknown) => {
      if (key === 'notes') return (value as string[]).filter((note) => !note.startsWith('Silences are not known'));
      return key === 'at' && String(value).includes('.yaml:') ? undefined : value;
    });
  }

  for (const args of [
    ['severity=warning', 'namespace=shop', '--at', '2026-12-24T18:00Z', '--with', 'severity=critical,namespace=shop'],
    ['--to', 'shop/team/pager'],
    ['--unreachable'],
    ['--calendar', '--at', '2026-12-24T18:00Z'],
  ])
    it(`answers as from manifests: ${args.join(' ')}`, async () => {
      assert.deepEqual(await ask(args, ['--kubeconfig', kubeconfig]), await ask(args, ['--offline', teams]));
    });

  it('says that it does not know silences where no Alertmanager runs, unless they are given', async () => {
    const notes = async (...more: readonly string[]): Promise<string> =>
      (await invoke('route', 'a=b', '--kubeconfig', kubeconfig, ...more)).stdout.split('\n').at(-2) ?? '';
    const note =
      '  Note  Silences are not known: there is no running replica; --silences and --alertmanager-url tell them';
    assert.equal(await notes(), note);
    const file = join(sandbox.folder, 'silences.yaml');
    writeFileSync(file, '[]');
    assert.notEqual(await notes('--silences', file), note);
  });

  it('names what there is where something else was asked for', async () => {
    const { code, stdout, stderr } = await invoke('route', 'a=b', '--kubeconfig', kubeconfig, '-a', 'shop/main');
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'stoker: Cannot find Alertmanager "shop/main": there is none; there are monitoring/main\n');
  });
});
