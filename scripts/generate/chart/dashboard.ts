/** The Grafana dashboard about the operator itself, on its own metrics. */

interface Panel {
  readonly title: string;
  readonly expr: string;
  readonly legend: string;
  readonly unit: string;
  readonly type?: 'stat';
}

const own = 'job=~"$job",namespace=~"$namespace"';
const prefix = 'prometheus_operator';
const rate = (metric: string, by: string): string =>
  `sum by (${by}) (rate(${prefix}_${metric}{${own}}[$__rate_interval]))`;
const quantile = (metric: string, by: string): string =>
  `histogram_quantile(0.99, sum by (le, ${by}) (rate(${prefix}_${metric}_bucket{${own}}[$__rate_interval])))`;
const byController = '{{controller}}';

const rows: readonly (readonly [string, readonly Panel[]])[] = [
  [
    'State',
    [
      {
        title: 'Leads',
        expr: `max by (pod) (stoker_leader{${own}})`,
        legend: '{{pod}}',
        unit: 'bool_yes_no',
        type: 'stat',
      },
      {
        title: 'Missing permissions',
        expr: `count(stoker_access_missing{${own}} > 0) or vector(0)`,
        legend: '',
        unit: 'short',
        type: 'stat',
      },
      {
        title: 'Ready',
        expr: `min by (controller, pod) (${prefix}_ready{${own}})`,
        legend: '{{controller}} {{pod}}',
        unit: 'bool_yes_no',
        type: 'stat',
      },
      {
        title: 'Failed objects',
        expr: `sum by (controller) (${prefix}_syncs{status="failed",${own}})`,
        legend: byController,
        unit: 'short',
        type: 'stat',
      },
      {
        title: 'Rejected objects',
        expr: `sum by (resource) (${prefix}_managed_resources{state="rejected",${own}})`,
        legend: '{{resource}}',
        unit: 'short',
        type: 'stat',
      },
      {
        title: 'Selected objects',
        expr: `sum by (resource) (${prefix}_managed_resources{state="selected",${own}})`,
        legend: '{{resource}}',
        unit: 'short',
        type: 'stat',
      },
    ],
  ],
  [
    'Syncs',
    [
      { title: 'Syncs', expr: rate('reconcile_operations_total', 'controller'), legend: byController, unit: 'ops' },
      { title: 'Failed syncs', expr: rate('reconcile_errors_total', 'controller'), legend: byController, unit: 'ops' },
      {
        title: 'Time of a sync (99 %)',
        expr: quantile('reconcile_duration_seconds', 'controller'),
        legend: byController,
        unit: 's',
      },
      {
        title: 'What caused them',
        expr: rate('triggered_total', 'triggered_by, action'),
        legend: '{{triggered_by}} {{action}}',
        unit: 'ops',
      },
    ],
  ],
  [
    'Queues',
    [
      {
        title: 'Keys that wait',
        expr: `sum by (name) (${prefix}_workqueue_depth{${own}})`,
        legend: '{{name}}',
        unit: 'short',
      },
      {
        title: 'Wait for a worker (99 %)',
        expr: quantile('workqueue_latency_seconds', 'name'),
        legend: '{{name}}',
        unit: 's',
      },
      {
        title: 'Longest work under way',
        expr: `max by (name) (${prefix}_workqueue_longest_running_processor_seconds{${own}})`,
        legend: '{{name}}',
        unit: 's',
      },
      { title: 'Retries', expr: rate('workqueue_retries_total', 'name'), legend: '{{name}}', unit: 'ops' },
    ],
  ],
  [
    'API server and process',
    [
      {
        title: 'Requests',
        expr: rate('kubernetes_client_http_requests_total', 'status_code'),
        legend: '{{status_code}}',
        unit: 'reqps',
      },
      {
        title: 'Failed lists and watches',
        expr: `${rate('list_operations_failed_total', 'controller')} + ${rate('watch_operations_failed_total', 'controller')}`,
        legend: byController,
        unit: 'ops',
      },
      { title: 'Memory', expr: `process_resident_memory_bytes{${own}}`, legend: '{{pod}}', unit: 'bytes' },
      {
        title: 'CPU',
        expr: `rate(process_cpu_seconds_total{${own}}[$__rate_interval])`,
        legend: '{{pod}}',
        unit: 'percentunit',
      },
    ],
  ],
];

const datasource = { type: 'prometheus', uid: '${datasource}' };
const columns = 24;
const height = 7;

function renderPanel(
  { title, expr, legend, unit, type }: Panel,
  place: { id: number; x: number; y: number; w: number },
) {
  const { id, ...gridPos } = place;
  return {
    id,
    type: type ?? 'timeseries',
    title,
    datasource,
    gridPos: { ...gridPos, h: height },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: [{ refId: 'A', datasource, expr, legendFormat: legend }],
  };
}

function renderPanels() {
  return rows.flatMap(([title, panels], row) => {
    const [y, w] = [row * (height + 1), columns / panels.length];
    const id = row * 10 + 1;
    const head = { id, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: columns, h: 1 }, panels: [] };
    return [head, ...panels.map((panel, at) => renderPanel(panel, { id: id + 1 + at, x: at * w, y: y + 1, w }))];
  });
}

function renderVariable(name: string, query: string) {
  const all = { includeAll: true, multi: true, current: { text: 'All', value: '$__all' }, refresh: 2 };
  return { name, label: name, type: 'query', datasource, query: { query, refId: name }, ...all };
}

const build = `${prefix}_build_info`;

/** The dashboard as Grafana imports it. */
export const dashboard = {
  uid: 'stoker-operator',
  title: 'Stoker / Operator',
  tags: ['stoker'],
  schemaVersion: 39,
  editable: true,
  time: { from: 'now-6h', to: 'now' },
  refresh: '1m',
  templating: {
    list: [
      { name: 'datasource', label: 'datasource', type: 'datasource', query: 'prometheus' },
      renderVariable('namespace', `label_values(${build}, namespace)`),
      renderVariable('job', `label_values(${build}{namespace=~"$namespace"}, job)`),
    ],
  },
  panels: renderPanels(),
};
