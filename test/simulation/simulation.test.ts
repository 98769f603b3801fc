import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import { createTemplate } from './cluster.ts';
import { generateScript } from './generate.ts';
import { runScript } from './run.ts';
import { addRun, describeTotals, noTotals } from './totals.ts';

/** `npm run simulate` runs 2,000. */
const seeds = 100;
const seedsATest = 25;

describe('the operator among random users and faults', () => {
  let template: StoreSnapshot;
  before(async () => {
    template = await createTemplate();
  });

  for (let first = 1; first <= seeds; first += seedsATest) {
    it(`makes what a fresh operator would make: seeds ${first} to ${first + seedsATest - 1}`, async (test) => {
      let totals = noTotals;
      const began = process.cpuUsage();
      for (let seed = first; seed < first + seedsATest; seed += 1) {
        const script = generateScript(seed);
        const result = await runScript(script, { template });
        totals = addRun(totals, script, result);
        const how = `shrink it with: npm run simulate -- --first ${seed} --seeds 1`;
        assert.deepEqual(result.findings, [], `seed ${seed} fails; ${how}\n${result.findings.join('\n')}`);
      }
      test.diagnostic(describeTotals(totals, { first, cpu: process.cpuUsage(began) }));
    });
  }

  it('lives the same life each time for the same seed, request by request', async () => {
    const script = generateScript(11);
    assert.deepEqual(generateScript(11), script);
    const one = await runScript(script, { template });
    const other = await runScript(script, { template });
    assert.equal(one.digest, other.digest);
    assert.deepEqual(one.log, other.log);
    assert.notEqual((await runScript(generateScript(12), { template })).digest, one.digest);
  });
});
