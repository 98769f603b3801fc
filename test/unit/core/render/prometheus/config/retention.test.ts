import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import { read, render } from './fixtures.ts';

/** `storage.tsdb` of a Prometheus. */
const tsdbOf = (spec: Partial<PrometheusSpec>): unknown =>
  (read({ spec }).storage as { readonly tsdb?: unknown } | undefined)?.tsdb;

const newest = { version: '3.11.0' };

describe('retention by a share of the volume', () => {
  it('stands behind time and size, from Prometheus 3.11 on', () => {
    const spec = { ...newest, retention: '2d', retentionSize: '5GB', retentionPercentage: '80' };
    assert.deepEqual(tsdbOf(spec), { retention: { time: '2d', size: '5GB', percentage: 80 } });
    assert.match(render({ spec }).yaml(), /time: 2d\n\s+size: "5GB"\n\s+percentage: 80\n/);
  });

  it('is a bound by itself: the time of 24 hours is no default any more', () => {
    assert.deepEqual(tsdbOf({ ...newest, retentionPercentage: '72.5' }), { retention: { percentage: 72.5 } });
    assert.deepEqual(tsdbOf({ ...newest, retentionPercentage: '50' }), { retention: { percentage: 50 } });
  });

  it('of zero bounds nothing', () => {
    assert.deepEqual(tsdbOf({ ...newest, retentionPercentage: 0 }), { retention: { time: '24h', percentage: 0 } });
  });

  it('is left out for an older Prometheus, and said', () => {
    const spec = { version: '3.10.0', retentionPercentage: 80 };
    assert.equal(tsdbOf(spec), undefined);
    assert.deepEqual(
      render({ spec }).warnings.map(({ object, message }) => [object, message]),
      [['', 'Left out "storage.tsdb.retention.percentage": it needs Prometheus 3.11.0, this is 3.10.0']],
    );
  });
});
