/** Objects as people write them: `kind`, then what is valid, then changes of it that are not, by path and value. */
export interface Written {
  readonly kind: string;
  readonly version?: string;
  readonly yaml: string;
  /** Path with dots, and what to put there; undefined takes the field away. */
  readonly mistakes: readonly (readonly [path: string, value: unknown])[];
}

export const metadata =
  'metadata: {name: example, labels: {app.kubernetes.io/name: example, release: "1.2"}, annotations: {a/b: "{}"}}';

export const written: readonly Written[] = [
  {
    kind: 'ServiceMonitor',
    yaml: `
spec:
  jobLabel: app.kubernetes.io/name
  namespaceSelector: {matchNames: [shop, pay]}
  selector:
    matchLabels: {app: cart}
    matchExpressions: [{key: tier, operator: NotIn, values: [test]}]
  sampleLimit: 10000
  endpoints:
    - port: https
      scheme: https
      path: /metrics
      interval: 1m30s
      scrapeTimeout: 10s
      honorLabels: true
      params: {format: [prometheus]}
      authorization: {type: Bearer, credentials: {name: token, key: value}}
      tlsConfig:
        ca: {configMap: {name: ca, key: ca.crt}}
        serverName: cart.shop.svc
        minVersion: TLS12
      relabelings:
        - sourceLabels: [__meta_kubernetes_pod_node_name]
          targetLabel: node
        - action: labeldrop
          regex: __tmp_.*
      metricRelabelings:
        - {action: Drop, sourceLabels: [__name__], regex: go_.*}
    - targetPort: 8080
    - targetPort: http
`,
    mistakes: [
      ['spec.selector', undefined],
      ['spec.endpoints', undefined],
      ['spec.endpoints', { port: 'web' }],
      ['spec.endpoint', [{ port: 'web' }]],
      ['spec.endpoints.0.interval', '30 s'],
      ['spec.endpoints.0.interval', 30],
      ['spec.endpoints.0.scheme', 'Https'],
      ['spec.endpoints.0.targetPort', 80.5],
      ['spec.endpoints.0.params.format', 'prometheus'],
      ['spec.endpoints.0.authorization.credentials.key', undefined],
      ['spec.endpoints.0.tlsConfig.minVersion', 'TLS1.2'],
      ['spec.endpoints.0.tlsConfig.insecureSkipVerify', 'true'],
      ['spec.endpoints.0.relabelings.1.action', 'remove'],
      ['spec.endpoints.0.relabelings.0.modulus', '8'],
      ['spec.endpoints.0.metricRelabelings.0.sourceLabels', '__name__'],
      ['spec.endpoints.0.relabelConfigs', []],
      ['spec.sampleLimit', -1],
      ['spec.namespaceSelector.any', 'yes'],
      ['spec.namespaceSelector', ['shop']],
      ['spec.selector.matchLabels.app', true],
      ['metadata.name', undefined],
      ['metadata.name', 'My_Monitor'],
      ['metadata.name', 'a..b'],
      ['metadata.labels.release', 1.2],
      ['metadata.labels.release', 'no spaces here'],
      ['metadata.annotations.a/b', { c: 'd' }],
      ['metadata.label', { a: 'b' }],
      ['metadata.finalizers', 'one'],
      ['spek', {}],
    ],
  },
  {
    kind: 'PodMonitor',
    yaml: `
spec:
  selector: {}
  namespaceSelector: {any: true}
  podTargetLabels: [version]
  attachMetadata: {node: true}
  podMetricsEndpoints:
    - {port: metrics, interval: 15s, filterRunning: false, proxyUrl: "http://proxy:3128"}
    - portNumber: 9090
      basicAuth: {username: {name: a, key: user}, password: {name: a, key: password}}
`,
    mistakes: [
      ['spec.podMetricsEndpoints.1.portNumber', 0],
      ['spec.podMetricsEndpoints.1.portNumber', 65536],
      ['spec.podMetricsEndpoints.0.proxyUrl', 'proxy:3128'],
      ['spec.podMetricsEndpoints.0.tlsConfig', { caFile: '/etc/ca' }],
      ['spec.podMetricsEndpoints.1.basicAuth.username', 'admin'],
      ['spec.selector', { matchExpressions: [{ operator: 'Exists' }] }],
      ['spec.attachMetadata.nodes', true],
    ],
  },
  {
    kind: 'Probe',
    yaml: `
spec:
  jobName: blackbox
  prober: {url: "blackbox.monitoring:9115", path: /probe, scheme: http}
  module: http_2xx
  interval: 60s
  targets:
    staticConfig:
      static: [https://example.com]
      labels: {environment: prod}
      relabelingConfigs: [{targetLabel: site, replacement: a}]
`,
    mistakes: [
      ['spec.prober.url', undefined],
      ['spec.prober.url', 9115],
      ['spec.targets.staticConfig.static', 'https://example.com'],
      ['spec.targets.staticConfig.labels.environment', 1],
      ['spec.targets.ingress', { selector: 'app=a' }],
      ['spec.scrapeTimeout', 'ten'],
    ],
  },
  {
    kind: 'PrometheusRule',
    yaml: `
spec:
  groups:
    - name: cart.rules
      interval: 1m
      limit: 10
      labels: {team: shop}
      rules:
        - record: job:requests:rate5m
          expr: sum by (job) (rate(http_requests_total[5m]))
        - alert: CartDown
          expr: 1
          for: 5m
          keep_firing_for: 10m
          labels: {severity: page}
          annotations: {summary: "{{ $labels.job }} is down"}
    - name: thanos
      partial_response_strategy: Warn
      rules: []
    - name: empty
`,
    mistakes: [
      ['spec.groups.0.name', undefined],
      ['spec.groups.0.name', ''],
      ['spec.groups.1.name', 'cart.rules'],
      ['spec.groups.0.interval', '1 minute'],
      ['spec.groups.0.rules.0.expr', undefined],
      ['spec.groups.0.rules.0.expr', true],
      ['spec.groups.0.rules.0.expr', 1.5],
      ['spec.groups.0.rules.1.for', '5'],
      ['spec.groups.0.rules.1.keep_firing_for', ''],
      ['spec.groups.0.rules.1.labels.severity', 1],
      ['spec.groups.0.rules.1.keepFiringFor', '5m'],
      ['spec.groups.1.partial_response_strategy', 'ignore'],
      ['spec.groups', { name: 'a' }],
    ],
  },
  {
    kind: 'Prometheus',
    yaml: `
spec:
  version: v3.5.0
  replicas: 2
  shards: 2
  retention: 15d
  retentionSize: 50GiB
  serviceAccountName: prometheus
  serviceMonitorSelector: {}
  ruleSelector: {matchLabels: {role: alert-rules}}
  externalLabels: {cluster: eu-1}
  resources: {requests: {memory: 400Mi, cpu: 250m}, limits: {memory: "2147483648", cpu: 1}}
  securityContext: {runAsUser: 1000, runAsNonRoot: true, fsGroup: 2000}
  storage:
    volumeClaimTemplate:
      metadata: {labels: {a: b}}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 40Gi}}, storageClassName: fast}
  alerting: {alertmanagers: [{namespace: monitoring, name: main, port: web, apiVersion: v2}]}
  remoteWrite:
    - url: https://example.com/push
      queueConfig: {maxShards: 10, batchSendDeadline: 5s}
      writeRelabelConfigs: [{action: keep, sourceLabels: [__name__], regex: up}]
      sigv4: {region: eu-west-1, roleArn: a, externalId: b}
  containers:
    - name: prometheus
      env: [{name: A, value: b}, {name: C, valueFrom: {secretKeyRef: {name: s, key: k}}}]
      livenessProbe: {httpGet: {path: /-/healthy, port: web}}
  volumes: [{name: tmp, emptyDir: {sizeLimit: 1Gi}}]
  affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname}]}}
  topologySpreadConstraints:
    - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, additionalLabelSelectors: OnShard}
  tolerations: [{key: a, operator: Exists, effect: NoSchedule}]
  enableFeatures: [exemplar-storage]
  web: {pageTitle: Shop, maxConnections: 100}
  podMonitorSelector: null
`,
    mistakes: [
      ['spec.replicas', '2'],
      ['spec.shards', 1.5],
      ['spec.retention', '15 days'],
      ['spec.retentionSize', '50'],
      ['spec.resources.limits.memory', '2 GB'],
      ['spec.resources.limits.memory', true],
      ['spec.securityContext.runAsUser', 'root'],
      ['spec.storage.volumeClaimTemplate.spec.accessMode', 'ReadWriteOnce'],
      ['spec.storage.volumeClaimTemplates', []],
      ['spec.alerting.alertmanagers.0.name', undefined],
      ['spec.alerting.alertmanagers.0.apiVersion', 'v3'],
      ['spec.remoteWrite.0.url', undefined],
      ['spec.remoteWrite.0.sigv4.roleArn', undefined],
      ['spec.remoteWrite.0.queueConfig.maxShards', '10'],
      ['spec.containers.0.name', undefined],
      ['spec.containers.0.env.0.name', undefined],
      ['spec.containers.0.envs', []],
      ['spec.volumes.0.name', undefined],
      ['spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.topologyKey', undefined],
      ['spec.topologySpreadConstraints.0.additionalLabelSelectors', 'OnPod'],
      ['spec.enableFeatures', ['a', 'a']],
      ['spec.enableFeatures', ['']],
      ['spec.logLevel', 'verbose'],
      ['spec.scrapeInterval', '30sec'],
      ['spec.web.maxConnections', -1],
      ['spec.externalLabels.cluster', 1],
      ['spec.shardingStrategy', { mode: 'Topology', topology: { values: ['a', 'b', 'c'] } }],
      ['spec.updateStrategy', { type: 'OnDelete', rollingUpdate: {} }],
      ['spec.arguments', ['--a']],
    ],
  },
  {
    kind: 'PrometheusAgent',
    yaml: `
spec:
  mode: DaemonSet
  podMonitorSelector: {}
  remoteWrite: [{url: "http://example.com"}]
`,
    mistakes: [
      ['spec.mode', 'Deployment'],
      ['spec.replicas', 2],
      ['spec.ruleSelector', {}],
      ['spec.retention', '1d'],
    ],
  },
  {
    kind: 'Alertmanager',
    yaml: `
spec:
  replicas: 3
  version: v0.28.0
  retention: 120h
  alertmanagerConfigSelector: {matchLabels: {a: b}}
  alertmanagerConfigMatcherStrategy: {type: OnNamespace}
  alertmanagerConfiguration:
    name: main
    global: {resolveTimeout: 5m, smtp: {smartHost: {host: mail, port: "25"}, from: a@example.com}}
  clusterAdvertiseAddress: 10.0.0.1
`,
    mistakes: [
      ['spec.retention', '5d'],
      ['spec.replicas', 3_000_000_000],
      ['spec.alertmanagerConfigMatcherStrategy.type', 'Namespace'],
      ['spec.alertmanagerConfiguration.name', ''],
      ['spec.alertmanagerConfiguration.global.smtp.smartHost.host', undefined],
      ['spec.logFormat', 'text'],
    ],
  },
  {
    kind: 'ThanosRuler',
    yaml: `
spec:
  image: quay.io/thanos/thanos:v0.40.0
  queryEndpoints: [dnssrv+_http._tcp.thanos-query]
  ruleSelector: {}
  evaluationInterval: 1m
  alertmanagersConfig: {name: a, key: b}
  objectStorageConfig: {name: a, key: b, optional: false}
`,
    mistakes: [
      ['spec.evaluationInterval', '1min'],
      ['spec.queryEndpoints', 'http://query'],
      ['spec.objectStorageConfig.key', undefined],
      ['spec.excludedFromEnforcement', [{ resource: 'pods', namespace: 'a' }]],
    ],
  },
  {
    kind: 'ScrapeConfig',
    yaml: `
spec:
  jobName: external
  scrapeClass: fast
  staticConfigs: [{targets: ["a:1", "b:2"], labels: {a: b}}]
  httpSDConfigs: [{url: "https://example.com/targets", refreshInterval: 30s}]
  kubernetesSDConfigs: [{role: Pod, namespaces: {names: [a]}, selectors: [{role: Pod, label: a=b}]}]
  dnsSDConfigs: [{names: [example.com], type: A, port: 9100}]
  consulSDConfigs: [{server: "consul:8500", services: [web]}]
  ec2SDConfigs: [{region: eu-west-1, filters: [{name: tag:a, values: [b]}]}]
  basicAuth: {username: {name: a, key: b}}
  metricsPath: /metrics
  scrapeInterval: 1m
  scrapeProtocols: [OpenMetricsText1.0.0, PrometheusText0.0.4]
`,
    mistakes: [
      ['spec.httpSDConfigs.0.url', 'example.com/targets'],
      ['spec.httpSDConfigs.0.url', undefined],
      ['spec.kubernetesSDConfigs.0.role', 'Pods'],
      ['spec.kubernetesSDConfigs.0.role', undefined],
      ['spec.dnsSDConfigs.0.type', 'TXT'],
      ['spec.dnsSDConfigs.0.port', 70_000],
      ['spec.dnsSDConfigs.0.names', []],
      ['spec.consulSDConfigs.0.server', ''],
      ['spec.ec2SDConfigs.0.filters.0.values', []],
      ['spec.scrapeProtocols', ['OpenMetrics']],
      ['spec.scrapeProtocols', ['PrometheusText0.0.4', 'PrometheusText0.0.4']],
      ['spec.authorization', { credentials: { name: 'a', key: 'b' } }],
      ['spec.staticConfigs.0.targets', 'a:1'],
      ['spec.metricsPath', ''],
    ],
  },
  {
    kind: 'AlertmanagerConfig',
    yaml: `
spec:
  route:
    receiver: team
    groupBy: [alertname]
    groupWait: 30s
    matchers: [{name: severity, value: page|warn, regex: true}]
    routes: [{receiver: other, matchers: [{name: a, matchType: "!=", value: b}]}]
  receivers:
    - name: team
      slackConfigs: [{apiURL: {name: slack, key: url}, channel: "#a", fields: [{title: a, value: b}]}]
      pagerdutyConfigs: [{routingKey: {name: pd, key: key}, details: [{key: a, value: b}]}]
    - name: other
      webhookConfigs: [{url: "http://example.com/hook", maxAlerts: 10, timeout: 5s}]
      emailConfigs: [{to: a@example.com, headers: [{key: Subject, value: x}]}]
      opsgenieConfigs: [{responders: [{type: team, name: a}], updateAlerts: true}]
      telegramConfigs: [{chatID: -100123, botToken: {name: t, key: t}, parseMode: HTML}]
  inhibitRules: [{sourceMatch: [{name: a, value: b}], targetMatch: [{name: c, value: d}], equal: [x]}]
  muteTimeIntervals:
    - name: nights
      timeIntervals:
        - {times: [{startTime: "22:00", endTime: "24:00"}], weekdays: ["monday:friday"], months: [may], years: ["2030"]}
        - daysOfMonth: [{start: 1, end: -1}]
`,
    mistakes: [
      ['spec.route.groupWait', '30 s'],
      ['spec.route.groupWait', ''],
      ['spec.route.groupBy', ['a', 'a']],
      ['spec.route.matchers.0.matchType', '=='],
      ['spec.route.matchers.0.name', ''],
      ['spec.receivers.0.name', undefined],
      ['spec.receivers.1.name', 'team'],
      ['spec.receivers.0.slackConfigs.0.fields', []],
      ['spec.receivers.0.slackConfigs.0.fields.0.title', ''],
      ['spec.receivers.0.slackConfigs.0.apiURL', 'https://hooks.slack.com'],
      ['spec.receivers.1.webhookConfigs.0.maxAlerts', -1],
      ['spec.receivers.1.opsgenieConfigs.0.responders.0.type', 'group'],
      ['spec.receivers.1.telegramConfigs.0.chatID', undefined],
      ['spec.receivers.1.telegramConfigs.0.parseMode', 'Text'],
      ['spec.muteTimeIntervals.0.timeIntervals.0.times.0.startTime', '22'],
      ['spec.muteTimeIntervals.0.timeIntervals.0.weekdays.0', 'mon'],
      ['spec.muteTimeIntervals.0.timeIntervals.0.months.0', '13'],
      ['spec.muteTimeIntervals.0.timeIntervals.1.daysOfMonth.0.start', 32],
      ['spec.timeIntervals', []],
    ],
  },
  {
    kind: 'AlertmanagerConfig',
    version: 'v1beta1',
    yaml: `
spec:
  route: {receiver: team, matchers: [{name: severity, value: page|warn, matchType: "=~"}], activeTimeIntervals: [days]}
  receivers: [{name: team, slackConfigs: [{apiURL: {name: slack, key: url}}]}]
  timeIntervals: [{name: days, timeIntervals: [{weekdays: ["monday:friday"]}]}]
`,
    mistakes: [
      ['spec.route.matchers.0.regex', true],
      ['spec.receivers.0.slackConfigs.0.apiURL.name', undefined],
      ['spec.receivers.0.slackConfigs.0.apiURL.optional', true],
      ['spec.receivers.0.opsgenieConfigs', [{ updateAlerts: true }]],
      ['spec.muteTimeIntervals', []],
    ],
  },
];
