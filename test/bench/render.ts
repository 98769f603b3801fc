/**
 * `node --expose-gc --import tsx test/bench/render.ts [MONITORS]`: CPU time of rendering from nothing, of rendering again after
 * one monitor has changed, and of one PromQL check; beside JSON.parse of the same input, measured in the same run. The figures
 * are printed, never asserted.
 */
import { complete } from '../../src/base/interruptible.ts';
import type { ServiceMonitor } from '../../src/api/service-monitor.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { AssetStore } from '../../src/core/assets/store.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../src/core/desired/desired-prometheus.ts';
import type { PrometheusCaches } from '../../src/core/desired/desired-prometheus.ts';
import { mapSources } from '../../src/core/kinds/kind.ts';
import type { Lister } from '../../src/core/listers.ts';
import type { RenderedConfig } from '../../src/core/render/prometheus/config/prometheus-config.ts';
import { checkPromql } from '../../src/core/promql/check-promql.ts';
import { asServerWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { sortByKey } from '../../src/core/select/match.ts';
import { readCapabilities } from '../../src/operator/cluster/facts.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import { toSettings } from '../../src/operator/settings.ts';
import { createMonitor, nameNamespace } from './monitors.ts';
import { median } from './processes.ts';

const count = Number(process.argv[2] ?? 10_000);
const settings = toSettings(parseOptions({}), readCapabilities({ major: 1, minor: 36, gitVersion: 'v1.36.0' }));
const workload = asServerWorkload(
  {
    metadata: { name: 'bench', namespace: nameNamespace(0), uid: 'bench' },
    spec: {
      scrapeInterval: '30s',
      evaluationInterval: '30s',
      serviceMonitorSelector: {},
      serviceMonitorNamespaceSelector: {},
    },
  },
  settings,
);

function measureCpuMs(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** As an API server stores it, with two endpoints. */
function store(at: number, version: number, interval = '30s'): ServiceMonitor {
  const monitor = createMonitor(at, interval);
  const [endpoint] = monitor.spec.endpoints;
  if (endpoint === undefined) throw new Error('The monitor has no endpoint');
  const metadata = { ...monitor.metadata, uid: String(at), resourceVersion: String(version) };
  return { ...monitor, metadata, spec: { ...monitor.spec, endpoints: [endpoint, { ...endpoint, port: 'admin' }] } };
}

const none: Lister<never> = { list: () => [], get: () => undefined };
const assets = new AssetStore({ secrets: [], configMaps: [] });

/** The whole of a sync that is computing: match, select, render, check, compress, encode the Secret. */
function render(monitors: readonly ServiceMonitor[], caches: PrometheusCaches): RenderedConfig | undefined {
  const sources = {
    ...mapSources((kind) => (kind === 'ServiceMonitor' ? { list: () => monitors, get: () => undefined } : none)),
    namespaces: none as Lister<KubernetesObject>,
  };
  const match = complete(matchPrometheus(workload, sources, caches));
  return complete(renderPrometheus(match, assets, caches)).config;
}

const expressions = [
  'up == 0',
  'sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{image!="",container!="POD"}[5m]))',
  'histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket{job="api"}[5m])) by (le, route)) > 0.5',
  '(sum(rate(errors_total[5m])) / ignoring(code) group_left sum(rate(requests_total[5m]))) * 100 > on() vector(5)',
  'max_over_time(predict_linear(node_filesystem_free_bytes{mountpoint=~"/|/data"}[6h], 4 * 3600)[1h:5m]) < 0',
  'label_replace(kube_pod_info, "node", "$1", "instance", "(.*):.*") unless on (node) kube_node_spec_unschedulable == 1',
];

const show = (name: string, ms: number, parseMs: number): void =>
  void process.stdout.write(`| ${name} | ${ms.toFixed(ms < 1 ? 3 : 0)} | ${(ms / parseMs).toPrecision(2)} |\n`);

/** In the order in which an API server lists them. */
const stored = sortByKey(Array.from({ length: count }, (_, at) => store(at, 1)));
const places = new Map(stored.map(({ metadata }, place) => [metadata.uid, place]));
const text = JSON.stringify(stored);
let monitors: ServiceMonitor[] = [];
const parseMs = measureCpuMs(() => (monitors = JSON.parse(text) as ServiceMonitor[]));
const caches = createPrometheusCaches();
globalThis.gc?.();
const coldMs = measureCpuMs(() => render(monitors, caches));
const changes = Array.from({ length: 21 }, (_, turn) => {
  const at = (turn * 37) % count;
  const changed = JSON.parse(JSON.stringify(store(at, turn + 2, `${100 + turn}s`))) as ServiceMonitor;
  monitors = monitors.with(places.get(changed.metadata.uid) ?? 0, changed);
  return measureCpuMs(() => render(monitors, caches));
});
const warm = Array.from({ length: 5 }, () => {
  const fresh = createPrometheusCaches();
  return measureCpuMs(() => render(monitors, fresh));
});
const checkAll = (): void => {
  for (const expression of expressions)
    if (checkPromql(expression).errors.length > 0) throw new Error(`Cannot check ${expression}`);
};
const turns = 300;
const checkOften = (): void => {
  for (let turn = 0; turn < turns; turn += 1) checkAll();
};
/** With what the compiler does meanwhile. */
const coldPromqlMs = measureCpuMs(checkOften);
for (let round = 0; round < 3; round += 1) checkOften();
const promqlMs = measureCpuMs(checkOften);
const parseExpressions = JSON.stringify(expressions);
const parsePromqlMs = measureCpuMs(() => {
  for (let turn = 0; turn < turns; turn += 1) JSON.parse(parseExpressions);
});

process.stdout.write(
  `| CPU time, ${count} ServiceMonitors of two endpoints | ms | times JSON.parse |\n|---|--:|--:|\n`,
);
show('JSON.parse of the monitors', parseMs, parseMs);
show('from nothing, first time in the process', coldMs, parseMs);
show('from nothing, code already hot (least of 5)', Math.min(...warm), parseMs);
show('again after one changed monitor (median of 21)', median(changes), parseMs);
const checks = turns * expressions.length;
show('one PromQL check, of the first 1,800', coldPromqlMs / checks, parsePromqlMs / checks);
show('one PromQL check, code already hot', promqlMs / checks, parsePromqlMs / checks);
const config = render(monitors, caches);
const bytes = config === undefined ? 0 : complete(config.gzip()).length;
process.stdout.write(`config: ${(bytes / 1024).toFixed(0)} KB compressed\n`);
