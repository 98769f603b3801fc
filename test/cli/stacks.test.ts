import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { listJobs } from '../e2e/support/config.ts';
import { invoke } from './invoke.ts';

const stacks = readdirSync('stacks', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const gates = ['--feature-gates', 'PrometheusAgentDaemonSet=true'];

const renderConfig = async (stack: string, workload: string): Promise<string> => {
  const { code, stdout, stderr } = await invoke('render', `stacks/${stack}`, ...gates, '--config', workload);
  assert.equal(code, 0, stderr);
  return stdout;
};

describe('the stacks', () => {
  for (const stack of stacks) {
    it(`${stack}: nothing is wrong with it, and nothing is rejected`, async () => {
      const checked = await invoke('check', '--strict', `stacks/${stack}`);
      assert.equal(checked.code, 0, checked.stdout + checked.stderr);
      const rendered = await invoke('render', `stacks/${stack}`, '-o', 'name', ...gates);
      assert.equal(rendered.code, 0, rendered.stderr);
      assert.match(rendered.stdout, /^(statefulset|daemonset)\//m);
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
