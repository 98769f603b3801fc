import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { configMapType, daemonSetType, secretType, statefulSetType, podType } from '../../src/api/builtin-types.ts';
import type { ResourceType } from '../../src/api/meta.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import type { WorkloadBinding } from '../../src/api/parts/status.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { assertPodsAccepted } from './support/promtool.ts';
import { editSelected } from './support/stack-edits.ts';
import type { Trace } from './support/stack-edits.ts';
import { assertSettled } from './support/settled.ts';
import { Stack, listStackNames } from './support/stack.ts';
import { planSuite } from './support/suite.ts';
import type { Event } from './support/types.ts';
import { eventType, managedTypes } from './support/types.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['kube-controller-manager', 'promtool']);
const gates = '--feature-gates=PrometheusAgentDaemonSet=true,StatusForConfigurationResources=true';
const patienceMs = 90_000;

describe('the thirteen example stacks on a real API server', () => {
  let cluster: Cluster;
  let operator: Operator;
  const stacks = listStackNames().map((name) => new Stack(name, () => cluster.api));
  const namespaces = new Set(stacks.flatMap((stack) => stack.namespaces));
  const workloads = stacks.flatMap((stack) => stack.workloads);
  const kubectl = (...args: readonly string[]) => cluster.controlPlane.kubectl(args);
  before(async () => {
    cluster = await startCluster({ controllerManager: true });
    operator = await cluster.startOperator({ args: [gates] });
    await operator.whenReady();
    for (const { folder } of stacks) await kubectl('apply', '-f', folder);
  });
  after(() => cluster.stop());

  /** Writes of the operator into the namespaces of the stacks, from the n-th on. */
  const listStackWrites = (from = 0): string[] =>
    cluster
      .listWrites()
      .filter(({ namespace }) => namespaces.has(namespace))
      .slice(from)
      .map(describeWrite);

  /** resourceVersions of the StatefulSets and DaemonSets of the stacks. */
  const readPodVersions = async (): Promise<string[]> => {
    const objects = await Promise.all(stacks.map((stack) => stack.listObjects(statefulSetType, daemonSetType)));
    return objects.flat().map(({ metadata }) => `${metadata.name ?? ''} ${metadata.resourceVersion ?? ''}`);
  };

  for (const stack of stacks) {
    it(`${stack.name}: everything is accepted`, async (test) => {
      await eventually(
        'all is reconciled and bound',
        async () => {
          for (const workload of stack.workloads) await stack.assertReconciled(workload);
          for (const object of stack.selected) await stack.readBindings(object);
          for (const object of stack.leftOut) assert.match(await stack.readRejection(object), /Cannot find receiver/);
        },
        patienceMs,
      );
      const events = await Promise.all(stack.namespaces.map((one) => cluster.api.list<Event>(eventType, one)));
      const ours = events
        .flat()
        .filter(({ regarding }) => stack.selected.some(({ type }) => type.kind === regarding.kind));
      // What is left out on purpose is told of, and nothing else.
      assert.deepEqual(
        ours.map(({ reason, note }) => `${reason}: ${note.split(' was ')[0] ?? ''}`),
        stack.leftOut.map(({ key }) => `InvalidConfiguration: "${key}"`),
      );
      test.diagnostic(`${stack.workloads.length} workloads, ${stack.selected.length} selected objects`);
    });
  }

  async function assertSeen(
    stack: Stack,
    bindings: readonly WorkloadBinding[],
    { text, output }: Trace,
  ): Promise<void> {
    for (const binding of bindings) {
      const seen = output === 'rules' ? await stack.readRules(binding) : await stack.readConfig(binding);
      assert.ok(seen.includes(text), `${binding.name} has no "${text}"`);
    }
  }

  for (const stack of stacks) {
    it(`${stack.name}: every change of an object arrives where it belongs`, async () => {
      const traces = new Map<Stack['selected'][number], Trace>();
      for (const object of stack.selected) traces.set(object, await editSelected(cluster.api, object));
      const podMetadata = { annotations: { edited: 'by-hand' } };
      for (const { type, key } of stack.workloads)
        await cluster.api.patch(type, key, { spec: { ...editLabels(type), podMetadata } });
      await eventually(
        'all changes are there',
        async () => {
          for (const [object, trace] of traces) await assertSeen(stack, await stack.readBindings(object), trace);
          for (const workload of stack.workloads) {
            await stack.assertReconciled(workload);
            const pods = await stack.listPods(workload);
            assert.ok(pods.length > 0);
            for (const {
              spec: { template },
            } of pods)
              assert.equal(template.metadata.annotations?.['edited'], 'by-hand');
            const [namespace = '', name = ''] = workload.key.split('/');
            if (!('externalLabels' in editLabels(workload.type))) continue;
            const config = await stack.readConfig({ resource: resourceOf(workload.type.plural), namespace, name });
            assert.match(config, /^ {4}edited: by-hand$/m);
          }
        },
        patienceMs,
      );
    });
  }

  for (const [key, data, config] of [
    ['central-metrics/central-store', { 'client-secret': 'changed' }, 'central-metrics/prometheus-main'],
    ['webshop/api-scraper', { secret: 'changed-too' }, 'central-metrics/prometheus-main'],
    ['vault/auditor', { password: 'changed' }, 'vault-monitoring/prometheus-vault'],
    ['datacenter/inventory', { password: 'changed' }, 'datacenter/prometheus-datacenter'],
  ] as const) {
    it(`a new value in the Secret ${key} is used`, async () => {
      const stack = stacks.find((one) => one.namespaces.includes(key.split('/')[0] ?? ''));
      assert.ok(stack !== undefined);
      await cluster.api.patch(secretType, key, { stringData: data });
      const [namespace = '', secret = ''] = config.split('/');
      const name = secret.replace(/^prometheus-/, '');
      const value = Object.values(data)[0];
      await eventually(
        'it is in the config',
        async () => {
          const text = await stack.readConfig({ resource: 'prometheuses', namespace, name });
          assert.match(text, new RegExp(`(?:secret|password): ${value}$`, 'm'));
        },
        patienceMs,
      );
    });
  }

  it('leave nothing to do: after the last change nothing is written', async (test) => {
    const sentinel = new World(() => cluster, 'sentinel');
    await sentinel.begin();
    let round = 0;
    // Whatever waits in the queues comes before the sentinel's next turn.
    await eventually(
      'a round without a write',
      async () => {
        const before = listStackWrites().length;
        const versions = await readPodVersions();
        round += 1;
        await sentinel.patchSpec({ externalLabels: { round: String(round) } });
        await sentinel.whenSynced();
        assert.deepEqual(listStackWrites(before), []);
        // Their own controllers have finished as well: what these write into a status is a change for the operator.
        assert.deepEqual(await readPodVersions(), versions);
        await assertSettled(cluster.api);
      },
      patienceMs,
    );
    test.diagnostic(`${listStackWrites().length} writes into the stacks, quiet after ${round} rounds`);
  });

  it('are left as they are by an operator that starts again', async () => {
    assert.equal(await operator.stop(), 'exit code 0');
    const types = [
      ...managedTypes,
      daemonSetType,
      ...new Set([...stacks.flatMap(({ selected }) => selected), ...workloads].map(({ type }) => type)),
    ];
    const versions = await cluster.readVersions(types);
    const already = cluster.listWrites().length;
    operator = await cluster.startOperator({ args: [gates] });
    await operator.whenReady();
    await whenIdle();
    const written = cluster.listWrites().slice(already).map(describeWrite);
    assert.deepEqual(
      written.filter((write) => !/^(create|patch|update) events /.test(write)),
      [],
    );
    assert.deepEqual(await cluster.readVersions(types), versions);
  });

  /** All queues of all kinds have had a turn for each of their objects, and nothing waits. */
  async function whenIdle(): Promise<void> {
    await eventually(
      'every workload and its status were looked at',
      async () => {
        for (const [name, kind] of [
          ['prometheus', 'Prometheus'],
          ['prometheusagent', 'PrometheusAgent'],
          ['alertmanager', 'Alertmanager'],
          ['thanos', 'ThanosRuler'],
        ] as const) {
          const count = workloads.filter(({ type }) => type.kind === kind).length;
          for (const queue of [name, `${name}_status`]) {
            const done = await operator.metric('prometheus_operator_workqueue_work_duration_seconds_count', {
              name: queue,
            });
            assert.ok(done >= count, `${queue}: ${done}`);
            assert.equal(await operator.metric('prometheus_operator_workqueue_depth', { name: queue }), 0, queue);
          }
        }
      },
      patienceMs,
    );
  }

  it('give Pods what promtool accepts, after all changes', async (test) => {
    const objects = await Promise.all(
      stacks.map((stack) => stack.listObjects(secretType, configMapType, statefulSetType, daemonSetType)),
    );
    const caCertificate = readFileSync(cluster.controlPlane.caFile, 'utf8');
    const { configs, ruleFiles } = await assertPodsAccepted(objects.flat(), caCertificate);
    test.diagnostic(`${configs} configs, ${ruleFiles} rule files`);
    assert.ok(configs >= 16 && ruleFiles >= 10, `${configs} configs, ${ruleFiles} rule files`);
  });

  it('leave nothing behind: what was made for them goes with them', async () => {
    for (const { type, key } of workloads) await cluster.api.remove(type, key);
    await eventually(
      'all that they owned is gone',
      async () => {
        for (const stack of stacks) {
          const left = (await stack.listOwned()).map(({ kind, metadata }) => `${kind ?? ''} ${metadata.name ?? ''}`);
          assert.deepEqual(left, [], stack.name);
        }
      },
      patienceMs,
    );
    for (const stack of stacks) {
      for (const { type, key } of stack.selected) {
        const { status } = await cluster.api.get<{ metadata: object; status?: { bindings?: unknown[] } }>(type, key);
        assert.deepEqual(status?.bindings ?? [], [], key);
      }
    }
    await eventually(
      'no Pod of theirs is left',
      async () => {
        const pods = (await Promise.all([...namespaces].map((one) => cluster.api.list(podType, one)))).flat();
        const names = pods.map(({ metadata }) => metadata.name ?? '');
        assert.deepEqual(
          names.filter((name) => /^(?:prometheus|prom-agent|alertmanager|thanos-ruler)-/.test(name)),
          [],
        );
      },
      patienceMs,
    );
    await kubectl('delete', '--wait=false', '--ignore-not-found', ...stacks.flatMap(({ folder }) => ['-f', folder]));
    await eventually(
      'their own objects are gone too',
      async () => {
        for (const stack of stacks) {
          for (const { type, key } of stack.selected) assert.equal(await cluster.api.find(type, key), undefined, key);
        }
      },
      patienceMs,
    );
    assert.equal((await cluster.api.list(prometheusType, 'sentinel')).length, 1);
  });
});

/** What a workload says of all that it sends: an Alertmanager says nothing. */
const editLabels = ({ kind }: ResourceType): object => {
  if (kind === 'Alertmanager') return {};
  return kind === 'ThanosRuler' ? { labels: { edited: 'by-hand' } } : { externalLabels: { edited: 'by-hand' } };
};

const resourceOf = (plural: string): WorkloadBinding['resource'] =>
  plural === 'prometheusagents' ? 'prometheusagents' : 'prometheuses';
