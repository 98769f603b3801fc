/** What no answer may hold: one for each place where a Secret's content goes into what the operator writes. */
export const secretValues = {
  scrapeUser: 'scrape-user-71f3',
  scrapePassword: 'pw-scrape-9c"1\\d',
  bearer: 'bearer-0a77c2e9',
  oauthSecret: 'oauth-client-51bb',
  tlsKey: 'MIIBUnreadableKeyLine0123456789abcdef',
  additionalPassword: 'additional-pw-33aa',
  additionalHeader: 'additional-header-8812',
  additionalParam: 'additional-param-5c5c',
  additionalUrl: 'additional-url-4d1e',
  short: 'q7xz',
  broken: 'broken-yaml-pw-60d2',
  remotePassword: 'remote-write-pw-a1a1',
  sigv4Key: 'AKIAREMOTESIGV4KEY',
  sigv4Secret: 'remote-sigv4-secret-c3',
  alertingToken: 'alerting-token-d4d4',
  slackUrl: 'https://hooks.example.com/services/T0/B0/slackhook',
  pagerKey: 'pagerduty-routing-key-e5',
  webhookUrl: 'https://hook.example.com/in/webhook-e6e6',
  smtpPassword: 'smtp-pw-f7f7',
  basePassword: 'base-config-pw-0808',
  baseSlack: 'https://hooks.example.com/services/T1/B1/baseslack',
  baseUrlPassword: 'base-url-pw-1919',
  rulerPassword: 'ruler-alert-pw-2a2a',
  rulerRemote: 'ruler-remote-pw-3b3b',
  objectStore: 'object-store-key-4c4c',
  unrelated: 'unrelated-secret-5d5d',
} as const;

const s = secretValues;
const secret = (name: string, texts: Readonly<Record<string, string>>): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'monitoring' },
  data: Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const),
  ),
});

const additional = `- job_name: extra
  basic_auth: {username: extra, password: ${s.additionalPassword}}
  http_headers: {X-Key: {secrets: [${s.additionalHeader}]}}
  params: {token: [${s.additionalParam}], pin: [${s.short}]}
  static_configs: [{targets: ['extra.example.com:80']}]
- job_name: discovered
  http_sd_configs: [{url: 'http://me:${s.additionalUrl}@sd.example.com/targets'}]
`;

const baseConfig = `global: {smtp_smarthost: 'mail.example.com:25', smtp_from: a@example.com, smtp_auth_password: ${s.basePassword}}
route: {receiver: base}
receivers:
  - name: base
    slack_configs: [{api_url: '${s.baseSlack}', channel: '#a'}]
    webhook_configs: [{url: 'http://me:${s.baseUrlPassword}@hook.example.com/'}]
`;

export const secrets: readonly object[] = [
  secret('auth', {
    user: s.scrapeUser,
    password: s.scrapePassword,
    bearer: s.bearer,
    oauth: s.oauthSecret,
    key: `-----BEGIN PRIVATE KEY-----\n${s.tlsKey}\n-----END PRIVATE KEY-----\n`,
  }),
  secret('additional', { 'jobs.yaml': additional, 'broken.yaml': `- job_name: x\n  password: ${s.broken}\n :` }),
  secret('remote', {
    password: s.remotePassword,
    access: s.sigv4Key,
    secret: s.sigv4Secret,
    token: s.alertingToken,
  }),
  secret('receivers', { slack: s.slackUrl, pager: s.pagerKey, hook: s.webhookUrl, smtp: s.smtpPassword }),
  secret('alertmanager-base', { 'alertmanager.yaml': baseConfig }),
  secret('ruler', {
    'alertmanagers.yaml': `alertmanagers: [{static_configs: [a:9093], http_config: {basic_auth: {username: r, password: ${s.rulerPassword}}}}]`,
    password: s.rulerRemote,
    'store.yaml': `type: S3\nconfig: {bucket: b, endpoint: s3.example.com, secret_key: ${s.objectStore}}`,
  }),
  secret('unrelated', { value: s.unrelated }),
];

const key = (name: string, of: string): object => ({ name, key: of });
const object = (kind: string, version: string, name: string, spec: object): object => ({
  apiVersion: `monitoring.coreos.com/${version}`,
  kind,
  metadata: { name, namespace: 'monitoring', labels: { team: 'a' } },
  spec,
});

const everything = { matchLabels: { team: 'a' } };

/** Custom resources that refer to all of these Secrets but one. */
export const resources: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } },
  object('Prometheus', 'v1', 'main', {
    serviceMonitorSelector: everything,
    ruleSelector: everything,
    additionalScrapeConfigs: key('additional', 'jobs.yaml'),
    alerting: {
      alertmanagers: [
        { name: 'am', port: 'web', authorization: { credentials: key('remote', 'token') }, namespace: 'monitoring' },
      ],
    },
    remoteWrite: [
      {
        url: 'https://a.example.com/w',
        basicAuth: { username: key('auth', 'user'), password: key('remote', 'password') },
      },
      {
        url: 'https://b.example.com/w',
        sigv4: { region: 'eu', accessKey: key('remote', 'access'), secretKey: key('remote', 'secret') },
      },
    ],
  }),
  object('Prometheus', 'v1', 'broken', { additionalScrapeConfigs: key('additional', 'broken.yaml') }),
  object('ServiceMonitor', 'v1', 'shop', {
    selector: { matchLabels: { app: 'shop' } },
    endpoints: [
      { port: 'a', basicAuth: { username: key('auth', 'user'), password: key('auth', 'password') } },
      { port: 'b', authorization: { credentials: key('auth', 'bearer') } },
      {
        port: 'c',
        oauth2: {
          clientId: { secret: key('auth', 'user') },
          clientSecret: key('auth', 'oauth'),
          tokenUrl: 'https://t.example.com',
        },
      },
    ],
  }),
  object('ServiceMonitor', 'v1', 'tls', {
    selector: { matchLabels: { app: 'shop' } },
    endpoints: [
      {
        port: 'a',
        scheme: 'https',
        tlsConfig: { cert: { secret: key('auth', 'key') }, keySecret: key('auth', 'key') },
      },
    ],
  }),
  object('PrometheusRule', 'v1', 'rules', {
    groups: [{ name: 'a', rules: [{ alert: 'Down', expr: 'up == 0', labels: { severity: 'page' } }] }],
  }),
  object('Alertmanager', 'v1', 'am', { configSecret: 'alertmanager-base', alertmanagerConfigSelector: everything }),
  object('AlertmanagerConfig', 'v1alpha1', 'team', {
    route: { receiver: 'all' },
    receivers: [
      {
        name: 'all',
        slackConfigs: [{ apiURL: key('receivers', 'slack'), channel: '#a' }],
        pagerdutyConfigs: [{ routingKey: key('receivers', 'pager') }],
        webhookConfigs: [{ urlSecret: key('receivers', 'hook') }],
        emailConfigs: [
          { to: 'a@example.com', from: 'b@example.com', smarthost: 'm:25', authPassword: key('receivers', 'smtp') },
        ],
      },
    ],
  }),
  object('ThanosRuler', 'v1', 'ruler', {
    queryEndpoints: ['q:9090'],
    ruleSelector: everything,
    alertmanagersConfig: key('ruler', 'alertmanagers.yaml'),
    objectStorageConfig: key('ruler', 'store.yaml'),
    remoteWrite: [
      {
        url: 'https://c.example.com/w',
        basicAuth: { username: key('auth', 'user'), password: key('ruler', 'password') },
      },
    ],
  }),
];
