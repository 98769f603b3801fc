import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerType } from '../../../src/api/alertmanager.ts';
import { configMapType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { invoke } from '../../cli/invoke.ts';
import { inWorld, prometheus } from './world.ts';
import type { World } from './world.ts';

const rules = (expr: string, labels: object = {}): object => ({
  ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'cart', namespace: 'shop' } },
  spec: { groups: [{ name: 'cart', rules: [{ alert: 'CartDown', expr, labels }] }] },
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

interface Answer {
  readonly verdict: string;
  readonly summary: string;
  readonly receivers?: readonly string[];
  readonly chain: readonly { readonly link: string; readonly reason: string; readonly found: string }[];
}

async function askAlert({ kubeconfig }: World): Promise<Answer> {
  const { stdout, stderr } = await invoke('explain', 'alert', 'CartDown', '--kubeconfig', kubeconfig, '-o', 'json');
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Answer;
}

const alertmanager = {
  ...{
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata: { name: 'main', namespace: 'monitoring' },
  },
  spec: { replicas: 2, alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} },
};

const routes = {
  ...{
    apiVersion: 'monitoring.coreos.com/v1alpha1',
    kind: 'AlertmanagerConfig',
    metadata: { name: 'team', namespace: 'shop' },
  },
  spec: {
    route: { receiver: 'hook' },
    receivers: [{ name: 'hook', webhookConfigs: [{ url: 'https://hook.example.com' }] }],
  },
};

describe('an alert of a cluster, explained', () => {
  it('finds the Pods of the Alertmanager as Prometheus does, once they run', () =>
    inWorld(async (world) => {
      const alertmanagers = [{ namespace: 'monitoring', name: 'alertmanager-operated', port: 'web' }];
      const selects = { ruleSelector: {}, ruleNamespaceSelector: {}, serviceMonitorSelector: {} };
      world.apply(prometheus('main', { ...selects, alerting: { alertmanagers } }));
      world.apply(rules('vector(1)', { namespace: 'shop' }));
      world.apply(alertmanager);
      await world.until(() => holds(world, 'vector'), 'the rules are written');
      await world.until(
        () => world.conditions(alertmanagerType, 'main').some((one) => one.startsWith('Available True')),
        'the Alertmanager runs',
      );
      const early = await askAlert(world);
      const reached = early.chain.find(({ link }) => link === 'routed');
      assert.deepEqual([early.verdict, reached?.reason], ['NotNotified', 'NoReceiverNotifies'], early.summary);

      world.apply(routes);
      const answer = await askAlert(world);
      assert.deepEqual([answer.verdict, answer.receivers], ['Notified', ['shop/team/hook']], answer.summary);
      const sent = answer.chain.find(({ link }) => link === 'sent');
      assert.equal(sent?.found, 'Alertmanager monitoring/main: alertmanager-main-0, alertmanager-main-1');
    }));
});

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
