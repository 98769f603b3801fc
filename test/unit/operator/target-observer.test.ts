import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Registry } from 'prom-client';
import { FakeClock } from '../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createTargetMetrics } from '../../../src/operator/metrics/targets.ts';
import { TargetObserver } from '../../../src/operator/target-discovery/target-observer.ts';
import { MemoryApi } from '../discovery/memory-api.ts';
import { monitor, pod, prometheus, render } from './observed-stack.ts';

/** An observer over objects in memory, and its metrics as lines. */
function observe() {
  const api = new MemoryApi();
  const clock = new FakeClock();
  const registry = new Registry();
  const observer = new TargetObserver({ client: api.client, clock, random: () => 0.5, logger: silentLogger });
  createTargetMetrics(registry).follow(observer);
  const lines = async (): Promise<string[]> => {
    const text = await registry.metrics();
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  };
  const pass = async (): Promise<void> => {
    for (let second = 0; second < 30; second += 1) await clock.advance(1000);
  };
  return { api, observer, lines, pass };
}

const of = (name: string): string =>
  `workload_kind="Prometheus",workload="shop/main",monitor="podMonitor/shop/${name}"`;

describe('target discovery in the operator', () => {
  it('counts the targets of each monitor by state, all shards together, and follows changes', async () => {
    const { api, observer, lines, pass } = observe();
    api.put('pods', pod('cart-0', 'cart', '1.1.1.1'));
    api.put('pods', pod('pay-0', 'pay', '1.1.1.2'));
    observer.observe(render(monitor('cart', 'cart') + prometheus));
    await pass();
    const expected = (active: number, dropped: number): string[] => [
      `stoker_monitor_targets{${of('cart')},state="active"} ${active}`,
      `stoker_monitor_targets{${of('cart')},state="dropped"} ${dropped}`,
      `stoker_monitor_targets{${of('cart')},state="failed"} 0`,
      `stoker_monitor_targets{${of('cart')},state="duplicate"} 0`,
      `stoker_monitor_overlapping_targets{${of('cart')}} 0`,
      `stoker_discovery_waste_ratio{workload_kind="Prometheus",workload="shop/main"} ${(active + dropped) / active}`,
    ];
    assert.deepEqual(await lines(), expected(1, 3));
    api.put('pods', pod('cart-1', 'cart', '1.1.1.3'));
    await pass();
    assert.deepEqual(await lines(), expected(2, 4));
    observer.forget('Prometheus', 'shop/main');
    await pass();
    assert.deepEqual(await lines(), []);
    await observer.stop();
  });

  it("says whose selector should be the API server's, once it is worth a watch", async () => {
    const { api, observer, lines, pass } = observe();
    // Two ports each, of which the selector would spare both.
    for (let at = 0; at < 1100; at += 1) api.put('pods', pod(`pay-${at}`, 'pay', `1.2.${at >> 8}.${at & 255}`));
    api.put('pods', pod('cart-0', 'cart', '1.1.1.1'));
    observer.observe(render(monitor('cart', 'cart') + prometheus));
    await pass();
    const advised = (await lines()).filter((line) => line.startsWith('stoker_monitor_selector_advised'));
    assert.deepEqual(advised, [`stoker_monitor_selector_advised{${of('cart')}} 1`]);
    await observer.stop();
  });

  it('says how many targets two monitors have in common', async () => {
    const { api, observer, lines, pass } = observe();
    api.put('pods', pod('cart-0', 'cart', '1.1.1.1'));
    observer.observe(render(monitor('a', 'cart') + monitor('b', 'cart') + prometheus));
    await pass();
    const overlaps = (await lines()).filter((line) => line.startsWith('stoker_monitor_overlapping_targets'));
    assert.deepEqual(
      overlaps,
      ['a', 'b'].map((name) => `stoker_monitor_overlapping_targets{${of(name)}} 1`),
    );
    await observer.stop();
  });

  it('says what it may not read', async () => {
    const { api, observer, lines, pass } = observe();
    api.forbidden.add('pods');
    observer.observe(render(monitor('a', 'cart') + prometheus));
    await pass();
    assert.ok((await lines()).includes('stoker_target_discovery_refused{group="",resource="pods",namespace="shop"} 1'));
    await observer.stop();
  });

  it('opens no files and asks no servers that users name', async () => {
    const { observer, lines, pass } = observe();
    const config = `
apiVersion: monitoring.coreos.com/v1alpha1
kind: ScrapeConfig
metadata: { name: x, namespace: shop }
spec:
  staticConfigs: [{ targets: ["a:1"] }]
  fileSDConfigs: [{ files: [/var/run/secrets/kubernetes.io/serviceaccount/token.yaml] }]
  httpSDConfigs: [{ url: "http://127.0.0.1:1/" }]
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: shop }
spec: { scrapeConfigSelector: {} }
`;
    observer.observe(render(config));
    await pass();
    const labels = 'workload_kind="Prometheus",workload="shop/main",monitor="scrapeConfig/shop/x"';
    assert.ok((await lines()).includes(`stoker_monitor_targets{${labels},state="active"} 1`));
    await observer.stop();
  });
});
