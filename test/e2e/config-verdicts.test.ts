import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkConfig } from '../control-plane/prometheus.ts';
import { skipWithout } from '../control-plane/locate.ts';
import {
  acceptedConfigs,
  refusedConfigs,
  refusedJobs,
  writeJob,
} from '../unit/core/prometheus-config/config-verdicts.ts';

/** Tools that run at the same time. */
const parallel = 4;

/** The unit tests say that we refuse and accept these; here the judge is Prometheus. */
describe('promtool', { skip: skipWithout('promtool'), timeout: 240_000 }, () => {
  async function judge(cases: readonly (readonly [string, string | undefined])[]): Promise<string[]> {
    const wrong: string[] = [];
    const waiting = [...cases];
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [text, part] = next;
        const { valid, output } = await checkConfig(text);
        const agrees = part === undefined ? valid : !valid && output.includes(part);
        if (!agrees) wrong.push(`${text}\n  ${valid ? 'accepted' : output}\n  we: ${part ?? 'accepted'}`);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return wrong;
  }

  it('refuses the same jobs with the same words', async () => {
    assert.deepEqual(await judge(Object.entries(refusedJobs).map(([job, part]) => [writeJob(job), part])), []);
  });

  it('refuses the same configurations with the same words', async () => {
    assert.deepEqual(await judge(Object.entries(refusedConfigs)), []);
  });

  it('accepts the same configurations', async () => {
    assert.deepEqual(await judge(acceptedConfigs.map((text) => [text, undefined])), []);
  });
});
