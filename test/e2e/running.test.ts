import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { askAlertmanagers } from '../../src/cli/running/alertmanagers.ts';
import { readEvents, writesEventsToLog } from '../../src/cli/running/read-events.ts';
import { askRulers } from '../../src/cli/running/rulers.ts';
import type { ReplicasQuestion } from '../../src/core/explain/questions.ts';
import type { AlertmanagerFacts, HeldAlert, RulerFacts } from '../../src/core/explain/running.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import type { RunningAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import { startThanosRuler } from '../control-plane/thanos.ts';
import { eventually } from './support/eventually.ts';

const { signal } = new AbortController();

const ask = (kind: string): ReplicasQuestion => ({
  workload: { kind, namespace: 'monitoring', name: 'main' },
  pods: [],
  web: { scheme: 'http', port: '', prefix: '' },
});

const writeAlertmanagerConfig = (hook: string): string => `
event_recorder: { stdout_outputs: [{}], file_outputs: [{ path: events.jsonl }] }
route:
  receiver: hook
  group_wait: 0s
  group_interval: 1s
  group_by: [alertname]
  routes:
    - { matchers: [ 'alertname="Down"' ], receiver: quiet, mute_time_intervals: [always], continue: true }
    - { matchers: [ 'alertname="Slow"' ], receiver: quiet }
    - { matchers: [ 'alertname="Down"' ], receiver: fine, continue: true }
    - receiver: hook
time_intervals: [{ name: always, time_intervals: [{}] }]
receivers:
  - name: hook
    webhook_configs: [{ url: "${hook}" }]
  - name: quiet
    webhook_configs: [{ url: "${hook}fine" }]
  - name: fine
    webhook_configs: [{ url: "${hook}fine" }]
inhibit_rules:
  - { source_matchers: [ 'alertname="Down"' ], target_matchers: [ 'alertname="Slow"' ] }
`;

const rules = `
groups:
  - name: shop
    interval: 1s
    rules:
      - { alert: Down, expr: vector(1), labels: { severity: critical } }
      - { alert: Slow, expr: vector(1) }
      - { alert: Fine, expr: vector(1) > 1 }
      - { alert: Later, expr: vector(1), for: 1h }
      - { record: 'shop:one', expr: vector(1) }
      - { record: 'shop:odd', expr: 'label_replace(vector(1), "b", "1", "", "") * on () (vector(1) or label_replace(vector(1), "c", "1", "", ""))' }
`;

const writePrometheusConfig = (url: string): string => `
global: { evaluation_interval: 1s, external_labels: { cluster: a } }
rule_files: [rules.yaml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["${url.replace('http://', '')}"] }] }] }
`;

/** What is told of the rules, by their names. */
function pictureRules({ groups = [] }: RulerFacts): Readonly<Record<string, unknown>> {
  const all = groups.flatMap(({ rules: told }) => told);
  return Object.fromEntries(
    all.map(({ name, kind, health, lastError, alerts }) => [
      name,
      { kind, health, hasError: lastError !== '', alerts: alerts.map(({ labels, state }) => ({ labels, state })) },
    ]),
  );
}

function checkRules(facts: RulerFacts): void {
  const [group, ...others] = facts.groups ?? [];
  assert.ok(group !== undefined && others.length === 0, facts.problem);
  assert.deepEqual([group.name, basename(group.file)], ['shop', 'rules.yaml']);
  const good = { health: 'ok', hasError: false };
  const fires = (name: string, labels = {}): unknown => ({ labels: { alertname: name, ...labels }, state: 'firing' });
  assert.deepEqual(pictureRules(facts), {
    Down: { kind: 'alerting', ...good, alerts: [fires('Down', { severity: 'critical' })] },
    Slow: { kind: 'alerting', ...good, alerts: [fires('Slow')] },
    Fine: { kind: 'alerting', ...good, alerts: [] },
    Later: { kind: 'alerting', ...good, alerts: [{ labels: { alertname: 'Later' }, state: 'pending' }] },
    'shop:one': { kind: 'recording', ...good, alerts: [] },
    'shop:odd': { kind: 'recording', health: 'err', hasError: true, alerts: [] },
  });
  const times = group.rules.flatMap(({ alerts }) => alerts.map(({ activeAt }) => Date.parse(activeAt)));
  assert.ok(times.every((time) => time > 0));
}

const skip = skipWithout('alertmanager') || skipWithout('prometheus') || skipWithout('thanos');

describe('running programs', { skip, timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-running-'));
  const configFile = join(folder, 'prometheus.yml');
  /** What it refuses is not tried again. */
  const refusing = createServer(({ url }, response) => response.writeHead(url === '/fine' ? 200 : 400).end());
  let alertmanager: RunningAlertmanager;

  before(async () => {
    const file = join(folder, 'alertmanager.yml');
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const { port } = refusing.address() as AddressInfo;
    writeFileSync(file, writeAlertmanagerConfig(`http://127.0.0.1:${port}/`));
    alertmanager = await startAlertmanager({
      configFile: file,
      args: ['--enable-feature=receiver-name-in-metrics,event-recorder'],
    });
    writeFileSync(join(folder, 'rules.yaml'), rules);
    writeFileSync(configFile, writePrometheusConfig(alertmanager.url));
  });
  after(async () => {
    await alertmanager.stop();
    refusing.close();
    rmSync(folder, { recursive: true });
  });

  async function silence(): Promise<string> {
    const answer = await fetch(`${alertmanager.url}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        matchers: [{ name: 'alertname', value: 'Sl.w', isRegex: true, isEqual: true }],
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
        ...{ createdBy: 'jo', comment: 'for a test' },
      }),
    });
    return ((await answer.json()) as { silenceID: string }).silenceID;
  }

  it('tell what they hold: a Prometheus, a ThanosRuler that asks it, and the Alertmanager that it tells', async () => {
    const prometheus = await startPrometheus({ configFile });
    const ruler = await startThanosRuler({ ruleFile: join(folder, 'rules.yaml'), queryUrl: prometheus.url });
    try {
      const id = await silence();
      const url = `${alertmanager.url}/api/v2/alerts`;
      await eventually('rules were evaluated by the Prometheus', async () => {
        const [facts, ...others] = await askRulers(ask('Prometheus'), { urls: [prometheus.url], signal });
        assert.ok(facts && others.length === 0);
        assert.deepEqual([facts.name, facts.problem, facts.alertmanagers], [prometheus.url, undefined, [url]]);
        checkRules(facts);
      });
      await eventually('rules were evaluated by the ThanosRuler', async () => {
        const [facts] = await askRulers(ask('ThanosRuler'), { urls: [ruler.url], signal });
        assert.ok(facts);
        assert.deepEqual([facts.problem, 'alertmanagers' in facts], [undefined, false]);
        checkRules(facts);
      });
      await eventually('the Alertmanager has the alerts', async () => {
        const [facts] = await askAlertmanagers(ask('Alertmanager'), { urls: [alertmanager.url], signal });
        assert.ok(facts);
        checkHeld(facts, id);
        assert.ok(writesEventsToLog(facts.config ?? ''));
      });
      await eventually('the delivery is recorded', () => {
        const [event, ...others] = readEvents(readFileSync(join(folder, 'events.jsonl'), 'utf8'), 100);
        assert.ok(event && others.length === 0);
        const { at, ...rest } = event;
        assert.ok(Date.parse(at) > 0);
        const labels = { alertname: 'Down', severity: 'critical', cluster: 'a' };
        assert.deepEqual(rest, {
          ...{ receiver: 'fine', integration: 'webhook', isDelivered: true, error: '' },
          ...{ groupLabels: { alertname: 'Down' }, alerts: [labels] },
        });
      });
    } finally {
      await Promise.all([prometheus.stop(), ruler.stop()]);
    }
  });
});

function checkHeld(facts: AlertmanagerFacts, silenceId: string): void {
  const { problem, cluster, version = '', config = '', alerts = [], silences = [], notifications = [] } = facts;
  assert.deepEqual([problem, cluster], [undefined, { status: 'disabled', peers: [] }]);
  assert.match(version, /^0\.\d+\.\d+$/);
  assert.match(config, /receiver: hook/);
  const named = new Map(alerts.map((one) => [one.labels['alertname'] ?? '', one]));
  assert.deepEqual([...named.keys()].sort(), ['Down', 'Slow']);
  const fingerprint = named.get('Down')?.fingerprint ?? '';
  assert.deepEqual(pick(named.get('Down')), {
    ...{
      labels: { alertname: 'Down', severity: 'critical', cluster: 'a' },
      state: 'active',
      receivers: ['quiet', 'fine', 'hook'],
    },
    ...{ silencedBy: [], inhibitedBy: [], mutedBy: ['always'] },
  });
  assert.deepEqual(pick(named.get('Slow')), {
    ...{ labels: { alertname: 'Slow', cluster: 'a' }, state: 'suppressed', receivers: ['quiet'] },
    ...{ silencedBy: [silenceId], inhibitedBy: [fingerprint], mutedBy: [] },
  });
  const seen = silences.map(({ startsAt: _, endsAt: __, ...rest }) => rest);
  const matchers = [{ name: 'alertname', value: 'Sl.w', isRegex: true, isEqual: true }];
  assert.deepEqual(seen, [{ id: silenceId, state: 'active', createdBy: 'jo', comment: 'for a test', matchers }]);
  const hook = notifications.find(({ receiver }) => receiver === 'hook');
  assert.deepEqual([hook?.integration, notifications.length], ['webhook', 3]);
  assert.ok(hook && hook.failed >= 1 && hook.sent >= hook.failed, JSON.stringify(notifications));
}

const pick = (alert: HeldAlert | undefined): unknown =>
  alert && {
    ...{ labels: alert.labels, state: alert.state, receivers: alert.receivers },
    ...{ silencedBy: alert.silencedBy, inhibitedBy: alert.inhibitedBy, mutedBy: alert.mutedBy },
  };
