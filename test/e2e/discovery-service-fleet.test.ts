import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { configMapType, namespaceType, podType, secretType, statefulSetType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { apiVersionOf } from '../../src/api/meta.ts';
import { podMonitorType } from '../../src/api/pod-monitor.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { createAuthority, createLeaf } from '../../src/base/certificates.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { runCli } from '../../src/cli/program.ts';
import type { ApiTargets } from '../../src/core/targets/api-targets.ts';
import type { ConfigMap, Secret, StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { roleTypes } from '../../src/discovery/kubernetes/resources.ts';
import { discoveryRules } from '../../src/operator/install/discovery-install.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import type { TargetAnswer } from './discovery/compare-targets.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { startOperator } from './support/operator.ts';
import { layOutPod } from './support/pod-files.ts';
import { planSuite } from './support/suite.ts';
import { manifests } from './support/targets-place.ts';

const { it, before, after } = planSuite(['prometheus']);
const serviceAccountType: ResourceType = {
  ...{ group: '', version: 'v1', plural: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
};
/** Of the service. */
const account = 'stoker-discovery';
const types = [namespaceType, ...Object.values(roleTypes), ...customKinds.map(({ type }) => type)];

/** A target by what it is scraped as. */
const identify = ({
  scrapePool,
  scrapeUrl,
  labels,
}: Pick<ApiTargets['activeTargets'][number], 'scrapePool' | 'scrapeUrl' | 'labels'>) =>
  JSON.stringify([scrapePool, scrapeUrl, Object.entries(labels).sort()]);

describe('a fleet whose targets `stoker discovery` finds', () => {
  let cluster: Cluster;
  let operator: Operator;
  let service: Operator;
  let folder: string;
  let authority: string;
  let port: number;
  const shards: RunningPrometheus[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stoker-fleet-'));
    [cluster, port] = [await startCluster(), await findFreePort()];
    authority = await writeCertificates();
    for (const document of parseYamlDocuments(manifests)) await put(document as KubernetesObject);
    for (const name of ['prometheus-main', 'other', account])
      await cluster.api.create(serviceAccountType, { metadata: { namespace: 'shop', name } });
    const data = { 'ca.crt': Buffer.from(authority).toString('base64') };
    await cluster.api.create(secretType, {
      metadata: { namespace: 'shop', name: 'discovery-ca' },
      data,
    } as KubernetesObject);
    service = await startOperator(
      {
        ...{ bundle: cluster.bundle, kubeconfig: await grantDiscovery(), command: 'discovery' },
        args: [`--web.cert-file=${folder}/tls.crt`, `--web.key-file=${folder}/tls.key`],
      },
      port,
    );
    const flags = [`--discovery-service-url=https://127.0.0.1:${port}`, '--discovery-service-ca=shop/discovery-ca'];
    operator = await cluster.startOperator({ args: [...flags, '--discovery-refresh-interval=1s'] });
    await operator.whenReady();
    const annotations = { 'stoker.dev/discovery': 'service' };
    const spec = { shards: 2, serviceAccountName: 'prometheus-main' };
    await cluster.api.patch(prometheusType, 'shop/main', { metadata: { annotations }, spec });
  });
  after(async () => {
    await Promise.all([...shards.map((one) => one.stop()), service.close()]);
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  /** A kubeconfig of a service account with exactly the rules that are generated for the service. */
  async function grantDiscovery(): Promise<string> {
    const file = join(folder, 'role.json');
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: account } };
    writeFileSync(file, JSON.stringify({ ...role, rules: discoveryRules }));
    await cluster.controlPlane.kubectl(['create', '-f', file]);
    const binding = [`--clusterrole=${account}`, `--serviceaccount=shop:${account}`];
    await cluster.controlPlane.kubectl(['create', 'clusterrolebinding', account, ...binding]);
    return await cluster.kubeconfigOfServiceAccount('shop', account);
  }

  async function writeCertificates(): Promise<string> {
    const day = 86_400_000;
    const times = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) };
    const made = await createAuthority({ commonName: 'test', ...times });
    const leaf = await createLeaf(made, { commonName: 'discovery', hosts: ['127.0.0.1'], ...times });
    writeFileSync(join(folder, 'tls.crt'), leaf.certificate);
    writeFileSync(join(folder, 'tls.key'), leaf.key);
    return made.certificate;
  }

  async function put({ status, ...object }: KubernetesObject & { status?: unknown }): Promise<void> {
    const type = types.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
    assert.ok(type, object.kind);
    const created = await eventually(`${object.kind ?? ''} is served`, () => cluster.api.create(type, object));
    if (status === undefined) return;
    const { namespace = '', name = '' } = created.metadata;
    await cluster.controlPlane.kubectl([
      'patch',
      type.plural,
      name,
      `--namespace=${namespace}`,
      '--subresource=status',
      '--type=merge',
      `--patch=${JSON.stringify({ status })}`,
    ]);
  }

  const tokenOf = async (name: string): Promise<string> =>
    (await cluster.controlPlane.kubectl(['create', 'token', name, '--namespace=shop'])).trim();

  /** What a request to the service is answered. */
  function ask(path: string, token?: string): Promise<{ status: number; body: string }> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, ca: authority, headers }, (response) => {
        let body = '';
        response.on('data', (part: Buffer) => (body += part.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      sent.on('error', reject).end();
    });
  }

  /** The jobs of the plan, as the operator has written them. */
  async function readPlan(): Promise<string> {
    const plan = await cluster.api.get<ConfigMap>(configMapType, 'shop/prometheus-main-discovery-0');
    return gunzipSync(Buffer.from(plan.binaryData?.['jobs.yaml.gz'] ?? '', 'base64')).toString();
  }

  /** What the service answers to both shards of the job that changes. */
  async function readAnswers(token: string): Promise<string> {
    const jobs = [0, 1].map((shard) => `/v1/final/prometheuses/shop/main/shards/${shard}/jobs/podMonitor/shop/again/0`);
    return (await Promise.all(jobs.map((job) => ask(job, token)))).map(({ body }) => body).join();
  }

  /** The files of the Pod of a shard, as kubelet and config-reloader make them. */
  async function startShard(shard: number): Promise<RunningPrometheus> {
    const name = shard === 0 ? 'prometheus-main' : `prometheus-main-shard-${shard}`;
    const kinds = [
      ['Secret', secretType],
      ['ConfigMap', configMapType],
    ] as const;
    const pod = join(folder, name);
    const { configFile } = await eventually('all that the Pod mounts is there', async () => {
      const set = await cluster.api.get<StatefulSet>(statefulSetType, `shop/${name}`);
      const objects = await Promise.all(
        kinds.map(async ([kind, type]) =>
          (await cluster.api.list<Secret | ConfigMap>(type)).map((one) => ({ ...one, kind })),
        ),
      );
      const files = layOutPod(pod, set, objects.flat(), {
        podName: `${name}-0`,
        nodeName: 'n1',
        caCertificate: authority,
      });
      assert.match(readFileSync(files.configFile, 'utf8'), /http_sd_configs/);
      return files;
    });
    writeFileSync(join(pod, 'var/run/secrets/kubernetes.io/serviceaccount/token'), await tokenOf('prometheus-main'));
    const config = readFileSync(configFile, 'utf8');
    assert.doesNotMatch(config, /kubernetes_sd_configs/);
    return await startPrometheus({ configFile, args: ['--scrape.discovery-reload-interval=1s'] });
  }

  async function listServed({ url }: RunningPrometheus): Promise<string[]> {
    const { data } = (await (await fetch(`${url}/api/v1/targets?state=active`)).json()) as { data: TargetAnswer };
    return data.activeTargets.map(identify).sort();
  }

  async function listWanted(shard: number): Promise<string[]> {
    let text = '';
    const io = { stdout: (part: string) => void (text += part), stderr: () => undefined, isTerminal: false };
    const kubeconfig = cluster.controlPlane.kubeconfigFor('operator');
    const args = [
      'targets',
      '--prometheus',
      'shop/main',
      '--shard',
      String(shard),
      '-o',
      'json',
      '--kubeconfig',
      kubeconfig,
    ];
    assert.equal(await runCli(args, { ...io, signal: new AbortController().signal, env: {} }), 0);
    return (JSON.parse(text) as ApiTargets).activeTargets.map(identify).sort();
  }

  const whenRight = (): Promise<number> =>
    eventually('each shard scrapes what it would find itself', async () => {
      const [served, wanted] = [await Promise.all(shards.map(listServed)), [await listWanted(0), await listWanted(1)]];
      assert.deepEqual(served, wanted);
      return wanted.flat().length;
    });

  it('each shard, with TLS and the token of its service account, has the targets that it would find itself', async (test) => {
    for (const shard of [0, 1]) shards.push(await startShard(shard));
    const before = await whenRight();
    assert.ok(before >= 5, `${before} targets`);
    await put({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', name: 'late', labels: { app: 'late' } } },
      spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'x', ports: [{ name: 'web', containerPort: 8080 }] }] },
      status: { phase: 'Running', podIP: '10.9.0.77', podIPs: [{ ip: '10.9.0.77' }] },
    } as KubernetesObject);
    await eventually('the new Pod is a target', async () => assert.ok((await whenRight()) > before));
    test.diagnostic(`${before} targets, then ${await whenRight()}`);
    assert.ok(await cluster.api.get(podType, 'shop/late'));
  });

  it('a rule that changes is served at once: no configuration is written, nothing is loaded', async () => {
    const config = await cluster.api.get<Secret>(secretType, 'shop/prometheus-main');
    const relabelings = [{ targetLabel: 'colour', replacement: 'green' }];
    await cluster.api.patch(podMonitorType, 'shop/again', {
      spec: { podMetricsEndpoints: [{ port: 'web', params: { module: ['a', 'b'] }, relabelings }] },
    });
    const token = await tokenOf('prometheus-main');
    const look = async (): Promise<void> => {
      const [plan, answers] = [await readPlan(), await readAnswers(token)];
      const all = (await Promise.all(shards.map(listServed))).flat();
      const seen = { plan, answers, prometheus: all.join() };
      const has = Object.entries(seen).map(([place, text]) => [place, text.includes('colour')] as const);
      assert.deepEqual(Object.fromEntries(has), { plan: true, answers: true, prometheus: true });
    };
    await eventually('the label is there', look, 180_000);
    await whenRight();
    assert.deepEqual((await cluster.api.get<Secret>(secretType, 'shop/prometheus-main')).data, config.data);
  });

  const path = '/v1/final/prometheuses/shop/main/shards/0/jobs/podMonitor/shop/all/0';

  it('targets are given to the service account of the workload, to whom RBAC lets get them, and to nobody else', async () => {
    const other = await tokenOf('other');
    assert.equal((await ask(path)).status, 401);
    assert.equal((await ask(path, 'made-up')).status, 401);
    const refused = await ask(path, other);
    assert.equal(refused.status, 403);
    assert.match(refused.body, /system:serviceaccount:shop:other may not get prometheuses\/targets of shop\/main/);
    assert.equal((await ask(path, await tokenOf('prometheus-main'))).status, 200);
    await cluster.controlPlane.kubectl([
      'create',
      'role',
      'reader',
      '--namespace=shop',
      '--verb=get',
      '--resource=prometheuses.monitoring.coreos.com/targets',
    ]);
    await cluster.controlPlane.kubectl([
      'create',
      'rolebinding',
      'reader',
      '--namespace=shop',
      '--role=reader',
      '--serviceaccount=shop:other',
    ]);
    await eventually('the grant counts', async () => assert.equal((await ask(path, other)).status, 200));
    assert.equal((await ask(path.replace('all', 'nobody'), other)).status, 404);
  });

  it('with own discovery again the plan goes, and the service says that there is none', async () => {
    await cluster.api.patch(prometheusType, 'shop/main', {
      metadata: { annotations: { 'stoker.dev/discovery': 'own' } },
    });
    await eventually('the plan is gone', async () => {
      const plans = (await cluster.api.list(configMapType)).filter(
        ({ metadata }) => metadata.labels?.['stoker.dev/discovery-plan'] === 'true',
      );
      assert.deepEqual(
        plans.map(({ metadata }) => metadata.name),
        [],
      );
    });
    await eventually('it is absent', async () => assert.equal((await ask(path, await tokenOf('other'))).status, 404));
  });
});
