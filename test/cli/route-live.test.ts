import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { namespaceType, secretType } from '../../src/api/builtin-types.ts';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { invoke } from './invoke.ts';

const teams = fileURLToPath(new URL('../../docs/alerts/teams.yaml', import.meta.url));
const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
const types = [namespaceType, secretType, ...customKinds.map(({ type }) => type)];

describe('stoker route on a cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-route-live-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const sandbox = createSandboxServer();

  before(async () => {
    await sandbox.listen();
    writeFileSync(kubeconfig, sandbox.kubeconfig());
    const config = loadKubeConfig({ kubeconfig, env: {} });
    const client = createClient(config, { userAgent: 'test', requestTimeoutMs: 10_000, clock: createSystemClock() });
    try {
      for (const kind of customKinds) await client.create(crdType, renderCRD(kind) as unknown as KubernetesObject);
      for (const object of parseYamlDocuments(readFileSync(teams, 'utf8'), teams) as KubernetesObject[]) {
        const type = types.find(({ kind }) => kind === object.kind);
        assert.ok(type);
        // A resource is served a moment after its definition was taken.
        await eventually('it is taken', () => client.create(type, object));
      }
    } finally {
      await client.close();
    }
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

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
    const file = join(folder, 'silences.yaml');
    writeFileSync(file, '[]');
    assert.notEqual(await notes('--silences', file), note);
  });

  it('names what there is where something else was asked for', async () => {
    const { code, stdout, stderr } = await invoke('route', 'a=b', '--kubeconfig', kubeconfig, '-a', 'shop/main');
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, 'stoker: Cannot find Alertmanager "shop/main": there is none; there are monitoring/main\n');
  });
});
