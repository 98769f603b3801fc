import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configMapType, secretType, serviceType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import type { ConfigResourceStatus } from '../../../src/api/parts/status.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { thanosRulerType } from '../../../src/api/thanos-ruler.ts';
import { inWorld } from './world.ts';
import type { World } from './world.ts';

const main = { namespace: 'monitoring', name: 'main' };
const inShop = { matchLabels: { team: 'shop' } };

const ruler = (spec: object = {}): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ThanosRuler',
  metadata: main,
  spec: { queryEndpoints: ['dns+query:9090'], ruleSelector: {}, ruleNamespaceSelector: inShop, ...spec },
});

const rule = (name: string, expr = 'sum(up)'): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { namespace: 'shop', name },
  spec: { groups: [{ name: 'g', partial_response_strategy: 'abort', rules: [{ record: 'up:sum', expr }] }] },
});

const conditions = (world: World): string[] => world.conditions(thanosRulerType, 'main');
const set = (world: World): KubernetesObject | undefined => world.statefulSet('thanos-ruler-main');

function ruleFiles(world: World): string[] {
  const { items } = world.api.list(configMapType, { namespace: 'monitoring' });
  return items.flatMap((one) => Object.keys((one as { data?: Record<string, string> }).data ?? {}));
}

async function start(world: World): Promise<void> {
  world.apply(ruler());
  world.apply(rule('cart'));
  await world.until(() => conditions(world).includes('Available True'), 'the ruler is available');
  await world.until(() => ruleFiles(world).length === 1, 'the rules are there');
}

describe('the operator with a ThanosRuler', () => {
  it('writes rules, Secrets, Service and StatefulSet once, and then nothing', () =>
    inWorld(async (world) => {
      await start(world);
      const namesOf = (type: typeof secretType): (string | undefined)[] =>
        world.api.list(type, { namespace: 'monitoring' }).items.map(({ metadata }) => metadata.name);
      assert.deepEqual(namesOf(secretType), [
        'thanos-ruler-main-config',
        'thanos-ruler-main-tls-assets-0',
        'thanos-ruler-main-web-config',
      ]);
      assert.deepEqual(namesOf(configMapType), ['thanos-ruler-main-rulefiles-0']);
      assert.deepEqual(namesOf(serviceType), ['thanos-ruler-operated']);
      assert.deepEqual(conditions(world), ['Available True', 'Reconciled True']);
      const { status = {} } = world.api.get(thanosRulerType, main) as { status?: object };
      assert.deepEqual(Object.keys(status).sort(), [
        'availableReplicas',
        'conditions',
        'paused',
        'replicas',
        'unavailableReplicas',
        'updatedReplicas',
      ]);
      await world.pass(2000);
      world.writes.length = 0;
      await world.pass(120_000);
      assert.deepEqual(world.writes, []);
    }));

  it('leaves out rules that Thanos would not load, tells why, and follows the others', () =>
    inWorld(async (world) => {
      await start(world);
      world.apply(rule('bad', 'sum('));
      await world.until(() => world.events.length > 0, 'the Event is there');
      const [event] = world.events;
      assert.equal(event?.reportingController, 'thanos-controller');
      assert.match(event.note, /"shop\/bad" was rejected/);
      world.apply(rule('search'));
      await world.until(() => ruleFiles(world).length === 2, 'the other rules are there');
      world.api.delete(prometheusRuleType, { namespace: 'shop', name: 'cart' });
      await world.until(() => ruleFiles(world).length === 1, 'the deleted rules are gone');
    }));

  it('says what it cannot do without, and keeps what runs', () =>
    inWorld(async (world) => {
      await start(world);
      const uid = set(world)?.metadata.uid;
      world.apply(ruler({ queryEndpoints: [] }));
      await world.until(() => conditions(world).some((one) => /Reconciled False .*query/.test(one)), 'it is told');
      world.apply(rule('search'));
      await world.until(() => ruleFiles(world).length === 2, 'rules go on all the same');
      assert.equal(set(world)?.metadata.uid, uid);
      world.apply(ruler());
      await world.until(() => conditions(world).includes('Reconciled True'), 'all is well again');
    }));

  it('says when nothing is selected', () =>
    inWorld(async (world) => {
      world.apply(ruler());
      await world.until(() => conditions(world).some((one) => /NoSelectedResources/.test(one)), 'it is told');
    }));

  it('follows the Secrets of its remote writes, which the reference does not watch', () =>
    inWorld(async (world) => {
      const remote = { url: 'http://store/', authorization: { credentials: { name: 'token', key: 'token' } } };
      const token = (value: string): object => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { namespace: 'monitoring', name: 'token' },
        data: { token: Buffer.from(value).toString('base64') },
      });
      const config = (): string => world.text('thanos-ruler-main-config', 'remote-write.yaml');
      world.apply(token('first'));
      world.apply(ruler({ remoteWrite: [remote] }));
      await world.until(() => config().includes('first'), 'the token is there');
      world.apply(token('second'));
      await world.until(() => config().includes('second'), 'the new token is there');
    }));

  it('tells rules whether they are accepted, and takes that back before it goes', () =>
    inWorld(
      async (world) => {
        await start(world);
        const bindings = (): string[] => {
          const found = world.api.get(prometheusRuleType, { namespace: 'shop', name: 'cart' }) as
            (KubernetesObject & { status?: ConfigResourceStatus }) | undefined;
          return (found?.status?.bindings ?? []).map(({ resource, name }) => `${resource}/${name}`);
        };
        await world.until(() => bindings().length === 1, 'the binding is there');
        assert.deepEqual(bindings(), ['thanosrulers/main']);
        world.api.delete(thanosRulerType, main);
        await world.until(() => world.api.get(thanosRulerType, main) === undefined, 'the ruler is gone');
        assert.deepEqual(bindings(), []);
      },
      { 'feature-gates': ['StatusForConfigurationResources=true'] },
    ));
});
