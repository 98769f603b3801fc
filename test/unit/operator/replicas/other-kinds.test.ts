import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { alertmanagerKind } from '../../../../src/core/kinds/alertmanager.ts';
import { thanosRulerKind } from '../../../../src/core/kinds/thanos-ruler.ts';
import { hashAlertmanagerConfig } from '../../../../src/core/loaded/config-hash.ts';
import { renderWorkload } from '../observed-stack.ts';
import { observe } from './observed-replicas.ts';

const addPod = (pods: KubernetesObject[], name: string): unknown =>
  pods.push({
    metadata: { name, namespace: 'shop' },
    status: { phase: 'Running', podIP: '10.0.0.7', conditions: [{ type: 'Ready', status: 'True' }] },
  } as KubernetesObject);

const writeAlertmanager = (receiver: string) =>
  renderWorkload(
    alertmanagerKind,
    `
apiVersion: v1
kind: Secret
metadata: { name: alertmanager-main, namespace: shop }
stringData: { alertmanager.yaml: "{ route: { receiver: ${receiver} }, receivers: [{ name: ${receiver} }] }" }
---
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: { name: main, namespace: shop }
spec: { version: 0.34.2 }
`,
  );

const writeRuler = (expr: string) =>
  renderWorkload(
    thanosRulerKind,
    `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: r, namespace: shop, uid: u }
spec: { groups: [{ name: g, rules: [{ record: a, expr: ${expr} }] }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ThanosRuler
metadata: { name: main, namespace: shop }
spec: { ruleSelector: {}, queryEndpoints: [x], labels: { cluster: eu } }
`,
  );

const printMetrics = (program: string, values: Readonly<Record<string, number>>): string =>
  Object.entries({ last_reload_successful: 1, last_reload_success_timestamp_seconds: 1000, ...values })
    .map(([name, value]) => `${program}_config_${name} ${value}\n`)
    .join('');

describe('ReplicaObserver, of an Alertmanager', () => {
  const hashOf = (desired: ReturnType<typeof writeAlertmanager>): number => {
    const hash = hashAlertmanagerConfig(desired.printConfig() ?? '', {});
    assert.ok(hash);
    return hash;
  };

  it('compares the hash of the file that it runs, by one request a look', async () => {
    const { clock, observer, pods, replicas, asked, last, told } = observe();
    addPod(pods, 'alertmanager-main-0');
    const tell = (metrics: string): unknown =>
      replicas.set('10.0.0.7', { config: '', loadedAt: '', succeeded: true, metrics });
    const [first, second] = [writeAlertmanager('a'), writeAlertmanager('b')];
    observer.wrote(first);
    tell(printMetrics('alertmanager', { hash: hashOf(first) }));
    await clock.advance(6000);
    assert.equal(last(), 'True AllReplicasLoaded');
    observer.wrote(second);
    await clock.advance(6000);
    assert.equal(last(), 'False LoadPending');
    assert.match(told.at(-1)?.message ?? '', /^0 of 1 replica run what was written; alertmanager-main-0: runs what/);
    tell(printMetrics('alertmanager', { hash: hashOf(first), last_reload_successful: 0 }));
    await clock.advance(10_000);
    assert.equal(last(), 'False ReloadFailed');
    assert.match(told.at(-1)?.message ?? '', /kubectl logs alertmanager-main-0 -c alertmanager$/);
    tell(printMetrics('alertmanager', { hash: hashOf(second) }));
    await clock.advance(30_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.deepEqual(
      asked.map((one) => one.split(' ')[2]),
      asked.map(() => '/metrics'),
    );
    assert.equal(asked.length, 4);
  });

  it('says that it is none where its metrics tell nothing of reloads', async () => {
    const { clock, observer, pods, replicas, told } = observe();
    addPod(pods, 'alertmanager-main-0');
    replicas.set('10.0.0.7', { config: '', loadedAt: '', succeeded: true, metrics: 'go_info 1\n' });
    observer.wrote(writeAlertmanager('a'));
    await clock.advance(6000);
    assert.match(told.at(-1)?.message ?? '', /its metrics do not tell of its reloads: it is no Alertmanager$/);
  });
});

describe('ReplicaObserver, of a ThanosRuler', () => {
  const file = '/etc/thanos/rules/thanos-ruler-main-rulefiles-0/shop-r-u.yaml';
  const listGroups = (query: string) => [
    { name: 'g', file, rules: [{ name: 'a', type: 'recording', query, labels: { cluster: 'eu' } }] },
  ];

  it('compares the rules that it has loaded, once a change and a load', async () => {
    const { clock, observer, pods, replicas, asked, last, told } = observe();
    addPod(pods, 'thanos-ruler-main-0');
    const tell = (query: string, at: number): unknown =>
      replicas.set('10.0.0.7', {
        ...{ config: '', loadedAt: '', succeeded: true, groups: listGroups(query) },
        metrics: printMetrics('thanos_rule', { last_reload_success_timestamp_seconds: at }),
      });
    observer.wrote(writeRuler('b'));
    tell('b', 1000);
    await clock.advance(6000);
    assert.equal(last(), 'True AllReplicasLoaded');
    await clock.advance(600_000);
    assert.equal(asked.filter((one) => one.endsWith('rules')).length, 1);
    observer.wrote(writeRuler('c'));
    await clock.advance(6000);
    assert.equal(last(), 'False LoadPending');
    assert.match(told.at(-1)?.message ?? '', /thanos-ruler-main-0: .* differs at expr of rule "a" in group "g"/);
    tell('c', 2000);
    await clock.advance(20_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.equal(asked.filter((one) => one.endsWith('rules')).length, 3);
  });
});
