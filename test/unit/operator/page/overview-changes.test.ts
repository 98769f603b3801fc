import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Overview } from '../../../../src/core/overview/overview.ts';
import type { DatedOverview } from '../../../../src/operator/explain/overviewer.ts';
import { OverviewChanges } from '../../../../src/operator/page/overview-changes.ts';
import { Turns } from '../../../../src/runtime/turns.ts';
import type { Change } from '../../../../src/web/page/page-event.ts';
import { eventually } from '../../../e2e/support/eventually.ts';

const dated = (asOf: number, ...names: readonly string[]): DatedOverview => {
  const monitors = names.map((name) => ({ object: { kind: 'PodMonitor', namespace: 'shop', name }, workload: {} }));
  const none = { workloads: [], rules: [], routes: [], rejected: [], permissions: [], notes: [], supposed: [] };
  return { asOf, overview: { monitors, ...none } as unknown as Overview };
};

function open() {
  const listeners = new Set<(next: DatedOverview, last: DatedOverview | undefined) => void>();
  const told: Change[] = [];
  const changes = new OverviewChanges({
    overviews: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    turns: new Turns({ monotonic: () => performance.now() }),
    logger: silentLogger,
    publish: (change) => told.push(change),
  });
  const bring = (next: DatedOverview, last?: DatedOverview): void => {
    for (const listener of listeners) listener(next, last);
  };
  return { changes, told, bring, listeners };
}

describe('OverviewChanges', () => {
  it('wants overviews only while somebody is there, and tells what differs with its time', async () => {
    const { changes, told, bring, listeners } = open();
    changes.follow(false);
    assert.equal(listeners.size, 0);
    changes.follow(true);
    changes.follow(true);
    assert.equal(listeners.size, 1);
    bring(dated(1, 'a'));
    bring(dated(2, 'a', 'b'), dated(1, 'a'));
    await eventually('the change is told', () => told.length === 1);
    assert.deepEqual([told[0]?.asOf, told[0]?.rows.length], [2, 1]);
    assert.match(told[0]?.rows[0]?.key ?? '', /^PodMonitor\/shop\/b /);
    changes.follow(false);
    assert.equal(listeners.size, 0);
  });

  it('tells what changed while nobody looked, as soon as somebody does', async () => {
    const { changes, told, bring } = open();
    changes.follow(true);
    bring(dated(1, 'a'));
    changes.follow(false);
    changes.follow(true);
    bring(dated(3, 'c'), dated(2, 'a', 'c'));
    await eventually('the change is told', () => told.length === 1);
    assert.deepEqual(
      told[0]?.rows.map(({ key }) => key.split(' ')[0]),
      ['PodMonitor/shop/c', 'PodMonitor/shop/a'],
    );
  });
});
