import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { configMapType } from '../../../src/api/builtin-types.ts';
import type { ConfigMap } from '../../../src/core/render/shared/rendered-objects.ts';
import { discoveryUrl, podMonitor, servedPrometheus, startServed } from './served-world.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

const flags = { 'discovery-service-url': [discoveryUrl] };

const listPlans = (world: World): ConfigMap[] =>
  world.api
    .list(configMapType, { namespace: 'monitoring' })
    .items.map((object) => object as unknown as ConfigMap)
    .filter(({ metadata: { name = '' } }) => name.includes('-discovery-'));

const readPlan = (plan: ConfigMap | undefined): string =>
  gunzipSync(Buffer.from(plan?.binaryData?.['jobs.yaml.gz'] ?? '', 'base64')).toString();

const readConfig = (world: World): string => world.text('prometheus-main', 'prometheus.yaml.gz');

const isServed = (world: World): boolean => readConfig(world).includes('http_sd_configs');

describe('discovery by a service', () => {
  it('is planned before it is asked for', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'own');
      const before = world.writes.length;
      world.apply(servedPrometheus('service'));
      await world.until(() => isServed(world), 'the service is asked');
      const order = world.writes.slice(before).filter((write) => /secrets|configmaps/.test(write));
      assert.deepEqual(order, ['create configmaps monitoring/', 'update secrets monitoring/prometheus-main']);
      assert.match(readPlan(listPlans(world)[0]), /job_name: podMonitor\/shop\/b\/0/);
    }, flags);
  });

  it('writes one ConfigMap for a change of rules, and no Secret', async () => {
    await inWorld(async (world) => {
      await startServed(world, 'service');
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
      await startServed(world, 'service');
      const before = world.writes.length;
      world.apply(servedPrometheus('own'));
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
      await startServed(world, 'service');
      const [plan] = listPlans(world);
      world.api.update(configMapType, { ...plan, binaryData: { 'jobs.yaml.gz': 'AAAA' } } as ConfigMap);
      await world.until(() => listPlans(world)[0]?.binaryData?.['jobs.yaml.gz'] !== 'AAAA', 'it is written back');
      assert.match(readPlan(listPlans(world)[0]), /podMonitor\/shop\/a\/0/);
    }, flags);
  });
});
