import assert from 'node:assert/strict';
import { podType, secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { Prometheus } from '../../src/api/prometheus.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { podMonitorType } from '../../src/api/pod-monitor.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import type { Operator } from './support/operator.ts';
import { makeSecret } from './support/objects.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const suite = planSuite();
let cluster: Cluster;
let operator: Operator;
suite.before(async () => {
  cluster = await startCluster({ controllerManager: false });
  operator = await cluster.startOperator({ args: ['--target-discovery'] });
  await operator.whenReady();
});
suite.after(() => cluster.stop());

const pod = (name: string): KubernetesObject & { spec: unknown } => ({
  metadata: { namespace: 'shop', name, labels: { app: 'cart' } },
  spec: {
    containers: [
      {
        name: 'c',
        image: 'x',
        ports: [
          { name: 'web', containerPort: 80 },
          { name: 'admin', containerPort: 81 },
        ],
      },
    ],
  },
});

suite.it('an operator with --target-discovery counts the targets of a monitor as they change', async () => {
  await new World(() => cluster, 'shop').begin({ podMonitorSelector: {} });
  await cluster.api.create(podMonitorType, {
    metadata: { namespace: 'shop', name: 'cart' },
    spec: { selector: { matchLabels: { app: 'cart' } }, podMetricsEndpoints: [{ port: 'web' }] },
  });
  const count = (state: string): Promise<number> =>
    operator.metric('stoker_monitor_targets', { workload: 'shop/main', monitor: 'podMonitor/shop/cart', state });
  for (const [index, name] of ['cart-0', 'cart-1'].entries()) {
    await cluster.api.create(podType, pod(name));
    await cluster.api.patch(
      podType,
      `shop/${name}`,
      { status: { phase: 'Running', podIP: `10.9.0.${index + 1}` } },
      'status',
    );
    await eventually(
      `${index + 1} pods are scraped by one port each`,
      async () => assert.deepEqual([await count('active'), await count('dropped')], [index + 1, index + 1]),
      60_000,
    );
  }
  await cluster.api.remove(podMonitorType, 'shop/cart');
  await eventually('a monitor that is gone has no series', async () => assert.equal(await count('active'), 0), 60_000);
});

suite.it('it recommends a number of shards, which the scale subresource takes', async () => {
  const world = new World(() => cluster, 'sharded');
  await world.begin({ podMonitorSelector: {} });
  await cluster.api.create(podMonitorType, {
    metadata: { namespace: 'sharded', name: 'cart' },
    spec: { selector: { matchLabels: { app: 'cart' } }, podMetricsEndpoints: [{ port: 'web' }] },
  });
  for (const at of [1, 2, 3, 4, 5]) {
    const [name, podIP] = [`cart-${at}`, `10.9.2.${at}`];
    await cluster.api.create(podType, {
      ...pod(name),
      metadata: { ...pod(name).metadata, name, namespace: 'sharded' },
    });
    await cluster.api.patch(podType, `sharded/${name}`, { status: { phase: 'Running', podIP } }, 'status');
  }
  const wish = { 'stoker.dev/targets-per-shard': '2' };
  await cluster.api.patch(prometheusType, 'sharded/main', { metadata: { annotations: wish } });
  const whenSaid = (wanted: string): Promise<void> =>
    eventually('the condition says it', async () => {
      const { status } = await cluster.api.get<Prometheus>(prometheusType, 'sharded/main');
      const said = status?.conditions?.find(({ type }) => type === 'ShardsFit');
      assert.equal(`${said?.status} ${said?.reason}: ${said?.message}`, wanted);
    });
  const more =
    'False MoreShardsRecommended: 3 shards are recommended for 2 targets a shard, there is 1: set spec.shards';
  await whenSaid(more);
  assert.equal(await operator.metric('stoker_recommended_shards', { workload: 'sharded/main' }), 3);
  // As an autoscaler does it.
  await cluster.controlPlane.kubectl(['scale', 'prometheus', 'main', '--namespace=sharded', '--replicas=3']);
  await whenSaid('True ShardsAsRecommended: 3 shards are recommended for 2 targets a shard');
});

interface Answer {
  readonly verdict: string;
  readonly reason: string;
  readonly summary: string;
  readonly chain: readonly { readonly link: string; readonly verdict: string }[];
}

suite.it('the operator says at /explain why a monitor is not scraped, and no secret with it', async () => {
  await new World(() => cluster, 'explained').begin({ podMonitorSelector: {} });
  await cluster.api.create(secretType, makeSecret('explained', 'login', { password: 'hunter2', user: 'me' }));
  await cluster.api.create(podType, {
    ...pod('pay-0'),
    metadata: { namespace: 'explained', name: 'pay-0', labels: { app: 'pay' } },
  });
  await cluster.api.patch(podType, 'explained/pay-0', { status: { phase: 'Running', podIP: '10.9.1.1' } }, 'status');
  await cluster.api.create(podMonitorType, {
    metadata: { namespace: 'explained', name: 'pay' },
    spec: {
      selector: { matchLabels: { app: 'pay' } },
      podMetricsEndpoints: [
        {
          port: 'metrics',
          basicAuth: { username: { name: 'login', key: 'user' }, password: { name: 'login', key: 'password' } },
        },
      ],
    },
  });
  const found = await eventually(
    'the port is named',
    async () => {
      const { status, body } = await operator.fetch('/explain/podmonitor/explained/pay');
      assert.equal(status, 200, body);
      assert.equal(body.includes('hunter2') || body.includes(btoa('hunter2')), false);
      const answer = JSON.parse(body) as Answer;
      assert.deepEqual([answer.verdict, answer.reason], ['NotScraped', 'PortNotDeclared'], answer.summary);
      return answer;
    },
    60_000,
  );
  assert.equal(found.chain.find(({ verdict }) => verdict === 'fail')?.link, 'port');
  const missing = await operator.fetch('/explain/pmon/explained/paj');
  assert.equal(missing.status, 404);
  assert.match(missing.body, /did you mean \\?"explained\/pay\\?"/);
});
