import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { dumpYaml, parseYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from '../cli/invoke.ts';
import { startAlertmanager } from '../control-plane/alertmanager.ts';
import type { RunningAlertmanager } from '../control-plane/alertmanager.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { resendAlerts, startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { expectedAlerts, makeAlertStack, waitingAlerts } from './support/alert-stack.ts';
import type { ExpectedAlert } from './support/alert-stack.ts';
import { eventually } from './support/eventually.ts';
import { Hook } from './support/hook.ts';

async function render(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await invoke('render', ...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

interface Sections {
  alerting: { alertmanagers: Record<string, unknown>[] };
  rule_files: string[];
}

/** The configuration as it is rendered, but for what only a cluster can answer: where the Alertmanager is, and the rule files. */
function placePrometheus(text: string, alertmanager: string): string {
  const config = parseYaml(text.replaceAll('$(POD_NAME)', 'prometheus-main-0')) as Sections;
  const [entry] = config.alerting.alertmanagers;
  assert.ok(entry);
  const { kubernetes_sd_configs: _discovery, relabel_configs: _rules, ...rest } = entry;
  const targets = [alertmanager.replace('http://', '')];
  config.alerting.alertmanagers = [{ ...rest, static_configs: [{ targets }] }];
  config.rule_files = ['prometheus-main-rulefiles-0/*.yaml'];
  return dumpYaml(config);
}

interface Answer {
  readonly verdict: string;
  readonly reason: string;
  readonly summary: string;
  readonly receivers?: readonly string[];
  readonly chain: readonly { readonly link: string; readonly verdict: string; readonly reason: string }[];
}

const skip = skipWithout('alertmanager') || skipWithout('prometheus');

describe('stoker explain alert, held against who is told', { skip, timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-alert-'));
  const manifests = join(folder, 'manifests.yaml');
  /** "alert receiver". */
  const hook = new Hook((receiver, { alertname = '' }) => `${alertname} ${receiver}`);
  let alertmanager: RunningAlertmanager;
  let prometheus: RunningPrometheus;

  before(async () => {
    const url = await hook.open();
    const stack = makeAlertStack(url);
    writeFileSync(manifests, stack.map((one) => `---\n${dumpYaml(one)}`).join(''));
    const configFile = join(folder, 'alertmanager.yml');
    writeFileSync(configFile, await render(manifests, '--config', 'alertmanager/main'));
    alertmanager = await startAlertmanager({ configFile, args: ['--enable-feature=receiver-name-in-metrics'] });
    await silence(alertmanager.url);
    const rules = join(folder, 'prometheus-main-rulefiles-0');
    mkdirSync(rules);
    for (const object of parseYamlDocuments(await render(manifests)) as {
      kind: string;
      data?: Record<string, string>;
    }[])
      if (object.kind === 'ConfigMap')
        for (const [name, text] of Object.entries(object.data ?? {})) writeFileSync(join(rules, name), text);
    const prometheusFile = join(folder, 'prometheus.yml');
    const config = await render(manifests, '--config', 'prometheus/main');
    writeFileSync(prometheusFile, placePrometheus(config, alertmanager.url));
    prometheus = await startPrometheus({ configFile: prometheusFile, args: [resendAlerts] });
  });
  after(async () => {
    await prometheus.stop();
    await alertmanager.stop();
    hook.close();
    rmSync(folder, { recursive: true });
  });

  async function silence(url: string): Promise<void> {
    const hour = 3_600_000;
    const now = Date.now();
    const body = {
      matchers: [{ name: 'quiet', value: 'y.s', isRegex: true, isEqual: true }],
      ...{ startsAt: new Date(now - hour).toISOString(), endsAt: new Date(now + hour).toISOString() },
      ...{ createdBy: 'test', comment: 'on purpose' },
    };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v2/silences`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 200, await answer.text());
  }

  async function ask(...words: readonly string[]): Promise<Answer> {
    const urls = ['--prometheus-url', prometheus.url, '--alertmanager-url', alertmanager.url];
    const { stdout, stderr } = await invoke('explain', ...words, '--offline', manifests, ...urls, '-o', 'json');
    assert.equal(stderr, '');
    return JSON.parse(stdout) as Answer;
  }

  async function check({ name, receivers, reason }: ExpectedAlert): Promise<void> {
    const answer = await ask('alert', name);
    const told = [...hook.told].filter((one) => one.startsWith(`${name} `)).map((one) => one.slice(name.length + 1));
    assert.deepEqual(told.sort(), [...receivers].sort(), `who is told of ${name}`);
    assert.equal(answer.reason, reason, `${name}: ${answer.summary}`);
    if (receivers.length > 0) assert.deepEqual([...(answer.receivers ?? [])].sort(), [...receivers].sort());
  }

  it('says who is told of what fires, and which link keeps the others', async () => {
    await eventually(
      'all are told, and explained',
      async () => {
        for (const one of expectedAlerts) await check(one);
      },
      60_000,
    );
    for (const one of waitingAlerts) await check(one);
  });

  it('says the same before anything runs, where nothing that runs decides', async () => {
    const decided = new Set(['Silenced', 'EvaluationFails', 'DeliveryFails', 'Inhibited']);
    for (const { name, reason } of expectedAlerts.filter((one) => !decided.has(one.reason))) {
      const { stdout } = await invoke('explain', 'alert', name, '--offline', manifests, '-o', 'json');
      const answer = JSON.parse(stdout) as Answer;
      assert.equal(answer.reason, reason, `${name}: ${answer.summary}`);
    }
    const given = ['--with', 'alertname=Critical', '--offline', manifests, '-o', 'json'];
    const { stdout } = await invoke('explain', 'alert', 'Inhibited', ...given);
    assert.equal((JSON.parse(stdout) as Answer).reason, 'Inhibited');
  });

  it('finds the rules, the routes and the Alertmanager as they are', async () => {
    const rule = await ask('prometheusrule', 'cart', '-n', 'shop');
    assert.deepEqual([rule.verdict, rule.reason], ['NotUsed', 'EvaluationFails']);
    const config = await ask('alertmanagerconfig', 'team', '-n', 'shop');
    assert.deepEqual([config.verdict, config.chain.find(({ link }) => link === 'loaded')?.reason], ['Used', 'Loaded']);
    const whole = await ask('alertmanager', 'main', '-n', 'monitoring');
    const reasons = Object.fromEntries(whole.chain.map(({ link, reason }) => [link, reason]));
    assert.deepEqual(reasons, {
      ...{ operator: 'Watched', valid: 'Valid', storage: 'StorageMissing', senders: 'SendersFound' },
      ...{ peers: 'SinglePeer', loaded: 'Loaded', delivered: 'DeliveryFails' },
    });
  });

  it('sees that another configuration is loaded', async () => {
    writeFileSync(join(folder, 'alertmanager.yml'), 'route: { receiver: other }\nreceivers: [{ name: other }]\n');
    await alertmanager.reload();
    const config = await ask('alertmanagerconfig', 'team', '-n', 'shop');
    assert.deepEqual([config.verdict, config.reason], ['NotUsed', 'NotLoaded']);
    const whole = await ask('alertmanager', 'main', '-n', 'monitoring');
    assert.equal(whole.chain.find(({ link }) => link === 'loaded')?.reason, 'OutdatedConfig');
  });
});
