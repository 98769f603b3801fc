import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { Agent, request } from 'undici';
import { monitoringGroup } from '../../src/api/resource.ts';
import { Validator } from '../../src/api/validate.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane } from '../control-plane/locate.ts';
import { generateObjects } from '../unit/api/kind-objects.ts';
import type { GeneratedObject } from '../unit/api/kind-objects.ts';
import { ruleObjects } from '../unit/api/rule-objects.ts';
import { createSandboxJudge } from '../unit/api/sandbox-judge.ts';
import type { Judge } from '../unit/api/sandbox-judge.ts';
import { writtenObjects } from '../unit/api/written-objects.ts';

const skip = locateControlPlane().skipped ?? false;
const validator = new Validator();

describe('our CRDs on a real kube-apiserver', { skip }, () => {
  let controlPlane: ControlPlane;
  let agent: Agent;
  let judge: Judge;
  before(async () => {
    judge = await createSandboxJudge();
    controlPlane = await startControlPlane();
    agent = new Agent({ connect: { ca: readFileSync(controlPlane.caFile) } });
    await controlPlane.kubectl(['apply', '-f', 'crds']);
    await controlPlane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', 'crds/full']);
    await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  });
  after(async () => {
    await agent.close();
    await controlPlane.stop();
  });

  /** What the server says of an object: "" when it would take it. */
  async function ask({ plural, version, object }: GeneratedObject): Promise<string> {
    const path = `/apis/${monitoringGroup}/${version}/namespaces/default/${plural}`;
    const response = await request(`${controlPlane.server}${path}?dryRun=All&fieldValidation=Strict`, {
      method: 'POST',
      dispatcher: agent,
      headers: { authorization: `Bearer ${controlPlane.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(object),
    });
    const answer = (await response.body.json()) as { message?: string };
    return response.statusCode < 300 ? '' : (answer.message ?? 'refused');
  }

  /** Where the real server, the sandbox and `check` are not of one mind. */
  async function listDisagreements(test: TestContext, objects: readonly GeneratedObject[]): Promise<string[]> {
    const found: string[] = [];
    let refused = 0;
    for (const one of objects) {
      const theirs = await ask(one);
      const sandbox = await judge(one);
      const ours = validator.validate(one, one.object);
      refused += theirs === '' ? 0 : 1;
      if ((theirs === '') === (ours.length === 0) && (theirs === '') === (sandbox === '')) continue;
      const damage = one.damage === undefined ? 'nothing broken' : `${one.damage.check} at ${one.damage.path}`;
      found.push(
        `${one.kind} ${one.version} seed ${one.seed} (${damage})\n  server: ${theirs}\n  sandbox: ${sandbox}\n  check: ${JSON.stringify(ours)}`,
      );
    }
    const taken = objects.length - refused;
    test.diagnostic(`${taken} taken and ${refused} refused by the server, ${found.length} verdicts differ`);
    return found;
  }

  it('has structural schemas only', async () => {
    const output = await controlPlane.kubectl(['get', 'crd', '-o', 'jsonpath={.items[*].status.conditions[*].type}']);
    assert.match(output, /Established/);
    assert.doesNotMatch(output, /NonStructuralSchema/);
  });

  it('agrees with the sandbox and check on objects as people write them, and on their mistakes', async (test) => {
    assert.deepEqual(await listDisagreements(test, writtenObjects), []);
  });

  it('refuses what breaks a CEL rule, and only that', async (test) => {
    assert.deepEqual(await listDisagreements(test, ruleObjects), []);
    const refused = ruleObjects.filter((one) => validator.validate(one, one.object).length > 0);
    assert.equal(refused.length, ruleObjects.filter((one) => one.damage !== undefined).length);
  });

  it('takes what we take: objects made from the constraints', async (test) => {
    assert.deepEqual(await listDisagreements(test, generateObjects(440, 1000, false)), []);
  });

  it('refuses what we refuse: the same with one check broken', async (test) => {
    assert.deepEqual(await listDisagreements(test, generateObjects(880, 1000, true)), []);
  });
});
