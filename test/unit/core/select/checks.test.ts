import { listFindings } from '../../../../src/core/findings.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import type { ScrapeConfigSpec } from '../../../../src/api/scrape-config.ts';
import type { MonitorKind } from '../../../../src/core/monitor.ts';
import type { AssetStore } from '../../../../src/core/assets/store.ts';
import { RegexpCache } from '../../../../src/core/relabel/regexp-cache.ts';
import { scopeToMonitor } from '../../../../src/core/select/monitor-scope.ts';
import { checkMonitor } from '../../../../src/core/select/judge-monitor.ts';
import { describeScraping } from '../../../../src/core/render/prometheus/config/scrape-context.ts';
import {
  makePodMonitor,
  makeProbe,
  makeScrapeConfig,
  makeSecret,
  makeServiceMonitor,
  makeStore,
  makeWorkload,
} from './fixtures.ts';

interface Situation {
  readonly spec?: Partial<PrometheusSpec>;
  readonly assets?: AssetStore;
}

/** "reason field" of everything that is wrong. */
function check(kind: MonitorKind, monitor: KubernetesObject & { spec: object }, situation: Situation = {}): string[] {
  const tools = { assets: situation.assets ?? makeStore(), regexps: new RegexpCache() };
  const scope = scopeToMonitor(monitor, describeScraping(makeWorkload(situation.spec)), tools);
  return listFindings(checkMonitor(kind, monitor, scope)).map(({ reason, field }) => `${reason} ${field}`);
}

const login = makeSecret('a/login', { user: 'u', password: 'p', token: 't' });
const key = (name: string) => ({ name: 'login', key: name });
const basicAuth = { username: key('user'), password: key('password') };

describe('checks of a ServiceMonitor', () => {
  it('denies files of the pod when the workload says so', () => {
    const monitor = makeServiceMonitor('a/x', {
      endpoints: [{ bearerTokenFile: '/x', tlsConfig: { caFile: '/ca', certFile: '', insecureSkipVerify: true } }],
    });
    assert.deepEqual(check('ServiceMonitor', monitor), []);
    assert.deepEqual(check('ServiceMonitor', monitor, { spec: { arbitraryFSAccessThroughSMs: { deny: true } } }), [
      'FileAccessDenied spec.endpoints[0].bearerTokenFile',
      'FileAccessDenied spec.endpoints[0].tlsConfig.caFile',
    ]);
  });

  it('finds all faults, in the order of the endpoints', () => {
    const monitor = makeServiceMonitor('a/x', {
      selector: { matchLabels: { 'a b': 'c' } },
      selectorMechanism: 'RoleSelector',
      endpoints: [
        { interval: '10s', scrapeTimeout: '20s' },
        { basicAuth, authorization: { type: ' Basic ', credentials: key('token') } },
        { authorization: {} },
        { tlsConfig: { caFile: '/a', ca: { secret: key('token') }, minVersion: 'TLS13', maxVersion: 'TLS12' } },
      ],
    });
    assert.deepEqual(check('ServiceMonitor', monitor, { spec: { version: '2.16.0' }, assets: makeStore([login]) }), [
      'InvalidLabelSelector spec.selector.matchLabels',
      'UnsupportedVersion spec.selectorMechanism',
      'InvalidScrapeInterval spec.endpoints[0].scrapeTimeout',
      'InvalidAuthentication spec.endpoints[1]',
      'InvalidAuthorization spec.endpoints[1].authorization.type',
      'InvalidAuthorization spec.endpoints[2].authorization.credentials',
      'InvalidTLSConfig spec.endpoints[3].tlsConfig.caFile',
      'InvalidTLSConfig spec.endpoints[3].tlsConfig',
      'InvalidTLSConfig spec.endpoints[3].tlsConfig.ca',
    ]);
  });

  it('compares the timeout with the interval of the workload when it has none of its own', () => {
    const monitor = makeServiceMonitor('a/x', { endpoints: [{ scrapeTimeout: '31s' }] });
    assert.deepEqual(check('ServiceMonitor', monitor), ['InvalidScrapeInterval spec.endpoints[0].scrapeTimeout']);
    assert.deepEqual(check('ServiceMonitor', monitor, { spec: { scrapeInterval: '1m' } }), []);
    assert.deepEqual(check('ServiceMonitor', monitor, { spec: { scrapeInterval: 'x' } }), [
      'InvalidScrapeInterval spec.endpoints[0].interval',
    ]);
  });
});

describe('checks of HTTP clients', () => {
  const endpoint = (fields: object, assets = makeStore([login])) =>
    check('PodMonitor', makePodMonitor('a/x', { podMetricsEndpoints: [fields] }), { assets }).map((finding) =>
      finding.replace('spec.podMetricsEndpoints[0]', '@'),
    );

  it('wants a certificate with its key and both from one place', () => {
    const either = { secret: key('token'), configMap: key('token') };
    assert.deepEqual(endpoint({ tlsConfig: { cert: { secret: key('token') } } }), ['InvalidTLSConfig @.tlsConfig']);
    assert.deepEqual(endpoint({ tlsConfig: { keySecret: key('token') } }), ['InvalidTLSConfig @.tlsConfig']);
    assert.deepEqual(endpoint({ tlsConfig: { ca: either } }).slice(0, 2), [
      'InvalidTLSConfig @.tlsConfig.ca',
      'ConfigMapNotFound @.tlsConfig.ca.configMap',
    ]);
    assert.deepEqual(endpoint({ tlsConfig: { cert: { secret: key('token') }, keySecret: key('user') } }), [
      'InvalidTLSConfig @.tlsConfig.keySecret',
    ]);
  });

  it('looks into the parts of OAuth 2.0', () => {
    const oauth2 = { clientId: {}, clientSecret: key('none'), tokenUrl: '', proxyUrl: 'http://a b', noProxy: 'x' };
    assert.deepEqual(endpoint({ oauth2 }), [
      'InvalidOAuth2 @.oauth2.tokenUrl',
      'InvalidOAuth2 @.oauth2.clientId',
      'InvalidProxyConfig @.oauth2.proxyUrl',
      'KeyNotFound @.oauth2.clientSecret',
    ]);
  });

  it('knows which proxy settings go together', () => {
    const proxyConnectHeader = { 'X-A': [key('token')], 'X-B': [], 'X-C': [key('none')] };
    assert.deepEqual(endpoint({ noProxy: 'x' }), ['InvalidProxyConfig @.noProxy']);
    assert.deepEqual(endpoint({ proxyFromEnvironment: true, proxyUrl: 'http://p', noProxy: 'x' }), [
      'InvalidProxyConfig @.proxyUrl',
      'InvalidProxyConfig @.noProxy',
    ]);
    assert.deepEqual(endpoint({ proxyConnectHeader }), [
      'InvalidProxyConfig @.proxyConnectHeader',
      'InvalidProxyConfig @.proxyConnectHeader.X-B',
      'KeyNotFound @.proxyConnectHeader.X-C[0]',
    ]);
    assert.deepEqual(endpoint({ proxyFromEnvironment: true, proxyConnectHeader: { a: [key('token')] } }), []);
  });

  it('ignores an empty bearer token selector', () => {
    assert.deepEqual(endpoint({ bearerTokenSecret: { key: '' }, basicAuth }), []);
    assert.deepEqual(endpoint({ bearerTokenSecret: key('none') }), ['KeyNotFound @.bearerTokenSecret']);
  });
});

describe('checks of a Probe', () => {
  it('takes hosts and ports as probers, not URLs', () => {
    const verdict = (url: string) => check('Probe', makeProbe('a/x', { prober: { url } })).length === 0;
    for (const url of ['prober', 'prober.ns.svc:9115', '10.0.0.1:80', '::1', '[::1]:9115', 'a.b.'])
      assert.ok(verdict(url), url);
    for (const url of ['', 'http://prober', 'prober/path', 'prober:0', 'prober:99999', 'a b', '-x'])
      assert.ok(!verdict(url), url);
  });

  it('wants targets with valid labels and rules, and one way to authenticate', () => {
    const probe = makeProbe('a/x', {
      targets: { staticConfig: { labels: { 'a-b': 'x' }, relabelingConfigs: [{ action: 'hashmod' }] } },
      basicAuth,
      authorization: { credentials: key('token') },
    });
    const situation = { spec: { version: '2.55.0' }, assets: makeStore([login]) };
    assert.deepEqual(check('Probe', probe, situation), [
      'InvalidAuthentication spec',
      'InvalidLabelName spec.targets.staticConfig.labels',
      'InvalidRelabelConfig spec.targets.staticConfig.relabelingConfigs[0].modulus',
    ]);
    assert.deepEqual(check('Probe', makeProbe('a/x', { targets: {} })), ['MissingTargets spec.targets']);
  });
});

describe('checks of a ScrapeConfig', () => {
  const of = (spec: Partial<ScrapeConfigSpec>, version = '3.13.2') =>
    check('ScrapeConfig', makeScrapeConfig('a/x', spec), { spec: { version }, assets: makeStore([login]) });

  it('refuses what Prometheus would refuse as a whole', () => {
    const authorization = { credentials: key('token') };
    assert.deepEqual(of({ httpSDConfigs: [{ url: 'http://a', basicAuth, authorization }] }), [
      'InvalidAuthentication spec.httpSDConfigs[0]',
    ]);
    assert.deepEqual(of({ kubernetesSDConfigs: [{ role: 'Pod', basicAuth }] }), [
      'InvalidServiceDiscovery spec.kubernetesSDConfigs[0].basicAuth',
    ]);
    assert.deepEqual(of({ kubernetesSDConfigs: [{ role: 'Pod', followRedirects: false }] }), [
      'InvalidServiceDiscovery spec.kubernetesSDConfigs[0].followRedirects',
    ]);
    assert.deepEqual(
      of({ kubernetesSDConfigs: [{ role: 'Pod', followRedirects: true, proxyFromEnvironment: true }] }),
      ['InvalidServiceDiscovery spec.kubernetesSDConfigs[0].proxyFromEnvironment'],
    );
    assert.deepEqual(of({ kubernetesSDConfigs: [{ role: 'Pod', apiServer: 'https://a', basicAuth }] }), []);
  });

  it('looks at selectors and roles of Kubernetes discovery', () => {
    const selectors = [
      { role: 'Node' as const, label: 'a in (b' },
      { role: 'Pod' as const, field: 'a', label: 'a=b,c notin (d, e),!f,g>1' },
    ];
    assert.deepEqual(of({ kubernetesSDConfigs: [{ role: 'Endpoints', selectors }] }), [
      'InvalidSelector spec.kubernetesSDConfigs[0].selectors[0].role',
      'InvalidSelector spec.kubernetesSDConfigs[0].selectors[0].label',
      'InvalidSelector spec.kubernetesSDConfigs[0].selectors[1].field',
    ]);
    const server = { role: 'Pod' as const, apiServer: 'https://a', namespaces: { ownNamespace: true } };
    assert.deepEqual(of({ kubernetesSDConfigs: [server] }), [
      'InvalidServiceDiscovery spec.kubernetesSDConfigs[0].namespaces.ownNamespace',
    ]);
  });

  it('wants what each Azure method needs, and every key that is named', () => {
    const item = { subscriptionID: 's' };
    const field = 'spec.azureSDConfigs[0]';
    assert.deepEqual(of({ azureSDConfigs: [item] }), [
      `InvalidServiceDiscovery ${field}.tenantID`,
      `InvalidServiceDiscovery ${field}.clientID`,
      `InvalidServiceDiscovery ${field}.clientSecret`,
    ]);
    assert.deepEqual(of({ azureSDConfigs: [{ ...item, authenticationMethod: 'SDK', clientSecret: key('none') }] }), [
      `KeyNotFound ${field}.clientSecret`,
    ]);
    assert.deepEqual(of({ azureSDConfigs: [{ ...item, authenticationMethod: 'WorkloadIdentity' }] }, '3.10.0'), [
      `UnsupportedVersion ${field}.authenticationMethod`,
    ]);
  });

  it('wants servers with scheme and host', () => {
    assert.deepEqual(of({ puppetDBSDConfigs: [{ url: 'http://', query: 'q' }] }), [
      'InvalidValue spec.puppetDBSDConfigs[0].url',
    ]);
    assert.deepEqual(of({ kumaSDConfigs: [{ server: 'http:///x' }], nomadSDConfigs: [{ server: 'https://a:b' }] }), [
      'InvalidURL spec.kumaSDConfigs[0].server',
      'InvalidURL spec.nomadSDConfigs[0].server',
    ]);
  });

  it('needs a port to discover through other DNS records than SRV', () => {
    assert.deepEqual(
      of({
        dnsSDConfigs: [
          { names: ['a'], type: 'A' },
          { names: ['a'], type: 'SRV' },
        ],
      }),
      ['InvalidServiceDiscovery spec.dnsSDConfigs[0].port'],
    );
  });

  it('takes only the values that a field can have', () => {
    const unknown = 'Unknown' as never;
    const field = 'InvalidValue spec.';
    const api = { accessKey: 'a', projectID: 'p', secretKey: key('token') };
    const azure = { subscriptionID: 's', tenantID: 't', clientID: 'c', clientSecret: key('token') };
    const ovh = { applicationKey: 'a', applicationSecret: key('token'), consumerKey: key('token') };
    const cases: readonly (readonly [string, Partial<ScrapeConfigSpec>])[] = [
      ['hetznerSDConfigs[0].role', { hetznerSDConfigs: [{ role: unknown }] }],
      ['dockerSwarmSDConfigs[0].role', { dockerSwarmSDConfigs: [{ host: 'unix:///a', role: unknown }] }],
      ['openstackSDConfigs[0].role', { openstackSDConfigs: [{ region: 'r', role: unknown }] }],
      [
        'openstackSDConfigs[0].availability',
        { openstackSDConfigs: [{ region: 'r', role: 'Instance', availability: unknown }] },
      ],
      ['kubernetesSDConfigs[0].role', { kubernetesSDConfigs: [{ role: unknown }] }],
      ['scalewaySDConfigs[0].role', { scalewaySDConfigs: [{ ...api, role: unknown }] }],
      ['ovhcloudSDConfigs[0].service', { ovhcloudSDConfigs: [{ ...ovh, service: unknown }] }],
      ['dnsSDConfigs[0].type', { dnsSDConfigs: [{ names: ['a'], type: unknown, port: 1 }] }],
      ['azureSDConfigs[0].authenticationMethod', { azureSDConfigs: [{ ...azure, authenticationMethod: unknown }] }],
      ['consulSDConfigs[0].scheme', { consulSDConfigs: [{ server: 'a', scheme: unknown }] }],
    ];
    for (const [path, spec] of cases) assert.deepEqual(of(spec), [field + path]);
  });

  it('takes both spellings of words that later releases write with a capital', () => {
    for (const role of ['hcloud', 'Hcloud', 'robot', 'Robot'] as const)
      assert.deepEqual(of({ hetznerSDConfigs: [{ role }] }), []);
    for (const availability of ['public', 'Admin'] as const)
      assert.deepEqual(of({ openstackSDConfigs: [{ region: 'r', role: 'Instance', availability }] }), []);
  });

  it('takes no empty text for one of several', () => {
    assert.deepEqual(of({ consulSDConfigs: [{ server: 'a', services: ['b', ''] }] }), [
      'InvalidValue spec.consulSDConfigs[0].services[1]',
    ]);
    assert.deepEqual(of({ consulSDConfigs: [{ server: 'a', tags: [''] }] }), [
      'InvalidValue spec.consulSDConfigs[0].tags[0]',
    ]);
    assert.deepEqual(of({ kubernetesSDConfigs: [{ role: 'Pod', namespaces: { names: ['', 'b'] } }] }), [
      'InvalidValue spec.kubernetesSDConfigs[0].namespaces.names[0]',
    ]);
    assert.deepEqual(of({ consulSDConfigs: [{ server: 'a', datacenter: '' }] }), []);
  });

  it('needs a Prometheus that knows every mechanism', () => {
    assert.ok(of({}, '2.39.0').includes('UnsupportedVersion spec.ovhcloudSDConfigs'));
    assert.deepEqual(of({}, '2.40.0'), []);
  });
});
