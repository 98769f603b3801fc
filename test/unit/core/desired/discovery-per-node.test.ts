import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusAgent } from '../../../../src/api/prometheus-agent.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../src/core/desired/desired-prometheus.ts';
import { asAgentWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import type { DiscoveryServiceSettings } from '../../../../src/core/settings.ts';
import {
  makeLister,
  makePodMonitor,
  makeProbe,
  makePrometheus,
  makeScrapeConfig,
  makeServiceMonitor,
  makeSources,
  makeStore,
  settings,
} from '../select/fixtures.ts';
import { restoreDiscovery } from '../../../../src/core/render/prometheus/config/restore-discovery.ts';
import type { ConfigMap } from '../../../../src/core/render/shared/rendered-objects.ts';
import { listPlans, listWrites, readPlans, service, unpack } from './served.ts';
import type { ConfigYaml, JobYaml } from './served.ts';

const discovers = (role: string, more: object = {}) =>
  ({ staticConfigs: undefined, kubernetesSDConfigs: [{ role, ...more }] }) as never;

const monitors = {
  ServiceMonitor: [makeServiceMonitor('shop/web')],
  PodMonitor: [makePodMonitor('shop/pods')],
  Probe: [makeProbe('shop/probe')],
  ScrapeConfig: [
    makeScrapeConfig('shop/elsewhere', discovers('Pod', { apiServer: 'https://other:6443' })),
    makeScrapeConfig('shop/ingresses', discovers('Ingress')),
    makeScrapeConfig('shop/nodes', discovers('Node')),
    makeScrapeConfig('shop/static'),
  ],
};

/** An agent in mode DaemonSet that selects all of them, or others. */
function render(
  discoveryService: DiscoveryServiceSettings | undefined,
  selected: Parameters<typeof makeSources>[0] = monitors,
): DesiredPrometheus {
  const { metadata, spec } = makePrometheus();
  const annotations = { 'stoker.dev/discovery': 'service' };
  const agent = { metadata: { ...metadata, annotations }, spec: { ...spec, mode: 'DaemonSet', shards: 3 } };
  const workload = asAgentWorkload(agent as unknown as PrometheusAgent, { ...settings, discoveryService });
  const sources = { ...makeSources(selected), PrometheusRule: makeLister([]) };
  const caches = createPrometheusCaches();
  return complete(renderPrometheus(complete(matchPrometheus(workload, sources, caches)), makeStore(), caches));
}

function readJobs(desired: DesiredPrometheus): readonly JobYaml[] {
  const secret = listWrites(desired).find(({ object }) => object.metadata.name === 'prom-agent-k8s');
  return (parseYaml(unpack(secret?.object.data?.['prometheus.yaml.gz'])) as ConfigYaml).scrape_configs;
}

const selectorsOf = (jobs: readonly JobYaml[] = []): unknown =>
  (jobs[0]?.kubernetes_sd_configs as { selectors?: unknown }[] | undefined)?.[0]?.selectors;

const namesOf = (jobs: readonly JobYaml[]): string[] => jobs.map(({ job_name: name }) => name);

describe('an agent in mode DaemonSet', () => {
  const served = render({ ...service, ca: undefined });
  const wanted = ['podMonitor/shop/pods/0', 'serviceMonitor/shop/web/0', 'scrapeConfig/shop/nodes'];

  it('has PodMonitors alone while it discovers for itself', () => {
    assert.deepEqual(namesOf(readJobs(render(undefined))), ['podMonitor/shop/pods/0']);
  });

  it('has with the discovery service what is on nodes, each node its own', () => {
    const jobs = readJobs(served);
    assert.deepEqual(namesOf(jobs), wanted);
    for (const { job_name: name, http_sd_configs: http } of jobs)
      assert.match(
        String(http?.[0]?.['url']),
        new RegExp(`/prometheusagents/monitoring/k8s/nodes/\\$\\(NODE_NAME\\)/jobs/${name}$`),
      );
  });

  it('has the labels that a PodMonitor lets the API server select, and its node, in one selector: Prometheus takes one a role', () => {
    const changes = { selector: { matchLabels: { app: 'cart' } }, selectorMechanism: 'RoleSelector' } as const;
    const PodMonitor = [makePodMonitor('shop/pods', changes)];
    const own = { role: 'pod', label: 'app=cart', field: 'spec.nodeName=$(NODE_NAME)' };
    const plain = render(undefined, { PodMonitor });
    assert.deepEqual(selectorsOf(readJobs(plain)), [own]);
    const asked = render({ ...service, ca: undefined }, { PodMonitor });
    const plans = listPlans(asked).map(({ object }) => object as ConfigMap);
    assert.deepEqual(selectorsOf(readPlans(asked)[0]?.scrape_configs), [{ role: 'pod', label: 'app=cart' }]);
    const published = listWrites(asked).find(({ object }) => object.metadata.name === 'prom-agent-k8s');
    const restored = restoreDiscovery(unpack(published?.object.data?.['prometheus.yaml.gz']), plans);
    assert.deepEqual(selectorsOf((parseYaml(restored) as ConfigYaml).scrape_configs), [own]);
  });

  it('is planned without nodes and shards', () => {
    const jobs = readPlans(served).flatMap((plan) => plan.scrape_configs);
    assert.deepEqual(namesOf(jobs).sort(), [...wanted].sort());
    assert.doesNotMatch(JSON.stringify(jobs), /NODE_NAME|SHARD|__tmp_hash/);
  });
});
