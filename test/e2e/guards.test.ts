import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { disruptionBudgetType, networkPolicyType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { NetworkPolicy, PodDisruptionBudget } from '../../src/core/render/shared/rendered-objects.ts';
import { RefusedError } from './support/api.ts';
import { describeWrite } from './support/audit.ts';
import type { Write } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Permissions } from './support/identity.ts';
import { grantAccess, listModeFlags, serviceAccountUser, strict, wholeCluster } from './support/identity.ts';
import { makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { ReadyPods } from './support/plan-pairs/ready-pods.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();
const flags = ['--pod-disruption-budgets=on', '--network-policies=annotated'];
const budgetAnnotation = 'stoker.dev/pod-disruption-budget';
const policyAnnotation = 'stoker.dev/network-policy';
/** Missing permissions are asked for every 15 s, and caches that are refused wait half a minute at most. */
const patienceMs = 120_000;

interface Budget extends PodDisruptionBudget {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly expectedPods?: number;
    readonly disruptionsAllowed?: number;
  };
}

/**
 * Of an update that lost a race it is no word against the role: the disruption controller writes the status of each budget, and who wrote
 * on what has changed meanwhile reads it again.
 */
const isRefused = ({ verb, code }: Write): boolean => code >= 300 && !(verb === 'update' && code === 409);

describe('guards on a real API server with the disruption controller of Kubernetes', { timeout: 300_000 }, () => {
  let cluster: Cluster;
  let permissions: Permissions;
  let operator: Operator;
  let pods: ReadyPods;
  const world = new World(() => cluster, 'guards');
  const start = async (): Promise<void> => {
    const { kubeconfig } = permissions;
    operator = await cluster.startOperator({ kubeconfig, args: [...listModeFlags(wholeCluster, []), ...flags] });
    await operator.whenReady();
  };
  before(async () => {
    cluster = await startCluster({ ...strict, controllerManager: true });
    const features = ['pod-disruption-budgets', 'network-policies'] as const;
    permissions = await grantAccess(cluster, wholeCluster, { namespaces: ['guards'], features });
    pods = new ReadyPods(cluster.api);
    pods.start();
    await start();
  });
  after(async () => {
    await pods.stop();
    await cluster.stop();
  });

  const readBudget = (suffix = ''): Promise<Budget> =>
    cluster.api.get<Budget>(disruptionBudgetType, world.keyOf(world.prefix + suffix));
  const annotate = (annotations: Readonly<Record<string, string | null>>): Promise<unknown> =>
    cluster.api.patch(prometheusType, world.keyOf(world.name), { metadata: { annotations } });
  const whenAllowed = async (suffix: string, allowed: number): Promise<void> => {
    await eventually(`${allowed} pods of shard "${suffix}" may go`, async () => {
      const { metadata, status } = await readBudget(suffix);
      const { observedGeneration, expectedPods, disruptionsAllowed } = status ?? {};
      assert.deepEqual([observedGeneration, expectedPods, disruptionsAllowed], [metadata.generation, 2, allowed]);
    });
  };
  /** The code that the API server answers with. */
  const evict = async (pod: string): Promise<number> => {
    try {
      await cluster.api.evict(world.keyOf(world.prefix + pod));
      return 201;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      return error.status;
    }
  };
  const listGuardWrites = () =>
    cluster
      .listWrites(serviceAccountUser)
      .filter(({ resource }) => ['poddisruptionbudgets', 'networkpolicies'].includes(resource));

  it('let one pod of each shard be evicted, and the next when it is ready again', async () => {
    await world.begin({ shards: 2, replicas: 2 });
    for (const suffix of ['', '-shard-1']) await whenAllowed(suffix, 1);
    // Pods that are made from now on do not become ready.
    await pods.stop();
    assert.deepEqual([await evict('-0'), await evict('-1'), await evict('-shard-1-0')], [201, 429, 201]);
    pods = new ReadyPods(cluster.api);
    pods.start();
    await whenAllowed('', 1);
    assert.equal(await evict('-1'), 201);
  });

  it('are on the server as they were written: an operator that is started anew writes none', async () => {
    await annotate({ [budgetAnnotation]: 'minAvailable=50%', [policyAnnotation]: 'namespaces=shop' });
    await eventually('they follow the annotations', async () => {
      assert.equal((await readBudget('-shard-1')).spec.minAvailable, '50%');
      assert.equal((await readBudget()).spec.minAvailable, '50%');
      const { spec } = await cluster.api.get<NetworkPolicy>(networkPolicyType, world.keyOf(world.prefix));
      assert.deepEqual(
        spec.ingress.map(({ ports }) => ports),
        Array.from({ length: 2 }, () => [8080, 9090].map((port) => ({ port, protocol: 'TCP' }))),
      );
    });
    // What is under way ends before the process does: only then they are counted.
    assert.equal(await operator.stop(), 'exit code 0');
    const written = listGuardWrites().map(describeWrite);
    await start();
    await operator.whenIdle({ prometheus: 1 });
    assert.deepEqual(listGuardWrites().map(describeWrite), written);
    assert.deepEqual(listGuardWrites().filter(isRefused).map(describeWrite), [], 'the generated role is enough');
  });

  it('that are forbidden hold up nothing else, and are named', async () => {
    const giveBack = await permissions.revoke('poddisruptionbudgets');
    await annotate({ [budgetAnnotation]: '1' });
    await cluster.api.create(serviceMonitorType, makeServiceMonitor(world.namespace, 'web'));
    await eventually('Guarded says so', async () => {
      const { status, reason, message } = await world.readCondition('Guarded');
      assert.deepEqual([status, reason], ['False', 'GuardNotWritten']);
      assert.match(message ?? '', /Cannot write PodDisruptionBudget "prometheus-main": .*forbidden/);
    });
    const { message } = await eventually('Permitted, too', () => world.readCondition('Permitted'), patienceMs);
    assert.match(message ?? '', /get, list, watch, create, update, delete poddisruptionbudgets\.policy/);
    await world.whenJobsAre('web/0');
    await world.whenSynced();
    assert.equal((await operator.fetch('/readyz')).status, 200);
    await giveBack();
    await eventually(
      'it is written',
      async () => assert.equal((await readBudget()).spec.maxUnavailable, 1),
      patienceMs,
    );
    await eventually(
      'nothing is to be told',
      async () => {
        const { conditions = [] } = (await world.read()).status ?? {};
        assert.deepEqual(
          conditions.map(({ type }) => type).filter((type) => /Guarded|Permitted/.test(type)),
          [],
        );
      },
      patienceMs,
    );
  });

  it('go with their shard, with the annotation, and with their workload', async () => {
    const count = async (): Promise<number[]> => [
      (await cluster.api.list(disruptionBudgetType, world.namespace)).length,
      (await cluster.api.list(networkPolicyType, world.namespace)).length,
    ];
    await world.patchSpec({ shards: 1 });
    await eventually('one is left', async () => assert.deepEqual(await count(), [1, 1]));
    await annotate({ [policyAnnotation]: null });
    await eventually('the policy is gone', async () => assert.deepEqual(await count(), [1, 0]));
    await world.remove();
    await eventually('the last one is gone', async () => assert.deepEqual(await count(), [0, 0]), patienceMs);
  });
});
