/** Objects as people write them, good and bad; the API server's own schema takes all of them. */
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import { apiVersionOf } from '../../../src/api/meta.ts';

export interface Written {
  readonly plural: string;
  readonly version: string;
  readonly object: KubernetesObject;
}

export interface Mistake extends Written {
  /** The field that the refusal names. */
  readonly field: string;
}

type Spec = Readonly<Record<string, unknown>>;

function write(kind: string, spec: Spec, name: string): Written {
  const found = customKinds.find(({ type }) => type.kind === kind);
  if (found === undefined) throw new RangeError(`There is no ${kind}`);
  const { type } = found;
  const metadata = { name, namespace: 'default', labels: { role: 'alerts', release: 'main' } };
  const object = { apiVersion: apiVersionOf(type), kind, metadata, spec } as KubernetesObject;
  return { plural: type.plural, version: type.version, object };
}

const rules = (...list: readonly Spec[]): Spec => ({ groups: [{ name: 'cart', rules: list }] });
const alert = (expr: string, more: Spec = {}): Spec => rules({ alert: 'CartDown', expr, ...more });
const record = (name: string, more: Spec = {}): Spec => rules({ record: name, expr: 'sum(up)', ...more });

const service = (endpoint: Spec, more: Spec = {}): Spec => ({
  selector: { matchLabels: { app: 'cart' } },
  endpoints: [{ port: 'web', ...endpoint }],
  ...more,
});
const pod = (endpoint: Spec, more: Spec = {}): Spec => ({
  selector: { matchLabels: { app: 'cart' } },
  podMetricsEndpoints: [{ port: 'web', ...endpoint }],
  ...more,
});
const probe = (more: Spec): Spec => ({
  prober: { url: 'blackbox:9115' },
  targets: { staticConfig: { static: ['https://shop.example'] } },
  ...more,
});
const basicAuth = { username: { name: 'auth', key: 'user' }, password: { name: 'auth', key: 'password' } };
const token = { credentials: { name: 'auth', key: 'token' } };
const http = [{ url: 'http://targets.shop.svc/list' }];

const expr = 'spec.groups[0].rules[0].expr';
const endpoint = 'spec.endpoints[0]';
const podEndpoint = 'spec.podMetricsEndpoints[0]';

const badExpressions = [
  'sum(up',
  'up{job=',
  'up{job="a"',
  'rate(up)',
  'sum by (a up',
  'up offset',
  'foo bar',
  'no_such_function(up)',
  'abs(1)',
  'up{a=~"("}',
  'count_values(up)',
  'up and 1',
  'histogram_quantile(up)',
  'up[5m] > 1',
  'sum(up) by',
  '1 +',
  'topk(up)',
  'up{}[',
];

const badRules: readonly (readonly [field: string, spec: Spec])[] = [
  ...badExpressions.map((text) => [expr, alert(text)] as const),
  ['spec.groups[0].rules[0]', rules({ alert: 'A', record: 'a:b', expr: 'up' })],
  ['spec.groups[0].rules[0]', rules({ expr: 'up' })],
  ['spec.groups[0].rules[0].labels.__name__', alert('up', { labels: { __name__: 'x' } })],
  ['spec.groups[0].rules[0].record', record('a{b="c"}')],
  ['spec.groups[0].rules[0].for', record('a:b', { for: '5m' })],
  ['spec.groups[0].rules[0].annotations', record('a:b', { annotations: { summary: 'x' } })],
  ['spec.groups[0].rules[0].annotations.summary', alert('up', { annotations: { summary: '{{ .Foo' } })],
  ['spec.groups[0].rules[0].annotations.summary', alert('up', { annotations: { summary: '{{ $nothing }}' } })],
  ['spec.groups[0].rules[0].labels.team', alert('up', { labels: { team: '{{ if }}' } })],
  [
    'spec.groups[1].rules[1].expr',
    {
      groups: [
        { name: 'a' },
        {
          name: 'b',
          rules: [
            { record: 'a', expr: 'up' },
            { record: 'b', expr: 'up(' },
          ],
        },
      ],
    },
  ],
];

const badRelabelings: readonly (readonly [field: string, rule: Spec])[] = [
  ['regex', { action: 'replace', regex: '(', targetLabel: 'a' }],
  ['modulus', { action: 'hashmod', sourceLabels: ['a'], targetLabel: 'b' }],
  ['targetLabel', { action: 'replace', sourceLabels: ['a'], regex: 'b' }],
  ['regex', { action: 'labeldrop', regex: '[' }],
];

const badMonitors: readonly (readonly [kind: string, field: string, spec: Spec])[] = [
  ...badRelabelings.map(
    ([field, rule]) =>
      ['ServiceMonitor', `${endpoint}.relabelings[0].${field}`, service({ relabelings: [rule] })] as const,
  ),
  ...badRelabelings.map(
    ([field, rule]) =>
      ['PodMonitor', `${podEndpoint}.metricRelabelings[0].${field}`, pod({ metricRelabelings: [rule] })] as const,
  ),
  ...badRelabelings.map(
    ([field, rule]) => ['ScrapeConfig', `spec.relabelings[0].${field}`, { relabelings: [rule] }] as const,
  ),
  ...badRelabelings.map(
    ([field, rule]) => ['Probe', `spec.metricRelabelings[0].${field}`, probe({ metricRelabelings: [rule] })] as const,
  ),
  ['ServiceMonitor', `${endpoint}.scrapeTimeout`, service({ interval: '10s', scrapeTimeout: '20s' })],
  ['ServiceMonitor', endpoint, service({ basicAuth, authorization: token })],
  ['ServiceMonitor', `${endpoint}.authorization`, service({ authorization: { type: 'Basic', ...token } })],
  ['ServiceMonitor', `${endpoint}.tlsConfig`, service({ tlsConfig: { minVersion: 'TLS13', maxVersion: 'TLS12' } })],
  [
    'ServiceMonitor',
    'spec.selector',
    { ...service({}), selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
  ],
  [
    'ServiceMonitor',
    'spec.selector',
    { ...service({}), selector: { matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] } },
  ],
  ['PodMonitor', `${podEndpoint}.scrapeTimeout`, pod({ interval: '1s', scrapeTimeout: '2s' })],
  ['PodMonitor', podEndpoint, pod({ basicAuth, authorization: token })],
  ['PodMonitor', `${podEndpoint}.authorization`, pod({ authorization: { type: 'basic', ...token } })],
  [
    'PodMonitor',
    'spec.selector',
    { ...pod({}), selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
  ],
  ['Probe', 'spec.targets', { prober: { url: 'blackbox:9115' }, targets: {} }],
  ['Probe', 'spec.scrapeTimeout', probe({ interval: '10s', scrapeTimeout: '20s' })],
  ['Probe', 'spec', probe({ basicAuth, authorization: token })],
  ['ScrapeConfig', 'spec.scrapeTimeout', { scrapeInterval: '10s', scrapeTimeout: '20s' }],
  ['ScrapeConfig', 'spec', { basicAuth, authorization: token }],
  ['ScrapeConfig', 'spec.authorization', { authorization: { type: 'Basic', ...token } }],
  [
    'Prometheus',
    'spec.scrapeClasses',
    {
      scrapeClasses: [
        { name: 'a', default: true },
        { name: 'b', default: true },
      ],
    },
  ],
  [
    'Prometheus',
    'spec.serviceMonitorSelector',
    { serviceMonitorSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
  ],
  [
    'PrometheusAgent',
    'spec.podMonitorSelector',
    { podMonitorSelector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } },
  ],
  ['Prometheus', 'spec', { version: 'newest' }],
];

const receiver = (more: Spec): Spec => ({ receivers: [{ name: 'team', ...more }] });
const routed = (route: Spec, more: Spec = {}): Spec => ({
  receivers: [{ name: 'team' }],
  route: { receiver: 'team', ...route },
  ...more,
});
const night = (interval: Spec): Spec => ({ muteTimeIntervals: [{ name: 'night', timeIntervals: [interval] }] });

const badConfigs: readonly (readonly [field: string, spec: Spec])[] = [
  ['spec.route.receiver', { receivers: [{ name: 'team' }], route: {} }],
  ['spec.route.receiver', routed({ receiver: 'nobody' })],
  ['spec.route.routes[0].receiver', routed({ routes: [{ receiver: 'nobody' }] })],
  ['spec.route.routes[0].routes[0].grupBy', routed({ routes: [{ routes: [{ grupBy: ['a'] }] }] })],
  ['spec.route.routes[0].matchers[0].matchType', routed({ routes: [{ matchers: [{ name: 'a', matchType: '~' }] }] })],
  ['spec.route.matchers[0].value', routed({ matchers: [{ name: 'a', matchType: '=~', value: '(' }] })],
  ['spec.route.groupBy', routed({ groupBy: ['job', '...'] })],
  ['spec.receivers[0].webhookConfigs[0]', receiver({ webhookConfigs: [{}] })],
  ['spec.receivers[0].webhookConfigs[0].url', receiver({ webhookConfigs: [{ url: 'ftp://hooks.example' }] })],
  ['spec.receivers[0].webhookConfigs[0].url', receiver({ webhookConfigs: [{ url: 'https://x/{{ .Foo' }] })],
  ['spec.receivers[0].emailConfigs[0].to', receiver({ emailConfigs: [{}] })],
  ['spec.receivers[0].emailConfigs[0].smarthost', receiver({ emailConfigs: [{ to: 'a', smarthost: 'mail' }] })],
  ['spec.receivers[0].pagerdutyConfigs[0]', receiver({ pagerdutyConfigs: [{}] })],
  ['spec.receivers[0].pushoverConfigs[0]', receiver({ pushoverConfigs: [{}] })],
  ['spec.receivers[0].snsConfigs[0]', receiver({ snsConfigs: [{ topicARN: 'a', phoneNumber: '1' }] })],
  ['spec.muteTimeIntervals[0].timeIntervals[0].times[0]', night({ times: [{ startTime: '10:00', endTime: '09:00' }] })],
  ['spec.muteTimeIntervals[0].timeIntervals[0].weekdays[0]', night({ weekdays: ['friday:monday'] })],
  ['spec.muteTimeIntervals[0].timeIntervals[0].daysOfMonth[0]', night({ daysOfMonth: [{ start: 20, end: 10 }] })],
];

/** What no operator could run pods for; the message names the field below spec. */
const badWorkloads: readonly (readonly [kind: string, field: string, spec: Spec])[] = [
  ['Alertmanager', 'spec', { version: 'one' }],
  ['Alertmanager', 'spec', { replicas: 3, additionalArgs: [{ name: 'cluster.listen-address', value: ':1' }] }],
  [
    'Alertmanager',
    'spec.alertmanagerConfigSelector.matchExpressions[0].values',
    { alertmanagerConfigSelector: { matchExpressions: [{ key: 'team', operator: 'In' }] } },
  ],
  ['ThanosRuler', 'spec', { ruleSelector: {} }],
  ['ThanosRuler', 'spec', { queryEndpoints: ['query'], version: 'one' }],
  [
    'ThanosRuler',
    'spec.remoteWrite[0]',
    { queryEndpoints: ['query'], remoteWrite: [{ url: 'https://store.example', basicAuth: {}, sigv4: {} }] },
  ],
];

/** At least sixty. */
export const mistakes: readonly Mistake[] = [
  ...badWorkloads.map(([kind, field, spec], at) => ({ field, ...write(kind, spec, `bad-workload-${at}`) })),
  ...badRules.map(([field, spec], at) => ({ field, ...write('PrometheusRule', spec, `bad-${at}`) })),
  ...badConfigs.map(([field, spec], at) => ({ field, ...write('AlertmanagerConfig', spec, `bad-${at}`) })),
  ...badMonitors.map(([kind, field, spec], at) => ({ field, ...write(kind, spec, `bad-${at}`) })),
];

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
