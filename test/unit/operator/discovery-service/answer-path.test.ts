import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createSystemClock } from '../../../../src/base/clock.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { ServedAnswer } from '../../../../src/discovery/service/served-answer.ts';
import type { Answer } from '../../../../src/discovery/service/served-answer.ts';
import { answerPath } from '../../../../src/operator/discovery-service/answer-path.ts';
import { KeptAnswers } from '../../../../src/operator/discovery-service/kept-answers.ts';

const path = '/v1/final/prometheuses/monitoring/main/shards/0/jobs/a';
const clock = new FakeClock();

function ask(said: Answer, asked = path, plans = { isReadable: () => true, isHeard: true }): string {
  const answer = answerPath(asked, { service: { answer: () => said }, plans, clock, maxStalenessMs: 60_000 });
  if (answer.status !== 200) return `${answer.status} ${answer.message}`;
  return `200 ${Buffer.from(answer.body).toString()}${answer.askElsewhere ? ', ask elsewhere' : ''}`;
}

const known = (ageMs: number): Answer => ({
  state: 'known',
  answer: new ServedAnswer('[]'),
  asOf: clock.now() - ageMs,
});

describe('what is said to a path', () => {
  it('an answer that is not too old', () => assert.equal(ask(known(59_000)), '200 []'));
  it('that it is too old', () => assert.match(ask(known(61_000)), /^503 .* job a .* older than --max-staleness$/));
  it('nothing of a workload whose plan cannot be read: another replica may be able to', () =>
    assert.equal(
      ask(known(0), path, { isReadable: () => false, isHeard: true }),
      '503 Cannot answer: this version cannot read a discovery plan of prometheuses/monitoring/main',
    ));
  it('that another replica may know better when the API server is not heard', () =>
    assert.equal(ask(known(0), path, { isReadable: () => true, isHeard: false }), '200 [], ask elsewhere'));
  it('that it is not known yet', () => assert.match(ask({ state: 'filling' }), /^503 .*looked for$/));
  it('that there is no such job', () =>
    assert.equal(
      ask({ state: 'absent' }),
      '404 Cannot find prometheuses/monitoring/main, job a: no discovery plan has it',
    ));
  it('what can be asked', () => assert.match(ask(known(0), '/v1/x'), /^404 Cannot answer \/v1\/x: want \/v1\//));
});

describe('answers that are kept', () => {
  async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-kept-'));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const open = (folder: string, answers: readonly (readonly [string, string, number])[] = []) => {
    const recalled: unknown[] = [];
    const service = {
      *listAnswers() {
        for (const [name, body, asOf] of answers) yield [name, Buffer.from(body), asOf] as const;
      },
      recall: (name: string, body: Buffer, asOf: number) => void recalled.push([name, body.toString(), asOf]),
    };
    return { kept: new KeptAnswers({ folder, service, clock: createSystemClock(), logger: silentLogger }), recalled };
  };

  it('are given back after a restart', () =>
    withFolder(async (folder) => {
      const stop = new AbortController();
      const running = open(folder, [[path, '[{"targets":["a"]}]', 5]]).kept.run(stop.signal);
      stop.abort();
      await running;
      const { kept, recalled } = open(folder);
      await kept.recall();
      assert.deepEqual(recalled, [[path, '[{"targets":["a"]}]', 5]]);
    }));

  it('are none in an empty folder, in a file that cannot be read, and in a folder that is not there', () =>
    withFolder(async (folder) => {
      const { kept, recalled } = open(folder);
      await kept.recall();
      writeFileSync(join(folder, 'answers.jsonl.gz'), 'not gzip');
      await kept.recall();
      const stop = new AbortController();
      stop.abort();
      await open(join(folder, 'gone')).kept.run(stop.signal);
      assert.deepEqual(recalled, []);
    }));
});
