import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Verdict } from '../../../src/core/status/conditions.ts';
import { createOperatorMetrics } from '../../../src/operator/metrics/operator-metrics.ts';
import { observeTargets } from '../../../src/operator/target-discovery/observe-targets.ts';
import { Turns } from '../../../src/runtime/turns.ts';
import { MemoryApi } from '../discovery/memory-api.ts';
import { monitor, pod, prometheus, render } from './observed-stack.ts';

const wish = (value: string, spec = ''): string =>
  prometheus
    .replace('namespace: shop }', `namespace: shop, annotations: { stoker.dev/targets-per-shard: "${value}" } }`)
    .replace('shards: 3', `shards: 3${spec}`);

const recalled: Verdict = { status: 'True', reason: 'ShardsAsRecommended', message: 'of before the restart' };

function observe() {
  const [api, clock, metrics] = [new MemoryApi(), new FakeClock(), createOperatorMetrics(false)];
  const told: string[] = [];
  const observing = observeTargets(
    {
      ...{ client: api.client, clock, random: () => 0.5, logger: silentLogger },
      turns: new Turns({ monotonic: () => clock.monotonic(), rest: () => Promise.resolve() }),
      tellShards: (kind, key, verdict) => {
        const said = `${kind} ${key}: ${verdict === undefined ? 'nothing' : `${verdict.status} ${verdict.reason} ${verdict.message}`}`;
        if (told.at(-1) !== said) told.push(said);
      },
      recallShards: () => recalled,
    },
    metrics,
  );
  const show = (manifests: string): void => {
    const desired = render(manifests);
    for (const one of [observing.observer, observing.adviser]) one.observe(desired);
  };
  const pass = async (): Promise<void> => {
    for (let second = 0; second < 40; second += 1) await clock.advance(1000);
  };
  const read = async (): Promise<string[]> => {
    const texts = ['stoker_recommended_shards', 'stoker_sharded_targets'].map((name) =>
      metrics.registry.getSingleMetricAsString(name),
    );
    const lines = (await Promise.all(texts)).join('\n').split('\n');
    return lines.filter((line) => line.startsWith('stoker')).map((line) => line.replace(/\{.*\}/, ''));
  };
  const putPods = (count: number): void => {
    for (let at = 0; at < count; at += 1) api.put('pods', pod(`cart-${at}`, 'cart', `1.1.1.${at}`));
  };
  return { api, observing, told, show, pass, read, putPods };
}

describe('shards that the operator recommends', () => {
  it('follow the targets of all shards, as condition and as metric', async () => {
    const { observing, told, show, pass, read, putPods } = observe();
    putPods(9);
    show(monitor('cart', 'cart') + wish('2'));
    assert.deepEqual(told, ['Prometheus shop/main: True ShardsAsRecommended of before the restart']);
    await pass();
    assert.deepEqual(await read(), ['stoker_recommended_shards 5', 'stoker_sharded_targets 9']);
    putPods(30);
    await pass();
    assert.deepEqual(await read(), ['stoker_recommended_shards 15', 'stoker_sharded_targets 30']);
    show(monitor('cart', 'cart') + wish('10'));
    await pass();
    show(monitor('cart', 'cart') + wish('30'));
    await pass();
    show(monitor('cart', 'cart') + prometheus);
    await pass();
    assert.deepEqual(
      told.slice(1).map((one) => one.replace('Prometheus shop/main: ', '')),
      [
        'False MoreShardsRecommended 5 shards are recommended for 2 targets a shard, there are 3: set spec.shards',
        'False MoreShardsRecommended 15 shards are recommended for 2 targets a shard, there are 3: set spec.shards',
        'False MoreShardsRecommended 4 shards are recommended for 10 targets a shard, there are 3: set spec.shards',
        'False FewerShardsRecommended 2 shards are recommended for 30 targets a shard, there are 3: set spec.shards',
        'nothing',
      ],
    );
    assert.deepEqual(await read(), []);
    await observing.stop();
  });

  it('are not fewer because something is not known any more', async () => {
    const { api, observing, told, show, pass, read, putPods } = observe();
    putPods(9);
    show(monitor('cart', 'cart') + wish('2'));
    await pass();
    api.forbidden.add('pods');
    api.away = true;
    await pass();
    api.away = false;
    await pass();
    assert.deepEqual(await read(), ['stoker_recommended_shards 5', 'stoker_sharded_targets 9']);
    assert.equal(told.length, 2);
    await observing.stop();
  });

  it('are none before targets have been found, and where these may not be read', async () => {
    const { api, observing, told, show, pass, read } = observe();
    api.forbidden.add('pods');
    show(monitor('cart', 'cart') + wish('2'));
    await pass();
    assert.deepEqual(await read(), []);
    assert.equal(told.length, 1);
    await observing.stop();
  });

  it('are none for a wish that cannot be read: the render says so', () => {
    const { workload, config } = render(monitor('cart', 'cart') + wish('many'));
    assert.equal(workload.spec.shards, 3);
    const message =
      'No number of shards is recommended: annotation stoker.dev/targets-per-shard: cannot read "many": want a number of targets such as "2000"';
    assert.ok(
      JSON.stringify(config?.warnings).includes(JSON.stringify(message).slice(1, -1)),
      JSON.stringify(config?.warnings),
    );
  });
});
