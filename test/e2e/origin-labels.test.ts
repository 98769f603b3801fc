import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { askAlertmanagers } from '../../src/cli/running/alertmanagers.ts';
import type { ReplicasQuestion } from '../../src/core/explain/questions.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { checkAlertmanagerConfig } from '../control-plane/prometheus.ts';
import { invoke } from '../cli/invoke.ts';
import { eventually } from './support/eventually.ts';

const manifests = `
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: { name: main, namespace: monitoring }
spec: { version: 0.34.2, alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Secret
metadata: { name: alertmanager-main, namespace: monitoring }
stringData: { alertmanager.yaml: '{ route: { receiver: own, group_wait: 0s }, receivers: [{ name: own }] }' }
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: team, namespace: shop }
spec:
  route: { receiver: chat, routes: [{ receiver: pager, matchers: [{ name: severity, value: critical }] }] }
  receivers: [{ name: chat }, { name: pager }]
`;

const labels = { alertmanagerconfig_namespace: 'shop', alertmanagerconfig_name: 'team' };

describe('origin labels', { skip: skipWithout('alertmanager') }, () => {
  it('of a real Alertmanager lead from its receivers and groups back to the AlertmanagerConfig', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-origin-'));
    const input = join(folder, 'input.yaml');
    writeFileSync(input, manifests);
    const gate = '--feature-gates=AlertmanagerOriginLabels=true';
    const rendered = await invoke('render', input, '--config', 'alertmanager/main', gate);
    assert.deepEqual([rendered.code, rendered.stderr], [0, '']);
    const verdict = await checkAlertmanagerConfig(rendered.stdout);
    assert.ok(verdict.valid, verdict.output);
    const configFile = join(folder, 'alertmanager.yml');
    writeFileSync(configFile, rendered.stdout);
    const alertmanager = await startAlertmanager({ configFile });
    try {
      await checkRunning(alertmanager.url);
    } finally {
      await alertmanager.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

async function checkRunning(url: string): Promise<void> {
  const receivers = (await (await fetch(`${url}/api/v2/receivers`)).json()) as { name: string; labels: object }[];
  assert.deepEqual(
    receivers.map(({ name, labels: { name: _, ...own } }: { name: string; labels: { name?: string } }) => [name, own]),
    [
      ['own', {}],
      ['shop/team/chat', labels],
      ['shop/team/pager', labels],
    ],
  );
  const alerts = [
    { alertname: 'Down', namespace: 'shop', severity: 'critical' },
    { alertname: 'Slow', namespace: 'shop' },
    { alertname: 'Other', namespace: 'pay' },
  ];
  const body = JSON.stringify(alerts.map((one) => ({ labels: one })));
  const headers = { 'content-type': 'application/json' };
  assert.equal((await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body })).status, 200);
  const question: ReplicasQuestion = {
    workload: { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' },
    pods: [],
    web: { scheme: 'http', port: '', prefix: '' },
  };
  await eventually('its groups say whose they are', async () => {
    const [facts] = await askAlertmanagers(question, { urls: [url], signal: new AbortController().signal });
    const origins = facts?.alerts?.map((one) => [one.labels['alertname'] ?? '', one.receivers, one.origins] as const);
    assert.deepEqual([...(origins ?? [])].sort(), [
      ['Down', ['shop/team/pager'], ['shop/team']],
      ['Other', ['own'], []],
      ['Slow', ['shop/team/chat'], ['shop/team']],
    ]);
  });
}
