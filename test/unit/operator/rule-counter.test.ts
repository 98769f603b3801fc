import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Interruptible } from '../../../src/base/interruptible.ts';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { rulesCountedMs } from '../../../src/operator/limits.ts';
import { createOperatorMetrics } from '../../../src/operator/metrics/operator-metrics.ts';
import { observeTargets } from '../../../src/operator/target-discovery/observe-targets.ts';
import { Turns } from '../../../src/runtime/turns.ts';
import { MemoryApi } from '../discovery/memory-api.ts';
import { monitor, pod, prometheus, render } from './observed-stack.ts';

const rules = (...expressions: readonly string[]): string => `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: slo, namespace: shop }
spec: { groups: [{ name: slo, rules: [${expressions.map((expr) => `{ alert: A, expr: '${expr}' }`).join(', ')}] }] }
---`;

class CountingTurns extends Turns {
  runs = 0;

  override run<T>(work: Interruptible<T>): Promise<T> {
    this.runs += 1;
    return super.run(work);
  }
}

/** What the metric says after everything had its time; how many pieces were computed. */
function observe() {
  const api = new MemoryApi();
  const clock = new FakeClock();
  const metrics = createOperatorMetrics(false);
  const turns = new CountingTurns({ monotonic: () => clock.monotonic(), rest: () => Promise.resolve() });
  const deps = {
    client: api.client,
    clock,
    random: () => 0.5,
    logger: silentLogger,
    turns,
    tellShards: () => undefined,
    recallShards: () => undefined,
  };
  const observing = observeTargets(deps, metrics);
  const { observer } = observing;
  const count = async (): Promise<Record<string, number>> => {
    for (let ms = 0; ms < rulesCountedMs + 5000; ms += 1000) await clock.advance(1000);
    const text = await metrics.registry.getSingleMetricAsString('stoker_rules_selectors');
    const found = text.matchAll(/workload="shop\/main",verdict="(\w+)"} (\d+)/g);
    return Object.fromEntries([...found].map(([, verdict = '', value]) => [verdict, Number(value)]));
  };
  return { api, observer, stop: () => observing.stop(), count, countRuns: () => turns.runs };
}

describe('selectors of rules in the operator', () => {
  it('are counted by what targets say, and again when these change', async () => {
    const { api, observer, stop, count } = observe();
    api.put('pods', pod('cart-0', 'cart', '1.1.1.1'));
    const texts = rules('up{pod="cart-0"} == 0', 'up{pod="cart-1"} == 0', 'absent(up{namespace="bank"})', 'x > 1');
    observer.observe(render(monitor('cart', 'cart') + texts + prometheus));
    assert.deepEqual(await count(), { impossible: 2, possible: 2, unknown: 0 });
    api.put('pods', pod('cart-1', 'cart', '1.1.1.2'));
    assert.deepEqual(await count(), { impossible: 1, possible: 3, unknown: 0 });
    observer.observe(render(monitor('cart', 'cart') + rules('up{namespace="bank"}') + prometheus));
    assert.deepEqual(await count(), { impossible: 1, possible: 0, unknown: 0 });
    observer.forget('Prometheus', 'shop/main');
    assert.deepEqual(await count(), {});
    await stop();
  });

  it('are unknown where targets may not be found yet, unless relabelling says otherwise', async () => {
    const { observer, stop, count } = observe();
    const texts = rules('up{pod="cart-0"}', 'up{namespace="bank"}');
    observer.observe(render(monitor('cart', 'cart') + texts + prometheus));
    assert.deepEqual(await count(), { impossible: 1, possible: 0, unknown: 1 });
    await stop();
  });

  it('are not counted again where nothing has changed', async () => {
    const { api, observer, stop, count, countRuns } = observe();
    api.put('pods', pod('cart-0', 'cart', '1.1.1.1'));
    observer.observe(render(monitor('cart', 'cart') + rules('up') + prometheus));
    await count();
    const before = countRuns();
    assert.deepEqual(await count(), { impossible: 0, possible: 1, unknown: 0 });
    assert.equal(countRuns(), before);
    await stop();
  });
});
