import type { Written, Spec } from './write-object.ts';
import {
  write,
  alert,
  record,
  service,
  pod,
  probe,
  basicAuth,
  token,
  receiver,
  routed,
  night,
} from './write-object.ts';

const http = [{ url: 'http://targets.shop.svc/list' }];

const goodExpressions = [
  'up == 0',
  'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) > 0.1',
  'histogram_quantile(0.99, sum by (le) (rate(latency_seconds_bucket[5m])))',
  'absent(up{job="cart"})',
  'max_over_time(sum(up)[1h:1m])',
  'a / ignoring (code) group_left b',
  'up offset 5m',
  'label_replace(up, "a", "$1", "b", "(.*)")',
  'topk(3, sum by (pod) (memory_bytes))',
  'predict_linear(disk_free[1h], 4 * 3600) < 0',
  'up @ end()',
  'vector(1)',
  'time() - process_start_time_seconds > 60',
  'count_values("version", build_info)',
  '{__name__=~"cart:.*"}',
  'quantile(0.5, up) unless on () vector(0)',
];

const goodSpecs: readonly (readonly [kind: string, spec: Spec])[] = [
  ...goodExpressions.map((text) => ['PrometheusRule', alert(text)] as const),
  ['PrometheusRule', record('cart:up:sum')],
  ['PrometheusRule', record('cart:up:sum', { labels: { team: 'cart' } })],
  [
    'PrometheusRule',
    alert('up', {
      for: '5m',
      keep_firing_for: '10m',
      annotations: { summary: '{{ $labels.job }} is {{ $value | humanize }}' },
    }),
  ],
  ['PrometheusRule', { groups: [] }],
  [
    'PrometheusRule',
    {
      groups: [
        { name: 'a', interval: '30s', limit: 10, rules: [] },
        { name: 'b', rules: [] },
      ],
    },
  ],
  ['ServiceMonitor', service({})],
  ['ServiceMonitor', service({ interval: '30s', scrapeTimeout: '10s', path: '/metrics', scheme: 'https' })],
  ['ServiceMonitor', service({ basicAuth })],
  ['ServiceMonitor', service({ authorization: token })],
  ['ServiceMonitor', service({ tlsConfig: { insecureSkipVerify: true, minVersion: 'TLS12' } })],
  ['ServiceMonitor', service({ targetPort: 8080 })],
  ['ServiceMonitor', service({ params: { format: ['prometheus'] }, honorLabels: true })],
  ['ServiceMonitor', service({ relabelings: [{ action: 'keep', sourceLabels: ['a'], regex: 'b|c' }] })],
  ['ServiceMonitor', service({ metricRelabelings: [{ action: 'labeldrop', regex: 'pod_.*' }] })],
  [
    'ServiceMonitor',
    service({ relabelings: [{ action: 'hashmod', sourceLabels: ['a'], modulus: 4, targetLabel: 'b' }] }),
  ],
  ['ServiceMonitor', service({}, { namespaceSelector: { any: true }, sampleLimit: 100 })],
  ['ServiceMonitor', { ...service({}), selector: {} }],
  ['ServiceMonitor', { selector: {}, endpoints: [] }],
  ['PodMonitor', pod({})],
  ['PodMonitor', pod({ interval: '1m', path: '/probe' })],
  ['PodMonitor', pod({ portNumber: 9090 })],
  ['PodMonitor', pod({ authorization: token })],
  ['PodMonitor', pod({ basicAuth, enableHttp2: false })],
  ['PodMonitor', pod({ relabelings: [{ sourceLabels: ['a'], targetLabel: 'b', replacement: '${1}x' }] })],
  ['PodMonitor', pod({}, { jobLabel: 'app', podTargetLabels: ['team'] })],
  ['PodMonitor', pod({}, { selector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] } })],
  ['Probe', probe({})],
  ['Probe', probe({ module: 'http_2xx', interval: '30s', scrapeTimeout: '20s' })],
  ['Probe', probe({ targets: { ingress: { selector: { matchLabels: { probed: 'yes' } } } } })],
  ['Probe', probe({ prober: { url: 'blackbox.shop.svc:9115', scheme: 'https', path: '/probe' } })],
  ['Probe', probe({ basicAuth })],
  ['ScrapeConfig', { staticConfigs: [{ targets: ['10.0.0.1:9100'], labels: { rack: 'a' } }] }],
  ['ScrapeConfig', { httpSDConfigs: http }],
  ['ScrapeConfig', { kubernetesSDConfigs: [{ role: 'Node' }] }],
  ['ScrapeConfig', { dnsSDConfigs: [{ names: ['_metrics._tcp.shop.example'], type: 'SRV' }] }],
  ['ScrapeConfig', { fileSDConfigs: [{ files: ['/etc/targets/*.json'] }] }],
  ['ScrapeConfig', { consulSDConfigs: [{ server: 'consul:8500' }] }],
  ['ScrapeConfig', { scrapeInterval: '30s', scrapeTimeout: '10s', authorization: token }],
  ['ScrapeConfig', { scheme: 'HTTPS', metricsPath: '/x', honorTimestamps: false }],
  ['AlertmanagerConfig', {}],
  [
    'AlertmanagerConfig',
    routed({ groupBy: ['...'], routes: [{ matchers: [{ name: 'a', value: 'b' }], continue: true }] }),
  ],
  [
    'AlertmanagerConfig',
    routed({ muteTimeIntervals: ['night'] }, night({ times: [{ startTime: '22:00', endTime: '24:00' }] })),
  ],
  // The Alertmanager's own configuration may have the interval.
  ['AlertmanagerConfig', routed({ muteTimeIntervals: ['night'] })],
  ['AlertmanagerConfig', receiver({ webhookConfigs: [{ url: 'https://hooks.example/{{ .GroupLabels.team }}' }] })],
  ['AlertmanagerConfig', receiver({ emailConfigs: [{ to: 'a@example', smarthost: 'mail:25' }] })],
  [
    'AlertmanagerConfig',
    night({ weekdays: ['monday:friday'], months: ['1:3'], years: ['2030'], daysOfMonth: [{ start: 1, end: -1 }] }),
  ],
  ['Prometheus', {}],
  ['Prometheus', { replicas: 2, shards: 3, retention: '10d', serviceMonitorSelector: {}, ruleSelector: {} }],
  [
    'Prometheus',
    { version: 'v2.55.0', externalLabels: { cluster: 'a' }, scrapeClasses: [{ name: 'a', default: true }] },
  ],
  ['PrometheusAgent', { remoteWrite: [{ url: 'http://store.shop.svc/api/v1/write' }] }],
  ['ThanosRuler', { queryEndpoints: ['dnssrv+_http._tcp.query'], ruleSelector: {} }],
  ['Alertmanager', { replicas: 3, alertmanagerConfigSelector: {} }],
];

/** At least sixty. */
export const goodObjects: readonly Written[] = goodSpecs.map(([kind, spec], at) => write(kind, spec, `good-${at}`));
