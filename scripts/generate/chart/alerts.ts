/** Alerts about the operator itself, on its own metrics. `@job@` and `@namespace@` become those of the release. */

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: 'critical' | 'warning' };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const own = 'job="@job@",namespace="@namespace@"';
const prefix = 'prometheus_operator';

/** Failures of all tries, by controller; nothing where nothing was tried. */
const ratio = (failed: string, all: string, above: number): string =>
  `sum by (controller, namespace) (rate(${prefix}_${failed}{${own}}[15m])) / sum by (controller, namespace) (rate(${prefix}_${all}{${own}}[15m])) > ${above}`;

const warning = { severity: 'warning' } as const;

const health: readonly Alert[] = [
  {
    alert: 'StokerDown',
    expr: `absent(up{${own}} == 1)`,
    for: '10m',
    labels: { severity: 'critical' },
    annotations: {
      summary: 'No replica of Stoker can be scraped.',
      description: 'No replica of Stoker answers: no workload is looked after, what runs goes on as it is.',
    },
  },
  {
    alert: 'StokerNotReady',
    expr: `max by (controller, namespace) (max_over_time(${prefix}_ready{${own}}[5m])) == 0`,
    for: '5m',
    labels: warning,
    annotations: {
      summary: 'A controller of Stoker is not ready.',
      description:
        'The caches of controller {{ $labels.controller }} are not filled. /readyz names the resource that cannot be listed.',
    },
  },
  {
    alert: 'StokerNoLeader',
    expr: `max by (namespace) (stoker_leader{${own}}) == 0`,
    for: '5m',
    labels: { severity: 'critical' },
    annotations: {
      summary: 'No replica of Stoker leads.',
      description:
        'All replicas wait for the Lease: nothing is reconciled. The log says who holds it, or why it cannot be taken.',
    },
  },
  {
    alert: 'StokerStuck',
    expr: `max by (name, namespace) (${prefix}_workqueue_longest_running_processor_seconds{${own}}) > 600`,
    for: '5m',
    labels: warning,
    annotations: {
      summary: 'A sync does not end.',
      description:
        'A worker of queue {{ $labels.name }} has been busy with one object for {{ $value | humanizeDuration }}.',
    },
  },
];

const failures: readonly Alert[] = [
  {
    alert: 'StokerSyncFailed',
    expr: `min_over_time(${prefix}_syncs{status="failed",${own}}[5m]) > 0`,
    for: '10m',
    labels: warning,
    annotations: {
      summary: 'The last sync of some objects failed.',
      description:
        '{{ $value }} objects of controller {{ $labels.controller }} keep their old configuration: their condition Reconciled says why.',
    },
  },
  {
    alert: 'StokerReconcileErrors',
    expr: ratio('reconcile_errors_total', 'reconcile_operations_total', 0.1),
    for: '10m',
    labels: warning,
    annotations: {
      summary: 'Many syncs fail.',
      description: '{{ $value | humanizePercentage }} of the syncs of controller {{ $labels.controller }} fail.',
    },
  },
  {
    alert: 'StokerStatusUpdateErrors',
    expr: ratio('status_update_errors_total', 'status_update_operations_total', 0.1),
    for: '10m',
    labels: warning,
    annotations: {
      summary: 'Status cannot be written.',
      description:
        '{{ $value | humanizePercentage }} of the status updates of controller {{ $labels.controller }} fail.',
    },
  },
  {
    alert: 'StokerRejectedResources',
    expr: `min_over_time(${prefix}_managed_resources{state="rejected",${own}}[5m]) > 0`,
    for: '5m',
    labels: warning,
    annotations: {
      summary: 'Selected objects are left out because they are invalid.',
      description:
        '{{ $value }} objects of kind {{ $labels.resource }} are left out by controller {{ $labels.controller }}: their Events say why.',
    },
  },
];

const apiServer: readonly Alert[] = [
  {
    alert: 'StokerListErrors',
    expr: ratio('list_operations_failed_total', 'list_operations_total', 0.4),
    for: '15m',
    labels: warning,
    annotations: {
      summary: 'Lists fail.',
      description: '{{ $value | humanizePercentage }} of the lists of controller {{ $labels.controller }} fail.',
    },
  },
  {
    alert: 'StokerWatchErrors',
    expr: ratio('watch_operations_failed_total', 'watch_operations_total', 0.4),
    for: '15m',
    labels: warning,
    annotations: {
      summary: 'Watches fail.',
      description: '{{ $value | humanizePercentage }} of the watches of controller {{ $labels.controller }} fail.',
    },
  },
  {
    alert: 'StokerAccessMissing',
    expr: `max by (verb, group, resource, exported_namespace) (stoker_access_missing{${own}}) > 0`,
    for: '15m',
    labels: warning,
    annotations: {
      summary: 'A permission is missing.',
      description:
        'Stoker may not {{ $labels.verb }} {{ $labels.resource }} in namespace "{{ $labels.exported_namespace }}" ("" is the whole cluster): docs/rbac.md has the rules.',
    },
  },
  {
    alert: 'StokerCertificateExpires',
    expr: `min by (server) (stoker_certificate_expiry_timestamp_seconds{${own}}) - time() < 3 * 24 * 3600`,
    for: '1h',
    labels: { severity: 'critical' },
    annotations: {
      summary: 'A serving certificate ends soon.',
      description:
        'The certificate of server {{ $labels.server }} ends in {{ $value | humanizeDuration }} and was not renewed.',
    },
  },
];

export const alertGroups = [
  { name: 'stoker.health', rules: health },
  { name: 'stoker.failures', rules: failures },
  { name: 'stoker.api-server', rules: apiServer },
];
