import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import { compareOverviews } from '../../../../src/core/overview/compare-overviews.ts';
import type { MonitorRow, Overview, RejectedRow } from '../../../../src/core/overview/overview.ts';

const main = { kind: 'Prometheus', namespace: 'monitoring', name: 'main' };

const monitor = (name: string, more: Partial<MonitorRow> = {}): MonitorRow => {
  const object = { kind: 'ServiceMonitor', namespace: 'shop', name };
  const row = { state: 'ok', object, workload: main, link: '', reason: 'Scraped', code: 'STK1000', summary: name };
  return { ...row, decisive: object, at: '', fix: '', command: '', targets: { found: 1 }, ...more } as MonitorRow;
};

const rejected = (field: string): RejectedRow =>
  ({ ...monitor('a'), reason: 'InvalidField', field }) as unknown as RejectedRow;

const overview = (more: Partial<Overview> = {}): Overview => ({
  ...{ monitors: [], workloads: [], rules: [], routes: [], rejected: [], permissions: [], notes: [], supposed: [] },
  ...more,
});

const compare = (earlier: Overview | undefined, later: Overview): string[] =>
  complete(compareOverviews(earlier, later)).map(({ list, key }) => `${list} ${key}`);

describe('compareOverviews', () => {
  it('names rows that came, went or are others, and no other', () => {
    const before = overview({ monitors: [monitor('same'), monitor('other'), monitor('gone')] });
    const after = overview({ monitors: [monitor('new'), monitor('other', { state: 'failed' }), monitor('same')] });
    const name = (one: string): string => `monitors ServiceMonitor/shop/${one} Prometheus/monitoring/main`;
    assert.deepEqual(compare(before, after), [name('new'), name('other'), name('gone')]);
    assert.deepEqual(compare(before, structuredClone(before)), []);
    assert.equal(compare(undefined, after).length, 3);
  });

  it('sees each of several rows with the same objects', () => {
    const before = overview({ rejected: [rejected('spec.a'), rejected('spec.b')] });
    const after = overview({ rejected: [rejected('spec.a'), rejected('spec.c')] });
    assert.deepEqual(compare(before, after), ['rejected ServiceMonitor/shop/a Prometheus/monitoring/main']);
  });

  it('says who must be seen to be told', () => {
    const [row] = complete(compareOverviews(undefined, overview({ rejected: [rejected('spec.a')] })));
    assert.deepEqual(row?.about, [{ kind: 'ServiceMonitor', namespace: 'shop', name: 'a' }, main]);
  });
});
