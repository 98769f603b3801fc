import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ObjectMetadata } from '../../../../src/api/meta.ts';
import type { Endpoint } from '../../../../src/api/service-monitor.ts';
import { makeNoise } from '../../../e2e/support/noise.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { createPrometheusCaches } from '../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../src/core/desired/desired-prometheus.ts';
import type { Step } from '../../../../src/core/desired/steps.ts';
import { makePodMonitor, makeProbe, makeScrapeConfig, makeSecret, makeServiceMonitor } from '../select/fixtures.ts';
import type { ConfigYaml, Given, JobYaml } from './served.ts';
import {
  caSecret,
  listChanged,
  listPlans,
  listWrites,
  readPlans,
  readWritten,
  renderServed,
  service,
} from './served.ts';

const pods = makePodMonitor('shop/pods');
const dropsJob: Partial<Endpoint> = { port: 'web', relabelings: [{ action: 'labeldrop', regex: 'job' }] };
const keeper = makeServiceMonitor('shop/keeper', { endpoints: [dropsJob] });

const findJob = ({ scrape_configs: jobs }: ConfigYaml, name: string): JobYaml | undefined =>
  jobs.find(({ job_name: found }) => found === name);

const isService = ({ http_sd_configs: http }: JobYaml): boolean => http !== undefined;

const findPrune = ({ steps }: DesiredPrometheus): Extract<Step, { kind: 'prune' }> | undefined =>
  steps.find((step) => step.kind === 'prune' && step.prefix === 'prometheus-k8s-discovery-') as never;

const explain = (given: Given): readonly string[] =>
  renderServed(given)
    .warnings.filter(({ object }) => object === '')
    .map(({ message }) => message);

describe('a workload whose targets the discovery service finds', () => {
  it('asks for relabelled targets, and has no rules', () => {
    const job = findJob(readWritten(renderServed({ monitors: { PodMonitor: [pods] } })), 'podMonitor/shop/pods/0');
    assert.deepEqual(job, {
      job_name: 'podMonitor/shop/pods/0',
      honor_labels: false,
      http_sd_configs: [
        {
          url: 'https://discovery:8443/v1/final/prometheuses/monitoring/k8s/shards/$(SHARD)/jobs/podMonitor/shop/pods/0',
          refresh_interval: '10s',
          authorization: {
            type: 'Bearer',
            credentials_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
          },
          tls_config: { ca_file: '/etc/prometheus/certs/0_system_discovery-ca_ca.crt' },
        },
      ],
    });
  });

  it('keeps rules whose outcome depends on what Prometheus fills in', () => {
    const desired = renderServed({ monitors: { ServiceMonitor: [keeper] } });
    const job = findJob(readWritten(desired), 'serviceMonitor/shop/keeper/0');
    assert.match(String(job?.http_sd_configs?.[0]?.['url']), /\/v1\/kept\/.*\/jobs\/serviceMonitor\/shop\/keeper\/0$/);
    assert.deepEqual(job?.relabel_configs, readPlans(desired)[0]?.scrape_configs[0]?.relabel_configs);
  });

  it('is seen with its own discovery by whoever reads its configuration', () => {
    const monitors = { PodMonitor: [pods], ServiceMonitor: [keeper] };
    const own = renderServed({ monitors, discovery: 'own' });
    assert.equal(renderServed({ monitors }).config?.yaml(), own.config?.yaml());
    assert.deepEqual(parseYaml(own.config?.yaml() ?? ''), readWritten(own));
  });

  it('plans exactly the jobs that ask', () => {
    const elsewhere = makeScrapeConfig('shop/elsewhere', {
      kubernetesSDConfigs: [{ role: 'Node', apiServer: 'https://other:6443' }],
    } as never);
    const desired = renderServed({
      monitors: {
        PodMonitor: [pods],
        ServiceMonitor: [keeper],
        Probe: [makeProbe('shop/probe')],
        ScrapeConfig: [elsewhere],
      },
    });
    const { scrape_configs: jobs } = readWritten(desired);
    const planned = readPlans(desired).flatMap((plan) => plan.scrape_configs.map(({ job_name: name }) => name));
    assert.equal(jobs.length, 4);
    assert.deepEqual(
      planned,
      jobs.filter(isService).map(({ job_name: name }) => name),
    );
    assert.deepEqual(planned, ['serviceMonitor/shop/keeper/0', 'podMonitor/shop/pods/0']);
  });

  it('tells the service what the same job with its own discovery has, and no secret', () => {
    const secret = makeSecret('shop/login', { user: 'me', password: 'hidden' });
    const key = (name: string) => ({ name: 'login', key: name });
    const monitor = makeServiceMonitor('shop/web', {
      targetLimit: 7,
      endpoints: [
        {
          ...{ port: 'web', scheme: 'https', path: '/m', interval: '15s', scrapeTimeout: '5s', params: { a: ['b'] } },
          basicAuth: { username: key('user'), password: key('password') },
          metricRelabelings: [{ action: 'drop', sourceLabels: ['secretive'] }],
        },
      ],
    });
    const desired = renderServed({
      monitors: { ServiceMonitor: [monitor] },
      spec: { scrapeInterval: '20s', externalLabels: { region: 'secretive' } },
      secrets: [caSecret, secret],
    });
    const [plan] = readPlans(desired);
    const own = findJob(parseYaml(desired.config?.yaml() ?? '') as ConfigYaml, 'serviceMonitor/shop/web/0');
    const { basic_auth: _, metric_relabel_configs: _1, honor_labels: _2, ...told } = own ?? { job_name: '' };
    assert.deepEqual(plan, { global: { scrape_interval: '20s' }, scrape_configs: [told] });
  });

  it('says who its pods are, and what shards it has', () => {
    const spec = { version: 'v3.4.1', shards: 2, serviceAccountName: 'prom' };
    const [plan] = listPlans(renderServed({ monitors: { PodMonitor: [pods] }, spec }));
    assert.deepEqual(JSON.parse(plan?.object.data?.['workload'] ?? ''), {
      ...{ kind: 'Prometheus', version: '3.4.1', serviceAccount: 'prom' },
      ...{ shards: [{ SHARD: '0' }, { SHARD: '1' }], assignment: 'hash', perNode: false },
    });
    assert.equal(plan?.object.metadata.labels?.['stoker.dev/discovery-plan'], 'true');
    assert.equal(plan.object.metadata.ownerReferences?.[0]?.controller, true);
  });

  it('has the plan and the CA before the configuration, and loses what is left of another plan after it', () => {
    const { steps } = renderServed({ monitors: { PodMonitor: [pods] } });
    const names = steps.flatMap((step) => {
      if (step.kind === 'write') return [step.object.metadata.name ?? ''];
      return step.kind === 'prune' ? [`prune ${step.prefix}`] : [];
    });
    const wanted = ['discovery-0', 'tls-assets-0', ''].map((name) => `prometheus-k8s-${name}`.replace(/-$/, ''));
    const inOrder = [...wanted, 'prune prometheus-k8s-discovery-'];
    assert.deepEqual(
      names.filter((name) => inOrder.includes(name)),
      inOrder,
    );
  });
});

describe('a change of a monitor whose targets the discovery service finds', () => {
  const many = Array.from({ length: 50 }, (_, number) => makePodMonitor(`shop/app-${number}`));

  it('writes one ConfigMap and no Secret when rules alone are others', () => {
    const caches = createPrometheusCaches();
    const before = renderServed({ monitors: { PodMonitor: many } }, caches);
    const changed = makePodMonitor('shop/app-7', { selector: { matchLabels: { app: 'other' } } });
    const after = renderServed({ monitors: { PodMonitor: many.map((one, at) => (at === 7 ? changed : one)) } }, caches);
    assert.deepEqual(listChanged(before, after), ['prometheus-k8s-discovery-0']);
  });

  it('writes one ConfigMap of several', () => {
    const rules = (number: number) =>
      Array.from({ length: 150 }, (_, at) => ({ targetLabel: `l${at}`, replacement: `${number}-${'x'.repeat(300)}` }));
    const make = (number: number, port: string) =>
      makePodMonitor(`shop/large-${number}`, { podMetricsEndpoints: [{ port, relabelings: rules(number) }] });
    const large = Array.from({ length: 70 }, (_, number) => make(number, 'web'));
    const caches = createPrometheusCaches();
    const before = renderServed({ monitors: { PodMonitor: large } }, caches);
    assert.ok(listPlans(before).length > 2);
    const planned = readPlans(before).flatMap(({ scrape_configs: jobs }) => jobs.map(({ job_name: name }) => name));
    assert.equal(new Set(planned).size, 70);
    const changed = large.map((one, at) => (at === 7 ? make(7, 'admin') : one));
    const names = listChanged(before, renderServed({ monitors: { PodMonitor: changed } }, caches));
    assert.equal(names.length, 1);
    assert.match(names[0] ?? '', /-discovery-\d+$/);
  });
});

describe('a configuration of several Secrets whose targets the discovery service finds', () => {
  const make = (number: number) =>
    makeServiceMonitor(`shop/app-${number}`, {
      endpoints: [
        {
          port: 'web',
          relabelings: [
            { targetLabel: 'noise', replacement: makeNoise(number, 12_000) },
            { action: 'labeldrop', regex: 'job' },
          ],
        },
      ],
    });

  it('asks in each file for the targets of its shard, and is planned once', () => {
    const monitors = Array.from({ length: 150 }, (_, number) => make(number));
    const desired = renderServed({ monitors: { ServiceMonitor: monitors }, spec: { shards: 2 } });
    const files = listWrites(desired).filter(({ object }) => /-scrape-configs-1-\d+$/.test(object.metadata.name ?? ''));
    const texts = files.map(({ object }) =>
      Buffer.from(Object.values(object.data ?? {})[0] ?? '', 'base64').toString(),
    );
    const urls = texts.flatMap((text) => [...text.matchAll(/url: (\S+)/g)].map(([, url = '']) => url));
    assert.equal(urls.length, 150);
    assert.ok(urls.every((url) => url.includes('/prometheuses/monitoring/k8s/shards/1/jobs/')));
    assert.equal(readPlans(desired).flatMap((plan) => plan.scrape_configs).length, 150);
  });
});

describe('whether the discovery service is used', () => {
  const given = { monitors: { PodMonitor: [pods] } };
  const uses = (more: Given): boolean =>
    readWritten(renderServed({ ...given, ...more })).scrape_configs.some(isService);

  it('is said by the annotation before the flag', () => {
    const always = { ...service, fallback: 'service' } as const;
    assert.equal(uses({ discovery: undefined }), false);
    assert.equal(uses({ discovery: 'service' }), true);
    assert.equal(uses({ discovery: undefined, service: always }), true);
    assert.equal(uses({ discovery: 'own', service: always }), false);
  });

  it('leaves workloads as they are while it is not, but for the removal of what is left', () => {
    const without = renderServed({ ...given, discovery: undefined, service: undefined });
    const off = renderServed({ ...given, discovery: undefined });
    assert.deepEqual(listChanged(without, off), []);
    assert.equal(findPrune(without), undefined);
    assert.equal(findPrune(off)?.names?.length, 16);
    assert.equal(renderServed({ ...given, discovery: undefined, service: undefined }).config?.plan, undefined);
  });

  it('is told where it cannot be, and own discovery goes on', () => {
    const cases: [Given, RegExp][] = [
      [
        { discovery: 'servce' },
        /^Own discovery is used: annotation stoker.dev\/discovery: unknown value "servce": want "service" or "own"$/,
      ],
      [{ service: undefined }, /start the operator with --discovery-service-url$/],
      [{ spec: { version: 'v2.27.1' } }, /needs Prometheus 2.28.0, this is 2.27.1$/],
      [{ secrets: [] }, /cannot read key "ca.crt" of Secret "system\/discovery-ca", the CA of the discovery service$/],
    ];
    for (const [more, expected] of cases) {
      assert.match(explain({ ...given, ...more }).join('\n'), expected);
      assert.equal(uses(more), false);
      assert.deepEqual(renderServed({ ...given, ...more }).failures, []);
    }
    assert.deepEqual(explain(given), []);
  });

  it('needs no CA of its own where that of the system will do', () => {
    const { http_sd_configs: http } =
      readWritten(renderServed({ ...given, service: { ...service, ca: undefined }, secrets: [] })).scrape_configs[0] ??
      {};
    assert.equal(http?.[0]?.['tls_config'], undefined);
  });
});

describe('what is left of a plan', () => {
  const make = (name: string, more: Partial<ObjectMetadata['metadata']> = {}): ObjectMetadata => ({
    metadata: {
      ...{ name, namespace: 'monitoring', labels: { 'stoker.dev/discovery-plan': 'true' } },
      ownerReferences: [{ apiVersion: 'a', kind: 'Prometheus', name: 'k8s', uid: 'p', controller: true }],
      ...more,
    },
  });

  it('is removed, what is wanted or somebody else’s is not', () => {
    const prune = findPrune(renderServed({ monitors: { PodMonitor: [pods] } }));
    const foreign = make('prometheus-k8s-discovery-5', { ownerReferences: [] });
    const unlabelled = make('prometheus-k8s-discovery-6', { labels: {} });
    const live = [make('prometheus-k8s-discovery-0'), make('prometheus-k8s-discovery-4'), foreign, unlabelled];
    assert.deepEqual(
      prune?.choose(live).map(({ metadata }) => metadata.name),
      ['prometheus-k8s-discovery-4'],
    );
    const off = findPrune(renderServed({ monitors: { PodMonitor: [pods] }, discovery: 'own' }));
    assert.deepEqual(
      off?.choose(live).map(({ metadata }) => metadata.name),
      ['prometheus-k8s-discovery-0', 'prometheus-k8s-discovery-4'],
    );
  });

  it('is asked for by name where nothing may be listed', () => {
    const { names = [] } = findPrune(renderServed({ monitors: { PodMonitor: [pods] } })) ?? {};
    assert.equal(names.length, 15);
    assert.equal(names.includes('prometheus-k8s-discovery-0'), false);
    assert.equal(listWrites(renderServed({})).length > 0, true);
  });
});
