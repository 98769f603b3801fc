import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { locatePrometheus, skipWithout } from './locate.ts';
import { checkAlertmanagerConfig, checkConfig, checkRules, startPrometheus } from './prometheus.ts';

describe('promtool as a judge', { skip: skipWithout('promtool') }, () => {
  it('accepts a config whose files are not there', async () => {
    const config = 'scrape_configs: [{ job_name: a, tls_config: { ca_file: /nowhere/ca.crt } }]';
    const verdict = await checkConfig(config);
    assert.ok(verdict.valid, verdict.output);
  });

  it('refuses a config and says why', async () => {
    const verdict = await checkConfig('scrape_configs: [{ job_name: a }, { job_name: a }]');
    assert.equal(verdict.valid, false);
    assert.match(verdict.output, /FILE.*multiple scrape configs with job name "a"/s);
  });

  it('judges rules', async () => {
    const rules = (expr: string): string => `groups: [{ name: g, rules: [{ record: a, expr: "${expr}" }] }]`;
    assert.equal((await checkRules(rules('sum(up)'))).valid, true);
    assert.equal((await checkRules(rules('sum(up'))).valid, false);
  });
});

describe('amtool as a judge', { skip: skipWithout('amtool') }, () => {
  it('judges an Alertmanager config', async () => {
    const config = (receiver: string): string => `{ route: { receiver: ${receiver} }, receivers: [{ name: a }] }`;
    assert.equal((await checkAlertmanagerConfig(config('a'))).valid, true);
    assert.equal((await checkAlertmanagerConfig(config('b'))).valid, false);
  });
});

describe('a running Prometheus', { skip: locatePrometheus().skipped ?? false }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-prometheus-test-'));
  const configFile = join(folder, 'prometheus.yml');
  const writeConfig = (job: string): void =>
    writeFileSync(configFile, `scrape_configs: [{ job_name: ${job}, static_configs: [{ targets: [] }] }]`);
  const loadedConfig = async (url: string): Promise<string> => (await fetch(`${url}/api/v1/status/config`)).text();
  after(() => rmSync(folder, { recursive: true }));

  it('runs with the config, and with the next one after a reload', async () => {
    writeConfig('first');
    const prometheus = await startPrometheus({ configFile });
    try {
      assert.match(await loadedConfig(prometheus.url), /job_name: first/);
      writeConfig('second');
      await prometheus.reload();
      assert.match(await loadedConfig(prometheus.url), /job_name: second/);
      writeConfig('{}');
      await assert.rejects(prometheus.reload(), /Cannot reload the Prometheus config: 500/);
    } finally {
      await prometheus.stop();
    }
  });

  it('says why it does not start', async () => {
    writeConfig('{}');
    await assert.rejects(
      startPrometheus({ configFile }),
      /Cannot start prometheus: exit code \d; its log ends:.*cannot unmarshal/s,
    );
  });
});
