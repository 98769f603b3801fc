import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { alertmanagerConfigType } from '../../src/api/alertmanager-config.ts';
import { secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { dumpYaml } from '../../src/base/yaml.ts';
import type { Secret } from '../../src/core/render/shared/rendered-objects.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import type { Cluster } from './support/cluster.ts';
import { crdType, startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { Helm, operatorChart, setArgs } from './support/helm.ts';
import type { Deployment } from './support/installation.ts';
import {
  applyExamples,
  assertNothingRefused,
  deploymentType,
  runReplica,
  runTestPod,
  whenCrdsServed,
} from './support/installation.ts';
import { rbacType } from './support/rbac-type.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['helm', 'kube-controller-manager']);

const serviceMonitorFile = 'charts/stoker-crds/files/monitoring.coreos.com_servicemonitors.json';
const configs = 'alertmanagerconfigs.monitoring.coreos.com';
const serviceMonitors = 'servicemonitors.monitoring.coreos.com';

interface CrdSchema {
  properties: Record<string, CrdSchema>;
}
interface ClientConfig {
  readonly service?: object;
  readonly caBundle?: string;
}
interface Crd extends KubernetesObject {
  readonly spec: {
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: CrdSchema } }[];
    readonly conversion?: { readonly strategy: string; readonly webhook: { readonly clientConfig: ClientConfig } };
  };
}

const specOf = (crd: Crd): CrdSchema => crd.spec.versions[0]!.schema.openAPIV3Schema.properties.spec!;

/** A copy of the chart as an older version may have been: ServiceMonitors have no sampleLimit. */
function copyOlderChart(folder: string): string {
  const chart = join(folder, 'stoker');
  cpSync(operatorChart, chart, { recursive: true });
  const file = join(chart, serviceMonitorFile);
  const crd = JSON.parse(readFileSync(file, 'utf8')) as Crd;
  delete specOf(crd).properties.sampleLimit;
  writeFileSync(file, JSON.stringify(crd));
  return chart;
}

const clusterRoleType = rbacType('ClusterRole');

const webhookType: ResourceType = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  namespaced: false,
};

interface WebhookConfiguration extends KubernetesObject {
  readonly webhooks: readonly { readonly clientConfig: { readonly caBundle?: string } }[];
}

describe('helm install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-chart-'));
  let cluster: Cluster;
  let helm: Helm;
  let operator: Operator;
  let webhookAddress = '';
  const run = (...args: readonly string[]): Promise<string> =>
    helm.run([...args, '--namespace=stoker'], cluster.controlPlane.kubeconfigPath);
  const hasSampleLimit = async (): Promise<boolean> =>
    'sampleLimit' in specOf(await cluster.api.get<Crd>(crdType, serviceMonitors)).properties;

  before(async () => {
    helm = new Helm();
    cluster = await startCluster({ installCrds: false, controllerManager: true, audit: 'all' });
  });
  after(async () => {
    await helm.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('of an older version gives an operator that makes of examples/ what they ask for', async (test) => {
    const notes = await run('install', 'stoker', copyOlderChart(folder), '--create-namespace');
    assert.match(notes, /runs in namespace stoker as stoker \(2 replicas, one of which works\)/);
    assert.equal(await hasSampleLimit(), false);
    await whenCrdsServed(cluster);
    operator = await (await runReplica(cluster)).whenReady();
    await applyExamples(cluster);
    test.diagnostic(`${assertNothingRefused(cluster)} requests, none of them refused`);
    const [pod] = (await helm.template()).filter(({ kind }) => kind === 'Pod');
    assert.match(await runTestPod(pod!, operator), /ok$/m);
  });

  it('leaves room in the Secret of the release', async (test) => {
    const secrets = await cluster.api.list<Secret>(secretType, 'stoker');
    const release = secrets.find(({ type }) => type === 'helm.sh/release.v1');
    const bytes = Buffer.from(release?.data?.release ?? '', 'base64').length;
    test.diagnostic(`${Math.round(bytes / 1024)} KiB of 1024`);
    // The API server takes Secrets of 1 MiB.
    assert.ok(bytes > 0 && bytes < 768 * 1024, `${bytes} bytes`);
  });

  it('upgraded changes the CRDs and the Deployment, and nothing that runs', async () => {
    const world = new World(() => cluster, 'monitoring');
    const before = await world.readStatefulSet();
    await run('upgrade', 'stoker', operatorChart, ...setArgs({ 'log.level': 'debug', replicas: 3 }));
    assert.equal(await hasSampleLimit(), true);
    const { spec } = await cluster.api.get<Deployment>(deploymentType, 'stoker/stoker');
    assert.equal(spec.replicas, 3);
    assert.ok(spec.template.spec.containers[0]?.args.includes('--log-level=debug'));
    await operator.stop();
    operator = await (await runReplica(cluster, 'stoker-1')).whenReady();
    await world.patchSpec({ replicas: 3 });
    await world.whenSynced();
    const after = await world.readStatefulSet();
    assert.equal(after.metadata.uid, before.metadata.uid);
    assert.equal(after.spec.replicas, 3);
    assertNothingRefused(cluster);
  });

  it('rolled back takes the values of before', async () => {
    await run('rollback', 'stoker', '1');
    const { spec } = await cluster.api.get<Deployment>(deploymentType, 'stoker/stoker');
    assert.equal(spec.replicas, 2);
    assert.equal(await hasSampleLimit(), false);
    await run('upgrade', 'stoker', operatorChart);
  });

  it('uninstalled leaves the CRDs, the objects of users and what runs', async () => {
    const world = new World(() => cluster, 'monitoring');
    const before = await world.readStatefulSet();
    await operator.stop();
    const said = await run('uninstall', 'stoker');
    assert.match(said, /release "stoker" uninstalled/);
    assert.equal(await cluster.api.find(deploymentType, 'stoker/stoker'), undefined);
    assert.equal(await cluster.api.find(clusterRoleType, 'stoker'), undefined);
    const crds = await cluster.api.list(crdType);
    assert.equal(crds.filter(({ metadata }) => metadata.name?.endsWith('.monitoring.coreos.com')).length, 10);
    assert.ok(await cluster.api.find(prometheusType, 'monitoring/main'));
    await eventually('garbage collection had its chance', async () => {
      const left = await cluster.api.list(deploymentType, 'stoker');
      assert.deepEqual(left, []);
    });
    assert.equal((await world.readStatefulSet()).metadata.uid, before.metadata.uid);
    assert.ok(await world.readConfig());
  });

  it('again takes the CRDs that it left, and goes on where it stopped', async () => {
    const world = new World(() => cluster, 'monitoring');
    const before = await world.readStatefulSet();
    await run(
      'install',
      'stoker',
      operatorChart,
      ...setArgs({ 'serviceMonitor.enabled': true, 'prometheusRule.enabled': true }),
    );
    operator = await (await runReplica(cluster, 'stoker-2')).whenReady();
    await world.patchSpec({ replicas: 1 });
    await world.whenSynced();
    const after = await world.readStatefulSet();
    assert.equal(after.metadata.uid, before.metadata.uid);
    assert.equal(after.spec.replicas, 1);
    assertNothingRefused(cluster);
  });

  it('upgraded to the webhook has it make its certificate and tell the API server, as the roles allow', async () => {
    await operator.stop();
    await run('upgrade', 'stoker', operatorChart, ...setArgs({ 'webhook.mode': 'self' }));
    const port = await findFreePort();
    webhookAddress = `127.0.0.1:${port}`;
    const hosts = '--webhook-hosts=127.0.0.1';
    operator = await runReplica(cluster, 'stoker-3', [`--webhook-listen-address=${webhookAddress}`, hosts]);
    await operator.whenReady();
    const readBundle = async (): Promise<string> => {
      const { webhooks } = await cluster.api.get<WebhookConfiguration>(webhookType, 'stoker');
      return webhooks[0]?.clientConfig.caBundle ?? '';
    };
    const bundle = await eventually('the API server knows the CA', async () => (await readBundle()) || false);
    assert.match(Buffer.from(bundle, 'base64').toString(), /BEGIN CERTIFICATE/);
    assert.ok(await cluster.api.find(secretType, 'stoker/stoker-webhook-certificate'));
    await run('upgrade', 'stoker', operatorChart, ...setArgs({ 'webhook.mode': 'self', 'log.level': 'debug' }));
    assert.equal(await readBundle(), bundle);
    assertNothingRefused(cluster);
  });

  it('serves AlertmanagerConfigs as v1beta1 then, and the operator takes one that was written so', async () => {
    const readConversion = async (): Promise<{ readonly clientConfig: ClientConfig }> => {
      const { conversion } = (await cluster.api.get<Crd>(crdType, configs)).spec;
      assert.equal(conversion?.strategy, 'Webhook');
      return conversion.webhook;
    };
    const { clientConfig } = await readConversion();
    assert.deepEqual(clientConfig.service, {
      namespace: 'stoker',
      name: 'stoker-webhook',
      path: '/convert',
      port: 443,
    });
    assert.match(Buffer.from(clientConfig.caBundle ?? '', 'base64').toString(), /BEGIN CERTIFICATE/);
    // No network leads to Services here: the way to the same operator is told as a URL.
    const url = `https://${webhookAddress}/convert`;
    const { caBundle } = clientConfig;
    await cluster.api.patch(crdType, configs, {
      spec: { conversion: { webhook: { clientConfig: { service: null, url, caBundle } } } },
    });
    const written = dumpYaml({
      apiVersion: 'monitoring.coreos.com/v1beta1',
      kind: 'AlertmanagerConfig',
      metadata: { name: 'night', namespace: 'shop', labels: { release: 'main' } },
      spec: {
        route: { receiver: 'night', matchers: [{ name: 'severity', value: 'page|critical', matchType: '=~' }] },
        receivers: [{ name: 'night', webhookConfigs: [{ url: 'https://pager.example.com/night' }] }],
        timeIntervals: [{ name: 'night', timeIntervals: [{ times: [{ startTime: '22:00', endTime: '24:00' }] }] }],
      },
    });
    await eventually('the API server converts', () => cluster.controlPlane.kubectl(['apply', '-f=-'], written));
    const get = ['get', 'alertmanagerconfigs.v1alpha1.monitoring.coreos.com', 'night', '-n=shop', '-o=json'];
    const { apiVersion, spec } = JSON.parse(await cluster.controlPlane.kubectl(get)) as KubernetesObject & {
      readonly spec: { readonly muteTimeIntervals: readonly object[]; readonly route: object };
    };
    assert.equal(apiVersion, 'monitoring.coreos.com/v1alpha1');
    assert.equal(spec.muteTimeIntervals.length, 1);
    await eventually('the configuration of Alertmanager has its receiver', async () => {
      const { data } = await cluster.api.get<Secret>(secretType, 'monitoring/alertmanager-main-generated');
      const config = gunzipSync(Buffer.from(data?.['alertmanager.yaml.gz'] ?? '', 'base64')).toString();
      assert.match(config, /receiver: shop\/night\/night\n[\s\S]*- severity=~"page\|critical"/);
      assert.match(config, /- name: shop\/night\/night\n[\s\S]*start_time: "22:00"/);
    });
    assertNothingRefused(cluster);
  });

  it('upgraded to no webhook serves AlertmanagerConfigs at one version again', async () => {
    await run('upgrade', 'stoker', operatorChart, ...setArgs({ 'webhook.mode': 'off' }));
    const { versions } = (await cluster.api.get<Crd>(crdType, configs)).spec;
    assert.equal(versions.length, 1);
    // kubectl itself remembers the other version for a while.
    assert.ok(await cluster.api.find(alertmanagerConfigType, 'shop/night'));
  });

  it('has alerts and a dashboard on metrics that the operator has', async (test) => {
    const { body } = await operator.fetch('/metrics');
    const known = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
    const texts = ['alerts', 'dashboard'].map((name) =>
      readFileSync(join(operatorChart, 'files', `${name}.json`), 'utf8'),
    );
    const used = [...texts.join().matchAll(/\b(?:prometheus_operator|process|stoker)_\w+/g)].map(([name]) => name);
    const names = [...new Set(used.map((name) => name.replace(/_(?:bucket|count|sum)$/, '')))];
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
    );
    test.diagnostic(`${names.length} metrics`);
    assert.ok(names.length > 15);
  });

  it('takes CRDs over that somebody else installed only when told so', async () => {
    await operator.stop();
    await run('uninstall', 'stoker');
    const strip = {
      metadata: {
        annotations: { 'meta.helm.sh/release-name': null },
        labels: { 'app.kubernetes.io/managed-by': null },
      },
    };
    await cluster.api.patch(crdType, serviceMonitors, strip);
    const { code, stderr } = await helm.try(
      ['install', 'stoker', operatorChart, '--namespace=stoker'],
      cluster.controlPlane.kubeconfigPath,
    );
    assert.equal(code, 1);
    assert.match(stderr, /"servicemonitors.monitoring.coreos.com".*exists and cannot be imported/);
    await run('install', 'stoker', operatorChart, '--take-ownership');
    assert.equal(await hasSampleLimit(), true);
  });
});
