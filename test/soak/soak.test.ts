import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTemplate } from '../simulation/cluster.ts';
import { runSimulatedSoak, simulatedAllowances } from './simulated.ts';
import { describeTrends, judgeTrends } from './trend.ts';

describe('judgeTrends', () => {
  const run = (value: (at: number) => number) =>
    judgeTrends(
      Array.from({ length: 30 }, (_, at) => ({ heap: value(at) })),
      { heap: { absolute: 5, relative: 0.1 } },
    );

  it('sees what grows slowly, and not what goes up and down or has warmed up', () => {
    assert.equal(run((at) => 100 + at)[0]?.grows, true);
    assert.equal(run((at) => 100 + (at % 7) * 3)[0]?.grows, false);
    assert.equal(run((at) => (at < 5 ? 10 : 100))[0]?.grows, false);
  });

  it('allows a little, absolute or relative', () => {
    assert.equal(run((at) => 10 + at / 10)[0]?.grows, false);
    assert.equal(run((at) => 1000 + at * 3)[0]?.grows, false);
  });

  it('does not judge by a few samples', () => {
    assert.throws(() => judgeTrends([{ heap: 1 }], {}), /take 10 or more/);
  });
});

describe('five simulated hours with 50 monitors', () => {
  it('leaves heap, maps, timers and listeners as they were', async (test) => {
    const soak = await runSimulatedSoak({
      days: 5 / 24,
      monitors: 50,
      everyMinutes: 5,
      sampleHours: 0.5,
      seed: 1,
      template: await createTemplate(),
    });
    const trends = judgeTrends(soak.samples, simulatedAllowances);
    test.diagnostic(`seed 1, ${soak.changes} changes, ${soak.faults} faults\n${describeTrends(trends)}`);
    assert.ok(soak.changes >= 60 && soak.faults > 0, 'changes and faults came');
    assert.equal(soak.processes, 1);
    assert.deepEqual(
      trends.filter(({ grows }) => grows),
      [],
    );
  });
});
