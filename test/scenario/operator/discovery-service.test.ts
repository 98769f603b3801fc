import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { configMapType } from '../../../src/api/builtin-types.ts';
import type { ConfigMap } from '../../../src/core/render/shared/rendered-objects.ts';
import { inWorld, prometheus } from './world.ts';
import type { World } from './world.ts';

const flags = { 'discovery-service-url': ['https://discovery:8443'] };

function main(discovery: string): object {
  const object = prometheus('main', {
    podMonitorSelector: {},
    podMonitorNamespaceSelector: { matchLabels: { team: 'shop' } },
  }) as { metadata: object };
  const annotations = { 'stoker.dev/discovery': discovery };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

const podMonitor = (name: string, app: string): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app } }, podMetricsEndpoints: [{ port: 'web' }] },
});

const listPlans = (world: World): ConfigMap[] =>
  world.api
    .list(configMapType, { namespace: 'monitoring' })
    .items.map((object) => object as unknown as ConfigMap)
    .filter(({ metadata: { name = '' } }) => name.includes('-discovery-'));

const readPlan = (plan: ConfigMap | undefined): string =>
  gunzipSync(Buffer.from(plan?.binaryData?.['jobs.yaml.gz'] ?? '', 'base64')).toString();

const readConfig = (world: World): string => world.text('prometheus-main', 'prometheus.yaml.gz');

const isServed = (world: World): boolean => readConfig(world).includes('http_sd_configs');

async function startServed(world: World, discovery = 'service'): Promise<void> {
  for (const name of ['a', 'b', 'c']) world.apply(podMonitor(name, name));
  world.apply(main(discovery));
  await world.until(() => world.jobs().length === 3, 'it has its jobs');
  await world.until(() => world.condition('Reconciled').startsWith('True'), 'it is told');
}

describe('discovery by a service', () => {
  it('is planned before it is asked for', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'own');
      const before = world.writes.length;
      world.apply(main('service'));
      await world.until(() => isServed(world), 'the service is asked');
      const order = world.writes.slice(before).filter((write) => /secrets|configmaps/.test(write));
      assert.deepEqual(order, ['create configmaps monitoring/', 'update secrets monitoring/prometheus-main']);
      assert.match(readPlan(listPlans(world)[0]), /job_name: podMonitor\/shop\/b\/0/);
    }, flags);
  });

  it('writes one ConfigMap for a change of rules, and no Secret', async () => {
    await inWorld(async (world) => {
      await startServed(world);
      await world.pass(60_000);
      const before = world.writes.length;
      world.apply(podMonitor('b', 'other'));
      await world.until(() => readPlan(listPlans(world)[0]).includes('(other);true'), 'the plan has the change');
      await world.pass(60_000);
      const writes = world.writes.slice(before).filter((write) => !/status|events/.test(write));
      assert.deepEqual(writes, ['update configmaps monitoring/prometheus-main-discovery-0']);
    }, flags);
  });

  it('leaves nothing behind', async () => {
    await inWorld(async (world) => {
      await startServed(world);
      const before = world.writes.length;
      world.apply(main('own'));
      await world.until(() => listPlans(world).length === 0, 'the plan is gone');
      assert.equal(isServed(world), false);
      const order = world.writes.slice(before).filter((write) => /secrets|configmaps/.test(write));
      assert.deepEqual(order, [
        'update secrets monitoring/prometheus-main',
        'delete configmaps monitoring/prometheus-main-discovery-0',
      ]);
    }, flags);
  });

  it('does not take away what somebody else has under such a name', async () => {
    await inWorld(async (world) => {
      const foreign = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'monitoring' }, data: { a: 'b' } };
      for (const number of [0, 3])
        world.apply({ ...foreign, metadata: { ...foreign.metadata, name: `prometheus-main-discovery-${number}` } });
      await startServed(world, 'own');
      await world.pass(60_000);
      assert.deepEqual(
        listPlans(world).map(({ data }) => data),
        [{ a: 'b' }, { a: 'b' }],
      );
    }, flags);
  });

  it('is told of when the annotation cannot be meant, and the rest goes on', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'servce');
      assert.equal(isServed(world), false);
      assert.match(world.condition('Reconciled'), /^True IgnoredFields .*unknown value "servce"/);
    }, flags);
  });

  it('mends a plan that was changed by somebody', async () => {
    await inWorld(async (world) => {
      await startServed(world);
      const [plan] = listPlans(world);
      world.api.update(configMapType, { ...plan, binaryData: { 'jobs.yaml.gz': 'AAAA' } } as ConfigMap);
      await world.until(() => listPlans(world)[0]?.binaryData?.['jobs.yaml.gz'] !== 'AAAA', 'it is written back');
      assert.match(readPlan(listPlans(world)[0]), /podMonitor\/shop\/a\/0/);
    }, flags);
  });
});
