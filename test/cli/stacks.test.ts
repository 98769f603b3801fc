import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { listJobs } from '../e2e/support/config.ts';
import { invoke } from './invoke.ts';

const stacks = readdirSync('stacks', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** What is left out on purpose, and what is said of it. */
const leftOut: Readonly<Record<string, RegExp>> = {
  'alertmanager-tenants':
    /AlertmanagerConfig billing-team\/draft\b.* spec\.route\.receiver: Cannot find receiver "tickets"/,
};
/** What a stack shows on purpose, though check warns of it. */
const warned: Readonly<Record<string, RegExp>> = {
  sharded: /PrometheusRule edge\/edge: .* Warning: Cannot evaluate in 3 shards: .*\n.*\n2 warnings in 1 of/,
};
const gates = ['--feature-gates', 'PrometheusAgentDaemonSet=true'];

const renderConfig = async (stack: string, workload: string): Promise<string> => {
  const { code, stdout, stderr } = await invoke('render', `stacks/${stack}`, ...gates, '--config', workload);
  assert.equal(code, 0, stderr);
  return stdout;
};

interface Route {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly routes?: readonly (Route & { readonly active_time_intervals?: readonly string[] })[];
}
interface AlertmanagerConfig {
  readonly route: { readonly routes: readonly Route[] };
  readonly receivers: readonly { readonly name: string }[];
}

describe('the stacks', () => {
  for (const stack of stacks) {
    const fault = leftOut[stack];
    it(`${stack}: ${fault === undefined ? 'nothing' : 'one object'} is wrong with it, and rejected`, async () => {
      const warning = warned[stack];
      const checked = await invoke('check', ...(warning === undefined ? ['--strict'] : []), `stacks/${stack}`);
      const rendered = await invoke('render', `stacks/${stack}`, '-o', 'name', ...gates);
      assert.match(rendered.stdout, /^(statefulset|daemonset)\//m);
      if (fault === undefined) {
        assert.equal(checked.code, 0, checked.stdout + checked.stderr);
        if (warning !== undefined) assert.match(checked.stdout, warning);
        assert.equal(rendered.code, 0, rendered.stderr);
        return;
      }
      assert.deepEqual([checked.code, rendered.code], [1, 3]);
      assert.match(checked.stdout, fault);
      assert.match(checked.stdout, /^1 error in 1 of/m);
      assert.match(rendered.stderr, fault);
      assert.equal(rendered.stderr.trim().split('\n').length, 1);
    });
  }

  it('are all in the table of their README, and fit into one cluster', async () => {
    const readme = readFileSync('stacks/README.md', 'utf8');
    const listed = [...readme.matchAll(/^\| \[([a-z0-9-]+)\]\(\1\/00-namespaces\.yaml\)/gm)].map(([, name]) => name);
    assert.deepEqual(listed.sort(), stacks);
    const together = await invoke('render', 'stacks', '-o', 'name', ...gates);
    const apart = await Promise.all(stacks.map((stack) => invoke('render', `stacks/${stack}`, '-o', 'name', ...gates)));
    const names = (text: string): string[] => text.split('\n').sort();
    assert.deepEqual(names(together.stdout), names(`${apart.map(({ stdout }) => stdout.trimEnd()).join('\n')}\n`));
  });

  it('agent-daemonset: both agents authenticate with what is in the Secret', async () => {
    for (const [name, job] of [
      ['services', 'serviceMonitor/checkout/checkout/0'],
      ['nodes', 'podMonitor/checkout/checkout-workers/0'],
    ] as const) {
      const config = await renderConfig('agent-daemonset', `prometheusagent/${name}`);
      assert.ok(listJobs(config).includes(job), config);
      assert.match(config, /oauth2:[\s\S]*client_id: edge[\s\S]*client_secret: change-me/);
    }
  });

  it('multi-team: each Prometheus has the jobs of its team, the platform those that are for it', async () => {
    const jobs = async (name: string) => listJobs(await renderConfig('multi-team', `prometheus/${name}`));
    assert.deepEqual(await jobs('payments'), ['serviceMonitor/payments-prod/ledger/0']);
    assert.deepEqual(await jobs('search'), ['serviceMonitor/search-prod/query/0', 'podMonitor/search-prod/batch/0']);
    assert.deepEqual(await jobs('platform'), ['serviceMonitor/search-prod/query/0']);
  });

  it('alertmanager-tenants: each team has its namespace, those who run the hub have all, and the draft is not there', async () => {
    const config = parseYaml(
      (await invoke('render', 'stacks/alertmanager-tenants', '--config', 'alertmanager/hub')).stdout,
    );
    const { route, receivers } = config as AlertmanagerConfig;
    assert.deepEqual(
      route.routes.map(({ receiver, matchers }) => `${receiver} ${matchers[0] ?? ''}`),
      [
        'alert-hub/on-call/on-call severity="critical"',
        'billing-team/invoices/mail namespace="billing-team"',
        'web-team/shop-front/chat namespace="web-team"',
      ],
    );
    const names = receivers.map(({ name }) => name);
    assert.ok(names.includes('nobody') && !names.some((name) => name.includes('draft')), names.join());
    assert.equal(route.routes[1]?.routes?.[0]?.active_time_intervals?.[0], 'office-hours');
  });

  it('thanos-ruler: the stateful one uploads, the stateless one forwards, each with its rules', async () => {
    const { code, stdout, stderr } = await invoke('render', 'stacks/thanos-ruler', '-o', 'json');
    assert.equal(code, 0, stderr);
    const { items } = JSON.parse(stdout) as { readonly items: readonly KubernetesObject[] };
    const find = (kind: string, name: string): string =>
      JSON.stringify(items.find((one) => one.kind === kind && one.metadata.name === name));
    const [stateful, stateless] = ['global', 'forward'].map((name) => find('StatefulSet', `thanos-ruler-${name}`));
    assert.match(stateful ?? '', /--objstore\.config-file=/);
    assert.doesNotMatch(stateful ?? '', /--remote-write/);
    assert.match(stateless ?? '', /--remote-write/);
    assert.doesNotMatch(stateless ?? '', /--objstore/);
    assert.match(find('ConfigMap', 'thanos-ruler-global-rulefiles-0'), /partial_response_strategy: warn/);
    assert.match(find('ConfigMap', 'thanos-ruler-forward-rulefiles-0'), /cluster:parcels_scanned:increase1h/);
  });

  it('whole-cluster: Kubernetes, nodes, objects and what watches them are scraped', async () => {
    const jobs = listJobs(await renderConfig('whole-cluster', 'prometheus/cluster'));
    const names = [...new Set(jobs.map((job) => job.split('/')[2]))].sort();
    assert.deepEqual(names, [
      'alertmanager',
      'api-server',
      'dns',
      'kube-state-metrics',
      'kubelet',
      'node-exporter',
      'prometheus',
    ]);
  });

  it('enforced-limits: no tenant gets more than allowed, and the platform is exempt', async () => {
    const config = await renderConfig('enforced-limits', 'prometheus/tenants');
    const [, blue = '', green = '', exempt = ''] = config.split('- job_name: ');
    assert.match(blue, /^ {2}sample_limit: 1000$/m);
    assert.match(green, /^ {2}sample_limit: 20000$/m);
    assert.match(green, /names:\n\s+- tenant-green\n/);
    assert.match(green, /target_label: tenant_namespace\n\s+replacement: tenant-green$/m);
    assert.doesNotMatch(exempt, /tenant_namespace/);
  });
});
