import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { Validator } from '../../../src/api/validate.ts';
import { generateObjects } from './kind-objects.ts';
import type { GeneratedObject } from './kind-objects.ts';
import { ruleObjects } from './rule-objects.ts';
import { createSandboxJudge } from './sandbox-judge.ts';
import type { Judge } from './sandbox-judge.ts';
import { writtenObjects } from './written-objects.ts';

const validator = new Validator();

/** The same objects as in test/e2e/api-verdicts.test.ts, where a real kube-apiserver is asked too. */
describe('verdicts of the sandbox and of check', () => {
  let judge: Judge;
  before(async () => {
    judge = await createSandboxJudge();
  });

  async function compare(test: TestContext, objects: readonly GeneratedObject[]): Promise<number> {
    const misses: string[] = [];
    let refused = 0;
    for (const one of objects) {
      const sandbox = await judge(one);
      const check = validator.validate(one, one.object).map(({ path, message }) => `${path}: ${message}`);
      refused += check.length > 0 ? 1 : 0;
      if ((sandbox === '') === (check.length === 0)) continue;
      const damage = one.damage === undefined ? 'nothing broken' : `${one.damage.path} ${one.damage.check}`;
      misses.push(`${one.kind} ${one.version} seed ${one.seed} (${damage}): sandbox ${sandbox}, check ${check.join()}`);
    }
    test.diagnostic(`${objects.length} objects, ${refused} refused, ${misses.length} verdicts differ`);
    assert.deepEqual(misses, []);
    return refused;
  }

  it('agree on objects as people write them, and on their mistakes', async (test) => {
    const wrong = writtenObjects.filter(({ damage }) => damage !== undefined).length;
    assert.equal(await compare(test, writtenObjects), wrong);
  });

  it('agree on CEL rules', async (test) => {
    await compare(test, ruleObjects);
  });

  it('agree on objects made from the constraints', async (test) => {
    const objects = generateObjects(440, 1000, false);
    assert.ok(objects.length - (await compare(test, objects)) >= 300);
  });

  it('agree on the same with one check broken', async (test) => {
    assert.ok((await compare(test, generateObjects(880, 1000, true))) >= 300);
  });
});
