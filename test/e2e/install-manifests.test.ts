import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { startControlPlane } from '../../src/cli/start/control-plane.ts';
import { runKubectl } from '../control-plane/kubectl.ts';
import { invoke } from '../cli/invoke.ts';
import type { Cluster } from './support/cluster.ts';
import { crdType, startCluster } from './support/cluster.ts';
import { Helm, operatorChart } from './support/helm.ts';
import { applyExamples, assertNothingRefused, runReplica, whenCrdsServed } from './support/installation.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['helm', 'kube-controller-manager']);
const serverSide = ['apply', '--server-side'];

describe('kubectl apply -k manifests/', () => {
  let cluster: Cluster;
  let operator: Operator;
  before(async () => {
    cluster = await startCluster({ installCrds: false, controllerManager: true, audit: 'all' });
  });
  after(() => cluster.stop());
  const kubectl = (...args: readonly string[]): Promise<string> => cluster.controlPlane.kubectl(args);

  it('gives an operator that makes of examples/ what they ask for', async (test) => {
    await kubectl(...serverSide, '-k', 'manifests');
    await whenCrdsServed(cluster);
    operator = await (await runReplica(cluster)).whenReady();
    await applyExamples(cluster);
    test.diagnostic(`${assertNothingRefused(cluster)} requests, none of them refused`);
  });

  it('a second time changes nothing', async () => {
    const read = () => cluster.readVersions([crdType]);
    const before = await read();
    await kubectl(...serverSide, '-k', 'manifests');
    assert.deepEqual(await read(), before);
  });

  it('is what stoker install --crds prints', async () => {
    const { stdout } = await invoke('install', '--crds');
    const answer = await cluster.controlPlane.kubectl([...serverSide, '-o', 'json', '-f=-'], stdout);
    const applied = (JSON.parse(answer) as { items: KubernetesObject[] }).items;
    const manifests = JSON.parse(await kubectl('get', '-k', 'manifests', '-o', 'json')) as {
      items: KubernetesObject[];
    };
    const list = (items: readonly KubernetesObject[]): string[] =>
      items.map(({ kind = '', metadata }) => `${kind} ${metadata.name ?? ''} ${metadata.uid ?? ''}`).sort();
    assert.deepEqual(list(applied), list(manifests.items));
  });

  it('is taken with the discovery service, too', async () => {
    const { stdout } = await invoke('install', '--discovery-service=secret');
    const answer = await cluster.controlPlane.kubectl([...serverSide, '-o', 'json', '-f=-'], stdout);
    const { items } = JSON.parse(answer) as { items: KubernetesObject[] };
    const names = items.map(({ kind = '', metadata }) => `${kind} ${metadata.name ?? ''}`);
    assert.ok(names.includes('Deployment stoker-discovery'), names.join(', '));
  });

  it('installed for two namespaces needs no ClusterRole, and is refused nothing', async (test) => {
    await operator.stop();
    await kubectl('delete', '--filename=manifests/stoker.yaml', '--wait=true');
    const { stdout } = await invoke('install', '--namespaces=monitoring,shop');
    await cluster.controlPlane.kubectl([...serverSide, '-f=-'], stdout);
    const already = cluster.listRequests('system:serviceaccount:stoker:stoker').length;
    operator = await (await runReplica(cluster)).whenReady();
    const world = new World(() => cluster, 'monitoring');
    await world.patchSpec({ replicas: 3 });
    await world.whenSynced();
    assert.equal((await world.readStatefulSet()).spec.replicas, 3);
    test.diagnostic(`${assertNothingRefused(cluster) - already} requests, none of them refused`);
  });

  it('deleted without the CRDs leaves the objects of users and what runs', async () => {
    await operator.stop();
    const world = new World(() => cluster, 'monitoring');
    const before = await world.readStatefulSet();
    await kubectl('delete', '--filename=manifests/stoker.yaml', '--wait=true', '--ignore-not-found');
    assert.equal((await world.readStatefulSet()).metadata.uid, before.metadata.uid);
    assert.equal((await cluster.api.list(crdType)).length, 10);
  });
});

describe('the embedded control plane', () => {
  it('takes what helm template gives, twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-sandbox-'));
    const kubeconfig = join(folder, 'kubeconfig');
    const sandbox = await startControlPlane({ port: 0, kubeconfig, dataFile: undefined, onError: () => undefined });
    const helm = new Helm();
    try {
      const text = await helm.run(['template', 'stoker', operatorChart, '--namespace=stoker']);
      const apply = async (): Promise<string> =>
        await runKubectl([`--kubeconfig=${kubeconfig}`, ...serverSide, '--force-conflicts', '-f=-'], text);
      await runKubectl([`--kubeconfig=${kubeconfig}`, 'create', 'namespace', 'stoker']);
      assert.match(await apply(), /deployment.apps\/stoker serverside-applied/);
      await apply();
      const crds = await runKubectl([`--kubeconfig=${kubeconfig}`, 'get', 'crds', '-o', 'name']);
      assert.equal(crds.trim().split('\n').length, 10);
    } finally {
      await helm.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
