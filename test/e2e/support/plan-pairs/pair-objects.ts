/** The objects that pairs of manifests begin with: one namespace, all kinds of workloads. */
import type { SeededRandom } from '../../discovery/seeded-random.ts';

/** An object as users write it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: Record<string, unknown>;
  stringData?: Record<string, string>;
  data?: Record<string, string>;
}

const v1 = 'monitoring.coreos.com/v1';
const v1alpha1 = 'monitoring.coreos.com/v1alpha1';

export const workloadKinds = ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'] as const;
export const monitorKinds = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig'] as const;

/** Selectors of all kinds of monitors; a DaemonSet takes PodMonitors alone. */
export const everything = {
  serviceMonitorSelector: {},
  podMonitorSelector: {},
  probeSelector: {},
  scrapeConfigSelector: {},
};

/** StorageClasses: volumes of the first, which is the default, can be expanded. */
export const storageClasses = ['grows', 'fixed'] as const;

/** Mostly of the default class. */
export function makeStorage(random: SeededRandom, size = `${random.integer(1, 5)}Gi`): object {
  const storageClass = random.chance(0.1) ? { storageClassName: 'fixed' } : {};
  return { volumeClaimTemplate: { spec: { ...storageClass, resources: { requests: { storage: size } } } } };
}

export const versions: Readonly<Record<(typeof workloadKinds)[number], readonly string[]>> = {
  Prometheus: ['v2.55.1', 'v3.1.0', 'v3.5.0'],
  PrometheusAgent: ['v2.55.1', 'v3.1.0', 'v3.5.0'],
  Alertmanager: ['v0.27.0', 'v0.28.1', 'v0.29.0'],
  ThanosRuler: ['v0.37.2', 'v0.38.0', 'v0.39.2'],
};

/** A workload called "main", with some fields at random. */
export function makeWorkload(random: SeededRandom, kind: (typeof workloadKinds)[number], namespace: string): Manifest {
  const isDaemonSet = kind === 'PrometheusAgent' && random.chance(0.5);
  const common = {
    version: random.pick(versions[kind]),
  };
  const ofSets = {
    replicas: random.integer(1, 2),
    ...(random.chance(0.5) ? { storage: makeStorage(random) } : {}),
    ...(random.chance(0.2) ? { updateStrategy: { type: 'OnDelete' } } : {}),
  };
  const own: Readonly<Record<typeof kind, () => object>> = {
    Prometheus: () => ({ ...everything, ruleSelector: {}, shards: random.integer(1, 2) }),
    PrometheusAgent: () =>
      isDaemonSet ? { podMonitorSelector: {}, mode: 'DaemonSet' } : { ...everything, shards: random.integer(1, 2) },
    Alertmanager: () => ({ alertmanagerConfigSelector: {} }),
    ThanosRuler: () => ({ ruleSelector: {}, queryEndpoints: ['dnssrv+_http._tcp.query'] }),
  };
  const spec = { ...common, ...(isDaemonSet ? {} : ofSets), ...own[kind]() };
  const apiVersion = kind === 'PrometheusAgent' ? v1alpha1 : v1;
  return { apiVersion, kind, metadata: { name: 'main', namespace }, spec };
}

export const monitorNames = ['cart', 'search', 'ledger'] as const;

/** A monitor that is valid, now and then with credentials. */
export function makeMonitor(
  random: SeededRandom,
  kind: (typeof monitorKinds)[number],
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Manifest {
  const endpoint = {
    interval: random.pick(['15s', '30s', '1m']),
    ...(random.chance(0.3) ? { basicAuth: { username: login('user'), password: login('password') } } : {}),
    ...(random.chance(0.2) ? { tlsConfig: { ca: { secret: { name: 'tls', key: 'ca.crt' } } } } : {}),
  };
  const specs: Readonly<Record<typeof kind, () => Record<string, unknown>>> = {
    ServiceMonitor: () => ({ selector: { matchLabels: { app: name } }, endpoints: [{ port: 'web', ...endpoint }] }),
    PodMonitor: () => ({
      selector: { matchLabels: { app: name } },
      podMetricsEndpoints: [{ port: 'web', interval: endpoint.interval }],
    }),
    Probe: () => ({
      prober: { url: 'blackbox:9115' },
      targets: { staticConfig: { static: [`${name}.example`] } },
      interval: endpoint.interval,
    }),
    ScrapeConfig: () => ({ staticConfigs: [{ targets: [`${name}:9090`] }], scrapeInterval: endpoint.interval }),
  };
  const apiVersion = kind === 'ScrapeConfig' ? v1alpha1 : v1;
  const labels = { tier: random.pick(['gold', 'tin']) };
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec: specs[kind]() };
}

const login = (key: string): object => ({ name: 'login', key });

export function makeRule(random: SeededRandom, name: string, namespace: string): Manifest {
  const rules = Array.from({ length: random.integer(1, 3) }, (_, at) => ({
    alert: `Down${at}`,
    expr: `up == ${random.integer(0, 1)}`,
  }));
  return { apiVersion: v1, kind: 'PrometheusRule', metadata: { name, namespace }, spec: { groups: [{ name, rules }] } };
}

export function makeAlertmanagerConfig(random: SeededRandom, name: string, namespace: string): Manifest {
  const url = `http://hook-${random.integer(1, 9)}.example/`;
  const spec = {
    route: { receiver: 'hook', groupBy: random.pick([['job'], ['namespace']]) },
    receivers: [{ name: 'hook', webhookConfigs: [{ url, sendResolved: random.chance(0.5) }] }],
  };
  return {
    apiVersion: v1alpha1,
    kind: 'AlertmanagerConfig',
    metadata: { name, namespace },
    spec,
  };
}

/** Services that a workload may name as its own: one selects its pods, the other selects none of them. */
export function makeServices(namespace: string): Manifest[] {
  const spec = (selector: object): Record<string, unknown> => ({
    clusterIP: 'None',
    selector,
    ports: [{ name: 'web', port: 9090 }],
  });
  const managed = { 'app.kubernetes.io/managed-by': 'prometheus-operator' };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'mine', namespace }, spec: spec(managed) },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'other', namespace }, spec: spec({ app: 'other' }) },
  ];
}
