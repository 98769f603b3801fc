import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertmanagerType } from '../../src/api/alertmanager.ts';
import { configMapType, secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import type { WorkloadCondition } from '../../src/api/parts/status.ts';
import { prometheusRuleType } from '../../src/api/prometheus-rule.ts';
import { thanosRulerType } from '../../src/api/thanos-ruler.ts';
import type { ConfigMap, Secret } from '../../src/core/render/shared/rendered-objects.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { decodeAlertmanagerConfig } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import { planSuite } from './support/suite.ts';
import { WatchedReplica, programs } from './support/watched-replica.ts';
import type { Files } from './support/watched-replica.ts';

const suite = planSuite(['alertmanager', 'thanos']);
let cluster: Cluster;
const folder = mkdtempSync(join(tmpdir(), 'stoker-loaded-alerting-'));
/** Nobody else of this machine has these addresses. */
const network = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
const alertmanagers = [0, 1].map(
  (at) =>
    new WatchedReplica(`alertmanager-main-${at}`, {
      ...{ address: `${network}.${at + 2}`, folder, program: programs.alertmanager },
    }),
);
const ruler = new WatchedReplica('thanos-ruler-main-0', {
  ...{ address: `${network}.8`, folder, program: programs['thanos-ruler'] },
});

suite.before(async () => {
  cluster = await startCluster();
  const operator = await cluster.startOperator({ args: ['--observe-replicas'] });
  await operator.whenReady();
  await cluster.createNamespace('shop');
});
suite.after(async () => {
  await Promise.all([...alertmanagers, ruler].map((replica) => replica.stop()));
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const label = (program: string): Record<string, string> => ({
  ...{ 'app.kubernetes.io/name': program, 'app.kubernetes.io/managed-by': 'prometheus-operator' },
  ...{ 'app.kubernetes.io/instance': 'main', [program]: 'main' },
});

const create = (type: ResourceType, name: string, rest: object): Promise<unknown> =>
  cluster.api.create(type, { metadata: { namespace: 'shop', name }, ...rest });

const whenLoaded = (type: ResourceType, reason: string, message: RegExp): Promise<void> =>
  eventually(
    `Loaded of ${type.kind} is ${reason}`,
    async () => {
      const { status } = await cluster.api.get<KubernetesObject & { status?: { conditions?: WorkloadCondition[] } }>(
        ...([type, 'shop/main'] as const),
      );
      const condition = status?.conditions?.find((one) => one.type === 'Loaded');
      assert.equal(condition?.reason, reason, JSON.stringify(condition));
      assert.match(condition.message ?? '', message);
    },
    120_000,
  );

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.source;

suite.it('an Alertmanager is compared by the hash of the file that it runs, secrets among it', async () => {
  const write = (path: string): object => ({
    'alertmanager.yaml': JSON.stringify({
      route: { receiver: 'shop' },
      receivers: [{ name: 'shop', webhook_configs: [{ url: `http://u:secret@hooks/${path}` }] }],
    }),
  });
  const whenWritten = (part: string): Promise<Files> =>
    eventually(`the configuration has ${part}`, async () => {
      const secret = await cluster.api.find<Secret>(secretType, 'shop/alertmanager-main-generated');
      const config = decodeAlertmanagerConfig(secret);
      return config?.includes(part) === true && { 'alertmanager.yml': config };
    });
  await create(secretType, 'alertmanager-main', { stringData: write('first') });
  await create(alertmanagerType, 'main', { spec: { replicas: 2 } });
  const first = await whenWritten('/first');
  for (const replica of alertmanagers) {
    await replica.start(first);
    await replica.createPod(cluster, 'shop', label('alertmanager'));
  }
  await whenLoaded(alertmanagerType, 'AllReplicasLoaded', /^2 of 2 replicas run what was written$/);

  await cluster.api.patch(secretType, 'shop/alertmanager-main', { stringData: write('second') });
  const second = await whenWritten('/second');
  const [good, stuck] = alertmanagers as [WatchedReplica, WatchedReplica];
  assert.equal(await good.reload(second), undefined);
  assert.match((await stuck.reload({ 'alertmanager.yml': 'route: {}' })) ?? '', /root route must specify/);
  await whenLoaded(
    alertmanagerType,
    'ReloadFailed',
    new RegExp(
      `^1 of 2 replicas runs what was written; alertmanager-main-1: its reload fails since ${time}, .* kubectl logs alertmanager-main-1 -c alertmanager$`,
    ),
  );
  assert.equal(await stuck.reload(second), undefined);
  await whenLoaded(alertmanagerType, 'AllReplicasLoaded', /^2 of 2/);
  for (const { asked } of alertmanagers) {
    assert.deepEqual([...new Set(asked)], ['/metrics']);
    assert.ok(asked.length <= 12, String(asked.length));
  }
});

suite.it('a ThanosRuler is compared by the rules that it has loaded', async () => {
  const write = (expr: string): object => ({
    spec: { groups: [{ name: 'slow', interval: '1m', rules: [{ alert: 'Slow', expr, for: '90s' }] }] },
  });
  const name = 'thanos-ruler-main-rulefiles-0';
  const whenWritten = (part: string): Promise<Files> =>
    eventually(`the rules have ${part}`, async () => {
      const { data = {} } = (await cluster.api.find<ConfigMap>(configMapType, `shop/${name}`)) ?? {};
      const files = Object.entries(data).map(([key, text]) => [`rules/${name}/${key}`, text] as const);
      return files.some(([, text]) => text.includes(part)) && Object.fromEntries(files);
    });
  await create(prometheusRuleType, 'pages', write('sum(up) by (job) > 1e3'));
  await create(thanosRulerType, 'main', { spec: { ruleSelector: {}, queryEndpoints: ['x'] } });
  const first = await whenWritten('1e3');
  await ruler.start(first);
  await ruler.createPod(cluster, 'shop', label('thanos-ruler'));
  await whenLoaded(thanosRulerType, 'AllReplicasLoaded', /^1 of 1 replica run what was written$/);
  await cluster.api.patch(prometheusRuleType, 'shop/pages', write('up == 0'));
  const second = await whenWritten('up == 0');
  await whenLoaded(
    thanosRulerType,
    'LoadPending',
    new RegExp(
      `thanos-ruler-main-0: runs what it loaded at ${time}, which differs at expr of rule "Slow" in group "slow"`,
    ),
  );
  assert.equal(await ruler.reload(second), undefined);
  await whenLoaded(thanosRulerType, 'AllReplicasLoaded', /^1 of 1/);
  assert.deepEqual([...new Set(ruler.asked)].sort(), ['/api/v1/rules', '/metrics']);
  assert.ok(ruler.count('/metrics') <= 12, ruler.asked.join(' '));
  assert.ok(ruler.count('/api/v1/rules') <= 5, ruler.asked.join(' '));
});
