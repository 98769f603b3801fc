import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { invoke } from '../cli/invoke.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import type { RunningAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { resendAlerts, startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { eventually } from './support/eventually.ts';

const rules = `[
  { alert: Down, expr: vector(1), labels: { severity: critical, namespace: shop } },
  { alert: Slow, expr: vector(1), labels: { namespace: shop } }]`;

/** @param hook where receivers notify; it refuses what comes to /bad. */
const writeManifests = (hook: string): string => `
{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: monitoring } }
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: monitoring }
spec:
  serviceMonitorSelector: {}
  ruleSelector: {}
  ruleNamespaceSelector: {}
  alerting: { alertmanagers: [{ name: alertmanager-operated, namespace: monitoring, port: web }] }
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: cart, namespace: shop }
spec: { groups: [{ name: cart, rules: ${rules} }] }
---
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: { name: main, namespace: monitoring }
spec: { version: 0.34.2, alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} }
---
apiVersion: v1
kind: Secret
metadata: { name: alertmanager-main, namespace: monitoring }
stringData:
  alertmanager.yaml: |
    event_recorder: { file_outputs: [{ path: events.jsonl }] }
    route: { receiver: own }
    receivers: [{ name: own }]
---
{ apiVersion: v1, kind: Secret, metadata: { name: hook, namespace: shop }, stringData: { good: "${hook}good", bad: "${hook}bad" } }
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: team, namespace: shop }
spec:
  route:
    { receiver: chat, groupBy: [alertname], groupWait: 1s, groupInterval: 1s, routes: [{ receiver: pager, matchers: [{ name: severity, value: critical }] }] }
  receivers:
    - { name: chat, webhookConfigs: [{ urlSecret: { name: hook, key: bad } }] }
    - { name: pager, webhookConfigs: [{ urlSecret: { name: hook, key: good } }] }
`;

interface Answer {
  readonly verdict: string;
  readonly summary: string;
  readonly chain: readonly {
    readonly link: string;
    readonly verdict: string;
    readonly reason: string;
    readonly compared: string;
  }[];
}

const skip = skipWithout('alertmanager') || skipWithout('prometheus');

describe('stoker explain alert beside an Alertmanager that records its deliveries', { skip, timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-recorded-'));
  const manifests = join(folder, 'manifests.yaml');
  const hook = createServer(({ url }, response) => response.writeHead(url === '/bad' ? 400 : 200).end());
  let alertmanager: RunningAlertmanager;
  let prometheus: RunningPrometheus;

  before(async () => {
    hook.listen(0, '127.0.0.1');
    await once(hook, 'listening');
    writeFileSync(manifests, writeManifests(`http://127.0.0.1:${(hook.address() as AddressInfo).port}/`));
    const rendered = await invoke('render', manifests, '--config', 'alertmanager/main');
    assert.deepEqual([rendered.code, rendered.stderr], [0, '']);
    const [alerting, scraping] = ['alertmanager.yml', 'prometheus.yml'].map((name) => join(folder, name));
    writeFileSync(alerting ?? '', rendered.stdout);
    const args = ['--enable-feature=event-recorder,receiver-name-in-metrics'];
    alertmanager = await startAlertmanager({ configFile: alerting ?? '', args });
    writeFileSync(join(folder, 'shop-cart-0.yaml'), `groups: [{ name: cart, interval: 1s, rules: ${rules} }]`);
    writeFileSync(scraping ?? '', writePrometheusConfig(folder, alertmanager.url));
    prometheus = await startPrometheus({ configFile: scraping ?? '', args: [resendAlerts] });
  });
  after(async () => {
    await Promise.all([prometheus.stop(), alertmanager.stop()]);
    hook.close();
    rmSync(folder, { recursive: true });
  });

  async function ask(name: string, ...more: readonly string[]): Promise<Answer> {
    const urls = ['--prometheus-url', prometheus.url, '--alertmanager-url', alertmanager.url];
    const answer = await invoke(
      'explain',
      'alert',
      name,
      '-n',
      'shop',
      '-o',
      'json',
      ...urls,
      ...more,
      '--offline',
      manifests,
    );
    assert.equal(answer.stderr, '');
    return JSON.parse(answer.stdout) as Answer;
  }

  /** What the first link that is not passed says; "" where all are. */
  const findBroken = ({ chain }: Answer): string => {
    const broken = chain.find(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'unknown');
    return broken === undefined ? '' : `${broken.link} ${broken.verdict} ${broken.reason}`;
  };

  it('one that is delivered is told as such, by its counts and by what was recorded', async () => {
    await eventually('the notification was delivered', async () => {
      const answer = await ask('Down', '--alertmanager-events', join(folder, 'events.jsonl'));
      assert.equal(findBroken(answer), '', answer.summary);
      assert.equal(answer.verdict, 'Notified');
      assert.match(answer.chain.at(-1)?.compared ?? '', /^the last notification of shop\/team\/pager by webhook, 20/);
    });
    assert.equal(findBroken(await ask('Down')), '');
  });

  it('one that its receiver refuses ends there', async () => {
    await eventually('the notification has failed', async () => {
      const answer = await ask('Slow');
      assert.equal(findBroken(answer), 'delivered fail DeliveryFails', answer.summary);
    });
  });

  it('one that is silenced is told so, by route as well', async () => {
    const body = JSON.stringify({
      matchers: [{ name: 'severity', value: 'critical', isRegex: false, isEqual: true }],
      ...{
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
      ...{ createdBy: 'jo', comment: 'moving' },
    });
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(`${alertmanager.url}/api/v2/silences`, { method: 'POST', headers, body })).status, 200);
    await eventually('the silence is in force', async () => {
      const answer = await ask('Down');
      assert.equal(findBroken(answer), 'silenced fail Silenced', answer.summary);
    });
    const labels = ['alertname=Down', 'severity=critical', 'namespace=shop'];
    const url = ['--alertmanager-url', alertmanager.url, '--offline', manifests];
    assert.match(
      (await invoke('route', ...labels, ...url)).stdout,
      /tells nobody: a silence hides this alert from shop\/team\/pager/,
    );
  });
});

/** As the operator labels alerts; a single Prometheus stands for the replicas. */
const writePrometheusConfig = (folder: string, alertmanager: string): string => `
global: { evaluation_interval: 1s, external_labels: { prometheus: monitoring/main } }
rule_files: ["${folder}/shop-cart-0.yaml"]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["${alertmanager.replace('http://', '')}"] }] }] }
`;
