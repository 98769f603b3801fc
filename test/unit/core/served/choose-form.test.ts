import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import { chooseForm } from '../../../../src/core/served/choose-form.ts';

interface Wanted {
  readonly rules?: string;
  readonly discovery?: string;
  readonly params?: string;
  readonly version?: string;
}

function choose({ rules = '[]', discovery = '{role: pod}', params = '{}', version = '3.5.0' }: Wanted): unknown {
  const text = `scrape_configs:
  - {job_name: a, params: ${params}, kubernetes_sd_configs: [${discovery}], relabel_configs: ${rules}}`;
  const [loaded] = loadPrometheusConfig(text, Version.parse(version)).jobs;
  assert.ok(loaded);
  return chooseForm(loaded, Version.parse(version));
}

/** Rules as ServiceMonitors have them. */
const jobOfService = "{source_labels: [__meta_kubernetes_service_name], target_label: job, replacement: '${1}'}";
const ofShop =
  '{action: keep, source_labels: [__meta_kubernetes_service_label_app, __meta_kubernetes_service_labelpresent_app], regex: (shop);true}';

describe('the form in which targets of a job are served', () => {
  for (const [what, wanted] of [
    ['no rules', {}],
    ['rules on other labels', { rules: '[{source_labels: [__meta_kubernetes_pod_name], target_label: pod}]' }],
    [
      'a job name that is never empty',
      { rules: "[{source_labels: [x], regex: (.+), target_label: job, replacement: '${1}'}]" },
    ],
    [
      'a path in front of what is found',
      { rules: '[{source_labels: [x], target_label: __metrics_path__, replacement: /$1}]' },
    ],
    ['the name of a Service that is there', { rules: `[${ofShop}, ${jobOfService}]` }],
    ['shards', { rules: "[{source_labels: [h], regex: '$(SHARD);|.+;.+', action: keep}]" }],
    ['a label that is dropped', { rules: '[{regex: pod_template_hash, action: labeldrop}]' }],
    ['labels of pods that become labels', { rules: '[{regex: __meta_kubernetes_pod_label_(.+), action: labelmap}]' }],
    [
      'a parameter that is written, in Prometheus 3',
      {
        params: '{module: [a]}',
        rules: "[{source_labels: [x], target_label: __param_module, regex: (.+), replacement: '$1'}]",
      },
    ],
  ] as const) {
    it(`final: ${what}`, () => assert.equal(choose(wanted), 'final'));
  }

  for (const [what, wanted] of [
    ['the name of a Service that need not be there', { rules: `[${jobOfService}]` }],
    [
      'the name of a Service that is kept without having any',
      { rules: `[${ofShop.replace('(shop);true', '.*')}, ${jobOfService}]` },
    ],
    ['the name of a Service that is looked at too late', { rules: `[${jobOfService}, ${ofShop}]` }],
    [
      'the name of a Service that was written before',
      { rules: `[{source_labels: [x], target_label: __meta_kubernetes_service_name}, ${ofShop}, ${jobOfService}]` },
    ],
    ['a job name that may be empty', { rules: '[{source_labels: [x], target_label: job}]' }],
    [
      'a path that may be empty',
      { rules: "[{source_labels: [x], regex: a(.*), target_label: __metrics_path__, replacement: '$1'}]" },
    ],
    [
      'a name that is found',
      { rules: "[{source_labels: [x], regex: '(.+);(.*)', target_label: '$1', replacement: '$2'}]" },
    ],
    ['labels that take the job with them', { rules: '[{regex: job|pod, action: labeldrop}]' }],
    ['labels that are kept without the scheme', { rules: '[{regex: job|__address__, action: labelkeep}]' }],
    ['a lower-case job', { rules: '[{source_labels: [x], target_label: job, action: lowercase}]' }],
    [
      'a parameter of the job that is written, in Prometheus 2',
      {
        params: '{module: [a]}',
        rules: "[{source_labels: [x], target_label: __param_module, regex: (.+), replacement: '$1'}]",
        version: '2.53.0',
      },
    ],
  ] as const) {
    it(`kept: ${what}`, () => assert.equal(choose(wanted), 'kept'));
  }

  for (const [what, wanted] of [
    ['another API server', { discovery: '{role: pod, api_server: "https://elsewhere"}' }],
    ['a kubeconfig', { discovery: '{role: pod, kubeconfig_file: /etc/config}' }],
    ['a variable of the pod', { rules: "[{source_labels: [x], regex: '$(POD_NAME)', action: keep}]" }],
    ['the URL of the answer', { rules: '[{source_labels: [__meta_url], target_label: job}]' }],
    [
      'all labels that become labels',
      { rules: '[{regex: __meta_(.+), action: labelmap},{regex: job, action: labeldrop}]' },
    ],
  ] as const) {
    it(`own discovery: ${what}`, () => assert.equal(choose(wanted), undefined));
  }

  it('own discovery: static targets beside it', () => {
    const text =
      'scrape_configs: [{job_name: a, static_configs: [{targets: [b]}], kubernetes_sd_configs: [{role: pod}]}]';
    const [loaded] = loadPrometheusConfig(text, Version.parse('3.5.0')).jobs;
    assert.equal(loaded && chooseForm(loaded, Version.parse('3.5.0')), undefined);
  });
});
