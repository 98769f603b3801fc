import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import { asServerWorkload } from '../../../../../../src/core/render/prometheus/prometheus-workload.ts';
import {
  makePodMonitor,
  makeProbe,
  makePrometheus,
  makeSecret,
  makeServiceMonitor,
  makeStore,
  settings,
} from '../../../select/fixtures.ts';
import { read } from './fixtures.ts';
import type { Fields } from './fixtures.ts';

const rulesOf = (job: Fields | undefined): Fields[] => job?.['relabel_configs'] as Fields[];

describe('sharding over zones', () => {
  const spec: Partial<PrometheusSpec> = {
    shards: 5,
    shardingStrategy: { mode: 'Topology', topology: { values: ['a', 'b'], externalLabelName: 'az' } },
  };
  const render = (podTopologyLabels: boolean) => {
    const capabilities = { endpointSlices: true, podTopologyLabels };
    const workload = asServerWorkload(makePrometheus(spec), { ...settings, capabilities });
    return read({ workload, monitors: { PodMonitor: [makePodMonitor('a/x')] } });
  };

  it('divides the shards of each zone and labels what leaves it', () => {
    const { global, scrape_configs: jobs } = render(true);
    assert.equal(((global as Fields)['external_labels'] as Fields)['az'], '$(TOPOLOGY_ZONE)');
    const last = rulesOf(jobs[0]).slice(-8);
    assert.equal(last[1]?.['regex'], '0|1|2|3|4');
    assert.ok((last[3]?.['source_labels'] as string[])[0]?.startsWith('__meta_kubernetes_pod_label_'));
    assert.equal(last[4]?.['regex'], '$(TOPOLOGY_ZONE);|.+;.+');
    assert.equal(last[6]?.['modulus'], 2);
    assert.equal(last[7]?.['regex'], '$(INZONE_SHARD);|.+;.+');
    assert.equal((jobs[0]?.['kubernetes_sd_configs'] as Fields[])[0]?.['attach_metadata'], undefined);
  });

  it('asks for nodes where pods do not carry their zone', () => {
    const [job] = render(false).scrape_configs;
    assert.deepEqual((job?.['kubernetes_sd_configs'] as Fields[])[0]?.['attach_metadata'], { node: true });
    assert.ok(JSON.stringify(rulesOf(job)).includes('__meta_kubernetes_node_labelpresent_topology_kubernetes_io_zone'));
  });
});

describe('scrape classes', () => {
  const scrapeClasses = [
    { name: 'other' },
    {
      name: 'tls',
      default: true,
      tlsConfig: { caFile: '/ca', certFile: '/cert', keyFile: '/key', serverName: 'class' },
      authorization: { type: 'T', credentialsFile: '/token' },
      fallbackScrapeProtocol: 'PrometheusText0.0.4' as const,
      attachMetadata: { node: true },
    },
  ];
  const assets = makeStore([makeSecret('a/own', { token: 'mine', ca: 'x' })]);
  const job = (endpoint: object, scrapeClass?: string): Fields => {
    const monitor = makeServiceMonitor('a/x', {
      endpoints: [endpoint],
      ...(scrapeClass === undefined ? {} : { scrapeClass }),
    });
    return read({ spec: { scrapeClasses }, monitors: { ServiceMonitor: [monitor] }, assets }).scrape_configs[0] ?? {};
  };

  it('fill in what the object leaves open', () => {
    const fields = job({});
    assert.deepEqual(fields['tls_config'], {
      ca_file: '/ca',
      cert_file: '/cert',
      key_file: '/key',
      server_name: 'class',
    });
    assert.deepEqual(fields['authorization'], { type: 'T', credentials_file: '/token' });
    assert.equal(fields['fallback_scrape_protocol'], 'PrometheusText0.0.4');
    assert.deepEqual((fields['kubernetes_sd_configs'] as Fields[])[0]?.['attach_metadata'], { node: true });
  });

  it('give files alone to an object with TLS settings of its own', () => {
    const ca = { secret: { name: 'own', key: 'ca' } };
    assert.deepEqual(job({ tlsConfig: { ca, certFile: '/mine' } })['tls_config'], {
      ca_file: '/etc/prometheus/certs/0_a_own_ca',
      cert_file: '/mine',
      key_file: '/key',
    });
    assert.deepEqual(job({ tlsConfig: {} })['tls_config'], { ca_file: '/ca', cert_file: '/cert', key_file: '/key' });
  });

  it('give credentials to an object that has none, which keeps its type', () => {
    assert.deepEqual(job({ authorization: { type: 'Mine' } })['authorization'], {
      type: 'Mine',
      credentials_file: '/token',
    });
    const credentials = { name: 'own', key: 'token' };
    assert.deepEqual(job({ authorization: { credentials } })['authorization'], { type: 'Bearer', credentials: 'mine' });
  });

  it('are not used by objects that name another one', () => {
    assert.equal(job({}, 'other')['tls_config'], undefined);
  });
});

describe('a Probe of an ingress', () => {
  it('discovers where its selectors say', () => {
    const ingress = { selector: { matchLabels: { app: 'x' } }, namespaceSelector: { matchNames: ['n'] } };
    const Probe = [
      makeProbe('a/x', {
        targets: { ingress },
        jobName: 'j',
        module: 'm',
        params: [{ name: 'module' }, { name: 'k', values: ['v'] }],
      }),
    ];
    const [job] = read({ monitors: { Probe } }).scrape_configs;
    assert.deepEqual(job?.['kubernetes_sd_configs'], [{ role: 'ingress', namespaces: { names: ['n'] } }]);
    assert.deepEqual(job['params'], { module: ['m'], k: ['v'] });
    const [, jobName, selector, target] = rulesOf(job);
    assert.deepEqual(jobName, { target_label: 'job', replacement: 'j' });
    assert.equal(selector?.['regex'], '(x);true');
    assert.equal(target?.['replacement'], '${1}://${2}${3}');
  });

  it('discovers in its own namespace when namespace selectors are ignored, everywhere when told so', () => {
    const namespaces = (spec: Partial<PrometheusSpec>) => {
      const Probe = [makeProbe('a/x', { targets: { ingress: { namespaceSelector: { any: true } } } })];
      const [job] = read({ spec, monitors: { Probe } }).scrape_configs;
      return (job?.['kubernetes_sd_configs'] as Fields[])[0]?.['namespaces'];
    };
    assert.deepEqual(namespaces({ ignoreNamespaceSelectors: true }), { names: ['a'] });
    assert.equal(namespaces({}), undefined);
  });
});

describe('honouring labels and timestamps', () => {
  it('can be forbidden by the workload', () => {
    const ServiceMonitor = [
      makeServiceMonitor('a/x', { endpoints: [{ honorLabels: true, honorTimestamps: true }, {}] }),
    ];
    const jobs = (spec: Partial<PrometheusSpec>) =>
      read({ spec, monitors: { ServiceMonitor } }).scrape_configs.map((job) => [
        job['honor_labels'],
        job['honor_timestamps'],
      ]);
    assert.deepEqual(jobs({}), [
      [true, true],
      [false, undefined],
    ]);
    assert.deepEqual(jobs({ overrideHonorLabels: true, overrideHonorTimestamps: true }), [
      [false, false],
      [false, false],
    ]);
  });
});
