import { readFileSync } from 'node:fs';
import type { Metric } from 'prom-client';
import { createIdentityMetrics } from '../../src/operator/metrics/identity-metrics.ts';
import { createOperatorMetrics } from '../../src/operator/metrics/operator-metrics.ts';
import type { Output } from './output.ts';

/** What each label says, wherever it is used. */
const labels: Readonly<Record<string, string>> = {
  action: 'what happened to the object: add, update or delete',
  condition: 'type of the condition: Available, Reconciled or Permitted',
  controller: 'whose: prometheus, prometheus-agent, alertmanager or thanos',
  endpoint: 'path of the API, with placeholders in the place of names',
  group: 'group of the API; "" for core',
  type: 'type of handle, request or resource of Node',
  verb: 'verb of the API, such as list',
  kind: 'kind of garbage collection: major, minor, incremental or weakcb',
  monitor: 'kind and name of the object that made the job, such as "serviceMonitor/shop/web"',
  name: 'name of the object, the queue, the gate',
  namespace: 'namespace of the object',
  resource: 'kind of object, or resource such as "secrets"',
  result: 'success or failure; of a review: allowed, denied, converted, invalid or error',
  runtime: 'version of Node',
  server: 'which server: web or webhook',
  space: 'part of the heap of V8',
  state: 'of resources selected or rejected (selected includes rejected), of targets what becomes of them',
  status: 'how the last sync ended: ok or failed; of a condition: True, Degraded, False or Unknown',
  status_code: 'HTTP status, or "<error>" when no answer came',
  triggered_by: 'kind of the object that changed',
  verdict: 'what is known of the selectors: impossible, possible or unknown (docs/rules.md)',
  version: 'version of Stoker, or of Node with its parts',
  major: 'major version of Node',
  minor: 'minor version of Node',
  patch: 'patch version of Node',
  path: 'path of the webhook',
  workload: 'namespace and name of the Prometheus or PrometheusAgent',
  workload_kind: 'its kind',
};

/** How prom-client keeps what a metric was registered with; its types leave it out. */
interface Registered {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

function listRegistered(): Registered[] {
  const { registry } = createOperatorMetrics();
  createIdentityMetrics(registry, 'web');
  const all = registry.getMetricsAsArray() as unknown as (Metric & Partial<Registered>)[];
  return all.map((metric) => ({
    name: metric.name ?? '',
    help: metric.help ?? '',
    type: metric.constructor.name.toLowerCase(),
    labelNames: (metric.labelNames ?? []).filter((label) => label !== 'le' && label !== 'quantile'),
  }));
}

function renderTable(metrics: readonly Registered[]): string {
  const rows = metrics
    .map(({ name, type, labelNames, help }) => `| \`${name}\` | ${type} | ${labelNames.join(', ')} | ${help} |`)
    .sort();
  return ['| metric | type | labels | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function renderLabels(metrics: readonly Registered[]): string {
  const used = [...new Set(metrics.flatMap(({ labelNames }) => labelNames))].sort();
  const rows = used.map((label) => {
    const meaning = labels[label];
    if (meaning === undefined)
      throw new Error(`Label "${label}" has no meaning: add it in scripts/generate/metrics-docs.ts`);
    return `| \`${label}\` | ${meaning} |`;
  });
  return ['| label | says |', '| --- | --- |', ...rows].join('\n');
}

/** docs/metrics.md: every metric of `stoker run`, from its registration. */
export const metricsDocsOutput: Output = {
  path: 'docs/metrics.md',
  render: () => {
    const head = readFileSync(new URL('./metrics-head.md', import.meta.url), 'utf8');
    const all = listRegistered();
    const startingWith = (prefix: string) => all.filter(({ name }) => name.startsWith(prefix));
    const rest = all.filter(({ name }) => !name.startsWith('prometheus_operator_') && !name.startsWith('stoker_'));
    const sections = [
      ['Of the reference', startingWith('prometheus_operator_')],
      ['Ours', startingWith('stoker_')],
      ['Of the process', rest],
    ] as const;
    const tables = sections.map(([title, metrics]) => `## ${title}\n\n${renderTable(metrics)}`);
    return `${head}\n${tables.join('\n\n')}\n\n## Labels\n\n${renderLabels(all)}\n`;
  },
};
