import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Registry } from 'prom-client';
import { Ledger } from '../../../../src/controllers/workload/ledger.ts';
import { createWorkloadMetrics } from '../../../../src/operator/metrics/controller.ts';

describe('Ledger', () => {
  it('counts what workloads select, and nothing of those that are gone', async () => {
    const registry = new Registry();
    const ledger = new Ledger(createWorkloadMetrics(registry, 'prometheus'));
    const shown = async (): Promise<string[]> =>
      (await registry.metrics())
        .split('\n')
        .filter((line) => line.startsWith('prometheus_operator_managed_resources{'))
        .map((line) => line.replace(/.*resource="(\w+)",state="(\w+)".*\} /, '$1 $2 '));
    ledger.recordManaged('shop/one', { Probe: { selected: 3, rejected: 1 } });
    ledger.recordManaged('shop/two', { Probe: { selected: 2, rejected: 0 } });
    assert.deepEqual(await shown(), ['Probe selected 5', 'Probe rejected 1']);
    ledger.forget('shop/one');
    assert.deepEqual(await shown(), ['Probe selected 2', 'Probe rejected 0']);
    ledger.forget('shop/two');
    assert.deepEqual(await shown(), ['Probe selected 0', 'Probe rejected 0']);
  });
});
