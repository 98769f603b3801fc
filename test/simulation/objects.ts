import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';

/** Random objects of users, from few names, so that they meet. Some are broken on purpose. */

export const namespaces = ['monitoring', 'shop', 'bank'] as const;
const tiers = ['gold', 'tin'] as const;
const teams = ['shop', 'bank', 'none'] as const;

export const workloads = [
  { kind: 'Prometheus', namespace: 'monitoring', name: 'main' },
  { kind: 'Prometheus', namespace: 'monitoring', name: 'extra' },
  { kind: 'Prometheus', namespace: 'bank', name: 'main' },
  { kind: 'PrometheusAgent', namespace: 'monitoring', name: 'main' },
] as const;

export const monitorKinds = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule'] as const;
export type MonitorKind = (typeof monitorKinds)[number];
export const monitorNames = ['cart', 'search', 'ledger'] as const;
export const secretNames = ['login', 'tls', 'extra'] as const;

/** An example: everybody has its key. */
const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgect+liMZhLz8AYck
C2hL0F/f1n8NeaQDwPPDP30fDxGhRANCAASfvVa2ZOSIsG7I69Qtip59owWuxz7J
oHNQtFSnSLpU/vsMWdT5H8cxS/+Q2AQfhWDuaKAiQUqKi0FuWeHqzvj5
-----END PRIVATE KEY-----
`;
const certificate = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUHZUmdWIm+UZTkqHvGsgKlEA7WFgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJc2ltdWxhdGVkMCAXDTI2MTEyOTAyMjI0NVoYDzIxMjYxMTA1
MDIyMjQ1WjAUMRIwEAYDVQQDDAlzaW11bGF0ZWQwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASfvVa2ZOSIsG7I69Qtip59owWuxz7JoHNQtFSnSLpU/vsMWdT5H8cx
S/+Q2AQfhWDuaKAiQUqKi0FuWeHqzvj5o1MwUTAdBgNVHQ4EFgQU7KhbQiwF3A1E
Y2BFXgfakg1fpZ4wHwYDVR0jBBgwFoAU7KhbQiwF3A1EY2BFXgfakg1fpZ4wDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAsKcv/+18ibhtofLkRvF4H
d0GlXGCZhRHxiHunBcxCIgIhALkS4pMyLGcc2r9V+qu2kdpKLH+vmYJt0j/6T6CR
HNBq
-----END CERTIFICATE-----
`;

const monitoring = 'monitoring.coreos.com/v1';

export function makeNamespace(random: SeededRandom, name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: random.pick(teams) } } };
}

export function makeSecret(random: SeededRandom, namespace: string, name: (typeof secretNames)[number]): object {
  const texts = {
    login: () => ({
      user: 'reader',
      password: `secret-${random.integer(1, 1e9)}`,
      ...(random.chance(0.8) ? { token: `token-${random.integer(1, 1e9)}` } : {}),
    }),
    tls: () => ({
      'ca.crt': random.chance(0.9) ? certificate : 'not a certificate',
      'tls.crt': certificate,
      key: privateKey,
    }),
    extra: () => ({
      'jobs.yaml': random.chance(0.8) ? `- job_name: extra-${random.integer(1, 99)}\n` : '- job_name: [',
    }),
  };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, stringData: texts[name]() };
}

/** What all references ask for, as it should be. */
export function listGoodAssets(namespace: string): object[] {
  const secret = (name: string, stringData: object): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name },
    stringData,
  });
  return [
    secret('login', { user: 'reader', password: 'good', token: 'good' }),
    secret('tls', { 'ca.crt': certificate, 'tls.crt': certificate, key: privateKey }),
    secret('extra', { 'jobs.yaml': '- job_name: extra\n' }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'ca' }, data: { 'ca.crt': certificate } },
  ];
}

export function makeConfigMap(random: SeededRandom, namespace: string): object {
  const data = { 'ca.crt': random.chance(0.9) ? certificate : `nothing ${random.integer(1, 99)}` };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'ca' }, data };
}

function makeSelector(random: SeededRandom): object {
  return random.chance(0.6) ? {} : { matchLabels: { tier: random.pick(tiers) } };
}

function makeSelectors(random: SeededRandom, fields: readonly string[]): object {
  const entries: [string, unknown][] = [];
  for (const field of fields) {
    if (random.chance(0.15)) continue;
    entries.push([`${field}Selector`, makeSelector(random)]);
    if (random.chance(0.75))
      entries.push([
        `${field}NamespaceSelector`,
        random.chance(0.5) ? {} : { matchLabels: { team: random.pick(teams) } },
      ]);
  }
  return Object.fromEntries(entries);
}

const selected = ['serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'];
const loginKey = (key: string): object => ({ name: 'login', key });

/** Fields that workloads of both kinds have; each in some of them. */
function makeCommonSpec(random: SeededRandom): object {
  const options: object[] = [
    { replicas: random.integer(1, 2) },
    { shards: random.integer(1, 3) },
    { version: random.pick(['v2.55.1', 'v3.1.0', 'v3.5.0']) },
    { additionalScrapeConfigs: { name: 'extra', key: 'jobs.yaml' } },
    { externalLabels: { cluster: `c${random.integer(1, 3)}` } },
    { scrapeInterval: random.pick(['15s', '30s', '1m']) },
    { enforcedSampleLimit: random.integer(1000, 9000) },
    { paused: random.chance(0.3) },
    { podMetadata: { labels: { flavour: random.pick(tiers) } } },
    { resources: { requests: { memory: `${random.integer(1, 4)}00Mi` } } },
    {
      storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: `${random.integer(1, 3)}Gi` } } } } },
    },
    { secrets: ['login'], configMaps: ['ca'] },
    {
      remoteWrite: [
        {
          url: 'https://far.example.com/api/v1/write',
          basicAuth: { username: loginKey('user'), password: loginKey('password') },
          ...(random.chance(0.5) ? { tlsConfig: { ca: { secret: { name: 'tls', key: 'ca.crt' } } } } : {}),
        },
      ],
    },
    { web: { pageTitle: `title ${random.integer(1, 9)}` } },
  ];
  return Object.assign({}, ...random.some(options, 0.25)) as object;
}

export function makeWorkload(random: SeededRandom, { kind, namespace, name }: (typeof workloads)[number]): object {
  const metadata = { namespace, name, labels: { tier: random.pick(tiers) } };
  const spec = { ...makeSelectors(random, selected), ...makeCommonSpec(random) };
  if (kind === 'PrometheusAgent') {
    const mode = random.chance(0.3) ? { mode: random.pick(['StatefulSet', 'DaemonSet']) } : {};
    return { apiVersion: 'monitoring.coreos.com/v1alpha1', kind, metadata, spec: { ...spec, ...mode } };
  }
  const own = random.some(
    [
      { retention: random.pick(['1d', '10d']) },
      { shardRetentionPolicy: { whenScaled: 'Retain', retain: { retentionPeriod: random.pick(['1h', '3d', '60d']) } } },
      { enableFeatures: ['memory-snapshot-on-shutdown'] },
      { evaluationInterval: '1m' },
    ],
    0.25,
  );
  return { apiVersion: monitoring, kind, metadata, spec: Object.assign(spec, makeSelectors(random, ['rule']), ...own) };
}

/** How a monitor asks for its targets; now and then with a reference, and now and then with a mistake. */
function makeAccess(random: SeededRandom): object {
  const options: (() => object)[] = [
    () => ({ basicAuth: { username: loginKey('user'), password: loginKey('password') } }),
    () => ({ authorization: { credentials: loginKey('token') } }),
    () => ({ scheme: 'HTTPS', tlsConfig: { ca: { secret: { name: 'tls', key: 'ca.crt' } } } }),
    () => ({ scheme: 'HTTPS', tlsConfig: { ca: { configMap: { name: 'ca', key: 'ca.crt' } } } }),
    () => ({
      metricRelabelings: [{ sourceLabels: ['__name__'], regex: random.pick(['go_.*', 'go_(']), action: 'drop' }],
    }),
  ];
  return random.chance(0.6) ? random.pick(options)() : {};
}

const lowerScheme = (access: object): object => ('scheme' in access ? { ...access, scheme: 'https' } : access);

export function makeMonitor(
  random: SeededRandom,
  kind: MonitorKind,
  name: { namespace: string; name: string },
): object {
  const metadata = { ...name, labels: { tier: random.pick(tiers) } };
  const access = makeAccess(random);
  const selector = { matchLabels: { app: name.name } };
  const interval = random.chance(0.3) ? { interval: random.pick(['10s', '20s', 'soon']) } : {};
  const endpoint = { port: 'web', ...lowerScheme(access), ...interval };
  const specs: Readonly<Record<MonitorKind, () => object>> = {
    ServiceMonitor: () => ({ selector, endpoints: [endpoint, { port: 'admin' }].slice(0, random.integer(1, 2)) }),
    PodMonitor: () => ({ selector, podMetricsEndpoints: [endpoint] }),
    Probe: () => ({
      prober: { url: 'prober.example.com:9115' },
      targets: { staticConfig: { static: [`https://${name.name}.example.com`] } },
      ...('scheme' in access || 'metricRelabelings' in access ? {} : access),
    }),
    ScrapeConfig: () => ({ staticConfigs: [{ targets: [`${name.name}.example.com:9100`] }], ...access }),
    PrometheusRule: () => ({ groups: makeGroups(random) }),
  };
  const apiVersion = kind === 'ScrapeConfig' ? 'monitoring.coreos.com/v1alpha1' : monitoring;
  return { apiVersion, kind, metadata, spec: specs[kind]() };
}

function makeGroups(random: SeededRandom): object[] {
  return Array.from({ length: random.integer(1, 3) }, (_, at) => ({
    name: `group-${at}`,
    rules: [
      {
        alert: 'Down',
        expr: random.chance(0.85) ? `up == ${random.integer(0, 9)}` : 'up ==',
        labels: { severity: 'page' },
      },
      { record: 'job:up:sum', expr: 'sum by (job) (up)' },
    ],
  }));
}
