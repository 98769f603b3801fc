import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ObservedConditions } from '../../../../src/controllers/workload/metrics.ts';
import { createOperatorMetrics } from '../../../../src/operator/metrics/operator-metrics.ts';

const main: ObservedConditions = {
  namespace: 'monitoring',
  name: 'main',
  conditions: [
    { type: 'Available', status: 'Degraded' },
    { type: 'Reconciled', status: 'True' },
  ],
};

const linesOf = (text: string, name: string): string[] =>
  text.split('\n').filter((line) => line.startsWith(`${name}{`));

describe('metrics of conditions', () => {
  it('have a series for each value that a condition can have, of which one is 1', async () => {
    const { controllers, registry } = createOperatorMetrics(false);
    controllers.get('alertmanager')?.workload.observeConditions(() => [main]);
    const name = 'prometheus_operator_alertmanager_status_condition';
    const series = (condition: string, status: string, value: number): string =>
      `${name}{name="main",namespace="monitoring",condition="${condition}",status="${status}"} ${value}`;
    assert.deepEqual(linesOf(await registry.metrics(), name), [
      series('Available', 'True', 0),
      series('Available', 'Degraded', 1),
      series('Available', 'False', 0),
      series('Available', 'Unknown', 0),
      series('Reconciled', 'True', 1),
      series('Reconciled', 'Degraded', 0),
      series('Reconciled', 'False', 0),
      series('Reconciled', 'Unknown', 0),
    ]);
  });

  it('are asked for at each scrape: who is gone has no series', async () => {
    const { controllers, registry } = createOperatorMetrics(false);
    const all = [main, { ...main, name: 'other' }];
    controllers.get('prometheus')?.workload.observeConditions(() => all);
    const count = async (): Promise<number> =>
      linesOf(await registry.metrics(), 'prometheus_operator_prometheus_status_condition').length;
    assert.equal(await count(), 16);
    all.pop();
    assert.equal(await count(), 8);
  });

  it('are there for every kind of workload, under the names of the reference', () => {
    const { registry } = createOperatorMetrics(false);
    const names = registry.getMetricsAsArray().map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.endsWith('_status_condition')).sort(),
      ['alertmanager', 'prometheus_agent', 'prometheus', 'thanos_ruler'].map(
        (resource) => `prometheus_operator_${resource}_status_condition`,
      ),
    );
  });
});
