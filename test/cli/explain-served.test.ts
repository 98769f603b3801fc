import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { invoke } from './invoke.ts';

const base = readFileSync(join(import.meta.dirname, '..', 'golden', 'explain', 'base.yaml'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'stoker-explain-served-'));
after(() => rmSync(folder, { recursive: true }));

it('a ServiceMonitor is scraped by an agent in mode DaemonSet whose targets the discovery service finds', async () => {
  const agent = base
    .replace('apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata:\n', (text) =>
      text
        .replace('/v1\nkind: Prometheus', '/v1alpha1\nkind: PrometheusAgent')
        .replace('metadata:\n', 'metadata:\n  annotations: { stoker.dev/discovery: service }\n'),
    )
    .replace(
      'spec:\n  serviceAccountName: prometheus\n',
      'spec:\n  mode: DaemonSet\n  serviceAccountName: prometheus\n',
    );
  const file = join(folder, 'input.yaml');
  writeFileSync(file, agent);
  const ask = async (...more: string[]): Promise<readonly string[]> => {
    const gate = '--feature-gates=PrometheusAgentDaemonSet=true';
    const args = ['servicemonitor', 'checkout', '-n', 'shop', '--offline', file, '-o', 'json', gate, ...more];
    const { verdict, reason } = JSON.parse((await invoke('explain', ...args)).stdout) as Record<string, string>;
    return [verdict ?? '', reason ?? ''];
  };
  assert.deepEqual(await ask(), ['NotScraped', 'KindIgnored']);
  assert.equal((await ask('--discovery-service-url=https://discovery:8443'))[0], 'Scraped');
});
