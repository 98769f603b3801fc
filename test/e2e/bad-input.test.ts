import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../src/api/parts/status.ts';
import { podMonitorType } from '../../src/api/pod-monitor.ts';
import { probeType } from '../../src/api/probe.ts';
import { prometheusRuleType } from '../../src/api/prometheus-rule.ts';
import { scrapeConfigType } from '../../src/api/scrape-config.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { assertValidConfigs, listJobs } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import { makeRule, makeSecret, makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import type { Event } from './support/types.ts';
import { eventType } from './support/types.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['promtool']);
const gate = '--feature-gates=StatusForConfigurationResources=true';

/** Stands in Secrets and nowhere else. */
const secretValue = 'hush-4711';

interface BadObject {
  readonly what: string;
  readonly type: ResourceType;
  readonly spec: object;
  /** What is said of it: field and message. */
  readonly says: RegExp;
}

const serviceMonitor = (endpoint: object): object => ({ selector: {}, endpoints: [{ port: 'web', ...endpoint }] });
const login = (name: string, key: string): object => ({ username: { name, key: 'user' }, password: { name, key } });

const badObjects: readonly BadObject[] = [
  {
    what: 'a ServiceMonitor whose Secret is missing',
    type: serviceMonitorType,
    spec: serviceMonitor({ basicAuth: login('nobody', 'password') }),
    says: /endpoints\[0\]\.basicAuth.*nobody/,
  },
  {
    what: 'a ServiceMonitor whose Secret has no such key',
    type: serviceMonitorType,
    spec: serviceMonitor({ basicAuth: login('login', 'passwort') }),
    says: /endpoints\[0\]\.basicAuth\.password.*passwort/,
  },
  {
    what: 'a ServiceMonitor whose authority is no certificate',
    type: serviceMonitorType,
    spec: serviceMonitor({ tlsConfig: { ca: { secret: { name: 'login', key: 'user' } } } }),
    says: /endpoints\[0\]\.tlsConfig\.ca/,
  },
  {
    what: 'a ServiceMonitor with a bad regular expression',
    type: serviceMonitorType,
    spec: serviceMonitor({ relabelings: [{ action: 'keep', sourceLabels: ['a'], regex: 'x(' }] }),
    says: /endpoints\[0\]\.relabelings\[0\]\.regex.*"x\("/,
  },
  {
    what: 'a ServiceMonitor that hashes by 0',
    type: serviceMonitorType,
    spec: serviceMonitor({ relabelings: [{ action: 'hashmod', sourceLabels: ['a'], targetLabel: 'b' }] }),
    says: /endpoints\[0\]\.relabelings\[0\]\.modulus/,
  },
  {
    what: 'a ServiceMonitor whose timeout is above its interval',
    type: serviceMonitorType,
    spec: serviceMonitor({ interval: '10s', scrapeTimeout: '20s' }),
    says: /endpoints\[0\]\.scrapeTimeout.*20s/,
  },
  {
    what: 'a ServiceMonitor that reads a file of Prometheus',
    type: serviceMonitorType,
    spec: serviceMonitor({ bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' }),
    says: /endpoints\[0\]\.bearerTokenFile/,
  },
  {
    what: 'a PodMonitor with an action that takes no replacement',
    type: podMonitorType,
    spec: {
      selector: {},
      podMetricsEndpoints: [
        { port: 'web', metricRelabelings: [{ action: 'labeldrop', regex: 'a', replacement: 'b' }] },
      ],
    },
    says: /podMetricsEndpoints\[0\]\.metricRelabelings\[0\]/,
  },
  {
    what: 'a Probe whose prober is a URL with a path',
    type: probeType,
    spec: { prober: { url: 'http://blackbox/probe' }, targets: { staticConfig: { static: ['example.com'] } } },
    says: /prober\.url.*http:\/\/blackbox\/probe/,
  },
  {
    what: 'a ScrapeConfig of a class that nobody knows',
    type: scrapeConfigType,
    spec: { scrapeClass: 'first', staticConfigs: [{ targets: ['a:1'] }] },
    says: /scrapeClass.*first/,
  },
  {
    what: 'a ScrapeConfig with a selector that is none',
    type: scrapeConfigType,
    spec: { kubernetesSDConfigs: [{ role: 'Pod', selectors: [{ role: 'Pod', label: 'a in (' }] }] },
    says: /kubernetesSDConfigs\[0\]\.selectors\[0\]\.label/,
  },
  {
    what: 'a ServiceMonitor with a label that is none in the scheme of its Prometheus',
    type: serviceMonitorType,
    spec: serviceMonitor({ relabelings: [{ targetLabel: 'app.name', replacement: 'web' }] }),
    says: /endpoints\[0\]\.relabelings\[0\].*app\.name/,
  },
  {
    what: 'a PrometheusRule whose expression adds a string',
    type: prometheusRuleType,
    spec: { groups: [{ name: 'g', rules: [{ record: 'a', expr: 'up + "b"' }] }] },
    says: /groups\[0\]\.rules\[0\]\.expr/,
  },
];

interface BadSpec {
  readonly what: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly says: RegExp;
}

/** Keys of the Secret "more": text that additional* fields refer to. */
const more = {
  unparsable: `- job_name: [${secretValue}`,
  map: 'job_name: alone',
  twice: '- job_name: same\n- job_name: same\n',
  generated: '- job_name: serviceMonitor/last-good/good/0\n',
  regex: `- job_name: extra\n  relabel_configs: [{source_labels: [a], regex: '${secretValue}(', action: keep}]\n`,
};
const reference = (key: string): object => ({ name: 'more', key });

const badSpecs: readonly BadSpec[] = [
  {
    what: 'additional scrape configs that are missing',
    spec: { additionalScrapeConfigs: { name: 'nobody', key: 'jobs' } },
    says: /additionalScrapeConfigs.*nobody/,
  },
  {
    what: 'additional scrape configs that are no YAML',
    spec: { additionalScrapeConfigs: reference('unparsable') },
    says: /additionalScrapeConfigs/,
  },
  {
    what: 'additional scrape configs that are no list',
    spec: { additionalScrapeConfigs: reference('map') },
    says: /additionalScrapeConfigs/,
  },
  {
    what: 'additional scrape configs with a job twice',
    spec: { additionalScrapeConfigs: reference('twice') },
    says: /additionalScrapeConfigs.*same/,
  },
  {
    what: 'an additional job that is named as a monitor',
    spec: { additionalScrapeConfigs: reference('generated') },
    says: /additionalScrapeConfigs.*serviceMonitor\/last-good\/good\/0/,
  },
  {
    what: 'an additional job with a bad regular expression',
    spec: { additionalScrapeConfigs: reference('regex') },
    says: /additionalScrapeConfigs.*extra/,
  },
  {
    what: 'additional alert relabelings that are no YAML',
    spec: { additionalAlertRelabelConfigs: reference('unparsable') },
    says: /additionalAlertRelabelConfigs/,
  },
  {
    what: 'a global timeout above the interval',
    spec: { scrapeInterval: '10s', scrapeTimeout: '20s' },
    says: /scrapeTimeout.*20s/,
  },
  {
    what: 'remote write with a bad regular expression',
    spec: {
      remoteWrite: [
        {
          url: 'https://example.com/write',
          writeRelabelConfigs: [{ sourceLabels: ['a'], regex: 'x(', action: 'keep' }],
        },
      ],
    },
    says: /remoteWrite\[0\]\.writeRelabelConfigs\[0\].*x\(/,
  },
];

describe('bad input on a real API server', () => {
  let cluster: Cluster;
  let operator: Operator;
  const leftOut = new World(() => cluster, 'left-out');
  const lastGood = new World(() => cluster, 'last-good');
  before(async () => {
    cluster = await startCluster();
    operator = await cluster.startOperator({ args: [gate] });
    await operator.whenReady();
    await leftOut.begin({
      podMonitorSelector: {},
      probeSelector: {},
      scrapeConfigSelector: {},
      arbitraryFSAccessThroughSMs: { deny: true },
      // The scheme counts in relabelling since 3.7.
      version: 'v3.13.2',
      nameValidationScheme: 'Legacy',
    });
    await cluster.api.create(secretType, makeSecret('left-out', 'login', { user: 'me', password: secretValue }));
    await cluster.api.create(prometheusRuleType, makeRule('left-out', 'good', 'sum(up)'));
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('left-out', 'good'));
    await leftOut.whenJobsAre('good/0');
    await lastGood.begin();
    await cluster.api.create(secretType, makeSecret('last-good', 'more', more));
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('last-good', 'good'));
    await lastGood.whenJobsAre('good/0');
  });
  after(() => cluster.stop());

  const countRejected = (resource: string): Promise<number> =>
    operator.metric('prometheus_operator_managed_resources', { resource, state: 'rejected' });

  for (const [index, { what, type, spec, says }] of badObjects.entries()) {
    it(`leaves out ${what}, and says so everywhere`, async () => {
      const name = `bad-${index}`;
      const key = leftOut.keyOf(name);
      const rejected = await countRejected(type.kind);
      const bad = { metadata: { namespace: 'left-out', name }, spec };
      await cluster.api.create(type, bad);
      const { reason, note } = await leftOut.whenWarned(type.kind, name);
      assert.equal(reason, 'InvalidConfiguration');
      assert.match(note, says);
      await eventually('the object says so itself', async () => {
        const { status } = await cluster.api.get<KubernetesObject & { status?: ConfigResourceStatus }>(type, key);
        const [condition] = status?.bindings?.[0]?.conditions ?? [];
        assert.deepEqual([condition?.status, condition?.reason], ['False', 'InvalidConfiguration']);
        assert.match(condition?.message ?? '', says);
      });
      await eventually('it is counted', async () => assert.equal(await countRejected(type.kind), rejected + 1));
      assert.deepEqual(listJobs(await leftOut.readConfig()), ['serviceMonitor/left-out/good/0']);
      assert.equal((await leftOut.readCondition('Reconciled')).status, 'True');
      await cluster.api.remove(type, key);
      await eventually('it is forgotten', async () => assert.equal(await countRejected(type.kind), rejected));
    });
  }

  for (const { what, spec, says } of badSpecs) {
    it(`keeps the last good config for ${what}, and says so everywhere`, async () => {
      const config = await lastGood.readConfig();
      const failures = await operator.metric('prometheus_operator_reconcile_errors_total');
      await lastGood.patchSpec(spec);
      try {
        await eventually('the condition says so', async () => {
          const { status, reason, message } = await lastGood.readCondition('Reconciled');
          assert.deepEqual([status, reason], ['False', 'ReconciliationFailed']);
          assert.match(message ?? '', says);
        });
        await eventually('there is an event', async () => {
          const events = await cluster.api.list<Event>(eventType, 'last-good');
          const notes = events.filter(({ regarding }) => regarding.kind === 'Prometheus').map(({ note }) => note);
          assert.ok(
            notes.some((note) => says.test(note)),
            notes.join('\n'),
          );
        });
        assert.ok((await operator.metric('prometheus_operator_reconcile_errors_total')) > failures);
        assert.equal(await lastGood.readConfig(), config);
      } finally {
        await lastGood.patchSpec(Object.fromEntries(Object.keys(spec).map((field) => [field, null])));
        await lastGood.whenSynced();
      }
      assert.equal(await lastGood.readConfig(), config);
    });
  }

  it('never made the operator write what promtool refuses, nor tell what is in a Secret', async () => {
    await assertValidConfigs(cluster.listWrittenConfigs());
    const events = await cluster.api.list<Event>(eventType);
    const told = [operator.log(), ...events.map(({ note }) => note), (await operator.fetch('/metrics')).body];
    assert.ok(told.join('\n').includes('additionalScrapeConfigs'));
    const leaks = told.flatMap((text) => text.split('\n')).filter((line) => line.includes(secretValue));
    assert.deepEqual(leaks, []);
  });
});
