import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { statefulSetType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import type { Plan } from '../../src/core/plan/plan-model.ts';
import { invoke } from '../cli/invoke.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const suite = planSuite(['kubectl']);
const folder = mkdtempSync(join(tmpdir(), 'stoker-plan-live-'));
const password = 'open-sesame-and-secret';

let cluster: Cluster;
const namespace = 'shop';
const world = new World(() => cluster, namespace);

const prometheus = (spec: object = {}): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'main', namespace },
  spec: { version: 'v3.5.0', serviceMonitorSelector: {}, ...spec },
});

const monitor = (interval = '30s'): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'cart', namespace },
  spec: {
    selector: { matchLabels: { app: 'cart' } },
    endpoints: [{ port: 'web', interval, basicAuth: { username: key('user'), password: key('password') } }],
  },
});

const key = (name: string): object => ({ name: 'login', key: name });

const secret: object = {
  ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace } },
  stringData: { user: 'reader', password },
};

function write(...items: readonly object[]): string {
  const file = join(folder, 'all.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

interface Answer {
  readonly code: number;
  readonly text: string;
  readonly stderr: string;
  readonly plan: Plan;
}

/** Both as text and as data; what is in Secrets is in neither. */
async function plan(user: string, ...items: readonly object[]): Promise<Answer> {
  const words = ['plan', write(...items), '--kubeconfig', cluster.controlPlane.kubeconfigFor(user)];
  const [text, json] = [await invoke(...words), await invoke(...words, '-o', 'json')];
  const said = [text, json].map(({ stdout, stderr }) => stdout + stderr).join('');
  for (const spelled of [password, Buffer.from(password).toString('base64').slice(0, 12)])
    assert.ok(!said.includes(spelled), 'what is in a Secret is shown');
  assert.equal(text.code, json.code);
  assert.notEqual(json.stdout, '', json.stderr);
  return { code: json.code, text: text.stdout, stderr: text.stderr, plan: JSON.parse(json.stdout) as Plan };
}

const rules = [
  { apiGroups: ['monitoring.coreos.com'], resources: ['*'], verbs: ['get', 'list'] },
  { apiGroups: ['apps'], resources: ['statefulsets', 'daemonsets'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['namespaces', 'services', 'configmaps'], verbs: ['get', 'list'] },
];

const named = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'viewer' } };
const viewing = [
  { ...named, kind: 'ClusterRole', rules },
  {
    ...{ ...named, kind: 'ClusterRoleBinding' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'viewer' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'viewer' }],
  },
];

describe('stoker plan against a real API server', () => {
  suite.before(async () => {
    cluster = await startCluster({ controllerManager: true, users: [{ name: 'viewer', groups: [] }] });
    await cluster.createNamespace(namespace);
    await (await cluster.startOperator()).whenReady();
    await cluster.controlPlane.kubectl(['apply', '-f', write(secret, prometheus(), monitor(), ...viewing)]);
    await eventually('the first side is brought about', async () => {
      await world.whenSynced();
      assert.match(await world.readConfig(), /serviceMonitor\/shop\/cart\/0/);
    });
  });
  suite.after(async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  suite.it('says that nothing changes of what there is', async () => {
    const { code, text } = await plan('operator', secret, prometheus(), monitor());
    assert.deepEqual([code, text], [0, 'Nothing changes: 1 workload is as it was.\n']);
  });

  suite.it('names what may not be read, and never says that nothing changes', async () => {
    const same = await plan('viewer', prometheus(), monitor());
    assert.equal(same.code, 1);
    assert.doesNotMatch(same.text, /Nothing changes/);
    assert.deepEqual(same.plan.unread, [
      'cannot get Secret shop/login: forbidden',
      'cannot list secrets in namespace shop: forbidden',
    ]);
    const [workload] = same.plan.workloads;
    assert.equal(workload?.action, 'unknown');
    assert.match(
      workload.failures.map(({ message }) => message).join('; '),
      /cannot get Secret shop\/prometheus-main: forbidden/,
    );
    assert.deepEqual([workload.objects, workload.rejections], [[], []]);
  });

  suite.it('says which pods restart to who may read no Secret and try nothing', async () => {
    const { code, stderr, plan: found } = await plan('viewer', prometheus({ version: 'v3.1.0' }));
    assert.equal(code, 1);
    assert.deepEqual(found.workloads[0]?.pods, [{ set: 'prometheus-main', verb: 'restart', pods: 1 }]);
    assert.match(stderr, /merged here, without the API server's defaults and admission.*: Prometheus shop\/main/);
    assert.match(stderr, /a dry run of them is forbidden/);
  });

  suite.it('names a manifest that the API server refuses, and plans the others', async () => {
    const { code, text, plan: found } = await plan('operator', prometheus({ version: 'v3.1.0' }), monitor('often'));
    assert.equal(code, 1);
    assert.deepEqual(
      found.refused?.map(({ kind, name }) => [kind, name]),
      [['ServiceMonitor', 'cart']],
    );
    assert.match(text, /refused {3}ServiceMonitor shop\/cart: .*interval/);
    assert.equal(found.summary.pods.restart, 1);
  });

  suite.it('says that a set stays which the API server would not take', async () => {
    const memory = { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } };
    const { code, plan: found } = await plan('operator', prometheus({ resources: memory }));
    assert.equal(code, 1);
    const [workload] = found.workloads;
    assert.match(
      workload?.failures[0]?.message ?? '',
      /^The API server does not take StatefulSet "prometheus-main": .*memory/,
    );
    assert.deepEqual([workload?.objects, workload?.pods], [[], []]);
  });

  suite.it('looks at a Service that a workload names as its own', async () => {
    const { code, plan: found } = await plan('operator', prometheus({ serviceName: 'mine' }));
    assert.equal(code, 1);
    assert.match(found.workloads[0]?.failures[0]?.message ?? '', /Cannot use Service "mine": it does not exist/);
  });

  suite.it('shows what somebody has changed by hand', async () => {
    await cluster.api.patch(prometheusType, world.keyOf('main'), { spec: { paused: true } });
    await world.whenSynced();
    await cluster.api.patch(statefulSetType, world.keyOf('prometheus-main'), { spec: { replicas: 3 } });
    const paused = await plan('operator', secret);
    assert.deepEqual([paused.code, paused.plan.workloads[0]?.paused], [0, true]);
    const { code, text } = await plan('operator', prometheus({ paused: false }));
    assert.equal(code, 6);
    assert.match(text, /2 pods of prometheus-main stop/);
    assert.match(text, /spec\.replicas: 3 -> 1/);
  });
});
