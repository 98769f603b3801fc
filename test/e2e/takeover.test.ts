import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Condition, KubernetesObject } from '../../src/api/meta.ts';
import { workloadKinds } from '../../src/core/kinds/registry.ts';
import { inputHashAnnotation } from '../../src/core/render/shared/input-hash.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { decodeAlertmanagerConfig, decodeConfig } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import type { Left } from './support/reference.ts';
import {
  assertUntouched,
  foreignHash,
  isSet,
  listManaged,
  makeAsReference,
  updateAsReference,
} from './support/reference.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite();
const args = ['--feature-gates=PrometheusAgentDaemonSet=true'];
const stacks = join(import.meta.dirname, '..', '..', 'stacks');
const longAgo = '2026-01-02T03:04:05Z';

interface Workload extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** The configuration of a Prometheus, an agent or an Alertmanager, where the object is a Secret that holds one. */
const readConfig = (object: Left['object'] | undefined): string | undefined =>
  decodeConfig(object) ?? decodeAlertmanagerConfig(object);

describe('an operator that takes over from the reference', () => {
  let cluster: Cluster;
  let left: Left[] = [];
  /** By the name of the kind's queue. */
  const counts: Record<string, number> = {};
  const listWorkloads = async (): Promise<Workload[]> =>
    (await Promise.all(workloadKinds.map(({ type }) => cluster.api.list<Workload>(type)))).flat();
  before(async () => {
    cluster = await startCluster();
    // kubectl may learn of a CRD a moment later than the API server serves it.
    await eventually('the stacks are applied', () =>
      cluster.controlPlane.kubectl(['apply', '--server-side', '--recursive', '-f', stacks]),
    );
    for (const { queueName, type } of workloadKinds) counts[queueName] = (await cluster.api.list(type)).length;
    const first = await cluster.startOperator({ args });
    await first.whenReady();
    await eventually('everything is synced', async () => {
      const isSynced = ({ status }: Workload) =>
        status?.conditions?.some((one) => one.type === 'Reconciled' && one.status === 'True') === true;
      const waiting = (await listWorkloads())
        .filter((one) => !isSynced(one))
        .map(({ metadata, status }) => [metadata.name, status]);
      assert.deepEqual(waiting, []);
    });
    await first.whenIdle(counts);
    await first.stop();
    left = await makeAsReference(cluster.api);
    await ageStatuses();
  });
  after(() => cluster.stop());

  /** The conditions are from long ago: what has not changed keeps its time. */
  async function ageStatuses(): Promise<void> {
    for (const { type } of workloadKinds) {
      for (const { metadata, status } of await cluster.api.list<Workload>(type)) {
        const conditions = (status?.conditions ?? []).map((one) => ({ ...one, lastTransitionTime: longAgo }));
        await cluster.api.patch(
          type,
          `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
          { status: { conditions } },
          'status',
        );
      }
    }
  }
  const hashOf = ({ object }: Left): string => object.metadata.annotations?.[inputHashAnnotation] ?? '';
  const listSets = async (): Promise<Left[]> => (await listManaged(cluster.api)).filter(({ type }) => isSet(type));
  const takeOver = async (): Promise<Operator> => {
    const operator = await cluster.startOperator({ args });
    await operator.whenReady();
    await operator.whenIdle(counts);
    return operator;
  };
  /** Without lost races, which change nothing. */
  const listWrites = (from: number): string[] =>
    cluster
      .listWrites()
      .slice(from)
      .map(describeWrite)
      .filter((write) => !/^(create|patch) events | 409$/.test(write));

  it('finds everything that a realistic cluster has', (test) => {
    const kinds = left.map(({ type }) => type.kind);
    test.diagnostic(`${left.length} objects of ${JSON.stringify(counts)}`);
    assert.ok(kinds.filter((kind) => kind === 'StatefulSet').length >= 10, kinds.join());
    assert.ok(kinds.includes('DaemonSet'), kinds.join());
    return Promise.resolve();
  });

  it('changes no spec, makes nothing anew, and writes each set and each config once at most', async () => {
    const already = cluster.listWrites().length;
    const operator = await takeOver();
    const sets = left.filter(({ type }) => isSet(type));
    await eventually('the hashes are ours', async () => {
      const foreign = (await listSets()).filter(
        (set) => set.type.kind === 'StatefulSet' && hashOf(set) === foreignHash,
      );
      assert.deepEqual(
        foreign.map(({ key }) => key),
        [],
      );
    });
    assert.equal(await operator.stop(), 'exit code 0');
    await assertUntouched(cluster.api, left);
    const writes = listWrites(already);
    const configs = left.filter(({ object }) => readConfig(object) !== undefined);
    const allowed = new Set([
      ...sets.map(({ type, key }) => `update ${type.plural} ${key} 200`),
      ...configs.map(({ key }) => `update secrets ${key} 200`),
    ]);
    assert.deepEqual(
      writes.filter((write) => !allowed.has(write)),
      [],
    );
    assert.equal(new Set(writes).size, writes.length, 'each once');
  });

  it('keeps what is in Secrets and ConfigMaps, and every status', async () => {
    const now = new Map((await listManaged(cluster.api)).map((one) => [`${one.type.kind} ${one.key}`, one.object]));
    assert.equal(now.size, left.length);
    for (const { type, key, object } of left.filter((one) => !isSet(one.type))) {
      const found = now.get(`${type.kind} ${key}`);
      const config = readConfig(object);
      if (config === undefined) assert.equal(found?.metadata.resourceVersion, object.metadata.resourceVersion, key);
      else assert.equal(readConfig(found), config, key);
    }
    for (const { metadata, status } of await listWorkloads()) {
      const times = (status?.conditions ?? []).map((one) => `${one.type} ${one.lastTransitionTime}`);
      assert.deepEqual(times, [`Available ${longAgo}`, `Reconciled ${longAgo}`], metadata.name);
    }
  });

  it('writes nothing when it is started again', async () => {
    const already = cluster.listWrites().length;
    await (await takeOver()).stop();
    assert.deepEqual(listWrites(already), []);
  });

  it('leaves what the reference finds and writes over without a restart', async () => {
    const selectors = {
      server:
        'managed-by in (prometheus-operator),operator.prometheus.io/shard,operator.prometheus.io/name,operator.prometheus.io/mode in (server)',
      agent:
        'managed-by in (prometheus-operator),operator.prometheus.io/shard,operator.prometheus.io/name,operator.prometheus.io/mode in (agent)',
      alertmanager: 'app.kubernetes.io/managed-by in (prometheus-operator),app.kubernetes.io/name in (alertmanager)',
      ruler: 'app.kubernetes.io/managed-by in (prometheus-operator),app.kubernetes.io/name in (thanos-ruler)',
    };
    const found: string[] = [];
    for (const selector of Object.values(selectors)) {
      const names = await cluster.controlPlane.kubectl(['get', 'sts', '-A', '-l', selector, '-o', 'name']);
      found.push(
        ...names
          .trim()
          .split('\n')
          .filter((line) => line !== ''),
      );
    }
    const statefulSets = left.filter(({ type }) => type.kind === 'StatefulSet');
    assert.equal(found.length, statefulSets.length);
    for (const { object } of await listManaged(cluster.api)) {
      const owners = object.metadata.ownerReferences ?? [];
      assert.ok(owners.length > 0 && owners.every(({ apiVersion }) => apiVersion.startsWith('monitoring.coreos.com/')));
    }
    await updateAsReference(cluster.api, left);
    await assertUntouched(cluster.api, left);
    const already = cluster.listWrites().length;
    await (await takeOver()).stop();
    await assertUntouched(cluster.api, left);
    assert.ok(
      listWrites(already).every((write) => write.startsWith('update statefulsets')),
      listWrites(already).join(),
    );
  });
});
