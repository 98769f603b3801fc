import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { monitor, render } from '../observed-stack.ts';
import { observe, observeLoaded, prometheus, replicaPod, textOf } from './observed-replicas.ts';

describe('ReplicaObserver, of rules', () => {
  it('compares rules that are loaded, once a change: also after a restart', async () => {
    const { clock, observer, load, last, told, asked, replicas } = await observeLoaded();
    const stack = (expr: string) =>
      render(
        `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: r, namespace: shop, uid: u }
spec: { groups: [{ name: g, rules: [{ record: a, expr: ${expr} }] }] }
---${monitor('cart', 'cart')}${prometheus(', ruleSelector: {}')}`,
      );
    const groups = (query: string) => [
      {
        ...{ name: 'g', file: '/etc/prometheus/rules/prometheus-main-rulefiles-0/shop-r-u.yaml', interval: 30 },
        rules: [{ name: 'a', type: 'recording', query, labels: {} }],
      },
    ];
    const config = textOf(stack('b'));
    observer.wrote(stack('b'));
    load('10.0.0.0', config, groups('b'));
    load('10.0.0.1', config);
    await clock.advance(6_000);
    assert.equal(last(), 'False LoadPending');
    assert.match(
      told.at(-1)?.message ?? '',
      /prometheus-main-1: .* which differs at group "g", which is missing, of rule file prometheus-main-rulefiles-0\/shop-r-u.yaml$/,
    );
    load('10.0.0.1', config, groups('b'));
    await clock.advance(60_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    asked.length = 0;
    observer.wrote(stack('c'));
    await clock.advance(11_000);
    assert.match(told.at(-1)?.message ?? '', /differs at expr of rule "a" in group "g" of rule file/);
    const count = (what: string): number => asked.filter((one) => one.endsWith(what)).length;
    assert.deepEqual([count('10.0.0.0 config'), count('10.0.0.0 rules')], [0, 1]);
    const restarted = observe();
    restarted.pods.push(replicaPod(0), replicaPod(1));
    restarted.observer.wrote(stack('c'));
    for (const [host, replica] of replicas) restarted.replicas.set(host, replica);
    await restarted.clock.advance(20_000);
    assert.equal(restarted.last(), 'False LoadPending');
  });

  it('names the version of a replica that refuses what is written for another', async () => {
    const { clock, replicas, told, asked } = await observeLoaded();
    for (const replica of replicas.values()) replica.succeeded = false;
    await clock.advance(700_000);
    assert.match(
      told.at(-1)?.message ?? '',
      /loaded at [^;]*; it is of version 2\.30\.0, and what was written is for \d+\.\d+\.\d+; why, its log says: kubectl/,
    );
    assert.equal(asked.filter((one) => one.endsWith('10.0.0.0 buildinfo')).length, 1);
  });
});
