import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configMapType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { invoke } from '../../cli/invoke.ts';
import { inWorld, prometheus } from './world.ts';
import type { World } from './world.ts';

const rules = (expr: string): object => ({
  ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'cart', namespace: 'shop' } },
  spec: { groups: [{ name: 'cart', rules: [{ alert: 'CartDown', expr }] }] },
});

type ConfigMap = KubernetesObject & { readonly data?: Readonly<Record<string, string>> };

const place = { namespace: 'monitoring', name: 'prometheus-main-rulefiles-0' };

const readMap = (world: World): ConfigMap | undefined => world.api.get(configMapType, place);

const holds = (world: World, text: string): boolean =>
  Object.values(readMap(world)?.data ?? {}).some((file) => file.includes(text));

/** The reason that link `written` gives, from the cluster. */
async function askWritten({ kubeconfig }: World): Promise<string | undefined> {
  const asked = ['prometheusrule', 'cart', '-n', 'shop', '--kubeconfig', kubeconfig, '-o', 'json'];
  const { stdout, stderr } = await invoke('explain', ...asked);
  assert.equal(stderr, '');
  const { chain } = JSON.parse(stdout) as { chain: readonly { link: string; reason: string }[] };
  return chain.find(({ link }) => link === 'written')?.reason;
}

describe('rules of a cluster, explained', () => {
  it('are followed to the ConfigMap that the operator has written', () =>
    inWorld(async (world) => {
      world.apply(prometheus('main', { ruleSelector: {}, ruleNamespaceSelector: {}, serviceMonitorSelector: {} }));
      world.apply(rules('up == 0'));
      await world.until(() => holds(world, 'up == 0'), 'the rules are written');
      assert.equal(await askWritten(world), 'RuleFileWritten');

      world.apply(rules('up == 2'));
      assert.equal(await askWritten(world), 'RuleFileOutdated');
      await world.until(() => holds(world, 'up == 2'), 'the change is written');
      assert.equal(await askWritten(world), 'RuleFileWritten');

      world.api.delete(configMapType, place);
      assert.equal(await askWritten(world), 'RuleFileMissing');
      await world.until(() => holds(world, 'up == 2'), 'they are written again');
    }));
});
