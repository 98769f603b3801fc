/** A stack of rules, routes and workloads whose alerts fire, and what must become of each. */

/** What `stoker explain alert` must say of one. */
export interface ExpectedAlert {
  readonly name: string;
  /** Receivers that are told; none: the reason says why. */
  readonly receivers: readonly string[];
  readonly reason: string;
}

export const expectedAlerts: readonly ExpectedAlert[] = [
  { name: 'Critical', receivers: ['shop/team/pager'], reason: 'Notified' },
  { name: 'Warning', receivers: ['shop/team/chat'], reason: 'Notified' },
  { name: 'Both', receivers: ['shop/team/chat', 'platform'], reason: 'Notified' },
  { name: 'WithoutNamespace', receivers: [], reason: 'NamespaceMatcherDiffers' },
  { name: 'Dropped', receivers: [], reason: 'AlertDropped' },
  { name: 'DroppedByLabel', receivers: [], reason: 'AlertDropped' },
  { name: 'Silenced', receivers: [], reason: 'Silenced' },
  { name: 'Inhibited', receivers: [], reason: 'Inhibited' },
  { name: 'Muted', receivers: [], reason: 'Muted' },
  { name: 'Refused', receivers: [], reason: 'DeliveryFails' },
  { name: 'Broken', receivers: [], reason: 'EvaluationFails' },
];

/** Told of, and not yet so: they may fire later. */
export const waitingAlerts: readonly ExpectedAlert[] = [
  { name: 'Later', receivers: [], reason: 'Pending' },
  { name: 'Never', receivers: [], reason: 'NotFiring' },
];

const broken =
  'label_replace(vector(1), "b", "1", "", "") * on () (vector(1) or label_replace(vector(1), "c", "1", "", ""))';

const rules: readonly (readonly [alert: string, labels: Readonly<Record<string, string>>, rest?: object])[] = [
  ['Critical', { namespace: 'shop', severity: 'critical' }],
  ['Warning', { namespace: 'shop', severity: 'warning' }],
  ['Both', { namespace: 'shop', severity: 'warning', team: 'platform' }],
  ['WithoutNamespace', { severity: 'critical' }],
  ['Dropped', { namespace: 'shop', severity: 'none' }],
  ['DroppedByLabel', { namespace: 'shop', severity: 'critical', cluster: 'test' }],
  ['Silenced', { namespace: 'shop', severity: 'critical', quiet: 'yes' }],
  ['Inhibited', { namespace: 'shop', severity: 'critical', below: 'Critical' }],
  ['Muted', { namespace: 'shop', severity: 'info' }],
  ['Refused', { namespace: 'shop', severity: 'refused' }],
  ['Broken', { namespace: 'shop', severity: 'critical' }, { expr: broken }],
  ['Later', { namespace: 'shop', severity: 'critical' }, { for: '1h' }],
  ['Never', { namespace: 'shop', severity: 'critical' }, { expr: 'vector(1) > 1' }],
];

const metadata = (namespace: string, name: string, labels?: object): object => ({
  namespace,
  name,
  ...(labels && { labels }),
});

const route = (receiver: string, severity: string, rest: object = {}): object => ({
  ...{ receiver, ...rest },
  matchers: [{ name: 'severity', value: severity, matchType: '=' }],
});

/** @param hook the URL that receivers tell; below `/refused` it refuses. */
export function makeAlertStack(hook: string): object[] {
  const receiver = (name: string, path: string = name): object => ({
    name,
    webhookConfigs: [{ url: `${hook}/${path}` }],
  });
  const base = {
    route: {
      receiver: 'nobody',
      // Alerts of one evaluation come together: one that hides another must be known before the other is told of.
      ...{ group_by: ['...'], group_wait: '3s', group_interval: '1s' },
      routes: [{ matchers: ['team="platform"'], receiver: 'platform' }],
    },
    receivers: [{ name: 'nobody' }, { name: 'platform', webhook_configs: [{ url: `${hook}/platform` }] }],
    inhibit_rules: [{ source_matchers: ['alertname="Critical"'], target_matchers: ['below="Critical"'] }],
  };
  return [
    ...['monitoring', 'shop'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    {
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: metadata('monitoring', 'main') },
      spec: {
        ...{ ruleSelector: {}, ruleNamespaceSelector: {}, serviceMonitorSelector: {}, evaluationInterval: '1s' },
        externalLabels: { region: 'east' },
        alerting: {
          alertmanagers: [
            {
              ...{ namespace: 'monitoring', name: 'alertmanager-operated', port: 'web' },
              alertRelabelings: [
                { action: 'drop', sourceLabels: ['severity'], regex: 'none' },
                { action: 'drop', sourceLabels: ['region', 'cluster'], regex: 'east;test' },
              ],
            },
          ],
        },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: metadata('monitoring', 'alertmanager-main') },
      stringData: { 'alertmanager.yaml': JSON.stringify(base) },
    },
    {
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', metadata: metadata('monitoring', 'main') },
      spec: { replicas: 1, alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} },
    },
    {
      ...{
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind: 'AlertmanagerConfig',
        metadata: metadata('shop', 'team'),
      },
      spec: {
        route: {
          ...{ receiver: 'pager', groupBy: ['...'] },
          routes: [
            route('chat', 'warning'),
            route('chat', 'info', { muteTimeIntervals: ['always'] }),
            route('refused', 'refused'),
          ],
        },
        receivers: [receiver('pager'), receiver('chat'), receiver('refused')],
        muteTimeIntervals: [{ name: 'always', timeIntervals: [{ years: ['2000:2200'] }] }],
      },
    },
    {
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: metadata('shop', 'cart') },
      spec: {
        groups: [
          {
            ...{ name: 'cart', interval: '1s' },
            rules: rules.map(([alert, labels, rest]) => ({ alert, expr: 'vector(1)', labels, ...rest })),
          },
        ],
      },
    },
  ];
}
