import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../../src/core/targets/config/load-config.ts';
import type { LoadedConfig } from '../../../../../src/core/targets/config/load-config.ts';
import type { LoadedJob } from '../../../../../src/core/targets/config/scrape-config.ts';

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

/** What is wrong in a job, and a part of Prometheus' message (contract/discovery.md 2.2, 4.2, 6.5). */
const refusedJobs: Readonly<Record<string, string>> = {
  'scrape_interval: 10s\nscrape_timeout: 20s': 'scrape timeout greater than scrape interval',
  'relabel_configs: [{action: keep, regex: "abc(def"}]': 'error parsing regexp',
  'relabel_configs: [{action: hashmod, source_labels: [a], target_label: b}]': 'requires non-zero modulus',
  'relabel_configs: [{action: labelkeep, regex: a, source_labels: [a]}]': "labelkeep action requires only 'regex'",
  'relabel_configs: [{action: labelkeep, regex: a, modulus: 8}]': "labelkeep action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, separator: ","}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, replacement: x}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, regex: a, target_label: x}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: labeldrop, source_labels: []}]': "labeldrop action requires only 'regex'",
  'relabel_configs: [{action: dropequal, source_labels: [a]}]': "dropequal action requires 'target_label' value",
  'relabel_configs: [{action: dropequal, source_labels: [a], target_label: b, regex: (.*)}]': 'and no other fields',
  'relabel_configs: [{action: keepequal, source_labels: [a], target_label: b, regex: x}]': 'and no other fields',
  'relabel_configs: [{action: lowercase, source_labels: [a]}]': "lowercase action requires 'target_label' value",
  'relabel_configs: [{action: uppercase, source_labels: [a], target_label: b, replacement: x}]':
    "'replacement' can not be set for uppercase action",
  'relabel_configs: [{source_labels: [a]}]': "replace action requires 'target_label' value",
  'relabel_configs: [{action: }]': 'relabel action cannot be empty',
  'relabel_configs: [{action: nope}]': 'unknown relabel action "nope"',
  'relabel_configs: [{action: labelmap, replacement: ""}]': "invalid 'replacement' for labelmap",
  'relabel_configs: [{source_labels: a, target_label: b}]': 'cannot unmarshal',
  'relabel_configs: [{source_labels: [""], target_label: b}]': 'is not a valid label name',
  'relabel_configs: [{target_label: a, nope: b}]': 'field nope not found',
  'relabel_configs: [null]': 'empty or null target relabeling rule',
  'metric_relabel_configs: [~]': 'empty or null metric relabeling rule',
  'static_configs: [null]': 'empty or null section in static_configs',
  'static_configs: [{targets: ["http://bad"]}]': '"http://bad" is not a valid hostname',
  'consult_sd_configs: [{server: x}]': 'field consult_sd_configs not found',
  'honor_labels: true\nhonour_labels: true': 'field honour_labels not found',
  'metric_name_validation_scheme: invalid_scheme': 'unrecognized ValidationScheme: "invalid_scheme"',
  'bearer_token: a\nbearer_token_file: b': 'at most one of bearer_token & bearer_token_file',
  'bearer_token: a\nbasic_auth: {username: u}': 'at most one of basic_auth, oauth2, bearer_token',
  'kubernetes_sd_configs: [null]': 'empty or null section in kubernetes_sd_configs',
  'kubernetes_sd_configs: [{}]': 'role missing',
  'kubernetes_sd_configs: [{role: vacation}]': 'unknown Kubernetes SD role "vacation"',
  'kubernetes_sd_configs: [{role: pod, namespaces: {foo: [a]}}]': 'field foo not found in type kubernetes.plain',
  'kubernetes_sd_configs: [{role: pod, authorization: {credentials: x}}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, follow_redirects: false}]': 'please provide the',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", bearer_token: a, bearer_token_file: b}]':
    'at most one of bearer_token',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", authorization: {credentials: a}, basic_auth: {username: b}}]':
    'at most one of basic_auth, oauth2 & authorization',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", kubeconfig_file: y}]':
    "cannot use 'kubeconfig_file' and 'api_server'",
  'kubernetes_sd_configs: [{role: pod, kubeconfig_file: y, enable_http2: false}]':
    'custom HTTP client configuration together',
  'kubernetes_sd_configs: [{role: pod, api_server: "http://x", namespaces: {own_namespace: true}}]':
    "'namespaces.own_namespace'",
  'kubernetes_sd_configs: [{role: pod, kubeconfig_file: y, namespaces: {own_namespace: true}}]':
    "'namespaces.own_namespace'",
  'kubernetes_sd_configs: [{role: endpoints, selectors: [{role: node, label: a}]}]':
    'endpoints role supports only pod, service, endpoints selectors',
  'kubernetes_sd_configs: [{role: node, selectors: [{role: pod, label: a}]}]': 'node role supports only node selectors',
  'kubernetes_sd_configs: [{role: pod, selectors: [{label: a}]}]': 'pod role supports only pod, node selectors',
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod}, {role: pod}]}]': 'duplicated selector role: pod',
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, field: metadata.status-Running}]}]':
    "invalid selector: 'metadata.status-Running'; can't understand 'metadata.status-Running'",
  'kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: a b}]}]': 'unable to parse requirement',
};

const refusedConfigs: Readonly<Record<string, string>> = {
  'scrape_configs: [{job_name: ""}]': 'job_name is empty',
  'scrape_configs: [{metrics_path: x}]': 'job_name is empty',
  'scrape_configs: [{job_name: a}, {job_name: a}]': 'found multiple scrape configs with job name "a"',
  'scrape_configs: [null]': 'empty or null scrape config section',
  'global: {scrape_interval: 1s, scrape_timeout: 2s}': 'global scrape timeout greater than scrape interval',
  'global: {nonexistent_field: 1}': 'field nonexistent_field not found in type config.plain',
  'nonexistent_field: 1': 'field nonexistent_field not found in type config.plain',
  'scrape_configs: []\nscrape_configs: []': 'duplicated mapping key',
  'global: {scrape_interval: 5}': 'not a valid duration string: "5"',
  '- a': 'cannot unmarshal',
};

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
  const accepted = [
    '',
    'global: {}',
    'global:',
    'scrape_configs:',
    'alerting: {alertmanagers: [{static_configs: [{targets: [a]}]}]}\nrule_files: [x]\nremote_write: [{url: "http://x"}]',
    'scrape_configs: [{job_name: 5, scheme: ftp, static_configs: [{}]}]',
    'scrape_configs: [{job_name: a, static_configs: [{targets: ["a/b"]}], relabel_configs: [{target_label: x}]}]',
    'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, tls_config: {}, attach_metadata: {node: on}}]}]',
    'scrape_configs: [{job_name: a, kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: "a in ()", field: ",,"}]}]}]',
    'scrape_configs: [{job_name: a, relabel_configs: [{action: keepequal, source_labels: [a], target_label: b, separator: ";"}]}]',
  ];

  for (const text of accepted) it(`is accepted: ${text}`, () => assert.doesNotThrow(() => load(text)));
});
