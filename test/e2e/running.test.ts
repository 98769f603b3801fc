import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { askAlertmanagers } from '../../src/cli/running/alertmanagers.ts';
import { askRulers } from '../../src/cli/running/rulers.ts';
import type { ReplicasQuestion } from '../../src/core/explain/questions.ts';
import type { AlertmanagerFacts, RulerFacts } from '../../src/core/explain/running.ts';
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
route: { receiver: hook, group_wait: 0s, group_interval: 1s, group_by: [alertname], routes: [{ matchers: [ 'alertname="Slow"' ], receiver: quiet }] }
receivers:
  - name: hook
    webhook_configs: [{ url: "${hook}" }]
  - name: quiet
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

/** The rule of a name; there must be exactly one. */
function findRule(
  { groups = [], problem }: RulerFacts,
  name: string,
): NonNullable<RulerFacts['groups']>[0]['rules'][0] {
  const found = groups.flatMap(({ rules: all }) => all).filter((rule) => rule.name === name);
  const [rule] = found;
  assert.ok(rule !== undefined && found.length === 1, `${found.length} rules ${name}; ${problem ?? 'no problem'}`);
  return rule;
}

function checkRules(facts: RulerFacts): void {
  assert.match(facts.groups?.[0]?.file ?? '', /rules\.yaml$/);
  assert.equal(facts.groups?.[0]?.name, 'shop');
  const [down, fine, later] = ['Down', 'Fine', 'Later'].map((name) => findRule(facts, name));
  assert.deepEqual([down?.kind, down?.health, down?.lastError], ['alerting', 'ok', '']);
  assert.deepEqual(
    down?.alerts.map((one) => [one.labels, one.state]),
    [[{ alertname: 'Down', severity: 'critical' }, 'firing']],
  );
  assert.ok(Date.parse(down.alerts[0]?.activeAt ?? '') > 0);
  assert.deepEqual([fine?.alerts, later?.alerts.map(({ state }) => state)], [[], ['pending']]);
  const [one, odd] = ['shop:one', 'shop:odd'].map((name) => findRule(facts, name));
  assert.deepEqual([one?.kind, one?.health, odd?.kind, odd?.health], ['recording', 'ok', 'recording', 'err']);
  assert.match(odd?.lastError ?? '', /many-to-many|duplicate series|no query API server/);
}

const skip = skipWithout('alertmanager') || skipWithout('prometheus') || skipWithout('thanos');

describe('running programs', { skip, timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-running-'));
  const configFile = join(folder, 'prometheus.yml');
  /** What it refuses is not tried again. */
  const refusing = createServer((_, response) => response.writeHead(400).end());
  let alertmanager: RunningAlertmanager;

  before(async () => {
    const file = join(folder, 'alertmanager.yml');
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const { port } = refusing.address() as AddressInfo;
    writeFileSync(file, writeAlertmanagerConfig(`http://127.0.0.1:${port}/`));
    alertmanager = await startAlertmanager({ configFile: file, args: ['--enable-feature=receiver-name-in-metrics'] });
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
        const [facts, ...others] = await askRulers(ask('Prometheus'), { url: prometheus.url, signal });
        assert.ok(facts && others.length === 0);
        assert.deepEqual([facts.name, facts.problem, facts.alertmanagers], [prometheus.url, undefined, [url]]);
        checkRules(facts);
      });
      await eventually('rules were evaluated by the ThanosRuler', async () => {
        const [facts] = await askRulers(ask('ThanosRuler'), { url: ruler.url, signal });
        assert.ok(facts);
        assert.deepEqual([facts.problem, 'alertmanagers' in facts], [undefined, false]);
        checkRules(facts);
      });
      await eventually('the Alertmanager has the alerts', async () => {
        const [facts] = await askAlertmanagers(ask('Alertmanager'), { url: alertmanager.url, signal });
        assert.ok(facts);
        checkHeld(facts, id);
      });
    } finally {
      await Promise.all([prometheus.stop(), ruler.stop()]);
    }
  });
});

function checkHeld(facts: AlertmanagerFacts, silenceId: string): void {
  assert.deepEqual([facts.problem, facts.cluster], [undefined, { status: 'disabled', peers: [] }]);
  assert.match(facts.version ?? '', /^0\.\d+\.\d+$/);
  assert.match(facts.config ?? '', /receiver: hook/);
  const find = (name: string): NonNullable<AlertmanagerFacts['alerts']>[0] | undefined =>
    facts.alerts?.find(({ labels }) => labels['alertname'] === name);
  const [down, slow] = [find('Down'), find('Slow')];
  assert.deepEqual(down?.labels, { alertname: 'Down', severity: 'critical', cluster: 'a' });
  assert.deepEqual([down.state, down.receivers, down.silencedBy], ['active', ['hook'], []]);
  assert.deepEqual([slow?.state, slow?.receivers, slow?.silencedBy], ['suppressed', ['quiet'], [silenceId]]);
  assert.deepEqual(slow?.inhibitedBy, [down.fingerprint]);
  const [only] = facts.silences ?? [];
  assert.deepEqual([only?.id, only?.state, only?.createdBy, only?.comment], [silenceId, 'active', 'jo', 'for a test']);
  assert.deepEqual(only?.matchers, [{ name: 'alertname', value: 'Sl.w', isRegex: true, isEqual: true }]);
  const hook = facts.notifications?.find(({ receiver }) => receiver === 'hook');
  assert.equal(hook?.integration, 'webhook');
  assert.ok(hook.failed >= 1 && hook.sent >= hook.failed, JSON.stringify(facts.notifications));
}
