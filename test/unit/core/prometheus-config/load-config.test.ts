import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import type { LoadedConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import { acceptedConfigs, refusedConfigs, refusedJobs } from './config-verdicts.ts';
import type { LoadedJob } from '../../../../src/core/targets/scrape-job.ts';

const load = (text: string): LoadedConfig => loadPrometheusConfig(text, Version.parse('3.14.0'));

function loadJob(body: string): LoadedJob {
  const [job] = load(`scrape_configs:\n- job_name: j\n${body.replaceAll(/^/gm, '  ')}\n`).jobs;
  assert.ok(job);
  return job;
}

const loadRule = (body: string): LoadedJob['job']['relabelRules'][number] | undefined =>
  loadJob(`relabel_configs:\n- ${body.trim().replaceAll('\n', '\n  ')}`).job.relabelRules[0];

describe('loadPrometheusConfig', () => {
  it('fills in globals and defaults', () => {
    const { jobs } = load(`
global: {scrape_interval: 30s, keep_dropped_targets: 5}
scrape_configs:
- job_name: a
- job_name: b
  scrape_interval: 5s
  metrics_path:
  params: {module: [x, y], none: []}
`);
    const [a, b] = jobs.map(({ job }) => job);
    assert.deepEqual(
      [a?.scrapeIntervalMs, a?.scrapeTimeoutMs, a?.metricsPath, a?.keepDroppedTargets],
      [30_000, 10_000, '/metrics', 5],
    );
    assert.deepEqual([b?.scrapeTimeoutMs, b?.metricsPath, b?.params.get('module')], [5000, '', ['x', 'y']]);
  });

  it('orders discovery by mechanism, with all static groups in one at the end', () => {
    const { discovery } = loadJob(`static_configs: [{targets: ['a:1']}, {targets: ['b:1'], labels: {x: 5}}]
kubernetes_sd_configs: [{role: pod}]
consul_sd_configs: [{server: c}]
file_sd_configs: [{files: [/x/*.json]}]`);
    assert.deepEqual(
      discovery.map(({ mechanism }) => mechanism),
      ['foreign', 'file', 'kubernetes', 'static'],
    );
    const last = discovery.at(-1);
    assert.deepEqual(last?.mechanism === 'static' && last.groups[1]?.labels, { x: '5' });
  });

  it('takes scalars of a rule as they were written', () => {
    assert.equal(loadRule('{action: keep, regex: 5}')?.regex, '5');
    assert.equal(loadRule('{action: keep, regex: 0x1F}')?.regex, '0x1F');
    assert.equal(loadRule('{action: keep, regex: yes}')?.regex, 'yes');
    assert.equal(loadRule('{action: keep, regex: 2020-01-01}')?.regex, '2020-01-01');
    assert.equal(loadRule('{action: DROP}')?.action, 'drop');
  });

  it('tells null and empty from absent in a rule', () => {
    const empty = loadRule('target_label: x\nseparator:\nregex:\nreplacement: ""');
    assert.deepEqual([empty?.separator, empty?.regex, empty?.replacement], ['', '', '']);
    const absent = loadRule('target_label: x');
    assert.deepEqual([absent?.separator, absent?.regex, absent?.replacement], [';', '(.*)', '$1']);
  });

  it('reads moduli as YAML 1.1 does', () => {
    const modulus = (text: string): bigint | undefined =>
      loadRule(`{action: hashmod, target_label: x, modulus: ${text}}`)?.modulus;
    assert.deepEqual(['0x10', '010', '1e3', '18446744073709551615'].map(modulus), [16n, 8n, 1000n, 2n ** 64n - 1n]);
    assert.throws(() => modulus('"5"'));
    assert.throws(() => modulus('-5'));
  });

  it('checks rules by the scheme of the job', () => {
    const rule = 'relabel_configs: [{target_label: a.b, replacement: x}]';
    assert.doesNotThrow(() => loadJob(rule));
    assert.throws(() => loadJob(`metric_name_validation_scheme: legacy\n${rule}`), {
      message: `"a.b" is invalid 'target_label' for replace action`,
    });
  });

  it('reads all of a kubernetes_sd_config', () => {
    const { discovery } = loadJob(`kubernetes_sd_configs:
- role: endpoints
  api_server: https://x
  authorization: {credentials_file: /t}
  namespaces: {names: [a, b]}
  selectors: [{role: pod, label: a=b}, {role: endpoints, field: metadata.name=x}]
  attach_metadata: {node: true, namespace: yes}`);
    assert.deepEqual(discovery, [
      {
        mechanism: 'kubernetes',
        role: 'endpoints',
        apiServer: 'https://x',
        kubeconfigFile: '',
        namespaces: { ownNamespace: false, names: ['a', 'b'] },
        selectors: [
          { role: 'pod', label: 'a=b', field: '' },
          { role: 'endpoints', label: '', field: 'metadata.name=x' },
        ],
        attachMetadata: { node: true, namespace: true, deployment: false, job: false, cronjob: false },
        httpClient: { authorization: { credentials_file: '/t' } },
      },
    ]);
  });
});

describe('a configuration that Prometheus refuses', () => {
  const includes = (part: string) => (error: Error) => error.message.includes(part) || assert.fail(error.message);

  for (const [body, part] of Object.entries(refusedJobs)) {
    it(`is refused: ${body}`, () => assert.throws(() => loadJob(body), includes(part)));
  }
  for (const [text, part] of Object.entries(refusedConfigs)) {
    it(`is refused: ${text}`, () => assert.throws(() => load(text), includes(part)));
  }
});

describe('a configuration that Prometheus accepts', () => {
  // promtool tries static targets besides, and refuses this one; the server starts with it.
  const untried =
    'scrape_configs: [{job_name: a, static_configs: [{targets: ["a/b"]}], relabel_configs: [{target_label: x}]}]';
  for (const text of [...acceptedConfigs, untried])
    it(`is accepted: ${text}`, () => assert.doesNotThrow(() => load(text)));
});
