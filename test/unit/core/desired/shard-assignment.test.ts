import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makePodMonitor } from '../select/fixtures.ts';
import type { Given } from './served.ts';
import { listPlans, renderServed } from './served.ts';

const pods = makePodMonitor('shop/pods');

const explain = (given: Given): readonly string[] =>
  renderServed(given)
    .warnings.filter(({ object }) => object === '')
    .map(({ message }) => message);

describe('how the service deals targets out to shards', () => {
  const monitors = { PodMonitor: [pods] };
  const read = (given: Given): unknown => {
    const [plan] = listPlans(renderServed({ monitors, ...given }));
    const { data } = plan?.object as { data?: { workload?: string } };
    return (JSON.parse(data?.workload ?? '{}') as { assignment?: unknown }).assignment;
  };

  it('is by hash, or balanced where the annotation says so', () => {
    assert.deepEqual(
      [read({}), read({ assignment: 'hash' }), read({ assignment: 'balanced' })],
      ['hash', 'hash', 'balanced'],
    );
    assert.deepEqual(explain({ monitors, assignment: 'balanced' }), []);
  });

  it('stays by hash, with a warning, where it cannot be balanced', () => {
    assert.equal(read({ assignment: 'fair' }), 'hash');
    assert.match(
      explain({ monitors, assignment: 'fair' }).join(),
      /shard-assignment: unknown value "fair": want "hash" or "balanced"$/,
    );
    assert.match(
      explain({ monitors, assignment: 'balanced', discovery: 'own' }).join(),
      /only the discovery service can balance/,
    );
    const spec = {
      shards: 2,
      shardingStrategy: { mode: 'Topology', topology: { values: ['a', 'b'] } },
    } as Given['spec'];
    assert.match(explain({ monitors, assignment: 'balanced', ...(spec && { spec }) }).join(), /spread over zones/);
  });
});
