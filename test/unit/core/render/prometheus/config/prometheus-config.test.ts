import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asAgentWorkload } from '../../../../../../src/core/render/prometheus/prometheus-workload.ts';
import {
  makePodMonitor,
  makeProbe,
  makePrometheus,
  makeScrapeConfig,
  makeSecret,
  makeServiceMonitor,
  makeStore,
  settings,
} from '../../../select/fixtures.ts';
import { read, render } from './fixtures.ts';
import type { Config, Fields } from './fixtures.ts';

const monitors = {
  ServiceMonitor: [makeServiceMonitor('a/x')],
  PodMonitor: [makePodMonitor('a/x')],
  Probe: [makeProbe('a/x')],
  ScrapeConfig: [makeScrapeConfig('a/x')],
};
const jobNames = (config: Config): unknown[] => config.scrape_configs.map((job) => job['job_name']);
const listOf = (text: string) => makeStore([makeSecret('monitoring/more', { list: text })]);
const more = { name: 'more', key: 'list' };

describe('the order of the file', () => {
  it('of a server is kinds, then additional jobs', () => {
    const config = read({ monitors, assets: listOf('- job_name: mine'), spec: { additionalScrapeConfigs: more } });
    assert.deepEqual(Object.keys(config), ['global', 'scrape_configs', 'storage']);
    const names = ['serviceMonitor/a/x/0', 'podMonitor/a/x/0', 'probe/a/x', 'scrapeConfig/a/x', 'mine'];
    assert.deepEqual(jobNames(config), names);
  });

  it('of an agent has PodMonitors and additional jobs first; on a DaemonSet nothing else', () => {
    const { metadata, spec } = makePrometheus();
    const { evaluationInterval: _server, ...common } = spec;
    const agent = (mode: 'StatefulSet' | 'DaemonSet') => {
      const given = { metadata, spec: { ...common, mode, additionalScrapeConfigs: more } };
      return read({ workload: asAgentWorkload(given, settings), monitors, assets: listOf('- job_name: mine') });
    };
    const names = ['podMonitor/a/x/0', 'mine', 'serviceMonitor/a/x/0', 'probe/a/x', 'scrapeConfig/a/x'];
    assert.deepEqual(jobNames(agent('StatefulSet')), names);
    assert.deepEqual(jobNames(agent('DaemonSet')), ['podMonitor/a/x/0', 'mine']);
    assert.deepEqual(Object.keys(agent('StatefulSet')), ['global', 'scrape_configs']);
  });

  it('has an empty list without jobs, and rule files only with a rule selector', () => {
    assert.deepEqual(read({}).scrape_configs, []);
    const config = read({ spec: { ruleSelector: {} }, ruleConfigMaps: ['rules-0'] });
    assert.deepEqual(config['rule_files'], ['/etc/prometheus/rules/rules-0/*.yaml']);
  });
});

describe('additional lists', () => {
  it('pass through with their scalars as they were written', () => {
    const text = '- job_name: mine\n  honor_labels: yes\n  sample_limit: 1_000\n  params:\n    a: ["1"]\n';
    const { yaml } = render({ assets: listOf(text), spec: { additionalScrapeConfigs: more } });
    assert.ok(
      yaml().includes('- job_name: mine\n  honor_labels: yes\n  sample_limit: 1_000\n  params:\n    a:\n    - "1"\n'),
    );
  });

  it('are divided among shards unless they do it themselves', () => {
    const text =
      '- job_name: a\n  relabel_configs: [{action: drop}]\n  scheme: http\n- job_name: b\n  relabel_configs: [{action: hashmod}]\n';
    const [a, b] = read({ assets: listOf(text), spec: { additionalScrapeConfigs: more, shards: 2 } }).scrape_configs;
    assert.deepEqual(Object.keys(a ?? {}), ['job_name', 'scheme', 'relabel_configs']);
    const actions = (a?.['relabel_configs'] as Fields[]).map(({ action }) => action);
    assert.deepEqual(actions, ['drop', 'replace', 'keep', 'replace', 'hashmod', 'keep']);
    assert.deepEqual(b?.['relabel_configs'], [{ action: 'hashmod' }]);
  });

  it('may be missing when they are optional', () => {
    assert.deepEqual(read({ spec: { additionalScrapeConfigs: { ...more, optional: true } } }).scrape_configs, []);
    const optional = { ...more, optional: true };
    assert.equal(read({ spec: { additionalAlertManagerConfigs: optional } })['alerting'], undefined);
    const spec = { additionalAlertManagerConfigs: more, replicaExternalLabelName: 'a.b' };
    assert.deepEqual(read({ spec, assets: listOf('') })['alerting'], {
      alert_relabel_configs: [{ action: 'labeldrop', regex: String.raw`a\.b` }],
      alertmanagers: [],
    });
  });

  it('must be lists of maps', () => {
    for (const text of ['a: b', '[1]', '[', '- yes'])
      assert.throws(() => render({ assets: listOf(text), spec: { additionalScrapeConfigs: more } }), {
        message: /^spec\.additionalScrapeConfigs: Cannot /,
      });
    const bad = listOf('- job_name: x\n  relabel_configs: 1\n');
    assert.throws(
      () => render({ assets: bad, spec: { additionalScrapeConfigs: more, shards: 2 } }),
      /job "x" among shards/,
    );
    assert.doesNotThrow(() => render({ assets: bad, spec: { additionalScrapeConfigs: more } }));
  });
});

describe('limits', () => {
  it('are never above the enforced ones, sizes included', () => {
    const spec = { bodySizeLimit: '100MB', enforcedBodySizeLimit: '50MB', sampleLimit: 10, enforcedSampleLimit: 5 };
    const ServiceMonitor = [
      makeServiceMonitor('a/none', { bodySizeLimit: '0', sampleLimit: 0 }),
      makeServiceMonitor('a/small', { bodySizeLimit: '1MB', sampleLimit: 3 }),
    ];
    const { global, scrape_configs: jobs } = read({ spec, monitors: { ServiceMonitor } });
    const limits = (one: unknown): unknown[] => [(one as Fields)['body_size_limit'], (one as Fields)['sample_limit']];
    assert.deepEqual(limits(global), ['50MB', 5]);
    assert.deepEqual(limits(jobs[0]), ['50MB', undefined]);
    assert.deepEqual(limits(jobs[1]), ['1MB', 3]);
  });
});

describe('references of the workload in jobs of other namespaces', () => {
  it('resolve in the namespace of the workload', () => {
    const ca = { secret: { name: 'tls', key: 'ca' } };
    const credentials = { name: 'tls', key: 'token' };
    const spec = {
      apiserverConfig: { host: 'https://h', authorization: { credentials } },
      scrapeClasses: [{ name: 'c', default: true, authorization: { credentials } }],
      tracingConfig: { endpoint: 'e' },
    };
    const assets = makeStore([makeSecret('monitoring/tls', { ca: 'x', token: 't' })]);
    const [job] = read({ spec, monitors: { PodMonitor: [makePodMonitor('a/x')] }, assets }).scrape_configs;
    assert.deepEqual(job?.['authorization'], { type: 'Bearer', credentials: 't' });
    assert.deepEqual((job['kubernetes_sd_configs'] as Fields[])[0]?.['authorization'], {
      type: 'Bearer',
      credentials: 't',
    });
    const tls = render({
      monitors: { PodMonitor: [makePodMonitor('a/x', { podMetricsEndpoints: [{ tlsConfig: { ca } }] })] },
    });
    assert.deepEqual(tls.tlsAssets, [{ kind: 'Secret', namespace: 'a', name: 'tls', key: 'ca' }]);
  });
});

describe('what a version does not know', () => {
  it('is left out with a warning that names object, field and versions', () => {
    const ServiceMonitor = [makeServiceMonitor('a/x', { endpoints: [{ followRedirects: true, enableHttp2: false }] })];
    const spec = { version: '2.26.0', ruleQueryOffset: '1m', externalLabels: { prometheus: 'mine', a: 'b' } };
    const { yaml, warnings } = render({ monitors: { ServiceMonitor }, spec });
    assert.match(yaml(), /follow_redirects: true/);
    assert.doesNotMatch(yaml(), /enable_http2|rule_query_offset|mine/);
    assert.deepEqual(warnings, [
      { object: '', message: 'Left out external label "prometheus": the operator sets it' },
      { object: '', message: 'Left out "rule_query_offset": it needs Prometheus 2.53.0, this is 2.26.0' },
      { object: 'ServiceMonitor/a/x', message: 'Left out "enable_http2": it needs Prometheus 2.35.0, this is 2.26.0' },
    ]);
  });

  it('counts a field that is gone in the same way', () => {
    const alerting = { alertmanagers: [{ name: 'a', port: 'web', apiVersion: 'v1' as const }] };
    const { warnings } = render({ spec: { alerting } });
    const message = 'Left out "alertmanagers.api_version: v1": it is gone since Prometheus 3.0.0, this is 3.13.2';
    assert.deepEqual(warnings, [{ object: '', message }]);
  });
});

describe('enforcement of the namespace label', () => {
  it('spares what is excluded by namespace, kind and perhaps name', () => {
    const exclude = (entry: object) => {
      const excludedFromEnforcement = [{ namespace: 'a', resource: 'probes' as const, ...entry }];
      const spec = { enforcedNamespaceLabel: 'ns', excludedFromEnforcement };
      const [job] = read({ spec, monitors: { Probe: [makeProbe('a/x')] } }).scrape_configs;
      return job?.['metric_relabel_configs'] === undefined;
    };
    assert.ok(exclude({}));
    assert.ok(exclude({ name: 'x', group: 'monitoring.coreos.com' }));
    assert.ok(!exclude({ name: 'y' }));
    assert.ok(!exclude({ namespace: 'b' }));
    assert.ok(!exclude({ resource: 'podmonitors' }));
    assert.ok(!exclude({ group: 'other' }));
  });
});

describe('OpenStack', () => {
  it('gets its availability in the words that Prometheus knows', () => {
    const item = { role: 'Instance' as const, region: 'r', availability: 'Internal' as const };
    const [job] = read({
      monitors: { ScrapeConfig: [makeScrapeConfig('a/x', { openstackSDConfigs: [item] })] },
    }).scrape_configs;
    assert.equal((job?.['openstack_sd_configs'] as Fields[])[0]?.['availability'], 'internal');
  });
});
