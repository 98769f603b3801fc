import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { invoke } from './invoke.ts';

const stacks = readdirSync('stacks').map((name) => `stacks/${name}`);

describe('the stacks', () => {
  for (const stack of stacks) {
    it(`${stack}: nothing is wrong with it, and nothing is rejected`, async () => {
      const checked = await invoke('check', '--strict', stack);
      assert.equal(checked.code, 0, checked.stdout + checked.stderr);
      const gates = 'PrometheusAgentDaemonSet=true';
      const rendered = await invoke('render', stack, '-o', 'name', '--feature-gates', gates);
      assert.equal(rendered.code, 0, rendered.stderr);
      assert.match(rendered.stdout, /^(statefulset|daemonset)\//m);
    });
  }

  it('agent-remote-write: both agents authenticate with what is in the Secret', async () => {
    for (const [name, job] of [
      ['services', 'serviceMonitor/checkout/checkout/0'],
      ['nodes', 'podMonitor/checkout/checkout-workers/0'],
    ] as const) {
      const args = ['--feature-gates', 'PrometheusAgentDaemonSet=true', '--config', `prometheusagent/${name}`];
      const { stdout } = await invoke('render', 'stacks/agent-remote-write', ...args);
      assert.ok(stdout.includes(`job_name: ${job}`), stdout);
      assert.match(stdout, /oauth2:[\s\S]*client_id: edge[\s\S]*client_secret: change-me/);
    }
  });
});
