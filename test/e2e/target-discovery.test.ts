import assert from 'node:assert/strict';
import { podType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { podMonitorType } from '../../src/api/pod-monitor.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const suite = planSuite();
let cluster: Cluster;
suite.before(async () => {
  cluster = await startCluster({ controllerManager: false });
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
  const operator = await cluster.startOperator({ args: ['--target-discovery'] });
  await operator.whenReady();
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
