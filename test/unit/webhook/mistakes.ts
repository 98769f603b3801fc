/** Objects as people write them, good and bad; the API server's own schema takes all of them. */
import type { Written, Spec } from './write-object.ts';
import {
  write,
  rules,
  alert,
  record,
  service,
  pod,
  probe,
  basicAuth,
  token,
  expr,
  endpoint,
  receiver,
  routed,
  night,
} from './write-object.ts';

export interface Mistake extends Written {
  /** The field that the refusal names. */
  readonly field: string;
}
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
